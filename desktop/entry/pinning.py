"""Asks which case is pinned: one of the archive's, or a new one; a panel in the window, over what is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from archive.cases.records import Kind
from desktop import shown
from desktop.entry.choosing import ChoiceLine
from desktop.entry.material import Pin
from desktop.entry.names import Names
from desktop.entry.offers import Offer
from desktop.translate import tr

MOST = 50
WIDTH = 520


class PinPanel(QFrame):
    """Type to filter by name or code, Enter pins, Esc leaves; the focus goes back to where it was."""

    pinned = Signal(object)  # Pin

    def __init__(self, window: QWidget, names: Names) -> None:
        super().__init__(window)
        self._names = names
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self._before = QApplication.focusWidget()
        self.line = ChoiceLine(self._offered)
        self.line.setPlaceholderText(tr("Name or code of a case"))
        self.line.setAccessibleName(tr("Name or code of a case"))
        column = QVBoxLayout(self)
        column.addWidget(QLabel(tr("Pin a case: what is recorded goes to it until another is pinned.")))
        column.addWidget(self.line)
        self.line.chosen.connect(self._take)
        self.line.typed.connect(lambda _: self.leave())
        self.line.left.connect(self.leave)

    def open(self) -> None:
        """Show it with every case offered."""
        width = min(WIDTH, self.window().width() - 20)
        self.setGeometry((self.window().width() - width) // 2, 90, width, self.sizeHint().height())
        self.show()
        self.raise_()
        self.line.setFocus()
        self.line.offer()

    def leave(self) -> None:
        """Pin nothing else."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.deleteLater()

    def _offered(self, typed: str) -> Sequence[Offer]:
        name = " ".join(typed.split())
        found = self._names.find(name, (Kind.CASE,), MOST)
        offers = [Offer(shown.line(one.label), one.code, value=one.id) for one in found]
        if not name:
            return [*offers, Offer(tr("New case of an unnamed person"))]
        return [*offers, Offer(tr("New case of “{name}”", name=shown.line(name)), about=name)]

    def _take(self, offer: Offer) -> None:
        found = self._names.get(offer.value)
        pin = Pin(found.id, found.code, found.label) if found else Pin("", "", offer.about, offer.about)
        self.leave()
        self.pinned.emit(pin)
