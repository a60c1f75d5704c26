"""Turns from place to place and pane to pane: which list stands in the middle, and what has the keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.columns import Columns, Middle, Reader
from desktop.commands import Commands
from desktop.find import lenses
from desktop.find.places import CASES, FIGURES
from index.answers import Query

if TYPE_CHECKING:
    from desktop.screen import ArchiveScreen


class Turning:
    """For the parts of one screen, as long as it lives."""

    def __init__(
        self, screen: ArchiveScreen, commands: Commands, columns: Columns, middle: Middle, reader: Reader
    ) -> None:
        self._screen, self._commands = screen, commands
        self._columns, self._middle, self._reader = columns, middle, reader
        self._listed = Query("")
        self._connect()

    def _connect(self) -> None:
        do, screen = self._commands.on, self._screen
        do("search", screen.bar.take_focus)
        do("next_pane", lambda: self._turn(1))
        do("previous_pane", lambda: self._turn(-1))
        for tab, name in enumerate(("all", "documents", "cases", "figures")):
            do(name, partial(self._go_to_place, tab))
        do("notebook", self._turn_notebook)
        screen.finding.asked.connect(self._list)
        screen.results.entered.connect(self._reader.read_text)
        for leaving in (screen.results, screen.overview):
            leaving.left.connect(screen.bar.take_focus)
        for page in (screen.case_view.page, screen.review.list):
            page.left.connect(self._leave_page)
        screen.cases.search_wanted.connect(self._seek)
        screen.review.todo_wanted.connect(self._show_review)
        screen.notebook.view.left.connect(self._leave_notebook)
        screen.notebook.searches.search_wanted.connect(self._open_search)

    def _turn(self, by: int) -> None:
        """Go to the next or previous of the four panes."""
        screen = self._screen
        panes = (screen.bar.line, screen.filters, self._middle.list, self._reader.focus)
        holders = (screen.bar, screen.filters, self._middle, self._reader)
        here = next((n for n, part in enumerate(holders) if part.isAncestorOf(screen.focusWidget() or part)), 0)
        panes[(here + by) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_place(self, tab: int) -> None:
        """Go to a place, with the keyboard in what it lists."""
        self._screen.places.setCurrentIndex(tab)
        (self._reader.focus if self._screen.finding.place == FIGURES else self._middle.list).setFocus()

    def _show_review(self) -> None:
        """Show what is to be reviewed, and ask anew what that is."""
        self._screen.going.show_review()
        self._screen.review.list.setFocus()
        self._screen.review.refresh()

    def _seek(self, words: str) -> None:
        """Search all documents for what may say it."""
        self._screen.finding.ask(self._screen.finding.fresh(words))
        self._screen.bar.take_focus()

    def _leave_page(self) -> None:
        """Go back to the list that led to the page."""
        self._middle.list.setFocus()

    def _turn_notebook(self) -> None:
        """Show the notebook in the middle; where one stands in it already, what was there before."""
        screen = self._screen
        if self._middle.shows_notebook and self._middle.isAncestorOf(screen.focusWidget() or screen):
            self._leave_notebook()
            return
        self._middle.show_notebook()
        screen.notebook.show_list()
        screen.notebook.view.take_focus()

    def _open_search(self, query: Query) -> None:
        """Ask a saved search, and go to what it lists."""
        self._listed = Query("", limit=0)  # it is listed in place of the notebook, even if it is in force already
        self._screen.finding.ask(query)
        self._middle.list.setFocus()

    def _leave_notebook(self) -> None:
        self._middle.show_place(self._screen.finding.place)
        self._middle.list.setFocus()

    def _list(self, query: Query) -> None:
        """A new query was put: list what its place lists."""
        screen = self._screen
        screen.going.ask(query)
        self._commands["widen"].setChecked(query.widen != "none")
        # the notebook stays where the same is asked once more, such as while an import goes on
        stays = self._middle.shows_notebook and query == self._listed
        self._listed = query
        if not stays:
            self._middle.show_place(screen.finding.place)
        if screen.finding.place == CASES:
            screen.overview.show(lenses.effective(query))
        else:
            screen.overview.close()
        # a table or map of many cases takes the room of what is not read
        reads = screen.reading.record or screen.cases.record or self._reader.shows_review
        self._columns.show_reader(screen.finding.place != CASES or bool(reads))
