"""The details of a document: what is recorded about it, where it came from, and what was done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from archive.records import Kin, Relation, Verdict
from desktop import labels, messages, shown, tips
from desktop.read import entries
from desktop.tables import Line, TableDialog
from desktop.theme import current_theme, scaled
from desktop.translate import number, size, tr, trn
from desktop.workspace import Details

LONG_WORD = 44  # characters; a UUID has 36
AT_MOST = 200  # names, relatives or entries shown at once; a container may have a hundred thousand members


class DetailsView(QScrollArea):
    """One column of headings, labels and links."""

    correct_wanted = Signal()
    record_wanted = Signal(str)  # id of another document

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Details of the document"))

    def show_details(self, details: Details, writable: bool) -> None:
        """Show these."""
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 18, 24)
        column.setSpacing(6)
        column.addLayout(self._recorded(details, writable))
        column.addWidget(_heading(tr("Text")))
        column.addLayout(_form(_text_rows(details)))
        column.addWidget(_heading(tr("File")))
        column.addLayout(_form(_file_rows(details)))
        names = [Line((name.shown, day(name.seen))) for name in details.names]
        self._rest(column, tr("Names"), (tr("Name"), tr("First seen (UTC)")), names)
        self._kin(column, tr("Part of"), details.parents)
        self._kin(column, tr("Contains"), details.children)
        changes = [Line((day(c.at), entries.correction(c))) for c in details.history]
        self._log(column, tr("Corrections"), changes)
        self._log(column, tr("Custody"), [Line((day(e.at), entries.custody(e))) for e in details.custody])
        column.addStretch()
        self.setWidget(page)

    def forget(self) -> None:
        """Show nothing."""
        self.setWidget(QWidget())

    def words(self) -> str:
        """All that is shown, as text."""
        parts = [label.text() for label in self.findChildren(QLabel)]
        return "\n".join([*parts, *(line.text() for line in self.findChildren(QLineEdit))])

    def _recorded(self, details: Details, writable: bool) -> QVBoxLayout:
        metadata, document = details.document.metadata, details.document
        published = metadata.published
        if metadata.published_words and metadata.published_words != published:
            published = f"{published}  (“{metadata.published_words}”)"
        rows = [
            (labels.field("title"), metadata.title),
            (labels.field("authors"), "; ".join(metadata.authors)),
            (labels.field("publisher"), metadata.publisher),
            (labels.field("published"), published),
            (labels.field("language"), labels.language(metadata.language) if metadata.language else ""),
            (labels.field("countries"), ", ".join(labels.country(code) for code in metadata.countries)),
            (labels.field("type"), labels.value("type", metadata.type) if metadata.type else ""),
            (labels.field("source_url"), metadata.source_url),
            (labels.field("confidentiality"), labels.value("confidentiality", document.confidentiality)),
        ]
        column = QVBoxLayout()
        head = QHBoxLayout()
        head.addWidget(_heading(tr("Recorded")), 1)
        correct = QPushButton(tr("Correct…"))
        correct.setToolTip(tr("Correct what is recorded; the earlier values are kept"))
        correct.setEnabled(writable)
        correct.clicked.connect(self.correct_wanted)
        head.addWidget(correct)
        column.addLayout(head)
        column.addLayout(_form([(name, value or tr("not recorded")) for name, value in rows]))
        return column

    def _kin(self, column: QVBoxLayout, heading: str, kin: tuple[Kin, ...]) -> None:
        if not kin:
            return
        column.addWidget(_heading(heading))
        for other in kin[:AT_MOST]:
            link = self._link(kin_title(other), partial(self.record_wanted.emit, other.id))
            link.setToolTip(tips.plain(f"{kin_role(other)}: {other.name}"))
            column.addWidget(link)
        lines = [Line((kin_title(other), kin_role(other), other.name), other.id) for other in kin]
        self._rest(column, heading, (tr("Record"), tr("As what"), tr("Name")), lines)

    def _log(self, column: QVBoxLayout, heading: str, lines: list[Line]) -> None:
        """What happened and when; the first of it where it is very much."""
        if not lines:
            return
        column.addWidget(_heading(heading))
        column.addLayout(_form([(line.cells[0], line.cells[1]) for line in lines[:AT_MOST]]))
        self._rest(column, heading, (tr("When (UTC)"), tr("What happened")), lines)

    def _rest(self, column: QVBoxLayout, heading: str, headings: tuple[str, ...], lines: list[Line]) -> None:
        """Say how many more there are, and show all of them on demand, in a table that holds any number."""
        if len(lines) <= AT_MOST:
            return

        def show() -> None:
            sentence = tr("All {n}, in the order in which they were recorded.", n=number(len(lines)))
            dialog = TableDialog(self, heading, sentence, headings, lines)
            dialog.record_wanted.connect(self.record_wanted)
            dialog.show()

        more = tr("and {n} more: show all {all}", n=number(len(lines) - AT_MOST), all=number(len(lines)))
        column.addWidget(self._link(more, show))

    def _link(self, words: str, follow: Callable[[], None]) -> QPushButton:
        link = QPushButton(shown.line(words).replace("&", "&&"))
        link.setFlat(True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setStyleSheet(f"text-align: left; padding: 3px; color: {current_theme().focus.name()}")
        link.clicked.connect(lambda: follow())
        return link


def kin_title(other: Kin) -> str:
    """What a relative is called."""
    return other.title or other.name or tr("Without a title")


def kin_role(other: Kin) -> str:
    """As what one hangs on the other."""
    return tr("attachment") if other.relation is Relation.ATTACHMENT else tr("member")


def day(moment: str) -> str:
    """An ISO time as day and minute, in UTC."""
    return moment[:16].replace("T", " ")


def _text_rows(details: Details) -> list[tuple[str, str]]:
    document = details.document
    verdict = labels.value("verdict", document.verdict)
    if document.verdict is not Verdict.GOOD and document.reason:
        verdict = f"{verdict} — {messages.reason(document.reason)}"
    length = trn("{n} character", "{n} characters", document.characters)
    if document.pages:
        length += "  ·  " + trn("{n} page", "{n} pages", document.pages)
    return [
        (labels.field("verdict"), verdict),
        (tr("Length"), length),
        (
            tr("Taken out by"),
            tr("{program}, version {n} of the text", program=document.extractor, n=document.text_version),
        ),
    ]


def _file_rows(details: Details) -> list[tuple[str, str]]:
    document = details.document
    names = [name.shown for name in details.names[:AT_MOST]]
    return [
        *[("" if at else tr("Name"), name) for at, name in enumerate(names)],
        (tr("Kind of file"), f"{document.media_type}  ·  {size(document.size)}"),
        (tr("Received"), day(document.received) + " UTC"),
        ("SHA-256", document.sha256),
        (tr("Record"), document.id),
    ]


def _form(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 8)
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(1, 1)
    widest = QFontMetrics(QApplication.font()).horizontalAdvance(labels.field("countries"))
    grid.setColumnMinimumWidth(0, widest)
    theme = current_theme()
    for line, (name, value) in enumerate(rows):
        label, words = _plain(name), _value(value)
        label.setWordWrap(False)
        label.setStyleSheet(f"color: {theme.muted.name()}")
        words.setAccessibleName(shown.line(f"{name}: {value}"))
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(words, line, 1)
    return grid


def _value(value: str) -> QLabel | QLineEdit:
    """A label that wraps; a line to be scrolled where a word, such as a hash or an address, is longer than any line."""
    if all(len(word) <= LONG_WORD for word in value.split()):
        label = _plain(value)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label
    line = QLineEdit(shown.line(value))
    line.setReadOnly(True)
    line.setFrame(False)
    line.setCursorPosition(0)
    line.setAlignment(Qt.AlignmentFlag.AlignTop)  # centred, Qt lifts taller scripts out of the line
    line.setStyleSheet("background: transparent")
    line.setTextMargins(-2, 0, 0, 0)  # Qt keeps two pixels free, and the line would stand out of its column
    return line


def _heading(text: str) -> QLabel:
    label = _plain(text)
    label.setFont(scaled(label.font(), 1.0, bold=True))
    label.setContentsMargins(0, 8, 0, 2)
    return label


def _plain(text: str) -> QLabel:
    label = QLabel(shown.line(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
