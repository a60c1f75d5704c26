"""The sources of the fact one stands on: what is quoted, by whom, resting on what; two values in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QWidget

from archive.cases.passages import AROUND, Anchor
from archive.cases.records import Source
from desktop import labels, shown
from desktop.cases import words
from desktop.read.offsets import is_leftward
from desktop.theme import current_theme, scaled
from desktop.translate import tr

MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with the title and date of its document, its chain in words, and where its passage stands by now."""

    source: Source
    title: str
    published: str
    chain: tuple[str, ...]
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Weighing:
    """A fact as the pane shows it: its field and value in words, what it stands on, what we judge, its sources."""

    fact: str
    heading: str
    value: str
    standing: str
    assessment: str
    sources: tuple[Cited, ...]


class SourcesView(QWidget):
    """One column for a fact; for one that is contradicted a column for each of the values."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        self._columns: list[QTextEdit] = []
        self._shown: tuple[Weighing, ...] = ()
        self.setAccessibleName(tr("Sources of the fact"))
        self.show_facts(())

    def show_facts(self, facts: Sequence[Weighing]) -> None:
        """Show these facts beside each other; without any, what to do."""
        self._shown = tuple(facts)
        wanted = max(1, min(MOST_COLUMNS, len(facts)))
        while len(self._columns) < wanted:
            column = QTextEdit()
            column.setReadOnly(True)
            column.setFrameShape(QFrame.Shape.NoFrame)
            column.setAccessibleName(tr("Sources of the fact"))
            column.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._columns.append(column)
            self._row.addWidget(column, 1)
        for place, column in enumerate(self._columns):
            column.setVisible(place < wanted)
            column.clear()
        for column, fact in zip(self._columns, facts, strict=False):
            self._write(column, fact)
        if len(facts) > MOST_COLUMNS:
            for fact in facts[MOST_COLUMNS:]:
                self._write(self._columns[-1], fact)
        if not facts:
            _Writer(self._columns[0]).quiet(tr("Walk to a fact with Up and Down to see the passage that says so."))

    def shown(self) -> tuple[Weighing, ...]:
        """What is shown."""
        return self._shown

    def repaint_all(self) -> None:
        """Take the colours of now."""
        self.show_facts(self._shown)

    def texts(self) -> list[str]:
        """What each column says."""
        return [column.toPlainText() for column in self._columns if not column.isHidden()]

    def _write(self, column: QTextEdit, fact: Weighing) -> None:
        writer = _Writer(column)
        writer.quiet(fact.heading)
        writer.strong(fact.value)
        writer.quiet(fact.standing)
        if fact.assessment:
            writer.quiet(fact.assessment)
        for cited in fact.sources:
            source = cited.source
            writer.space()
            writer.plain(shown.line(cited.title) or tr("Without a title"))
            writer.quiet("  ·  ".join(part for part in _about(cited) if part))
            writer.quote(source)
            if cited.chain:
                writer.quiet(tr("Rests on: {chain}", chain=" → ".join(map(shown.line, cited.chain))))
            if source.hedge:
                writer.quiet(tr("In its words: “{hedge}”", hedge=shown.line(source.hedge)))
            if source.date_words:
                writer.quiet(tr("Date as worded: “{words}”", words=shown.line(source.date_words)))
            if source.note:
                writer.quiet(tr("Note: {note}", note=shown.line(source.note)))
            if cited.anchor.lost:
                writer.warn(
                    tr("This passage is not in the document's newest text; it stands in version {n}.", n=source.version)
                )
            elif cited.anchor.moved:
                writer.quiet(tr("Quoted from version {n} of the text; the newest holds it, too.", n=source.version))
        column.moveCursor(QTextCursor.MoveOperation.Start)


def _about(cited: Cited) -> list[str]:
    source = cited.source
    page = tr("page {n}", n=source.page) if source.page else ""
    language = labels.language(source.language) if source.language else ""
    return [words.stance(source), cited.published or tr("no date"), language, page]


def before(source: Source) -> str:
    """What stands before a quote, from a whole word on."""
    if len(source.before) < AROUND:
        return source.before
    cut = source.before.find(" ")
    return "… " + (source.before[cut + 1 :] if 0 <= cut < AROUND - 1 else source.before)


def after(source: Source) -> str:
    """What stands behind a quote, up to a whole word."""
    if len(source.after) < AROUND:
        return source.after
    cut = source.after.rfind(" ")
    return (source.after[:cut] if cut > 0 else source.after) + " …"


class _Writer:
    """Writes paragraphs of plain text in the theme's colours; what comes from the archive is never HTML."""

    def __init__(self, view: QTextEdit) -> None:
        self._theme, self._font = current_theme(), view.font()
        view.document().setDocumentMargin(16)
        self._cursor = view.textCursor()
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._empty = view.document().isEmpty()

    def quiet(self, text: str) -> None:
        self._paragraph(text, 0.92, self._format(muted=True))

    def plain(self, text: str) -> None:
        self._paragraph(text, 1.0, self._format(bold=True))

    def strong(self, text: str) -> None:
        self._paragraph(text, 1.2, self._format(bold=True))

    def warn(self, text: str) -> None:
        form = QTextCharFormat()
        form.setForeground(self._theme.warning)
        self._paragraph(text, 0.92, form)

    def space(self) -> None:
        self._paragraph(" ", 0.5, self._format(muted=True))

    def quote(self, source: Source) -> None:
        """The passage, marked, between what stands around it."""
        around, marked = self._format(muted=True), QTextCharFormat()
        marked.setBackground(self._theme.hit)
        marked.setForeground(self._theme.hit_text)
        block = QTextBlockFormat()
        block.setLeftMargin(10)
        block.setTopMargin(3)
        block.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_leftward(source.quote) else Qt.LayoutDirection.LeftToRight
        )
        self._begin(block)
        for text, form in ((before(source), around), (source.quote, marked), (after(source), around)):
            form.setFont(scaled(self._font, 1.02))
            self._cursor.insertText(shown.running(text).replace("\n", " "), form)

    def _format(self, *, muted: bool = False, bold: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(self._theme.muted if muted else self._theme.text)
        form.setFont(scaled(self._font, 1.0, bold=bold))
        return form

    def _paragraph(self, text: str, size: float, form: QTextCharFormat) -> None:
        form.setFont(scaled(self._font, size, bold=form.font().bold()))
        block = QTextBlockFormat()
        block.setTopMargin(2)
        block.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_leftward(text) else Qt.LayoutDirection.LeftToRight
        )
        self._begin(block)
        self._cursor.insertText(text, form)

    def _begin(self, block: QTextBlockFormat) -> None:
        if self._empty:
            self._cursor.setBlockFormat(block)
            self._empty = False
        else:
            self._cursor.insertBlock(block)
