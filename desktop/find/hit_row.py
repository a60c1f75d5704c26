"""Paints one hit: its title, what it is, and the passage with the hits marked; each in the direction of its text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import folded, labels, shown, ways
from desktop.find.hits import BENEATH, HIT
from desktop.read.offsets import Offsets, is_leftward, laid_out
from desktop.theme import Theme, current_theme, scaled
from desktop.translate import tr
from index.answers import Hit, Snippet

SIDE, ABOVE, GAP = 14, 9, 3
SNIPPET_LINES = 2
MOST_THROUGH = 2
LEAD = 24  # characters before the first mark where a snippet must begin later


class HitDelegate(QStyledItemDelegate):
    """Every row is equally high: a line of title, a line of facts, two lines of passage."""

    open_row = -1
    """The row beneath which more is shown."""

    def height(self, font: QFont) -> int:
        """The height of any row in this font, in pixels."""
        title = QFontMetrics(scaled(font, 1.0, bold=True)).lineSpacing()
        facts = QFontMetrics(scaled(font, 0.9)).lineSpacing()
        return 2 * ABOVE + title + facts + 2 * GAP + SNIPPET_LINES * _line(font) + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row of one hit, or grey bars while it is fetched."""
        theme, rect = current_theme(), option.rect
        painter.save()
        self._paint_ground(painter, theme, option)
        painter.fillRect(QRect(rect.left() + SIDE, rect.bottom(), rect.width() - 2 * SIDE, 1), theme.line)
        inner = _inner(rect)
        hit = index.data(HIT)
        if isinstance(hit, Hit):
            self._paint_hit(painter, theme, inner, hit, self._beneath(index), option.font)
        else:
            for line, share in enumerate((0.6, 0.3, 0.9)):
                bar = QRect(inner.left(), inner.top() + line * _line(option.font), int(inner.width() * share), 8)
                painter.fillRect(bar.translated(0, 6), theme.line)
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """What is shown beneath a row lies in its lower part."""
        editor.setGeometry(option.rect.adjusted(0, self.height(option.font) - 1, 0, -1))

    def words_place(self, rect: QRect, index: QModelIndex | QPersistentModelIndex, font: QFont) -> QRect | None:
        """Where in a row it is said what is folded under its hit; None where that is nothing."""
        hit, words = index.data(HIT), self._beneath(index)
        return _places(_inner(rect), hit, words, font)[1] if isinstance(hit, Hit) and words else None

    def _beneath(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What is folded under a hit, in a few words."""
        beneath = index.data(BENEATH)
        if beneath is None:
            return ""
        return f"{'▾' if index.row() == self.open_row else '▸'} {folded.shortly(beneath)}"

    def _paint_ground(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.selected)
            if option.state & QStyle.StateFlag.State_Active and option.widget.hasFocus():
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.focus)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)

    def _paint_hit(self, painter: QPainter, theme: Theme, inner: QRect, hit: Hit, beneath: str, font: QFont) -> None:
        bold, small = scaled(font, 1.0, bold=True), scaled(font, 0.9)
        title = hit.title if hit.title.text else Snippet(tr("Without a title"))
        painter.setPen(theme.text)
        y = inner.top()
        y += self._paint_text(painter, theme, inner, y, title, bold, 1) + GAP
        painter.setPen(theme.muted)
        painter.setFont(small)
        metrics = QFontMetrics(small)
        line, more = _places(inner, hit, beneath, font)
        words = metrics.elidedText(facts(hit), Qt.TextElideMode.ElideRight, line.width())
        side = Qt.AlignmentFlag.AlignRight if is_leftward(title.text) else Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | side, words)
        painter.setPen(theme.text)
        painter.drawText(more, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, beneath)
        y += metrics.lineSpacing() + GAP
        painter.setPen(theme.text if hit.snippet.text else theme.muted)
        passage = hit.snippet if hit.snippet.text else Snippet(tr("No text"))
        self._paint_text(painter, theme, inner, y, passage, font, SNIPPET_LINES)

    def _paint_text(
        self, painter: QPainter, theme: Theme, inner: QRect, y: int, snippet: Snippet, font: QFont, lines: int
    ) -> int:
        """Paint at most `lines` lines with the marks; returns the height of one line times `lines`."""
        height = _line(font) if lines > 1 else QFontMetrics(font).lineSpacing()
        snippet = Snippet(laid_out(snippet.text).replace("\n", " "), snippet.marks)
        layout, text = _elided(snippet.text, font, inner.width(), height, lines)
        if snippet.marks and snippet.marks[0][1] >= len(text) and snippet.text != text:
            snippet = begun_later(snippet)
            layout, text = _elided(snippet.text, font, inner.width(), height, lines)
        for place in _grounds(layout, _ranges(snippet, text), height, lines):
            painter.fillRect(place.translated(inner.left(), y), theme.hit)
        layout.draw(painter, QPointF(inner.left(), y))
        return height * lines


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(SIDE, ABOVE, -SIDE, -ABOVE)


def _places(inner: QRect, hit: Hit, beneath: str, font: QFont) -> tuple[QRect, QRect]:
    """Where the facts of a hit stand, and where what is folded under it: at the far end of the line."""
    metrics = QFontMetrics(scaled(font, 0.9))
    y = inner.top() + QFontMetrics(scaled(font, 1.0, bold=True)).lineSpacing() + GAP
    line = QRect(inner.left(), y, inner.width(), metrics.lineSpacing())
    width = min(metrics.horizontalAdvance(beneath), inner.width()) if beneath else 0
    apart = width + SIDE if beneath else 0
    if is_leftward(hit.title.text):
        return line.adjusted(apart, 0, 0, 0), QRect(line.left(), y, width, line.height())
    return line.adjusted(0, 0, -apart, 0), QRect(line.right() - width + 1, y, width, line.height())


def begun_later(snippet: Snippet) -> Snippet:
    """The snippet from a few words before its first mark on, for a column too narrow to reach that far."""
    first = snippet.marks[0][0]
    start = snippet.text.rfind(" ", 0, max(0, first - LEAD)) + 1
    start = start if first - start <= 2 * LEAD else first - LEAD // 2  # scripts without spaces
    if start <= 1:
        return snippet
    shift = start - 2
    return Snippet("… " + snippet.text[start:], tuple((a - shift, b - shift) for a, b in snippet.marks))


def facts(hit: Hit) -> str:
    """What a hit is, in one line: first how it was found if not by the words typed, for a narrow list cuts the end off;
    then date, language, type and countries."""
    parts = [shown.line(words) for words in ways.through(hit.through[:MOST_THROUGH])]
    if hit.matched_by:
        parts.append(tr("found by: {ways}", ways=", ".join(ways.words(way) for way in hit.matched_by)))
    parts.append(shown.line(hit.date) or tr("no date"))
    if hit.language:
        parts.append(labels.language(hit.language))
    if hit.type:
        parts.append(labels.value("type", hit.type))
    parts += [labels.country(code) for code in hit.countries[:3]]
    if len(hit.countries) > 3:
        parts.append("…")
    if hit.page > 1:
        parts.append(tr("page {n}", n=hit.page))
    return "  ·  ".join(parts)


def _line(font: QFont) -> int:
    return round(QFontMetrics(font).lineSpacing() * 1.2)


def _elided(text: str, font: QFont, width: int, height: int, lines: int) -> tuple[QTextLayout, str]:
    """The text laid out in at most so many lines, and what of it is shown."""
    layout = _laid(text, font, width, height)
    if layout.lineCount() <= lines:
        return layout, text
    start = Offsets(text).points(layout.lineAt(lines - 1).textStart())
    text = text[:start] + QFontMetrics(font).elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
    return _laid(text, font, width, height), text


def _laid(text: str, font: QFont, width: int, height: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    leftward = is_leftward(text)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if leftward else Qt.LayoutDirection.LeftToRight)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if leftward else Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    ascent = QFontMetricsF(font).ascent()
    layout.beginLayout()
    for number in range(SNIPPET_LINES + 2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(10, width))
        # One baseline for all fonts: a script that falls back to a taller font would push its line down.
        line.setPosition(QPointF(0, number * height + ascent - line.ascent()))
    layout.endLayout()
    return layout


def _grounds(layout: QTextLayout, ranges: list[tuple[int, int]], height: int, lines: int) -> list[QRectF]:
    """The grounds of the marks, one line high: those Qt paints are as tall as the script, and hide the next line."""
    grounds = []
    for number in range(min(lines, layout.lineCount())):
        line = layout.lineAt(number)
        first, last = line.textStart(), line.textStart() + line.textLength()
        for start, stop in ranges:
            if max(first, start) < min(last, stop):
                one, other = (_x(line, at) for at in (max(first, start), min(last, stop)))
                grounds.append(QRectF(min(one, other), number * height, abs(other - one), height - 1))
    return grounds


def _x(line: QTextLine, at: int) -> float:
    place: Any = line.cursorToX(at)  # declared as an object, it is x and the position it belongs to
    return float(place[0] if isinstance(place, tuple) else place)


def _ranges(snippet: Snippet, shown: str) -> list[tuple[int, int]]:
    """The marks in UTF-16 units of what is shown."""
    offsets, end = Offsets(snippet.text), len(shown.encode("utf-16-le")) // 2
    ranges = [(offsets.units(first), min(offsets.units(last), end)) for first, last in snippet.marks]
    return [(start, stop) for start, stop in ranges if start < stop]
