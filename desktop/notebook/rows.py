"""The rows of the notebook's list: notes, and the records that bear a tag or lie in a collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive.notebook.records import Collection
from archive.notebook.standing import State
from desktop import shown, tips
from desktop.notebook import strip
from desktop.notebook.records import Kind, Noted, Place, Whole
from desktop.read.offsets import is_leftward
from desktop.theme import Theme, current_theme, scaled
from desktop.translate import tr

ROW = Qt.ItemDataRole.UserRole + 1
SIDE, ABOVE, GAP = 14, 8, 3
RIGHTWARD = "\u200e"  # a line of ours, whatever the title in it
LEFTWARD = "\u200f"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """What is listed: everything, or what bears a tag or lies in a collection."""

    tag: str = ""
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A note, or a record that is tagged or collected."""

    place: Place
    noted: Noted | None = None
    tags: tuple[str, ...] = ()


def rows(whole: Whole, choice: Choice, typed: str) -> tuple[Row, ...]:
    """What is listed of a notebook, of it what holds every word that is typed."""
    tags = whole.borne
    notes = [Row(one.place, one, (*one.note.tags, *tags.get(one.note.record, ()))) for one in _paired(whole.notes)]
    listed: list[Row] = []
    if choice.collection:
        held = next((one for one in whole.collections if one.id == choice.collection), None)
        records = held.records if held else ()
        listed = [Row(whole.places[record], tags=tags.get(record, ())) for record in records]
    elif choice.tag:
        listed = [Row(whole.places[record], tags=borne) for record, borne in tags.items() if choice.tag in borne]
        listed += [row for row in notes if choice.tag in row.tags]
    else:
        listed = list(notes)
    wanted = typed.casefold().split()
    return tuple(row for row in listed if all(word in _words(row) for word in wanted))


def _paired(notes: Sequence[Noted]) -> list[Noted]:
    """The notes in their order, but each that stands beside another right after that: both are read together."""
    there = {one.note.id for one in notes}
    beside: dict[str, list[Noted]] = {}
    for one in notes:
        if one.came is not None and one.came.beside in there:
            beside.setdefault(one.came.beside, []).append(one)
    listed: list[Noted] = []
    following = {one.note.id for several in beside.values() for one in several}
    waiting = [one for one in reversed(notes) if one.note.id not in following]
    while waiting:
        one = waiting.pop()
        listed.append(one)
        waiting += reversed(beside.pop(one.note.id, []))
    left = {one.note.id for one in notes} - {one.note.id for one in listed}
    return [*listed, *(one for one in notes if one.note.id in left)]  # what a package made stand beside itself


def _words(row: Row) -> str:
    parts = [row.place.title, *row.tags]
    if row.noted is not None:
        note = row.noted.note
        parts += [note.text, note.passage.quote if note.passage else ""]
    return "\n".join(parts).casefold()


def collection_of(whole: Whole, identity: str) -> Collection | None:
    """A collection by its id."""
    return next((one for one in whole.collections if one.id == identity), None)


def first_line(row: Row) -> str:
    """The words of a note; of a highlight what it marks; of a record what it is called."""
    if row.noted is None:
        return _title(row.place)
    note = row.noted.note
    return " ".join((note.text or (note.passage.quote if note.passage else "")).split())


def quote(row: Row) -> str:
    """The passage a note is on; empty where it stands in the first line already."""
    note = row.noted.note if row.noted else None
    return " ".join(note.passage.quote.split()) if note and note.passage and note.text else ""


def facts(row: Row) -> str:
    """When it was written, by whom, whether its passage had to be found again, which record it is on, its tags."""
    parts: list[str] = []
    if row.noted is not None:
        parts = [row.noted.note.changed[:10]]
        if row.noted.came:
            parts.append(strip.whose(row.noted.came))
        if _state(row) is State.MOVED:
            parts.append(tr("found again in another text version"))
        if row.place.kind is not Kind.GONE:  # which `warning` says
            parts.append(shown.isolated(_title(row.place)))  # the longest, so what is cut off is its end
    elif row.place.kind is Kind.DOCUMENT:
        parts = [tr("document")]
    elif row.place.kind is not Kind.GONE:
        parts = [tr("case record")]
    return shown.line("  ·  ".join([*parts, *map(shown.isolated, row.tags)]))


def warning(row: Row) -> str:
    """What became of the passage or the record."""
    if row.place.kind is Kind.GONE:
        return tr("no longer in the archive")
    return tr("passage changed") if _state(row) is State.LOST else ""


def _state(row: Row) -> State | None:
    return row.noted.standing.state if row.noted and row.noted.standing else None


def _title(place: Place) -> str:
    if place.kind is Kind.GONE:
        return tr("A record that is no longer in the archive")
    return place.title or tr("Without a title")


class Rows(QAbstractListModel):
    """The rows listed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, found: Iterable[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.rows = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """ROW, the words for screen readers, and all of a note as a tip."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (first_line(row), quote(row), facts(row), warning(row)) if part)
        if role == Qt.ItemDataRole.ToolTipRole and row.noted is not None and row.noted.note.text:
            return tips.plain(row.noted.note.text)
        return None


class RowDelegate(QStyledItemDelegate):
    """Three lines each: the words, the passage on the ground of a highlight, and quietly where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Records have no second line."""
        row = index.data(ROW)
        lines = [_line(option.font), _line(scaled(option.font, 0.9))]
        if quote(row):
            lines.append(_line(option.font))
        return QSize(100, 2 * ABOVE + sum(lines) + GAP * (len(lines) - 1) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row, theme, rect = index.data(ROW), current_theme(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.selected)
            if option.widget is not None and option.widget.hasFocus():
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.focus)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        painter.fillRect(QRect(rect.left() + SIDE, rect.bottom(), rect.width() - 2 * SIDE, 1), theme.line)
        inner = rect.adjusted(SIDE, ABOVE, -SIDE, -ABOVE)
        marked = bool(row.noted and row.noted.note.colour)
        said = quote(row)
        y = _write(painter, theme, inner, inner.top(), first_line(row), option.font, marked and not said) + GAP
        if said:
            y = _write(painter, theme, inner, y, said, option.font, marked, quiet=True) + GAP
        small = scaled(option.font, 0.9)
        room, warned = inner, warning(row)
        if warned:
            painter.setFont(small)
            painter.setPen(theme.warning)
            width = QFontMetrics(small).horizontalAdvance(warned) + 12
            place = QRect(inner.left(), y, inner.width(), _line(small))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, warned)
            room = inner.adjusted(0, 0, -width, 0)
        _write(painter, theme, room, y, f"{RIGHTWARD}{facts(row)}", small, False, quiet=True)
        painter.restore()


def _write(
    painter: QPainter,
    theme: Theme,
    inner: QRect,
    y: int,
    words: str,
    font: QFont,
    marked: bool,
    *,
    quiet: bool = False,
) -> int:
    """One line, cut to the width, in the direction of its words; returns where the next begins."""
    metrics = QFontMetrics(font)
    words = metrics.elidedText(shown.line(words[:1000]), Qt.TextElideMode.ElideRight, inner.width() - 4)
    place = QRect(inner.left(), y, inner.width(), _line(font))
    side = Qt.AlignmentFlag.AlignRight if is_leftward(words) else Qt.AlignmentFlag.AlignLeft
    words = turned(words)
    if marked:
        width = metrics.horizontalAdvance(words) + 4
        left = place.right() - width + 1 if side is Qt.AlignmentFlag.AlignRight else place.left()
        painter.fillRect(QRect(left, y, width, place.height() - 1), theme.highlight)
    painter.setFont(font)
    painter.setPen(theme.highlight_text if marked else theme.muted if quiet else theme.text)
    painter.drawText(place.adjusted(2, 0, -2, 0), side | Qt.AlignmentFlag.AlignVCenter, words)
    return y + place.height()


def turned(words: str) -> str:
    """Words of a line of their own: where they run from right to left the signs at their ends do, too."""
    return f"{LEFTWARD}{words}{LEFTWARD}" if is_leftward(words) else words


def _line(font: QFont) -> int:
    return round(QFontMetrics(font).lineSpacing() * 1.15)


def kinds(found: Sequence[Row]) -> tuple[int, int]:
    """How many notes and how many records are listed."""
    notes = sum(row.noted is not None for row in found)
    return notes, len(found) - notes
