"""The notebook in the window: opens it, and brings together the margin, the list and the past queries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from archive.errors import ArchiveError
from desktop import messages
from desktop.cases.controller import CaseController
from desktop.cases.view import CaseView
from desktop.commands import Commands
from desktop.find.bar import QueryBar
from desktop.notebook import actions
from desktop.notebook.browsing import Browsing
from desktop.notebook.editor import NoteEditor
from desktop.notebook.margin import Margin
from desktop.notebook.passing import Passing
from desktop.notebook.past import PastQueries
from desktop.notebook.records import Kind, Memory
from desktop.notebook.rows import Row
from desktop.notebook.searches import Searches
from desktop.notebook.view import NotebookView
from desktop.read.controller import ReadController
from desktop.read.pane import ReadingPane
from desktop.session import Session
from desktop.translate import tr

COMMANDS = (
    "annotate", "annotate_whole", "highlight", "tag", "next_note", "previous_note", "notebook", "remember",
    "save_search", "forget",
)  # fmt: skip
LETTERS = ("annotate", "annotate_whole", "highlight", "tag")


class NotebookController(QObject):
    """A notebook that does not open hinders nothing else."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    document_wanted = Signal(str, int)  # a document, and a place in it
    subject_wanted = Signal(str, str)  # a record of casework, and a fact of it
    opened = Signal()  # it can be used from now on

    def __init__(
        self,
        session: Session,
        commands: Commands,
        bar: QueryBar,
        reading: tuple[ReadingPane, ReadController],
        casework: tuple[CaseView, CaseController],
        place_for_copy: Callable[[str], Path | None],
    ) -> None:
        """`place_for_copy` warns that a copy is unprotected and asks for its place, given a name."""
        super().__init__()
        self._session, self._commands = session, commands
        self.view = NotebookView()
        self.browsing = Browsing(session, self.view, place_for_copy)
        self.passing = Passing(session, self.view)
        self.searches = Searches(session, self.view)
        self.margin = Margin(session, *reading, *casework)
        self.past = PastQueries(session, bar)
        self.is_usable = False
        """Whether the notebook could be opened."""
        bar.installEventFilter(self)
        for home in (reading[0].text, reading[0].details, casework[0].page, casework[0].sources):
            for name in LETTERS:
                home.addAction(commands[name])
        self._connect()
        actions.recall(session, self._begin, self._say_broken)

    def show_list(self) -> None:
        """Fill the list; of a notebook that does not open the reason stands there."""
        if not self.is_usable:
            return
        self.browsing.refresh()
        self.searches.refresh()

    def refresh(self) -> None:
        """Show what the notebook holds by now."""
        if self.is_usable:
            self.margin.refresh()
            if self.view.isVisible():
                self.show_list()

    def read_anew(self) -> None:
        """A withdrawal took something out of it: show nothing of that any more."""
        if self.is_usable:
            actions.recall(self._session, self._show_memory, self.failed.emit)
            self.refresh()

    def remember(self, text: str) -> None:
        """A query led somewhere."""
        self.past.remember(text)

    def flush(self) -> None:
        """Keep what is typed: the session ends."""
        self.margin.flush()
        self.browsing.editor.close()

    @property
    def is_refused(self) -> bool:
        """Whether a note is open that could not be kept."""
        return any(one.is_refused for one in self._editors)

    @property
    def _editors(self) -> tuple[NoteEditor, ...]:
        return (self.margin.in_document.editor, self.margin.on_page.editor, self.browsing.editor)

    def repaint(self) -> None:
        """Take the colours of now."""
        self.margin.repaint()
        self.view.list.viewport().update()
        self.searches.list.repaint_all()
        self.browsing.editor.strip.repaint_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One comes back from another window, which may have written."""
        if event.type() == QEvent.Type.WindowActivate:
            self.refresh()
        return False

    def _connect(self) -> None:
        on, margin = self._commands.on, self.margin
        on("annotate", margin.annotate)
        on("annotate_whole", lambda: margin.annotate(whole=True))
        on("highlight", margin.highlight)
        on("tag", margin.tag)
        on("next_note", lambda: margin.walk(1))
        on("previous_note", lambda: margin.walk(-1))
        on("remember", self._keep_history)
        on("forget", lambda: actions.forget(self._session, "", self._forgot, self.failed.emit))
        margin.told.connect(self.told)
        margin.changed.connect(self.refresh)
        for editor in self._editors:
            editor.lost.connect(self._show_lost)
        self.browsing.changed.connect(self.refresh)
        self.browsing.told.connect(self.told)
        self.browsing.failed.connect(self.failed)
        self.searches.told.connect(self.told)
        self.browsing.opened.connect(self._open)
        self.passing.changed.connect(self.refresh)
        self.passing.told.connect(self.told)

    def _allow(self) -> None:
        for name in COMMANDS:
            self._commands[name].setEnabled(self.is_usable)
        self.margin.allow(self.is_usable)

    def _begin(self, memory: Memory) -> None:
        self.is_usable = True
        self._allow()
        self._show_memory(memory)
        self.margin.begin()
        self.opened.emit()

    def _say_broken(self, error: ArchiveError) -> None:
        self._allow()
        if error.code in _WHY:
            said = tr("Your notebook cannot be opened: {why} Reading goes on without it.", why=_WHY[error.code]())
        else:
            said = messages.sentence(error)
        self.told.emit(said)
        self.view.say_broken(said)
        self._commands["notebook"].setEnabled(True)  # there it is said for as long as one likes

    def _show_memory(self, memory: Memory) -> None:
        self.past.show_memory(memory)
        self._commands["remember"].setChecked(memory.on)

    def _keep_history(self) -> None:
        on = self._commands["remember"].isChecked()
        actions.keep_history(self._session, on, self._show_memory, self.failed.emit)

    def _forgot(self, memory: Memory) -> None:
        self._show_memory(memory)
        self.told.emit(tr("The past searches were deleted."))

    def _show_lost(self, words: str, error: ArchiveError) -> None:
        """Words that could not be kept are shown, so that they can be kept elsewhere."""
        said = tr("Your note could not be kept. {why}", why=messages.sentence(error))
        box = QMessageBox(QMessageBox.Icon.Warning, self.view.window().windowTitle(), said, parent=self.view.window())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setDetailedText(words)
        box.open()

    def _open(self, row: Row) -> None:
        place, noted = row.place, row.noted
        if place.kind is Kind.GONE and noted is not None:
            self.browsing.read_here(noted)
            return
        self.browsing.editor.close()
        if place.kind is Kind.GONE:
            self.told.emit(tr("This record is no longer in the archive."))
            return
        if place.kind is Kind.DOCUMENT:
            self.document_wanted.emit(place.page, noted.span[0] if noted and noted.span else 0)
        else:
            self.subject_wanted.emit(place.page, place.record if place.kind is Kind.FACT else "")
        if noted is not None:
            self.margin.go_to_id(noted.note.id)


_WHY: dict[str, Callable[[], str]] = {
    "newer-format": lambda: tr("a newer version of the program made it."),
    "read-only": lambda: tr("nothing can be written in your data folder."),
    "no-permission": lambda: tr("your data folder cannot be read or written."),
    "environment": lambda: tr("your data folder cannot be used."),
    "disk-full": lambda: tr("the disk is full."),
    "busy": lambda: tr("another program holds it."),
}
