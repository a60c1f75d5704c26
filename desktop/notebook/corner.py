"""The notebook's corner of what is read: the strip of a note, that of tags, and the line that tells of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError
from desktop import messages
from desktop.notebook import actions
from desktop.notebook.editor import NoteEditor
from desktop.notebook.records import About
from desktop.notebook.shelf import AboutLine, ShelfStrip
from desktop.notebook.strip import NoteStrip
from desktop.session import Session


class Corner(QObject):
    """There is one under the text of a document and one under the page of a case; at most one strip is open."""

    changed = Signal()  # the notebook holds something else by now
    tags_wanted = Signal()

    def __init__(self, session: Session, home: QWidget) -> None:
        """`home` is where one reads: it has the focus again when a strip is left."""
        super().__init__()
        self._session, self._home = session, home
        self._record = ""
        self.editor = NoteEditor(session, NoteStrip())
        self.shelf, self.line = ShelfStrip(), AboutLine()
        self.editor.changed.connect(self.changed)
        self.editor.closed.connect(home.setFocus)
        self.shelf.left.connect(self._leave)
        self.shelf.tagged.connect(self._tag)
        self.shelf.collected.connect(self._collect)
        self.shelf.released.connect(self._release)
        self.line.change_wanted.connect(self.tags_wanted)

    def show_about(self, about: About | None) -> None:
        """Show what the notebook says by now of what is read; None where that is not known yet."""
        if about is None or about.record != self._record:
            self.close()
        self._record = about.record if about else ""
        self.line.show_about(about)
        if about is None:
            return
        self.shelf.show_about(about)
        note = self.editor.note
        newer = next((one for one in about.notes if note and one.note.id == note.id), None)
        if newer is not None:
            self.editor.show(newer, focus=False)

    def open_shelf(self) -> None:
        """Open the lines of tags and collections."""
        self.editor.close()
        self.shelf.begin()

    def close(self) -> None:
        """Close the strips, with all kept that was typed."""
        self.editor.close()
        self.shelf.hide()

    def repaint_all(self) -> None:
        """Take the colours of now."""
        self.editor.strip.repaint_all()
        self.shelf.repaint_all()
        self.line.repaint_all()

    def _leave(self) -> None:
        self.shelf.hide()
        self._home.setFocus()

    def _tag(self, name: str, on: bool) -> None:
        if self._record:
            actions.tag(self._session, self._record, name, on, self._done, self._refuse)

    def _collect(self, name: str) -> None:
        if self._record:
            actions.collect(self._session, name, self._record, self._done, self._refuse)

    def _release(self, collection: str) -> None:
        if self._record:
            actions.release(self._session, collection, self._record, self._done, self._refuse)

    def _done(self, _: None) -> None:
        self.shelf.say("")
        self.changed.emit()

    def _refuse(self, error: ArchiveError) -> None:
        self.shelf.say(messages.sentence(error))
        self.changed.emit()
