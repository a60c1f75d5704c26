"""Notes on what is read, a document or a page of casework: makes them, marks them, and walks from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from archive.errors import ArchiveError
from archive.notebook.records import Colour
from desktop import messages
from desktop.cases.controller import CaseController
from desktop.cases.view import CaseView
from desktop.notebook import actions
from desktop.notebook.corner import Corner
from desktop.notebook.records import About, Kind, Noted, Spot
from desktop.read.controller import ReadController
from desktop.read.marks import NoteMark
from desktop.read.pane import DETAILS, TEXT, ReadingPane
from desktop.session import Session
from desktop.translate import tr


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a new note would be put: the spot, the passage it is on, and what the record is called."""

    spot: Spot
    quote: str = ""
    title: str = ""


class Margin(QObject):
    """What was asked for before the notebook has answered is done when it has."""

    told = Signal(str)
    changed = Signal()  # the notebook holds something else by now
    shown = Signal()  # what the notebook says of what is read is shown

    def __init__(
        self, session: Session, pane: ReadingPane, reading: ReadController, case_view: CaseView, cases: CaseController
    ) -> None:
        super().__init__()
        self._session, self._pane, self._reading = session, pane, reading
        self._case_view, self._cases = case_view, cases
        self.in_document, self.on_page = Corner(session, pane.text), Corner(session, case_view.page)
        pane.put_under(self.in_document.editor.strip, self.in_document.shelf)
        pane.details.put_in(self.in_document.line)
        case_view.put_in(self.on_page.line, self.on_page.editor.strip, self.on_page.shelf)
        self.about: About | None = None
        self._is_open = False
        self._then: Callable[[], None] | None = None
        for corner in (self.in_document, self.on_page):
            corner.changed.connect(self.changed)
            corner.tags_wanted.connect(self.tag)
        reading.opened.connect(self.follow)
        cases.shown.connect(self.follow)
        pane.text.clicked.connect(self._clicked)
        pane.tabs.currentChanged.connect(self._turned)

    @property
    def corner(self) -> Corner:
        """That of what is read."""
        return self.in_document if self._reading.record else self.on_page

    def begin(self) -> None:
        """The notebook is open: from now on it is asked about what is read."""
        self._is_open = True
        self.refresh()

    def allow(self, usable: bool) -> None:
        """Allow or forbid what wants a notebook."""
        for corner in (self.in_document, self.on_page):
            corner.line.setVisible(usable)

    def follow(self, _: object = None) -> None:
        """Something else is read, or the same once more: ask the notebook about it."""
        if self.about is None or self.about.record not in self._records()[:1]:
            self.about = None
            for corner in (self.in_document, self.on_page):
                corner.show_about(None)
            self._case_view.page.show_noted(frozenset())
        self.refresh()

    def refresh(self) -> None:
        """Ask the notebook once more about what is read."""
        records = self._records() if self._is_open else ()
        if records:
            actions.about(self._session, records, self._show, self._say)

    def annotate(self, *, whole: bool = False) -> None:
        """Open the note on what is selected or stood on, or on the whole record; a new one where there is none."""
        aim = self._aim(whole)
        if not self._is_ready(aim, lambda: self.annotate(whole=whole)) or aim is None:
            return
        held, corner = self._held(aim.spot), self.corner
        corner.shelf.hide()
        if held is not None:
            corner.editor.show(held, focus=True)
        else:
            corner.editor.begin(aim.spot, aim.quote, aim.title)
        if aim.spot.version:
            self._pane.text.reveal(aim.spot.start, aim.spot.end)

    def highlight(self) -> None:
        """Highlight the passage that is selected, or no longer where it is."""
        aim = self._aim(whole=False)
        if not self._is_ready(aim, self.highlight) or aim is None:
            return
        if not aim.spot.version:
            self.told.emit(tr("Select a passage of a text first; then H highlights it."))
            return
        held = self._held(aim.spot)
        if held is not None:
            colour = None if held.note.colour else Colour.GREEN
            actions.recolour(self._session, held.note, colour, self._done, self._refuse)
        else:
            actions.mark(self._session, aim.spot, Colour.GREEN, self._done, self._refuse)

    def tag(self) -> None:
        """Open the lines of tags and collections."""
        if not self._is_ready(self._aim(whole=True), self.tag):
            return
        if self._reading.record and self._pane.tabs.currentIndex() not in (TEXT, DETAILS):
            self._pane.tabs.setCurrentIndex(TEXT)
        self.corner.open_shelf()

    def walk(self, by: int) -> None:
        """Go to the next note on what is read, or the one before, round the ends."""
        if not self._is_ready(self._aim(whole=True), lambda: self.walk(by)):
            return
        found = sorted(self.about.notes, key=self._order) if self.about else []
        if not found:
            self.told.emit(tr("There is no note of yours on this."))
            return
        opened, count = self.corner.editor.note, len(found)
        at = next((n for n, one in enumerate(found) if opened and one.note.id == opened.id), None)
        if at is None:
            place = self._pane.text.cursor_place() if self._reading.record else self._row(self._cases.fact)
            before = sum(self._order(one) < place for one in found)
            at = before - 1 if by > 0 else before
        self.go_to(found[(at + by) % count])

    def go_to(self, noted: Noted) -> None:
        """Go to a note on what is read: its passage or fact, and its words."""
        if self._reading.record:
            if self._pane.tabs.currentIndex() != TEXT:
                self._pane.tabs.setCurrentIndex(TEXT)
            if noted.span:
                self._pane.text.select(*noted.span)
        elif noted.place.kind is Kind.FACT:
            self._case_view.page.go_to_fact(noted.note.record)
        self.corner.shelf.hide()
        self.corner.editor.show(noted, focus=False)
        if self._reading.record and noted.span:
            self._pane.text.reveal(*noted.span)  # the strip may have come over it

    def go_to_id(self, note: str) -> None:
        """Go to a note by its id, as soon as the notebook has answered about what is read."""

        def go() -> None:
            found = next((one for one in self.about.notes if one.note.id == note), None) if self.about else None
            if found is not None:
                self.go_to(found)

        self._then = go

    def flush(self) -> None:
        """Keep what is typed."""
        for corner in (self.in_document, self.on_page):
            corner.close()

    def repaint(self) -> None:
        """Take the colours of now."""
        for corner in (self.in_document, self.on_page):
            corner.repaint_all()

    def _records(self) -> tuple[str, ...]:
        """The record that is read, with the facts on its page; none while it is on its way."""
        if self._reading.record:
            document = self._reading.document
            return (document.id,) if document is not None and document.id == self._reading.record else ()
        page = self._cases.page
        return (page.subject.id, *(one.fact.id for one in page.every_fact())) if page else ()

    def _is_ready(self, aim: Aim | None, again: Callable[[], None]) -> bool:
        """Whether the notebook has answered about what is read; where it has not yet, `again` is done when it has."""
        known = self.about is not None and self.about.record in self._records()[:1]
        if aim is None and not self._reading.record:
            self.told.emit(tr("Open a document or a case first."))
        elif not known:
            self._then = again
        return aim is not None and known

    def _aim(self, whole: bool) -> Aim | None:
        if self._reading.record:
            return self._aim_in_text(whole)
        page, line = self._cases.page, self._case_view.page.line()
        if page is None:
            return None
        if line is not None and line.fact and not whole:
            return Aim(Spot(line.fact), title=f"{page.subject.label}: {line.lead} {line.text}".strip())
        return Aim(Spot(page.subject.id), title=page.subject.label)

    def _aim_in_text(self, whole: bool) -> Aim | None:
        document, view = self._reading.document, self._pane.text
        if document is None:
            return None
        if not whole and self._pane.tabs.currentIndex() == TEXT:
            start, end = view.selected()
            piece = view.whole_text()[start:end]
            start, end = start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
            if start < end:
                return Aim(Spot(document.id, document.text_version, start, end), piece.strip())
            noted = self._at(view.cursor_place())
            if noted is not None and noted.span and noted.note.passage:
                return Aim(Spot(document.id, document.text_version, *noted.span), noted.note.passage.quote)
        return Aim(Spot(document.id), title=document.metadata.title)

    def _at(self, place: int) -> Noted | None:
        """The shortest passage noted on or highlighted at a place of the text."""
        notes = self.about.notes if self.about else ()
        there = [(one.span[1] - one.span[0], n) for n, one in enumerate(notes) if _holds(one, place) and one.span]
        return notes[min(there)[1]] if there else None

    def _held(self, spot: Spot) -> Noted | None:
        """The note there is on a spot: on the same passage, or on the whole record."""
        for one in self.about.notes if self.about else ():
            on_passage = spot.version and one.span == (spot.start, spot.end)
            if one.note.record == spot.record and (on_passage or (not spot.version and one.note.passage is None)):
                return one
        return None

    def _order(self, noted: Noted) -> int:
        """Where a note stands on what is read; first those on the whole of it, and those whose passage is gone."""
        if noted.place.kind is Kind.FACT:
            return self._row(noted.note.record)
        return noted.span[0] if noted.span else -1

    def _row(self, fact: str) -> int:
        """Where a fact stands on the page."""
        return next((row for row, line in enumerate(self._case_view.page.lines()) if fact and line.fact == fact), -1)

    def _show(self, about: About) -> None:
        if about.record != next(iter(self._records()), ""):
            return
        self.about = about
        self.corner.show_about(about)
        if self._reading.record:
            passages = [(one.span, one.note) for one in about.notes if one.span]
            self._pane.text.show_notes(
                [NoteMark(*span, note.colour is not None, bool(note.text)) for span, note in passages]
            )
        else:
            self._case_view.page.show_noted(frozenset(one.note.record for one in about.notes))
        self.shown.emit()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _clicked(self, place: int) -> None:
        """A click on a marked passage shows the note on it; one elsewhere leaves what is shown."""
        noted = self._at(place)
        if noted is not None and noted.note.text:
            self.in_document.shelf.hide()
            self.in_document.editor.show(noted, focus=False)

    def _turned(self, tab: int) -> None:
        """A strip belongs under the text."""
        if tab != TEXT:
            self.in_document.close()

    def _done(self, _: None) -> None:
        self.changed.emit()

    def _refuse(self, error: ArchiveError) -> None:
        self._say(error)
        self.changed.emit()

    def _say(self, error: ArchiveError) -> None:
        self.told.emit(messages.sentence(error))


def _holds(noted: Noted, place: int) -> bool:
    return noted.span is not None and noted.span[0] <= place <= noted.span[1]
