"""Light, dark or as the system has it, and the steps by which all letters grow: the menu and its numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.translate import tr

ZOOMS = (0.75, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5)


def stepped(zoom: float, by: int) -> float:
    """The zoom so many steps above the one nearest to `zoom`, or below it; the last one at the ends."""
    nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - zoom))
    return ZOOMS[min(len(ZOOMS) - 1, max(0, nearest + by))]


def menu(parent: QWidget, current: str, choose: Callable[[str], None]) -> QMenu:
    """The menu of schemes, with the current one marked."""
    made, group = QMenu(tr("Appearance"), parent), QActionGroup(parent)
    for name, words in (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))):
        action = made.addAction(words)
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(lambda _=False, name=name: choose(name))
        group.addAction(action)
    return made
