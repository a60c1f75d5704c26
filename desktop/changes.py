"""What is changed by hand, so that it can be taken back and done again: links, corrections, judgements, merges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.errors import ArchiveError
from desktop.actions import NOW
from desktop.session import Session
from desktop.workspace import Workspace

Back = Callable[[Workspace], object]
"""Takes a change back, in a lane. Raises ChangedMeanwhile where another changed the same since."""
Do = Callable[[Workspace], Back | None]
"""Makes a change, in a lane; returns what takes it back, None where nothing was to be changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a sentence about it, what makes it again, and what takes it back."""

    sentence: str
    do: Do
    back: Back


def make(
    session: Session,
    sentence: str,
    do: Do,
    done: Callable[[Change | None], None],
    failed: Callable[[ArchiveError], None],
) -> None:
    """Make a change by hand, which waits for no import; `done` is given None where nothing was to be changed."""

    def made(back: Back | None) -> None:
        done(Change(sentence, do, back) if back is not None else None)

    session.recording.submit(lambda w, _: do(w), made, failed, urgency=NOW)
