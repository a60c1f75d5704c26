"""The strip of counts above the cases: clauses in one line, of which some are links that narrow the query."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.overview import words
from desktop.theme import current_theme
from index.answers import Filter

_TURNS = {Qt.FocusReason.TabFocusReason: True, Qt.FocusReason.BacktabFocusReason: False}


class Strip(QLabel):
    """Tab walks the links, both ways, and goes on after the last; Enter takes one."""

    narrowed = Signal(object)  # Filter

    def __init__(self) -> None:
        super().__init__()
        self.parts: tuple[words.Part, ...] = ()
        """What it says."""
        self.setTextFormat(Qt.TextFormat.RichText)  # of our own sentences and numbers alone
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.linkActivated.connect(self._narrow)

    def say(self, parts: tuple[words.Part, ...]) -> None:
        """Show these clauses; one that narrows is a link."""
        self.parts = parts
        self.repaint_all()
        self.setAccessibleName(self.counted())
        links = any(part.narrows for part in parts)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if links else Qt.FocusPolicy.NoFocus)

    def counted(self) -> str:
        """The clauses in words."""
        return "; ".join(part.words for part in self.parts)

    def repaint_all(self) -> None:
        """Take the colours of now."""
        colour = current_theme().text.name()
        self.setText(
            "; ".join(
                f'<a href="{at}" style="color: {colour}">{part.words}</a>' if part.narrows else part.words
                for at, part in enumerate(self.parts)
            )
        )

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next link, or on. Qt itself never leaves a link that begins the text: it finds that one again."""
        before = self.selectionStart()
        moved = super().focusNextPrevChild(forward)
        if moved and self.hasFocus() and before >= 0 and self.selectionStart() == before:
            return QWidget.focusNextPrevChild(self, forward)
        return moved

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a link at once: on the first, or coming from behind on the last."""
        super().focusInEvent(event)
        if event.reason() in _TURNS:
            self.setSelection(0, 0)
            super().focusNextPrevChild(_TURNS[event.reason()])

    def _narrow(self, link: str) -> None:
        narrows = self.parts[int(link)].narrows
        if isinstance(narrows, Filter):
            self.narrowed.emit(narrows)
