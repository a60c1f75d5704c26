"""Turns what is typed and clicked into one query, and its two answers into what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError
from desktop import actions, noted, ways
from desktop.find import lenses
from desktop.find.bar import QueryBar
from desktop.find.chips import Chips
from desktop.find.filters import Filters
from desktop.find.hits import Hits
from desktop.find.places import Places
from desktop.find.results import Results
from desktop.find.why import WhyDialog
from desktop.session import Session
from desktop.translate import tr
from index.answers import PLACE_NAME, Answer, Beneath, Filter, Hit, Query, Totals, Widen
from index.coverage import listing

MOST_UNCOUNTED = 150
"""Hits of which it is asked at once how much is folded under them; what was scrolled past is left out."""


class FindController(QObject):
    """Holds the query. Every change of it drops the search before and asks anew."""

    asked = Signal(object)  # Query: a new one was put
    hit_chosen = Signal(object)  # Hit
    nothing_kept = Signal()  # the archive is empty: someone else says what to do
    counted = Signal(object)  # Query: all about it is shown, its count and facets included
    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(
        self, session: Session, bar: QueryBar, chips: Chips, places: Places, filters: Filters, results: Results
    ) -> None:
        super().__init__()
        self._session, self._places = session, places
        self._bar, self._chips, self._filters, self._results = bar, chips, filters, results
        self._answer: Answer | None = None
        self.usual: Widen = "all"
        """Which other forms are searched where a search does not say."""
        self.folding = True
        """Whether documents that are nearly the same fold under one another."""
        self._uncounted: tuple[Hit, ...] = ()  # hits of which it is not known yet what is folded under them
        self._go_first = ""  # what to do with the first hit when it comes: "read" or "focus"
        self.query = Query("")
        bar.changed.connect(lambda _: self.ask(lenses.asked_anew(self._typed())))
        bar.entered.connect(self.read_first)
        bar.descended.connect(lambda: self._first("focus"))
        bar.escaped.connect(lambda: self.ask(lenses.in_place(replace(self._typed(), filters=()), self.place)))
        places.chosen.connect(lambda place: self.ask(lenses.in_place(self._typed(), place)))
        chips.removed.connect(self._remove)
        filters.toggled.connect(self.toggle)
        filters.years_chosen.connect(self._choose_years)
        filters.years_left_out.connect(self._leave_out_years)
        filters.widened.connect(self._count)
        results.sort_chosen.connect(lambda sort: self.ask(replace(self._typed(), sort=sort)))
        results.chosen.connect(self.hit_chosen)
        for hits in (results.hits, results.alike.hits):
            hits.wanted.connect(partial(self._more, hits))
        results.unfold_wanted.connect(
            lambda hit: actions.unfold(session, self.listed(), hit, results.show_unfolded, self.failed.emit)
        )
        results.missed.wanted.connect(self._list_missed)

    def ask(self, query: Query) -> None:
        """Put this query; its answers come later, and only the newest query's."""
        self._go_first = ""
        self.query = query
        self._bar.set_text(query.text)
        self._places.go(self.place)
        self._show_chips()
        self._filters.show_filters(query.filters, self.place)
        self._answer = None
        self._results.alike.clear()
        self._uncounted = ()
        actions.search(self._session, self.listed(), self._show_answer, self.failed.emit)
        self.asked.emit(query)

    def listed(self) -> Query:
        """The query as the list shows it."""
        return replace(lenses.effective(self.query), fold=self.folding)

    def fold(self, on: bool) -> None:
        """Fold documents that are nearly the same under one another, or list each in its own place."""
        self.folding = on
        self.again()

    @property
    def place(self) -> str:
        """The place one is in."""
        return lenses.place_of(self.query)

    def read_first(self) -> None:
        """Open the first hit, now or as soon as it is there."""
        self._first("read")

    def again(self) -> None:
        """Put the same query once more: the archive has changed. A first hit that was waited for still is."""
        waited_for = self._go_first
        self.ask(self._typed())
        self._go_first = waited_for

    def _typed(self) -> Query:
        """The query as it stands in the bar now: what was typed since the last one is never overwritten."""
        text = self._bar.text()
        return replace(self.query, text=text, widen=self.query.widen if text.strip() else self.usual)

    def fresh(self, text: str) -> Query:
        """A query without filters, as the person usually searches."""
        return Query(text, widen=self.usual)

    def widen(self, forms: Widen) -> None:
        """Search these other forms too, as long as something is typed."""
        self.ask(replace(self._typed(), widen=forms))

    def repaint(self) -> None:
        """Take the colours of now."""
        self._bar.repaint_line()
        self._show_chips()
        if self._answer is not None:
            self._say_understood(self._answer)
        self._results.missed.repaint_line()

    def explain(self, window: QWidget) -> None:
        """Say why the record one stands on is where it is."""
        hit = self._results.current()
        if hit is None:
            return
        query = lenses.effective(self.query)
        actions.explain(
            self._session, query, hit.id, lambda found: WhyDialog(window, hit, found).open(), self.failed.emit
        )

    def _show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self._say_understood(answer)
        if answer.hits:
            self._results.start(answer)
            self._look_beneath(answer.hits)
            self._take_first()
        else:
            self._say_nothing()
        self._count()

    def _say_understood(self, answer: Answer) -> None:
        self._bar.say(understood(answer), warning=answer.relaxed or self._is_behind())
        if any(one.way != PLACE_NAME for one in answer.widened):
            self._bar.offer_turn(tr("Only as typed"))
        else:
            off = answer.query.widen == "none" and bool(answer.query.text.strip())
            self._bar.offer_turn(tr("Other spellings and forms too") if off else "")

    def _count(self) -> None:
        wanted = tuple(dict.fromkeys((*self._filters.wanted(), lenses.KIND)))
        asked = self.listed()
        actions.count(self._session, asked, wanted, self._show_totals, self.failed.emit)
        actions.cover(self._session, asked, self._results.missed.show_coverage, self.failed.emit)

    def _list_missed(self, code: str) -> None:
        """List what could not be searched, for one reason."""
        self.ask(listing(lenses.effective(self._typed()), code))

    def _show_totals(self, totals: Totals) -> None:
        self._results.set_totals(totals)
        self._filters.show_facets(totals.facets, self.query.filters)
        self._places.show_counts(totals.facets[lenses.KIND])
        if not totals.total and not self._is_behind() and not self.query.text.strip() and not self.query.filters:
            self.nothing_kept.emit()
        if self.query.widen != "none" and self.query.text.strip():
            self.look_alike("sound")
        self.counted.emit(self.query)

    def _show_chips(self) -> None:
        self._chips.show_filters(lenses.chips(self.query), self.place)

    def _is_behind(self) -> bool:
        """Whether the index does not know every record yet."""
        return self._answer is not None and bool({"not-indexed", "behind"} & set(self._answer.notes))

    def _more(self, hits: Hits, page: Query) -> None:
        def refuse(error: ArchiveError) -> None:
            hits.forget_request()
            self.failed.emit(error)

        def take(answer: Answer) -> None:
            hits.fill(answer)
            if hits is self._results.hits:
                self._look_beneath(answer.hits)

        actions.more_hits(self._session, page, take, refuse)

    def _look_beneath(self, hits: tuple[Hit, ...]) -> None:
        """Look how much is folded under these hits, and under those of which that is not known yet."""
        asked = self._uncounted = (*self._uncounted, *hits)[-MOST_UNCOUNTED:]

        def show(counted: tuple[Beneath, ...]) -> None:
            self._uncounted = tuple(hit for hit in self._uncounted if hit not in asked)
            self._results.hits.show_beneath(counted)

        actions.beneath(self._session, self.listed(), asked, show, self.failed.emit)

    def look_alike(self, widen: Widen, *, unfolded: bool = False) -> None:
        """Look for what only sounds like what was typed, and list it apart."""
        query = replace(lenses.effective(self.query), widen=widen)

        def show(answer: Answer, total: int) -> None:
            self._results.alike.show_hits(answer, total, unfolded=unfolded)
            if unfolded and not total:
                self.told.emit(tr("Nothing in the archive has this sound in other characters."))

        actions.alike(self._session, query, show, self.failed.emit)

    def _first(self, what: str) -> None:
        """Enter or Down in the bar: go to the first hit, now or as soon as it is there."""
        self._go_first = what
        if self._answer is not None:
            self._take_first()

    def _take_first(self) -> None:
        what, self._go_first = self._go_first, ""
        if not what:
            return
        if what == "focus":
            self._results.list.setFocus()
            if self._results.list.currentIndex().isValid():
                return
        if what == "read" and self._results.reads_first():
            self._results.entered.emit()  # it is open already: Enter once more goes to its text
            return
        self._results.choose_first()

    def toggle(self, chosen: Filter) -> None:
        """Put a filter in force, or take it away where it is."""
        others = tuple(f for f in self.query.filters if (f.field, f.value) != (chosen.field, chosen.value))
        keep = () if chosen in self.query.filters else (chosen,)
        self.ask(replace(self._typed(), filters=others + keep))

    def _choose_years(self, years: tuple[str, ...]) -> None:
        """The years chosen replace those in force; choosing what is in force gives it up."""
        in_force = {f.value for f in self.query.filters if f.field == "year" and not f.exclude and f.value}
        others = tuple(f for f in self.query.filters if not (f.field == "year" and not f.exclude and f.value))
        chosen = () if set(years) == in_force else tuple(Filter("year", year) for year in years)
        self.ask(replace(self._typed(), filters=others + chosen))

    def _leave_out_years(self, years: tuple[str, ...]) -> None:
        """These years are left out, beside those that are already; one that was chosen is no longer."""
        others = tuple(f for f in self.query.filters if f.field != "year" or f.value not in years)
        self.ask(replace(self._typed(), filters=others + tuple(Filter("year", year, exclude=True) for year in years)))

    def _remove(self, filters: tuple[Filter, ...]) -> None:
        self.ask(replace(self._typed(), filters=tuple(f for f in self.query.filters if f not in filters)))

    def _say_nothing(self) -> None:
        query = self.query
        self._results.set_totals(Totals(0, {}, 0.0))
        ways_out: list[tuple[str, Callable[[], None]]] = []
        if lenses.chips(query):
            bare = lenses.in_place(replace(query, filters=()), self.place)
            ways_out.append((tr("Remove the filters"), lambda: self.ask(bare)))
        if self.place:
            ways_out.append((tr("Look everywhere"), lambda: self.ask(lenses.in_place(query, ""))))
        if query.widen != "all" and query.text.strip():
            ways_out.append((tr("Search other spellings and forms too"), lambda: self.widen("all")))
        if query.text.strip():
            ways_out.append((tr("Same sound, other characters"), lambda: self.look_alike("any-sound", unfolded=True)))
        similar = similarly(query.text)
        if similar:
            ways_out.append((tr("Allow similar spelling"), lambda: self.ask(replace(query, text=similar))))
        if query.text:
            ways_out.append((tr("Show every record"), lambda: self.ask(self.fresh(""))))
        words = tr("No record found.") if query.text or query.filters else ""
        if self._is_behind():
            words = tr("Nothing found yet: records are still being made searchable.")
        more = tr("Try fewer words, another script or another spelling.")
        self._results.instead().say(words, more if words and not self._is_behind() else "", ways_out)


def understood(answer: Answer) -> list[str]:
    """What must be said under the bar: where the query was read otherwise than typed, and what else must be known."""
    said = []
    if answer.relaxed:
        said.append(tr("No record has all of these words; these have some of them."))
    typed, read = " ".join(answer.query.text.split()), " ".join(answer.interpretation.split())
    if typed and read and typed.casefold() != read.casefold():
        said.append(tr("Searched for: {query}", query=answer.interpretation))
    if also := ways.also(answer.widened):
        said.append(also)
    said += ways.places(answer.widened)
    return said + [noted.words(note) for note in answer.notes]


def similarly(text: str) -> str:
    """The same plain words, each in similar spelling too; empty where they are not plain or too short."""
    words = text.split()
    if not words or not all(word.isalpha() for word in words) or not any(len(word) > 3 for word in words):
        return ""
    return " ".join(f"{word}~" if len(word) > 3 and word not in ("AND", "NOT") else word for word in words)
