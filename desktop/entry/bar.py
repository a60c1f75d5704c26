"""The bar over a text that can be recorded from: the pinned case, the fact that sources are sought for, Record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import shown, tips
from desktop.entry.attribution import Attribution
from desktop.entry.material import Pin
from desktop.flow import FlowLayout
from desktop.theme import current_theme
from desktop.translate import tr

LONGEST = 60


class EntryBar(QWidget):
    """Chips are removed by a click; under them stands how a further source is recorded, while one is sought."""

    unpin_wanted = Signal()
    disarm_wanted = Signal()
    left = Signal()

    def __init__(self, record: QAction, pin: QAction) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(2)
        chips = QWidget()
        self._column.addWidget(chips)
        flow = FlowLayout(chips)
        flow.setContentsMargins(0, 0, 0, 0)
        self._case, self._fact = QPushButton(), QPushButton()
        self._case.clicked.connect(self.unpin_wanted)
        self._fact.clicked.connect(self.disarm_wanted)
        self._choose = _button(pin)
        for part in (self._case, self._choose, self._fact, _button(record)):
            flow.addWidget(part)
        self.show_pin(None)
        self.show_armed("")

    def show_pin(self, pin: Pin | None) -> None:
        """Show the pinned case, or that none is."""
        self._case.setVisible(pin is not None)
        self._choose.setVisible(pin is None)
        if pin is not None:
            said = _case(pin)
            _write(self._case, tr("Case: {case}", case=said), tr("Unpin this case"))

    def show_armed(self, words: str) -> None:
        """Show which fact further sources are sought for; none where that is empty."""
        self._fact.setVisible(bool(words))
        if words:
            _write(self._fact, tr("Another source for: {fact}", fact=words), tr("Seek no further source"))

    def take_in(self, attribution: Attribution) -> None:
        """Show how a further source is recorded, under the fact that it is sought for."""
        attribution.indent(0)
        self._column.addWidget(attribution)
        attribution.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc lead back to the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def repaint_all(self) -> None:
        """Take the colours of now."""
        for chip in (self._case, self._fact):
            _paint(chip)

    def chips(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in (self._case, self._fact) if not chip.isHidden()]


def _case(pin: Pin) -> str:
    if not pin.id:
        return tr("New case, {name}", name=pin.name) if pin.name else tr("New case, unnamed person")
    return f"{pin.label} ({pin.code})" if pin.label != pin.code else pin.code


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _write(chip: QPushButton, said: str, tip: str) -> None:
    said = shown.line(said)
    cut = said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
    chip.setText(tr("{value}  ×", value=cut).replace("&", "&&"))
    chip.setToolTip(tips.plain(f"{said}\n{tip}"))
    chip.setAccessibleName(f"{said}: {tip}")
    _paint(chip)


def _paint(chip: QPushButton) -> None:
    theme = current_theme()
    chip.setStyleSheet(
        f"QPushButton {{ border: 1px solid {theme.line.name()}; border-radius: 11px; padding: 3px 10px;"
        f" color: {theme.text.name()}; background: {theme.base.name()} }}"
        f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.focus.name()} }}"
    )
