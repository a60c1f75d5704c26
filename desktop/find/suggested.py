"""The line of links over the results: what else may have been meant by a query, never searched for by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError
from desktop import actions, labels, shown
from desktop.find import lenses
from desktop.find.bar import QueryBar
from desktop.find.controller import FindController
from desktop.find.link import Link
from desktop.flow import FlowLayout
from desktop.session import Session
from desktop.translate import tr, trn
from index.answers import Query
from index.suggest import Suggestion


class Links(QWidget):
    """A link for each suggestion; Tab goes to it from the bar, Enter and Space follow it."""

    chosen = Signal(object)  # Query

    def __init__(self, before: QWidget) -> None:
        """`before` is what Tab leads from to the first link."""
        super().__init__()
        self._before = before
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._links: list[Link] = []
        self.setAccessibleName(tr("What may have been meant"))
        self.hide()

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show exactly these."""
        for link in self._links:
            self._flow.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = []
        for one in suggestions:
            link = Link(caption(one))
            link.clicked.connect(lambda _=False, one=one: self.chosen.emit(one.query))
            self._flow.addWidget(link)
            QWidget.setTabOrder(self._links[-1] if self._links else self._before, link)
            self._links.append(link)
        self.setVisible(bool(self._links))

    def links(self) -> list[Link]:
        """The links shown, in order."""
        return list(self._links)

    def repaint_all(self) -> None:
        """Take the colours of now."""
        for link in self._links:
            link.repaint_link()


class Suggesting(QObject):
    """Asks for suggestions when all about a query is shown, and shows them while that query is in force."""

    def __init__(self, session: Session, bar: QueryBar, finding: FindController) -> None:
        super().__init__()
        self._session, self._bar, self._finding = session, bar, finding
        self.links = Links(bar.turn)
        self._query: Query | None = None  # what the links shown were found for
        bar.add_line(self.links)
        finding.asked.connect(self._forget)
        finding.counted.connect(self._ask)
        self.links.chosen.connect(self._follow)

    def _ask(self, query: Query) -> None:
        if query.text.strip():
            effective = lenses.effective(query)
            actions.suggest(self._session, effective, lambda found: self._show(query, found), _say_nothing)

    def _show(self, query: Query, found: tuple[Suggestion, ...]) -> None:
        if query == self._finding.query:
            self._query = query
            self.links.show_suggestions(found)

    def _forget(self, query: Query) -> None:
        """Another query: the links go. Where the same is asked once more they stay until they are known anew."""
        if query != self._query:
            self._query = None
            self.links.show_suggestions(())

    def _follow(self, query: Query) -> None:
        applying = lenses.effective(self._finding.query).filters
        idle = (one for one in self._finding.query.filters if one not in applying)
        self._finding.ask(replace(query, filters=(*query.filters, *idle)))  # what does not apply here stays as chips
        self._bar.take_focus()


def caption(one: Suggestion) -> str:
    """What a link says."""
    if one.way == "country":
        heading = labels.field("country")
        return tr("{field}: {value} ({n})", field=heading, value=labels.country(one.words), n=one.found)
    if one.way == "place":
        heading = labels.field("place")
        return tr("{field}: {value} ({n})", field=heading, value=labels.place(one.words), n=one.found)
    said = shown.isolated(shown.line(one.words))
    return tr("Did you mean “{words}”? {count}", words=said, count=trn("{n} record", "{n} records", one.found))


def _say_nothing(error: ArchiveError) -> None:
    """What fails here fails in searching, too, and is said there."""
