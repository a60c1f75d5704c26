"""What of a row can be edited in its place, and which keys are typing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.translate import tr


class Edits(Enum):
    """What of a line is edited."""

    VALUE = "value"
    FIELD = "field"
    ABOUT = "about"
    HEDGE = "hedge"
    NOTE = "note"


BESIDE = (Edits.HEDGE, Edits.NOTE)
"""What stands beside a value, and may be empty."""


@dataclass(frozen=True, slots=True)
class Editing:
    """What is edited now: of a row by its key, or of a subject by its id."""

    what: Edits
    key: int = 0
    about: str = ""


def asked_for(what: Edits) -> str:
    """What a line that is empty asks for."""
    match what:
        case Edits.HEDGE:
            return tr("hedge, as the source words it: nearly, at least …")
        case Edits.NOTE:
            return tr("note on this value")
    return ""


def is_typing(event: QKeyEvent) -> bool:
    """Whether a key is one of text."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return not held and bool(event.text()) and event.text().isprintable()
