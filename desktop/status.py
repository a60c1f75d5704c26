"""The line at the foot: offline, protected, how many documents, and how many of them could not be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import guard, shown, tips
from desktop.theme import Theme, current_theme
from desktop.translate import tr, trn

if TYPE_CHECKING:
    from desktop.workspace import Counts


class StatusLine(QWidget):
    """Always true, never in the way."""

    unsearchable_wanted = Signal()
    receipt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.network = QLabel()
        self.protection = QLabel()
        self.documents = QLabel()
        self.unsearchable = QPushButton()
        self.unsearchable.setFlat(True)
        self.unsearchable.setCursor(Qt.CursorShape.PointingHandCursor)
        self.unsearchable.clicked.connect(self.unsearchable_wanted)
        self.release = QPushButton()
        self.release.setFlat(True)
        self.release.setCursor(Qt.CursorShape.PointingHandCursor)
        self.release.clicked.connect(self.receipt_wanted)
        self.telling = QLabel()
        self.telling.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(18)
        for widget in (self.network, self.protection, self.release, self.documents, self.unsearchable):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.telling)
        self._protected: bool | None = None
        self._counts: Counts | None = None
        self._release, self._calm = "", True
        self.refresh()

    def show_archive(self, protected: bool | None) -> None:
        """Say whether the open archive is protected; None where none is open."""
        self._protected = protected
        self._counts = None
        self._release = ""
        self.tell("")
        self.refresh()

    def show_counts(self, counts: Counts) -> None:
        """Say how much the archive holds."""
        self._counts = counts
        self.refresh()

    def show_release(self, words: str, *, calm: bool) -> None:
        """Say which release is open and what its signature comes to; not `calm` where it is not to be relied on."""
        self._release, self._calm = words, calm
        self.refresh()

    def tell(self, sentence: str) -> None:
        """Say what just happened, or is going on."""
        self.telling.setText(shown.line(sentence))
        self.telling.setToolTip(tips.plain(sentence) if sentence else "")  # a narrow window cuts it off

    def refresh(self) -> None:
        """Say everything anew, in the colours of now."""
        theme = current_theme()
        calm, warning = f"color: {theme.muted.name()}", f"color: {theme.warning.name()}; font-weight: bold"
        closed = guard.status() == "seccomp"
        self.network.setText(tr("Offline") if closed else tr("Offline, but the guard is absent"))
        self.network.setToolTip(
            tr("The system refuses this program any connection.")
            if closed
            else tr("This program asks for no connection; on this system nothing enforces that.")
        )
        self.network.setStyleSheet(calm if closed else warning)
        self.protection.setVisible(self._protected is not None)
        self.protection.setText(tr("Protected") if self._protected else tr("Not protected"))
        self.protection.setToolTip(
            tr("Every file of this archive is encrypted.")
            if self._protected
            else tr("Anyone who has this folder can read everything in it.")
        )
        self.protection.setStyleSheet(calm if self._protected else warning)
        self.release.setVisible(bool(self._release))
        self.release.setText(shown.line(self._release))
        self.release.setToolTip(tr("Who published this release, and whether every file is as it was signed"))
        self.release.setStyleSheet(_link(theme, theme.text if self._calm else theme.warning, bold=not self._calm))
        counts = self._counts
        self.documents.setVisible(counts is not None)
        self.unsearchable.setVisible(counts is not None and counts.unsearchable > 0)
        self.documents.setStyleSheet(calm)
        self.telling.setStyleSheet(calm)
        self.unsearchable.setStyleSheet(_link(theme, theme.text))
        if counts is not None:
            held = [trn("{n} document", "{n} documents", counts.documents)]
            held += [trn("{n} case", "{n} cases", counts.cases)] if counts.cases else []
            self.documents.setText("  ·  ".join(held))
            self.unsearchable.setText(
                trn("{n} could not be searched", "{n} could not be searched", counts.unsearchable)
            )


def _link(theme: Theme, colour: QColor, *, bold: bool = False) -> str:
    """A button that looks like a link."""
    weight = "; font-weight: bold" if bold else ""
    return (
        f"QPushButton {{ color: {colour.name()}{weight}; border: none; text-decoration: underline; padding: 1px 4px }}"
        f"QPushButton:focus {{ border: 1px solid {theme.focus.name()} }}"
    )
