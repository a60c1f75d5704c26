"""The hits as a list that knows how many there are and fetches each page when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from desktop import folded, labels, shown
from index.answers import Answer, Beneath, Hit, Query

PAGE = 50  # hits fetched at once while scrolling
KEPT = 40  # pages kept; older ones are fetched again
HIT = Qt.ItemDataRole.UserRole + 1
BENEATH = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class Hits(QAbstractListModel):
    """Rows are hits; a row not yet fetched has no HIT and asks for its page."""

    wanted = Signal(object)  # Query: fetch this page; answer with `fill`

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = Query("")
        self._total = 0
        self._first: tuple[Hit, ...] = ()
        self._pages: dict[int, tuple[Hit, ...]] = {}
        self._beneath: dict[str, Beneath] = {}
        self._asked: int | None = None
        self._missing: list[int] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def start(self, answer: Answer) -> None:
        """Show the first hits of a new query."""
        self.beginResetModel()
        self._query = answer.query
        self._first = answer.hits
        self._total = len(answer.hits)
        self._pages, self._missing, self._asked, self._beneath = {}, [], None, {}
        self.endResetModel()

    def set_total(self, total: int) -> None:
        """Make room for all the hits that are known to exist."""
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def fill(self, answer: Answer) -> None:
        """Take a page that was wanted; one of another query is left aside."""
        query, page = answer.query, answer.query.offset // PAGE
        if replace(query, limit=0, offset=0) != replace(self._query, limit=0, offset=0):
            return
        self._asked = None
        self._pages[page] = answer.hits
        while len(self._pages) > KEPT:
            del self._pages[next(iter(self._pages))]
        last = min(self._total, page * PAGE + PAGE) - 1
        if page * PAGE <= last:
            self.dataChanged.emit(self.index(page * PAGE), self.index(last))
        if self._missing:
            self._soon.start()

    def show_beneath(self, counted: Sequence[Beneath]) -> None:
        """Take how much is folded under hits."""
        for one in counted:
            self._beneath[one.record] = one
            row = self.row_of(one.record)
            if row is not None:
                self.dataChanged.emit(self.index(row), self.index(row), [BENEATH])

    def beneath(self, record: str) -> Beneath | None:
        """How much is folded under a record; None for nothing, or where that is not known yet."""
        return self._beneath.get(record)

    def forget_request(self) -> None:
        """The page that was asked for will not come; it is asked for again when shown."""
        self._asked = None

    def hit(self, row: int) -> Hit | None:
        """The hit in a row, if it was fetched."""
        if not 0 <= row < self._total:
            return None
        if row < len(self._first):
            return self._first[row]
        page = self._pages.get(row // PAGE)
        return page[row % PAGE] if page is not None and row % PAGE < len(page) else None

    def row_of(self, record: str) -> int | None:
        """The row of a record among those fetched."""
        for row, hit in enumerate(self._first):
            if hit.id == record:
                return row
        for page, hits in self._pages.items():
            for place, hit in enumerate(hits):
                if hit.id == record:
                    return page * PAGE + place
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many hits are known to exist."""
        return 0 if parent.isValid() else self._total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """HIT, BENEATH where something is folded under it, and a sentence for screen readers."""
        if role not in (HIT, BENEATH, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        hit = self.hit(index.row())
        if hit is None and index.isValid():
            self._want(index.row() // PAGE)
        if hit is None:
            return None
        if role == HIT:
            return hit
        beneath = self._beneath.get(hit.id)
        if role == BENEATH:
            return beneath
        if role == Qt.ItemDataRole.ToolTipRole:
            return None
        parts = [hit.title.text, hit.date, labels.language(hit.language) if hit.language else "", hit.snippet.text]
        parts.append(folded.shortly(beneath) if beneath else "")
        return shown.line(". ".join(part for part in parts if part))

    def _want(self, page: int) -> None:
        if page == self._asked or page in self._pages:
            return
        if page in self._missing:
            self._missing.remove(page)
        self._missing.append(page)
        del self._missing[:-3]  # what was scrolled past is not wanted any more
        self._soon.start()

    def _ask(self) -> None:
        if self._asked is not None or not self._missing:
            return
        page = self._missing.pop()
        if page in self._pages:
            self._ask()
            return
        self._asked = page
        query = self._query
        self.wanted.emit(replace(query, limit=PAGE, offset=page * PAGE))
