"""Opens documents in the reading pane and fetches what its tabs show when they are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from archive.errors import ArchiveError
from archive.reading.render import Rendering
from archive.records import Confidentiality, Document, Metadata
from desktop import actions, changes, messages, shown
from desktop.actions import Opened
from desktop.changes import Back, Change
from desktop.documents import NOTHING_ASKED, Details
from desktop.forms import say
from desktop.notebook import exported
from desktop.read.correct import CorrectDialog
from desktop.read.pane import DETAILS, ORIGINAL, ReadingPane
from desktop.read.text import Marks
from desktop.review import actions as review
from desktop.session import Session
from desktop.translate import tr
from desktop.withdrawal import words
from desktop.workspace import Workspace
from index.answers import Query

LATE_MS = 400  # a document that takes longer than this to come is said to be on its way


class ReadController(QObject):
    """Holds which record is read and for which query."""

    record_wanted = Signal(str)  # a link to another document was followed
    opened = Signal(bool)  # whether a document is open by now
    corrected = Signal()
    forgotten = Signal()  # what could be taken back holds what must not be kept
    made = Signal(object)  # Change
    failed = Signal(object)  # ArchiveError
    told = Signal(str)  # a sentence for the status bar

    def __init__(self, session: Session, pane: ReadingPane, ask_where: Callable[[str], Path | None]) -> None:
        """`ask_where` warns that a copy is unprotected and asks for its place, given the name it came under."""
        super().__init__()
        self._session, self._pane, self._ask_where = session, pane, ask_where
        self._record, self._query = "", NOTHING_ASKED
        self._document: Document | None = None
        self._shown: set[int] = set()
        self._late = QTimer(pane)  # goes with what it would speak in
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MS)
        self._late.timeout.connect(self._wait)
        self.writable = True
        pane.tab_chosen.connect(self._fetch)
        pane.original.pages.wanted.connect(self._draw)
        pane.original.save_wanted.connect(self.save_copy)
        pane.details.record_wanted.connect(self.record_wanted)
        pane.details.correct_wanted.connect(self.correct)

    @property
    def record(self) -> str:
        """The id of the record being read; empty for none."""
        return self._record

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self._document

    @property
    def is_open(self) -> bool:
        """Whether a document is shown."""
        return self._document is not None

    def open(self, record: str, query: Query, at: int, passage: tuple[int, int] | None = None) -> None:
        """Read a record at a place, with the hits of a query marked, or one passage instead of them."""
        self._record, self._query = record, query
        self._session.reading.drop("original")
        self._session.reading.drop("details")
        self._late.start()
        marks = (passage,) if passage else None
        sought = NOTHING_ASKED if passage else query
        actions.read(self._session, record, sought, lambda opened: self._show(opened, at, marks), self._refuse)

    def close(self, sentence: str) -> None:
        """Read nothing."""
        self._late.stop()
        self._record = ""
        self._hold(None)
        self._session.reading.drop("read")
        self._pane.clear(sentence)

    def save_copy(self) -> None:
        """Save an unprotected copy of the original, after a warning."""
        if self._document is None:
            return
        record = self._record

        def ask(details: Details) -> None:
            name = shown.file_name(Path(details.names[0].shown).name if details.names else "", record)
            destination = self._ask_where(name)
            if destination is not None:
                actions.save_copy(self._session, record, destination, lambda _: saved(name), self.failed.emit)

        def saved(name: str) -> None:
            exported.remember(self._session, "original", Path(name).suffix, [record])
            self.told.emit(tr("A copy was saved. It is not protected."))

        actions.details(self._session, record, ask, self.failed.emit)

    def correct(self) -> None:
        """Let the reader correct what is recorded."""
        if self._document is None or not self.writable:
            return
        seen = self._document
        dialog = CorrectDialog(self._pane, seen)

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error), str(error.facts.get("field", "")))

        def save(metadata: Metadata, confidentiality: Confidentiality, for_safety: bool) -> None:
            def do(workspace: Workspace) -> Back | None:
                corrected = workspace.correct(seen, metadata, confidentiality)
                is_same = (corrected.metadata, corrected.confidentiality) == (seen.metadata, seen.confidentiality)
                return None if is_same else lambda w: w.take_back([(seen, corrected)])

            def kept(change: Change | None) -> None:
                if change is not None:
                    self.made.emit(change)
                end()

            def do_for_safety(workspace: Workspace, _: object) -> bool:
                workspace.correct(seen, metadata, confidentiality, for_safety=True)
                return workspace.withdrawals.is_erased()

            def kept_for_safety(erased: bool) -> None:
                self.forgotten.emit()
                if erased:
                    self.told.emit(tr("Corrected for safety. The earlier value is kept nowhere in this archive."))
                else:  # too much for the status bar, and to be read
                    say(self._pane.window(), dialog.windowTitle(), tr("Corrected for safety."), words.unerased())
                end()

            if for_safety:  # to take it back would bring back what must not be kept
                self._session.recording.submit(do_for_safety, kept_for_safety, refuse, urgency=actions.NOW)
            else:
                changes.make(self._session, tr("What is recorded for the document was corrected."), do, kept, refuse)

        def end() -> None:
            dialog.accept()
            self.again()
            self.corrected.emit()

        dialog.save_wanted.connect(save)
        dialog.open()

    def again(self) -> None:
        """Show what is recorded about the document as it is by now."""
        if self._document is not None:
            record = self._document.id
            actions.look_up(self._session, record, self._show_corrected, self.failed.emit)

    def _show_corrected(self, document: Document) -> None:
        # another program may have read it anew meanwhile: passages are still chosen in the text that is shown
        if self._document is not None and self._document.id == document.id:
            self._document = replace(document, text_version=self._document.text_version)
            self._pane.show_head(document)
            self._shown.discard(DETAILS)
            self._fetch(self._pane.tabs.currentIndex())

    def repaint(self) -> None:
        """Take the colours of now."""
        if self._document is not None:
            self._pane.show_head(self._document)
            self.details_again()

    def details_again(self) -> None:
        """Show the details as they are by now."""
        self._shown.discard(DETAILS)
        if self._pane.tabs.currentIndex() == DETAILS:
            self._fetch(DETAILS)

    def _hold(self, document: Document | None) -> None:
        self._document = document
        self.opened.emit(document is not None)

    def _wait(self) -> None:
        self._hold(None)
        self._pane.wait()

    def _show(self, opened: Opened, at: int, marks: Marks | None) -> None:
        self._late.stop()
        self._hold(opened.stored.document)
        self._shown = set()
        self._pane.show_document(opened.stored, marks or opened.marks, at)
        self._fetch(self._pane.tabs.currentIndex())

    def _refuse(self, error: ArchiveError) -> None:
        self.close(messages.sentence(error))

    def _fetch(self, tab: int) -> None:
        """Bring what a tab shows, once for each document and only when it is chosen."""
        if self._document is None or tab in self._shown:
            return
        self._shown.add(tab)
        if tab == DETAILS:
            review.details(
                self._session,
                self._record,
                lambda found: self._pane.details.show_details(*found, self.writable),
                self.failed.emit,
            )
        elif tab == ORIGINAL and self._pane.original.begin(self._document, self._pane.page()) == "web":
            actions.saved_page(self._session, self._record, self._show_web, self._refuse_original)

    def _show_web(self, html: str) -> None:
        if html:
            self._pane.original.show_web(html)
        else:
            self._pane.original.say(tr("There is no page to show in this file. A copy of it can be saved."))

    def _refuse_original(self, error: ArchiveError) -> None:
        self._pane.original.say(messages.sentence(error))

    def _draw(self, page: int, scale: float, shown: bool) -> None:
        record = self._record

        def take(drawing: Rendering) -> None:
            if record == self._record:
                self._pane.original.pages.take(drawing, scale)

        def refuse(error: ArchiveError) -> None:
            if shown:
                self._pane.original.pages.refuse(messages.sentence(error))

        actions.draw(self._session, record, page, scale, self._query, take, refuse, ahead=not shown)
