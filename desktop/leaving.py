"""Asks before the window is closed while something would be lost or broken off by it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.forms import sure
from desktop.translate import tr


def is_fine(window: QWidget, *, imports: bool, publishes: bool, unkept: bool) -> bool:
    """Whether the window may close while an import runs, a release is made, or a note could not be kept."""
    return (
        (not imports or _sure_to_stop(window))
        and (not publishes or _sure_to_drop(window))
        and (not unkept or _sure_to_lose(window))
    )


def _sure_to_stop(window: QWidget) -> bool:
    more = tr("What was imported is kept. Importing the same again goes on where it stopped.")
    return sure(window, tr("An import is under way."), more, tr("Stop it and close"), tr("Go on importing"))


def _sure_to_drop(window: QWidget) -> bool:
    more = tr("Nothing of it is kept when the window is closed.")
    return sure(window, tr("A release is being made."), more, tr("Stop it and close"), tr("Go on publishing"))


def _sure_to_lose(window: QWidget) -> bool:
    more = tr("What you typed in it last is lost when the window is closed. The note says what is in the way.")
    return sure(window, tr("A note could not be kept."), more, tr("Close all the same"), tr("Go back to the note"))
