"""The three columns of an open archive: filters and ways on the left, what is listed, and what is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.cases.view import CaseView
from desktop.find.filters import Filters
from desktop.find.places import CASES
from desktop.find.results import Results
from desktop.notebook.view import NotebookView
from desktop.overview.view import OverviewView
from desktop.read.pane import ReadingPane

WIDTHS = (210, 400, 640)
LEAST = (150, 260, 320)


class Side(QWidget):
    """The filters, and under them the ways to what is no answer to a query."""

    def __init__(self, filters: Filters, ways: Sequence[QPushButton]) -> None:
        super().__init__()
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(6)
        for button in ways:
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(filters, 1)
        column.addLayout(foot)


class Middle(QStackedWidget):
    """What is listed: hits, cases at once, or the notebook."""

    def __init__(self, results: Results, overview: OverviewView, notebook: NotebookView) -> None:
        super().__init__()
        self._results, self._overview, self._notebook = results, overview, notebook
        for part in (results, overview, notebook):
            self.addWidget(part)

    @property
    def shows_notebook(self) -> bool:
        """Whether the notebook is listed."""
        return self.currentWidget() is self._notebook

    @property
    def list(self) -> QWidget:
        """What takes the keyboard here."""
        if self.shows_notebook:
            return self._notebook.list
        return self._overview.picture if self.currentWidget() is self._overview else self._results.list

    def show_notebook(self) -> None:
        """List the notebook."""
        self.setCurrentWidget(self._notebook)

    def show_place(self, place: str) -> None:
        """List what a place lists."""
        self.setCurrentWidget(self._overview if place == CASES else self._results)


class Reader(QStackedWidget):
    """What is read: a document, a page of casework, or what is to be reviewed."""

    def __init__(self, pane: ReadingPane, page: CaseView, todo: QWidget) -> None:
        super().__init__()
        self._pane, self._page, self._todo = pane, page, todo
        for part in (pane, page, todo):
            self.addWidget(part)

    @property
    def shows_document(self) -> bool:
        """Whether documents are read."""
        return self.currentWidget() is self._pane

    @property
    def shows_casework(self) -> bool:
        """Whether a page of casework is read."""
        return self.currentWidget() is self._page

    @property
    def shows_review(self) -> bool:
        """Whether the list of what is to be reviewed is read."""
        return self.currentWidget() is self._todo

    @property
    def focus(self) -> QWidget:
        """What takes the keyboard here."""
        if self.shows_document:
            return self._pane.tabs.currentWidget()
        return self._page.page if self.shows_casework else self._todo

    def show_document(self) -> None:
        """Read documents."""
        self._turn_to(self._pane)

    def show_casework(self) -> None:
        """Read a page of casework."""
        self._turn_to(self._page)

    def show_review(self) -> None:
        """Read what is to be reviewed."""
        self._turn_to(self._todo)

    def read_text(self) -> None:
        """Put the keyboard where one reads: into the text of a document, or on the page."""
        if self.shows_document:
            self._pane.tabs.setCurrentIndex(0)
            self._pane.text.setFocus()
        else:
            self.focus.setFocus()

    def _turn_to(self, part: QWidget) -> None:
        self.setCurrentWidget(part)
        self.show()


class Columns(QSplitter):
    """The three beside each other."""

    def __init__(self, side: Side, middle: Middle, reader: Reader, widths: Sequence[int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for place, (part, least) in enumerate(zip((side, middle, reader), LEAST, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(place, place)
            part.setMinimumWidth(least)
        self.setSizes(list(widths) if len(widths) == len(WIDTHS) else list(WIDTHS))
        self._reader, self._whole = reader, tuple(self.sizes())

    def show_reader(self, shown: bool) -> None:
        """Show what is read, or give its room to what is listed."""
        if not shown and not self._reader.isHidden():
            self._whole = tuple(self.sizes())
        self._reader.setVisible(shown)

    def widths(self) -> tuple[int, ...]:
        """The widths of all three; of one that is not shown, the one that it had."""
        return self._whole if self._reader.isHidden() else tuple(self.sizes())
