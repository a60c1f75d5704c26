"""The details of a document: what is recorded about it, where it came from, and what was done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from archive.records import Kin, Relation, Verdict
from desktop import labels, reasons, shown, tips
from desktop.documents import Details
from desktop.read import entries
from desktop.read.parts import Link, form, heading
from desktop.release import changes as released
from desktop.review import words
from desktop.review.hanging import Hanging
from desktop.tables import Line, TableDialog
from desktop.translate import number, size, tr, trn

FACTS = 10  # facts shown at once, as more stands below them
AT_MOST = 200  # names, relatives or entries shown at once; a container may have a hundred thousand members


class DetailsView(QScrollArea):
    """One column of headings, labels and links."""

    correct_wanted = Signal()
    withdraw_wanted = Signal()
    record_wanted = Signal(str)  # id of another document
    fact_wanted = Signal(str, str)  # a record of casework, and a fact of it
    link_wanted = Signal(str)  # the document
    unlink_wanted = Signal(str, object)  # the document, Together

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Details of the document"))
        self._part: QWidget | None = None

    def put_in(self, part: QWidget) -> None:
        """Put a part of another's under what is recorded; it stays when another document is shown."""
        self._part = part
        part.setParent(self)
        part.hide()

    def show_details(self, details: Details, hanging: Hanging, writable: bool) -> None:
        """Show these."""
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 18, 24)
        column.setSpacing(6)
        column.addLayout(self._recorded(details, writable))
        if self._part is not None:
            column.addWidget(heading(tr("Your notebook")))
            column.addWidget(self._part)
            self._part.show()
        self._resting(column, hanging)
        self._together(column, hanging, writable)
        column.addWidget(heading(tr("Text")))
        column.addLayout(form(_text_rows(details)))
        column.addWidget(heading(tr("File")))
        column.addLayout(form(_file_rows(details)))
        names = [Line((name.shown, day(name.seen))) for name in details.names]
        self._rest(column, tr("Names"), (tr("Name"), tr("First seen (UTC)")), names)
        self._kin(column, tr("Part of"), details.parents)
        self._kin(column, tr("Contains"), details.children)
        log = details.changed
        updated = [Line((log.date, released.line(one))) for one in log.changes] if log else []
        self._log(column, tr("Changed with the last update"), updated)
        changes = [Line((day(c.at), entries.correction(c))) for c in details.history]
        self._log(column, tr("Corrections"), changes)
        self._log(column, tr("Custody"), [Line((day(e.at), entries.custody(e))) for e in details.custody])
        column.addStretch()
        self.setWidget(page)

    def forget(self) -> None:
        """Show nothing."""
        if self._part is not None:
            self._part.setParent(self)
            self._part.hide()
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
        head.addWidget(heading(tr("Recorded")), 1)
        correct = QPushButton(tr("Correct…"))
        correct.setToolTip(tr("Correct what is recorded; the earlier values are kept"))
        correct.setEnabled(writable)
        correct.clicked.connect(self.correct_wanted)
        head.addWidget(correct)
        if writable:
            withdraw = QPushButton(tr("Withdraw…"))
            withdraw.setToolTip(tr("Take it out of the archive and its next releases for good, after saying what goes"))
            withdraw.clicked.connect(self.withdraw_wanted)
            head.addWidget(withdraw)
        column.addLayout(head)
        column.addLayout(form([(name, value or tr("not recorded")) for name, value in rows]))
        return column

    def _resting(self, column: QVBoxLayout, hanging: Hanging) -> None:
        """The facts that rest on the document; each leads to its page."""
        if not hanging.facts:
            return
        column.addWidget(heading(tr("Facts that rest on this document ({n})", n=number(len(hanging.facts)))))
        for one in hanging.facts[:FACTS]:
            said = tr("{record} — {fact}", record=shown.line(one.about), fact=shown.line(one.said))
            link = self._link(said, partial(self.fact_wanted.emit, one.record, one.fact))
            column.addWidget(link)
        lines = [Line((one.about, one.said), f"{one.record} {one.fact}") for one in hanging.facts]
        headings = (tr("Record"), tr("Fact"))
        self._rest(column, tr("Facts that rest on this document"), headings, lines, FACTS, self._follow_fact)

    def _follow_fact(self, record: str) -> None:
        self.fact_wanted.emit(*record.split(" "))

    def _together(self, column: QVBoxLayout, hanging: Hanging, writable: bool) -> None:
        """The documents and works it hangs together with, both ways."""
        if not hanging.links and not writable:
            return
        head = QHBoxLayout()
        head.addWidget(heading(tr("Hangs together with")), 1)
        if writable:
            add = QPushButton(tr("Add…"))
            add.setAccessibleName(tr("Add what it hangs together with"))
            add.setAutoDefault(True)
            add.clicked.connect(lambda: self.link_wanted.emit(hanging.document))
            head.addWidget(add)
        column.addLayout(head)
        for one in hanging.links:
            row = QHBoxLayout()
            relation = words.relation(one.relation, backwards=one.backwards)
            said = tr("{relation}: {title}", relation=relation, title=shown.line(one.title))
            to = partial(self.record_wanted.emit, one.other)
            if not one.is_document:
                to = partial(self.fact_wanted.emit, one.other, "")
            link = self._link(said, to)
            row.addWidget(link, 1)
            if writable:
                remove = QPushButton(tr("Remove"))
                remove.setAccessibleName(tr("Remove: {link}", link=said))
                remove.setAutoDefault(True)
                remove.clicked.connect(partial(self.unlink_wanted.emit, hanging.document, one))
                row.addWidget(remove)
            column.addLayout(row)

    def _kin(self, column: QVBoxLayout, title: str, kin: tuple[Kin, ...]) -> None:
        if not kin:
            return
        column.addWidget(heading(title))
        for other in kin[:AT_MOST]:
            link = self._link(kin_title(other), partial(self.record_wanted.emit, other.id))
            link.setToolTip(tips.plain(f"{kin_role(other)}: {other.name}"))
            column.addWidget(link)
        lines = [Line((kin_title(other), kin_role(other), other.name), other.id) for other in kin]
        self._rest(column, title, (tr("Record"), tr("As what"), tr("Name")), lines)

    def _log(self, column: QVBoxLayout, title: str, lines: list[Line]) -> None:
        """What happened and when; the first of it where it is very much."""
        if not lines:
            return
        column.addWidget(heading(title))
        column.addLayout(form([(line.cells[0], line.cells[1]) for line in lines[:AT_MOST]]))
        self._rest(column, title, (tr("When (UTC)"), tr("What happened")), lines)

    def _rest(
        self,
        column: QVBoxLayout,
        title: str,
        headings: tuple[str, ...],
        lines: list[Line],
        most: int = AT_MOST,
        follow: Callable[[str], None] | None = None,
    ) -> None:
        """Say how many more there are, and show all of them on demand, in a table that holds any number."""
        if len(lines) <= most:
            return

        def show() -> None:
            sentence = tr("All {n}, in the order in which they were recorded.", n=number(len(lines)))
            dialog = TableDialog(self, title, sentence, headings, lines)
            dialog.record_wanted.connect(follow or self.record_wanted)
            dialog.show()

        more = tr("and {n} more: show all {all}", n=number(len(lines) - most), all=number(len(lines)))
        column.addWidget(self._link(more, show))

    def _link(self, words: str, follow: Callable[[], None]) -> QPushButton:
        link = Link(words)
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
        verdict = f"{verdict} — {reasons.words(document.reason)}"
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
