"""Offers how a query may go on, under the bar, while it is typed; Enter always searches what stands in the bar."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from archive.errors import ArchiveError
from desktop import actions, labels
from desktop.entry.choosing import OfferList
from desktop.entry.offers import Offer
from desktop.find.bar import QueryBar
from desktop.session import Session
from desktop.translate import tr
from index.beyond import PLACE
from index.complete import COUNTRIES, Completion

PAST = 2
"""Queries of the past among the offers."""
WIDTH = 640


class Completing(QObject):
    """Down and Up walk the offers and put each into the bar, Tab takes the first, Esc gives back what was typed.

    Nothing is offered while an input method composes, and nothing to what one has left. The list is a part of the
    window: it takes no focus, and no other program sees it.
    """

    def __init__(self, session: Session, bar: QueryBar, past: Callable[[], Sequence[str]]) -> None:
        """`past` gives the queries of the past, newest first."""
        super().__init__()
        self._session, self._bar, self._past = session, bar, past
        self._list: OfferList | None = None
        self._typed = ("", "")  # what was typed before and after the cursor
        self._composes = self._marks = False
        self.is_on = True
        bar.line.installEventFilter(self)
        bar.line.textEdited.connect(self._ask)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._compare)
        bar.line.textChanged.connect(lambda _: None if self._marks else self._later.start())

    def set_on(self, on: bool) -> None:
        """Offer something from now on, or nothing."""
        self.is_on = on
        if not on:
            self.close()

    @property
    def is_open(self) -> bool:
        """Whether anything is offered."""
        return self._list is not None and self._list.isVisible()

    def offers(self) -> tuple[Offer, ...]:
        """What is offered; `value` is what the bar holds before its cursor if it is taken."""
        return self._list.offers() if self._list is not None and self.is_open else ()

    def close(self) -> None:
        """Offer nothing, and wait for nothing."""
        self._session.reading.drop("complete")
        if self._list is not None:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the bar that mean something while anything is offered."""
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composes = bool(event.preeditString())
            if self._composes:
                self.close()
        elif event.type() == QEvent.Type.FocusOut:
            self._composes = False
            self.close()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
            return False
        if not self.is_open or self._list is None:
            return False
        row = self._list.currentRow()
        if key == Qt.Key.Key_Down:
            if row + 1 == self._list.count():  # past the last: on to the list of results
                self.close()
                return False
            self._mark(row + 1)
        elif key == Qt.Key.Key_Up and row >= 0:
            self._mark(row - 1)
        elif key == Qt.Key.Key_Tab and not event.modifiers():
            self._mark(max(0, row))
            self.close()
        elif key == Qt.Key.Key_Escape:
            self._mark(-1)
            self.close()
        else:
            return False
        return True

    def _mark(self, row: int) -> None:
        """Mark an offer and put it into the bar; none gives back what was typed."""
        if self._list is None:
            return
        self._list.setCurrentRow(row)
        offers = self._list.offers()
        before, after = self._typed
        before = offers[row].value if 0 <= row < len(offers) else before
        self._marks = True
        self._bar.line.setText(before + after)
        self._bar.line.setCursorPosition(len(self._bar.line.text()) - len(after))
        self._marks = False

    def _compare(self) -> None:
        """The text became another without being typed: what is offered does not fit it."""
        if self._bar.line.text() != "".join(self._typed):
            self.close()

    def _ask(self) -> None:
        line = self._bar.line
        text, at = line.text(), line.cursorPosition()
        self._typed = (text[:at], text[at:])
        if not self.is_on or self._composes or not text.strip():
            self.close()
            return
        typed = self._typed
        actions.complete(self._session, typed[0], lambda found: self._show(typed, found), _say_nothing)

    def _show(self, typed: tuple[str, str], found: Sequence[Completion]) -> None:
        line = self._bar.line
        if typed != self._typed or line.text() != "".join(typed) or self._composes or not line.hasFocus():
            return
        before, after = typed
        past = [one for one in self._past() if _goes_on(before, one)][:PAST] if not after else []
        offers = [Offer(one, lead=tr("past search"), value=one) for one in past]
        offers += [Offer(words(one), lead=lead(one), value=one.text) for one in found if one.text not in past]
        if not offers:
            self.close()
            return
        if self._list is None:
            self._list = OfferList(self._bar.window())
            self._list.setAccessibleName(tr("How the search may go on"))
            self._list.pressed.connect(lambda index: self._take(index.row()))
        self._list.show_offers(offers)
        self._list.setCurrentRow(-1)
        place = line.mapTo(self._bar.window(), QPoint(0, line.height() + 1))
        self._list.setGeometry(place.x(), place.y(), min(line.width(), WIDTH), self._list.wanted_height())
        self._list.show()
        self._list.raise_()

    def _take(self, row: int) -> None:
        self._mark(row)
        self.close()


def _goes_on(typed: str, query: str) -> bool:
    typed = typed.casefold()
    return query.casefold().startswith(typed) and query.casefold() != typed.strip()


def words(one: Completion) -> str:
    """What is offered, in words."""
    if one.kind == "value":
        field, code = one.about.split(" ", 1)
        label = labels.value(field, code)
        if field in (*COUNTRIES, PLACE) and not _says(label, one.words):
            return f"{one.words} — {label}"  # named in another language
        return label
    return one.words


def _says(label: str, name: str) -> bool:
    """Whether a label is a name, or that and in brackets or behind a comma where it is."""
    return re.split(r" \(|, ", label)[0].casefold() == name.casefold() or label.casefold() == name.casefold()


def lead(one: Completion) -> str:
    """What it is, quietly: nothing for a word."""
    if one.kind == "value":
        return labels.field(one.about.split(" ", 1)[0])
    if one.kind == "field":
        return tr("field")
    if one.kind == "name":
        return tr("Term") if one.about == "term" else labels.value("kind", one.about)
    return ""


def _say_nothing(error: ArchiveError) -> None:
    """Who types on is not disturbed; what fails here fails in searching, too, and is said there."""
