"""The reading pane: the head of a document over three tabs, text, original and details."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabWidget, QToolButton, QVBoxLayout, QWidget

from archive.records import Confidentiality, Document, Verdict
from desktop import labels, reasons, shown, tips
from desktop.documents import StoredText
from desktop.read.details import DetailsView
from desktop.read.offsets import is_leftward
from desktop.read.original import OriginalView
from desktop.read.parts import LONG_WORD
from desktop.read.text import TextView
from desktop.theme import current_theme, scaled
from desktop.translate import number, tr, trn

TEXT, ORIGINAL, DETAILS = range(3)


class ReadingPane(QStackedWidget):
    """Empty until a document is read."""

    tab_chosen = Signal(int)

    def __init__(self, next_hit: QAction, previous_hit: QAction) -> None:
        super().__init__()
        self._nothing = QLabel()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(40, 40, 40, 40)
        self.text = TextView()
        self.original = OriginalView()
        self.details = DetailsView()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for view, words in ((self.text, tr("Text")), (self.original, tr("Original")), (self.details, tr("Details"))):
            self.tabs.addTab(view, words)
        self.tabs.currentChanged.connect(self.tab_chosen)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = QLabel()
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.setWordWrap(True)
        self._doubt = QLabel()
        self._doubt.setTextFormat(Qt.TextFormat.PlainText)
        self._doubt.setWordWrap(True)
        self._head = head = QVBoxLayout()
        head.setContentsMargins(18, 12, 18, 6)
        head.setSpacing(4)
        for label in (self._title, self._facts, self._doubt):
            head.addWidget(label)
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 4, 12, 6)
        self._where = QLabel()
        self._hits = QLabel()
        foot.addWidget(self._where, 1)
        foot.addWidget(self._hits)
        for action in (previous_hit, next_hit):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            foot.addWidget(button)
        self._walk = (previous_hit, next_hit)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        body = QWidget()
        self._column = column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addWidget(self._foot)
        self.addWidget(self._nothing)
        self.addWidget(body)
        self.text.hit_reached.connect(self._count)
        self.text.place_changed.connect(self._locate)
        self.tabs.currentChanged.connect(lambda tab: self._foot.setVisible(tab == TEXT))
        self._stored: StoredText | None = None
        self.clear(tr("Choose a record to read it here."))

    def put_in(self, over: QWidget, under: QWidget) -> None:
        """Put a bar into the head and a strip under the text."""
        self._head.addWidget(over)
        self._column.insertWidget(self._column.indexOf(self._foot), under)

    def put_under(self, *strips: QWidget) -> None:
        """Put further strips under the text."""
        for strip in strips:
            self._column.insertWidget(self._column.indexOf(self._foot), strip)

    def clear(self, sentence: str) -> None:
        """Show no document, but a sentence."""
        self._stored = None
        self._nothing.setText(sentence)
        self.setCurrentIndex(0)
        for action in self._walk:
            action.setEnabled(False)

    def wait(self) -> None:
        """Say that a document is on its way, so that no other is taken for it."""
        self._nothing.setText(tr("Opening…"))
        self._title.setText(tr("Opening…"))
        self._facts.setText("")
        self._doubt.hide()
        if self.tabs.currentIndex() == ORIGINAL:
            self.tabs.setCurrentIndex(TEXT)
        self._stored = None
        self._where.setText("")
        self.text.show_text("", (), 0)
        self.details.forget()

    def show_document(self, stored: StoredText, marks: tuple[tuple[int, int], ...], at: int) -> None:
        """Show a document's text at a place, its hits marked."""
        if self.tabs.currentIndex() == ORIGINAL and not self._is_same(stored):
            self.tabs.setCurrentIndex(TEXT)  # an original is opened by choice, each one
        self._stored = stored
        self.show_head(stored.document)
        self.text.show_text(stored.text, marks, at)
        self.setCurrentIndex(1)
        self._locate(at)

    def _is_same(self, stored: StoredText) -> bool:
        return self._stored is not None and self._stored.document.id == stored.document.id

    def show_head(self, document: Document) -> None:
        """Show title and facts."""
        theme, metadata = current_theme(), document.metadata
        self._title.setFont(scaled(self.font(), 1.25, bold=True))
        self._title.setText(shown.line(shortened(metadata.title)) or tr("Without a title"))
        self._title.setToolTip(tips.plain(metadata.title) if is_cut(metadata.title) else "")
        side = Qt.AlignmentFlag.AlignRight if is_leftward(metadata.title) else Qt.AlignmentFlag.AlignLeft
        for label in (self._title, self._facts, self._doubt):
            label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        facts = [metadata.published or tr("no date"), "; ".join(metadata.authors), metadata.publisher]
        facts.append(labels.language(metadata.language) if metadata.language else "")
        if document.confidentiality is not Confidentiality.PUBLIC:
            facts.append(labels.value("confidentiality", document.confidentiality))
        self._facts.setText(shown.line("  ·  ".join(fact for fact in facts if fact)))
        self._facts.setStyleSheet(f"color: {theme.muted.name()}")
        self._doubt.setStyleSheet(f"color: {theme.warning.name()}")
        self._doubt.setText(doubt(document))
        self._doubt.setVisible(document.verdict is not Verdict.GOOD)

    def page(self) -> int:
        """The page of the text in view, from 1; 1 where the format has none."""
        return max(1, self._page_at(self.text.place())) if self._stored is not None else 1

    def _page_at(self, place: int) -> int:
        pages = self._stored.pages if self._stored is not None else ()
        found = bisect_right([start for _, start in pages], place) - 1
        return pages[found][0] if 0 <= found < len(pages) else 0

    def _locate(self, place: int) -> None:
        stored = self._stored
        if stored is None:
            return
        page, words = self._page_at(place), []
        if page:
            words.append(tr("Page {n} of {all}", n=number(page), all=number(stored.document.pages)))
        if len(stored.text) > 20_000:
            words.append(f"{min(100, round(place / len(stored.text) * 100))} %")
        self._where.setText("  ·  ".join(words))

    def _count(self, hit: int, hits: int) -> None:
        self._hits.setText(trn("{at} of {n} hit", "{at} of {n} hits", hits, at=number(hit)) if hits else "")
        for action in self._walk:
            action.setEnabled(hits > 0)


def doubt(document: Document) -> str:
    """What must be said about a text that is poor or missing."""
    why = reasons.words(document.reason) if document.reason else tr("no reason recorded")
    if document.verdict is Verdict.NONE:
        return tr("This document has no text to search: {why}.", why=why)
    return tr("The text may have errors: {why}. Check the original.", why=why)


def is_cut(title: str) -> bool:
    """Whether a heading does not show all of a title: it is too long, or has a word too long for any line."""
    return shortened(title) != title or any(len(word) > LONG_WORD for word in title.split())


def shortened(title: str) -> str:
    """A title that may be a paragraph, cut to what a heading holds."""
    return title if len(title) <= 160 else title[:159].rstrip() + "…"
