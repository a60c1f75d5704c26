"""What is to be looked at again, as a list in the reading pane: each line has one thing that Enter does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QObject, Signal

from archive.cases.review import Matter
from desktop import reasons, shown
from desktop.cases.lines import Line, Shape
from desktop.cases.page import PageView
from desktop.labels import field
from desktop.review import actions, words
from desktop.review.actions import Listed
from desktop.session import Session
from desktop.translate import number, tr

SHOWN = 500
"""Lines of one kind shown at once; the heading counts all of them."""
OPEN: dict[Matter, Callable[[], str]] = {
    Matter.EXPIRED: lambda: tr("open the consent"),
    Matter.EXPIRING: lambda: tr("open the consent"),
    Matter.LOST: lambda: tr("open the fact"),
    Matter.MOVED: lambda: tr("open the fact"),
    Matter.SAME: lambda: tr("compare them"),
    Matter.CONTRADICTED: lambda: tr("open the fact"),
    Matter.NO_TEXT: lambda: tr("open the document"),
}


class TodoController(QObject):
    """Fetches the list in a lane and leads on from it; `counted` tells how much there is."""

    counted = Signal(int)
    subject_wanted = Signal(str, str)  # record, fact
    document_wanted = Signal(str)
    pair_wanted = Signal(str, str)
    shown = Signal()
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, view: PageView) -> None:
        super().__init__()
        self._session, self._view = session, view
        self._listed: tuple[Listed, ...] = ()
        view.setAccessibleName(tr("To review"))
        view.show_lines((Line(Shape.TITLE, tr("To review")), Line(Shape.NOTE, tr("Gathering what waits…"))))
        view.entered.connect(self._enter)

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What is listed."""
        return self._listed

    def fetch(self) -> None:
        """Fetch the list as it is by now; it comes with `shown`."""
        actions.to_review(self._session, self._show, self.failed.emit)

    def _show(self, listed: tuple[Listed, ...]) -> None:
        here = self._view.currentIndex().row()
        self._listed = listed
        self._view.show_lines(lines(listed))
        rows = [row for row, line in enumerate(self._view.lines()) if line.shape is Shape.LINK]
        if rows:
            self._view.go_to_line(next((row for row in rows if row >= here), rows[-1]))
        self.counted.emit(len(listed))
        self.shown.emit()

    def _enter(self, line: Line) -> None:
        item = self._listed[int(line.target)].item
        if item.matter is Matter.SAME:
            self.pair_wanted.emit(item.record, item.other)
        elif item.matter is Matter.NO_TEXT:
            self.document_wanted.emit(item.record)
        else:
            self.subject_wanted.emit(item.record, item.fact)


def lines(listed: Sequence[Listed]) -> tuple[Line, ...]:
    """The list under its headings; the target of each line is its place in `listed`."""
    found = [Line(Shape.TITLE, tr("To review"))]
    if not listed:
        found.append(Line(Shape.NOTE, tr("Nothing waits to be looked at.")))
    numbered = list(enumerate(listed))
    for matter, several in groupby(numbered, key=lambda pair: pair[1].item.matter):
        group = list(several)
        heading = tr("{what} ({n})", what=words.matter(matter), n=number(len(group)))
        found.append(Line(Shape.HEADING, heading))
        for at, one in group[:SHOWN]:
            lead, text = _told(one)
            found.append(Line(Shape.LINK, text, lead, OPEN[matter](), target=str(at)))
    return tuple(found)


def _told(one: Listed) -> tuple[str, str]:
    """What stands quiet before a line, and the line."""
    item = one.item
    label = shown.line(item.label) or tr("Without a title")
    if item.matter in (Matter.EXPIRED, Matter.EXPIRING):
        return item.until, tr("{record}: {value}", record=label, value=one.value)
    if item.matter is Matter.SAME:
        agree = ", ".join(field(code) for code in item.agree)
        both = tr("{one} and {other}", one=label, other=shown.line(item.other_label))
        return tr("agree: {fields}", fields=agree), both
    if item.matter is Matter.NO_TEXT:
        return reasons.words(item.reason) if item.reason else "", label
    return shown.line(item.whose), tr("{record} — {field}: {value}", record=label, field=one.heading, value=one.value)
