"""What was recorded in this window, so that it can be taken back one by one, and done again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from archive.cases.recording import Done
from desktop.entry.actions import Recording, renamed
from desktop.entry.material import Pin


@dataclass(frozen=True, slots=True)
class Step:
    """One recording, what it did, and a sentence about it; `pin` is the new case it made, if it did."""

    recording: Recording
    done: Done
    sentence: str
    pin: Pin | None = None


class Journal:
    """The steps that can be taken back, the last one last, and those that were."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """A new step; what was taken back before cannot be done again."""
        self._done.append(step)
        self._undone.clear()

    def last(self) -> Step | None:
        """The step that is taken back next."""
        return self._done[-1] if self._done else None

    def next(self) -> Step | None:
        """The step that is done again next."""
        return self._undone[-1] if self._undone else None

    def undone(self, gone: Collection[str]) -> None:
        """The last step was taken back, and these subjects are gone with it; any other it made is meant when it is done
        again, for it is there still."""
        step = self._done.pop()
        there = {handle: identity for handle, identity in step.done.made.items() if identity not in gone}
        left = tuple(draft for draft in step.recording.drafts if draft.handle not in there)
        recording = renamed(replace(step.recording, drafts=left), there)
        self._undone.append(replace(step, recording=recording))

    def redone(self, done: Done) -> Step:
        """It was done again, and its subjects have other UUIDs now, which the steps that wait are told."""
        old = self._undone.pop()
        names = {old.done.made[handle]: identity for handle, identity in done.made.items() if handle in old.done.made}
        self._undone = [replace(step, recording=renamed(step.recording, names)) for step in self._undone]
        step = replace(old, done=done)
        self._done.append(step)
        return step

    def drop_last(self) -> None:
        """The last step cannot be taken back any more."""
        self._done.pop()
