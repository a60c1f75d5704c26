"""Saved searches over the list of the notebook: each with how much is new in it since it was last looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from archive.errors import ArchiveError
from archive.notebook.watching import Watched
from desktop import actions, labels, messages, shown, tips
from desktop.aids import News
from desktop.entry.choosing import OFFER, OfferDelegate
from desktop.entry.offers import Offer
from desktop.find import lenses
from desktop.find.chips import caption
from desktop.forms import Form, growing_form
from desktop.notebook.editor import ask_delete
from desktop.notebook.view import NotebookView
from desktop.session import Session
from desktop.theme import current_theme
from desktop.translate import tr, trn
from index.answers import Filter, Query, Sort
from index.beyond import RECORD, SINCE

ROWS = 5
SORTS: dict[str, Sort] = {"newest": "newest", "oldest": "oldest"}


class SearchList(QWidget):
    """A heading and a row for each search; Enter opens one, Delete asks to delete it, Esc leaves."""

    opened = Signal(str)
    delete_wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = QLabel(tr("Saved searches"))
        self.list = _Rows(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 10, 6)
        column.setSpacing(3)
        column.addWidget(self._heading)
        column.addWidget(self.list)
        self.repaint_all()
        self.hide()

    def show_searches(self, searches: tuple[Watched, ...], news: dict[str, News]) -> None:
        """Show these; where one stands stays."""
        row = max(0, self.list.currentRow())
        self.list.clear()
        for one in searches:
            offer = Offer(f"{one.name}", lead=said_of(one, news.get(one.id)), value=one.id)
            item = QListWidgetItem(shown.line(one.name))
            item.setData(OFFER, offer)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}. {offer.lead}")
            item.setToolTip(tips.plain(in_words(one)))
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(searches) - 1))
        if not self.list.hasFocus():
            self.list.clearSelection()
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * min(ROWS, max(1, len(searches))) + 2)
        self.setVisible(bool(searches))

    def leads(self) -> list[tuple[str, str]]:
        """The name of each search shown, and what is said of it."""
        offers = [self.list.item(row).data(OFFER) for row in range(self.list.count())]
        return [(offer.words, offer.lead) for offer in offers]

    def repaint_all(self) -> None:
        """Take the colours of now."""
        self._heading.setStyleSheet(f"color: {current_theme().muted.name()}")


class _Rows(QListWidget):
    def __init__(self, home: SearchList) -> None:
        super().__init__(home)
        self._home = home
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(OfferDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Saved searches"))
        self.itemClicked.connect(lambda item: home.opened.emit(item.data(OFFER).value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Escape:
            self._home.left.emit()
        elif item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._home.opened.emit(item.data(OFFER).value)
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self._home.delete_wanted.emit(item.data(OFFER).value)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setCurrentRow(max(0, self.currentRow()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()

    def sizeHint(self) -> QSize:
        return QSize(200, 40)


class Searches(QObject):
    """Keeps the search in force under a name, counts what is new in each, and opens one at what is new."""

    search_wanted = Signal(object)  # Query
    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, view: NotebookView) -> None:
        super().__init__()
        self._session, self._view = session, view
        self.list = SearchList()
        self.asking: QObject | None = None
        """The dialog that is open, or was last."""
        self._searches: tuple[Watched, ...] = ()
        self._news: dict[str, News] = {}
        view.insert(self.list)
        QWidget.setTabOrder(view.choice, self.list.list)
        QWidget.setTabOrder(self.list.list, view.list)
        self.list.opened.connect(self._open)
        self.list.delete_wanted.connect(self._ask_delete)
        self.list.left.connect(view.left)

    def refresh(self) -> None:
        """Read what the notebook keeps, and count anew."""
        self._submit(lambda desk: desk.searches(), self._show)

    def save(self, query: Query) -> None:
        """Ask for a name, and keep a query with its filters under it."""
        if not query.text.strip() and not query.filters:
            self.told.emit(tr("Search for something first: then the search can be saved."))
            return
        self.asking = dialog = SearchName(self._view.window(), _proposed(query))
        dialog.accepted.connect(lambda: self._keep(dialog.line.text(), query))
        dialog.open()

    def _keep(self, name: str, query: Query) -> None:
        filters = tuple((one.field, one.value, one.exclude) for one in query.filters if one.field != SINCE)

        def keep(moment: str) -> None:
            self._submit(
                lambda desk: desk.keep_search(name, query.text, filters, query.sort, moment), lambda _: self._kept(name)
            )

        actions.moment(self._session, keep, self._refuse)

    def _kept(self, name: str) -> None:
        self.told.emit(tr("The search was saved in your notebook: {name}", name=shown.isolated(shown.line(name))))
        self.refresh()

    def _show(self, searches: tuple[Watched, ...]) -> None:
        self._searches = searches
        self.list.show_searches(searches, self._news)
        for one in searches:
            query = lenses.effective(query_of(one))
            actions.news(self._session, one.id, query, one.moment, partial(self._count, one), _say_nothing)

    def _count(self, one: Watched, news: News) -> None:
        if one in self._searches:
            self._news[one.id] = news
            self.list.show_searches(self._searches, self._news)

    def _open(self, identity: str) -> None:
        """Ask for it: what is new alone, if anything is, under a chip that can be taken away."""
        one = next(one for one in self._searches if one.id == identity)
        news, query = self._news.get(identity), query_of(one)
        if news is not None and news.added + news.altered:
            since = f"{one.moment} {tr('new or changed since {day}', day=one.looked[:10])}"
            query = replace(query, filters=(*query.filters, Filter(SINCE, since)))
        self.search_wanted.emit(query)
        now = news.now if news is not None else ""
        self._submit(lambda desk: desk.look_at_search(identity, now), lambda _: self.refresh())

    def _ask_delete(self, identity: str) -> None:
        one = next(one for one in self._searches if one.id == identity)
        question = tr("Delete the saved search “{name}”?", name=shown.isolated(shown.line(one.name)))
        self.asking = ask_delete(
            self._view,
            question,
            lambda: self._submit(lambda desk: desk.drop_search(identity), lambda _: self.refresh()),
        )

    def _submit(self, work: Callable[..., object], done: Callable[..., None]) -> None:
        self._session.notebook.submit(lambda desk, _: work(desk), done, self._refuse)

    def _refuse(self, error: ArchiveError) -> None:
        self.told.emit(messages.sentence(error))


class SearchName(Form):
    """Asks under which name a search is kept."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, tr("Save this search"), tr("Save"), width=420)
        self.line = QLineEdit(name)
        self.line.setMaxLength(200)
        self.line.selectAll()
        form = growing_form()
        form.addRow(tr("Name"), self.line)
        self.lay_out(form)

    def submit(self) -> None:
        """A name has words."""
        self.settle("" if self.line.text().strip() else tr("A search wants a name."))


def _proposed(query: Query) -> str:
    """A name for a search: its words and filters, or what it is like."""
    like = next((one for one in query.filters if one.field == RECORD and one.exclude), None)
    if like is not None:
        return shown.line(tr("Like “{title}”", title=labels.value(RECORD, like.value)[:80]))
    filters = [caption((one,)).removesuffix("×").strip() for one in lenses.chips(query) if one.field != SINCE]
    return shown.line(" ".join([*query.text.split(), *filters])[:80].strip())


def _say_nothing(error: ArchiveError) -> None:
    """What cannot be counted now fails in searching, too, and is said there."""


def query_of(one: Watched) -> Query:
    """The search as it is asked."""
    filters = tuple(Filter(*each) for each in one.filters)
    return Query(one.text, filters, SORTS.get(one.sort, "relevance"))


def in_words(one: Watched) -> str:
    """What is searched, and by which filters."""
    filters = [caption((Filter(*each),)).removesuffix("×").strip() for each in one.filters]
    return shown.line("  ·  ".join([one.text, *filters] if one.text else filters))


def said_of(one: Watched, news: News | None) -> str:
    """How much is new; nothing while that is being counted."""
    if news is None:
        return ""
    since = tr("since {day}", day=one.looked[:10])
    if not news.known:
        return tr("not looked at in this state of the archive")
    parts = [trn("{n} new", "{n} new", news.added)] if news.added else []
    parts += [trn("{n} changed", "{n} changed", news.altered)] if news.altered else []
    return " ".join([", ".join(parts) or tr("nothing new"), since])
