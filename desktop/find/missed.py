"""The quiet line under the results: what in reach could not be searched, each kind one click from its list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop import covering
from desktop.flow import FlowLayout
from desktop.theme import current_theme
from desktop.translate import tr
from index.coverage import Coverage, Gap


class MissedLine(QWidget):
    """Hidden where everything could be searched in full, unless nothing was found: then that is said."""

    wanted = Signal(str)  # the code of a gap

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, spacing=4)
        self._flow.setContentsMargins(14, 4, 10, 5)
        self._parts: list[QLabel | QPushButton] = []
        self._coverage: Coverage | None = None
        self.nothing_found = False
        """Whether no hits are listed above it."""
        self.setAccessibleName(tr("What could not be searched"))
        self.hide()

    def show_coverage(self, coverage: Coverage | None) -> None:
        """Say what could not be searched; nothing where that is not known."""
        self._coverage = coverage
        self.repaint_line()

    def repaint_line(self) -> None:
        """Say it in the colours of now."""
        at = next((place for place, part in enumerate(self._parts) if part.hasFocus()), -1)
        for part in self._parts:
            self._flow.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        found = self._coverage
        if found is not None and not found.complete:
            self._say(tr("Not searched in full:"))
            for gap in found.gaps:
                self._offer(gap)
            if found.waiting:
                self._say(covering.waiting(found.waiting))
        elif found is not None and self.nothing_found and found.documents:
            self._say(covering.sentence(found))
        self.setVisible(bool(self._parts))
        if 0 <= at < len(self._parts):
            self._parts[at].setFocus()

    def buttons(self) -> list[QPushButton]:
        """What leads to a list, in order."""
        return [part for part in self._parts if isinstance(part, QPushButton)]

    def words(self) -> str:
        """What is said."""
        return " · ".join(part.text() for part in self._parts)

    def _say(self, words: str) -> None:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setToolTip(words)  # a narrow list cuts it off
        label.setStyleSheet(f"color: {current_theme().muted.name()}; padding: 1px 0")
        self._add(label)

    def _offer(self, gap: Gap) -> None:
        theme = current_theme()
        button = QPushButton(covering.short(gap))
        button.setFlat(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(tr("{gap}: list them", gap=covering.gap(gap)))
        button.setAccessibleName(button.toolTip())
        button.setStyleSheet(
            f"QPushButton {{ color: {theme.muted.name()}; border: none; text-decoration: underline; padding: 1px 2px }}"
            f"QPushButton:hover {{ color: {theme.text.name()} }}"
            f"QPushButton:focus {{ border: 1px solid {theme.focus.name()}; padding: 0 1px }}"
        )
        button.clicked.connect(self._leading_to(gap.code))
        self._add(button)

    def _leading_to(self, code: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(code)

    def _add(self, part: QLabel | QPushButton) -> None:
        self._flow.addWidget(part)
        part.show()  # it is laid out when the line is, which may be long on the screen by then
        self._parts.append(part)
