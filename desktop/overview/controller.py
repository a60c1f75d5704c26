"""Asks for all cases that a query finds, shows them, and turns what is chosen in them into records and chips."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from archive.errors import ArchiveError
from desktop.overview import actions, words
from desktop.overview.actions import Listing, Page, Shown
from desktop.overview.copying import Keep, OverviewCopies, taken, taken_years
from desktop.overview.view import MAP, TABLE, OverviewView
from desktop.session import Session
from desktop.translate import tr
from index.answers import Filter, Query
from index.overview import Order

TOPICS = ("overview", "case page", "more cases", "case table")


class OverviewController(QObject):
    """Holds the query whose cases are shown, and the order of the table."""

    record_wanted = Signal(str)  # UUID of a case
    filter_wanted = Signal(object)  # Filter: to be toggled
    left = Signal()  # Esc: back to the bar
    every_wanted = Signal()  # every case, whatever was asked
    shown = Signal(object)  # Query: everything about it is shown
    failed = Signal(object)  # ArchiveError

    def __init__(
        self,
        session: Session,
        view: OverviewView,
        save: Keep,
        save_warned: Keep,
    ) -> None:
        """`save` and `save_warned` are those of `OverviewCopies`."""
        super().__init__()
        self._session, self._view = session, view
        self._copies = OverviewCopies(session, view, save, save_warned)
        self._copies.failed.connect(self.failed)
        self._listing = Listing(Query(""))
        self._shown: Shown | None = None
        self._listed = False
        view.mode_chosen.connect(lambda _: self._turn())
        view.role_chosen.connect(lambda _: self._show_map())
        view.narrowed.connect(self.filter_wanted)
        view.picture_wanted.connect(lambda: self._copies.ask(self._listing, ".png"))
        view.values_wanted.connect(lambda: self._copies.ask(self._listing, ".csv"))
        view.table.sorted_by.connect(self._sort)
        view.table.entered.connect(self.record_wanted)
        view.table.rows.wanted.connect(self._fetch)
        view.map.chosen.connect(lambda code: self.filter_wanted.emit(Filter(view.role, code)))
        view.timeline.chart.chosen.connect(lambda year: self.filter_wanted.emit(Filter("year", str(year))))
        view.timeline.list.entered.connect(self.record_wanted)
        for part in (view.table, view.map, view.timeline.chart):
            part.left.connect(self.left)

    @property
    def listing(self) -> Listing:
        """What the table lists."""
        return self._listing

    def show(self, query: Query) -> None:
        """Show the cases that a query finds; what was shown stays until they are there."""
        self._listing = replace(self._listing, query=replace(actions.of_cases(query), offset=0))
        self._shown, self._listed = None, False
        self._drop()
        if self._view.mode == TABLE:
            self._list()
        actions.overview(self._session, self._listing.query, self._show, self.failed.emit)

    def again(self) -> None:
        """Show the same query once more: the archive has changed."""
        self.show(self._listing.query)

    def close(self) -> None:
        """Nobody looks any more."""
        self._drop()

    def repaint(self) -> None:
        """Take the colours of now."""
        self._view.repaint_all()

    def _drop(self) -> None:
        for topic in TOPICS:
            self._session.reading.drop(topic)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        sentence, more = words.nothing(shown.overview)
        if sentence:
            ways = ((tr("Show every case"), self.every_wanted.emit),) if shown.overview.recorded else ()
            self._view.say_nothing(sentence, more, ways)
        else:
            self._view.say_counts(words.strip(shown.overview.counts))
        self._show_map()
        self._view.timeline.show_overview(shown, taken_years(self._listing.query))
        if self._listed or self._view.mode != TABLE:
            self.shown.emit(self._listing.query)

    def _show_map(self) -> None:
        if self._shown is None or self._view.mode != MAP:  # the outlines are read when first looked at
            return
        role = self._view.role
        self._view.map.show_counts(role, self._shown.overview.by_country(role), taken(self._listing.query, role))

    def _turn(self) -> None:
        """Another picture is looked at."""
        if self._view.mode == TABLE and not self._listed:
            self._list()
        self._show_map()

    # -- the table

    def _list(self) -> None:
        actions.first_page(self._session, self._listing, self._start, self.failed.emit)

    def _start(self, page: Page) -> None:
        self._listed = True
        self._view.table.rows.start(page)
        self._view.table.scrollToTop()
        if self._view.table.hasFocus():
            self._view.table.choose_first()
        if self._shown is not None:
            self.shown.emit(self._listing.query)

    def _sort(self, order: Order, descending: bool) -> None:
        self._listing = replace(self._listing, order=order, descending=descending)
        self._list()

    def _fetch(self, listing: Listing, offset: int) -> None:
        def refuse(error: ArchiveError) -> None:
            self._view.table.rows.forget_request()
            self.failed.emit(error)

        if listing == self._listing:  # else the first page of another is on its way
            actions.further_page(self._session, listing, offset, self._view.table.rows.fill, refuse)
