"""What was recorded and changed in this window, so that it can be taken back one by one, and done again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from archive.cases.recording import Done
from desktop.changes import Change
from desktop.entry.actions import Recording, renamed
from desktop.entry.material import Pin

S = TypeVar("S", "Step", Change)


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
        self._done: list[Step | Change] = []
        self._undone: list[Step | Change] = []

    def add(self, step: Step | Change) -> None:
        """A new step; what was taken back before cannot be done again."""
        self._done.append(step)
        self._undone.clear()

    def last(self) -> Step | Change | None:
        """The step that is taken back next."""
        return self._done[-1] if self._done else None

    def next(self) -> Step | Change | None:
        """The step that is done again next."""
        return self._undone[-1] if self._undone else None

    def undone(self, gone: Collection[str]) -> None:
        """The last step was taken back, and these subjects are gone with it; any other it made is meant when it is done
        again, for it is there still."""
        step = self._done.pop()
        if isinstance(step, Step):
            there = {handle: identity for handle, identity in step.done.made.items() if identity not in gone}
            left = tuple(draft for draft in step.recording.drafts if draft.handle not in there)
            step = replace(step, recording=renamed(replace(step.recording, drafts=left), there))
        self._undone.append(step)

    def redone(self, step: S) -> S:
        """The last step was done again, as this one; steps that wait learn the UUIDs that its subjects have now."""
        old = self._undone.pop()
        if isinstance(old, Step) and isinstance(step, Step):
            made = {handle: identity for handle, identity in step.done.made.items() if handle in old.done.made}
            names = {old.done.made[handle]: identity for handle, identity in made.items()}
            self._undone = [_renamed(one, names) for one in self._undone]
        self._done.append(step)
        return step

    def drop_last(self) -> None:
        """The last step cannot be taken back any more."""
        self._done.pop()

    def drop_next(self) -> None:
        """The next step cannot be done again any more."""
        self._undone.pop()


def _renamed(step: Step | Change, names: dict[str, str]) -> Step | Change:
    return replace(step, recording=renamed(step.recording, names)) if isinstance(step, Step) else step
