"""Writes one note at a time in a strip: keeps what is typed, and says where another window wrote meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from archive.errors import ArchiveError, DiskFull
from archive.notebook.records import Colour, Note
from desktop import messages, shown
from desktop.notebook import actions, strip
from desktop.notebook.records import Kept, Noted, Spot
from desktop.notebook.strip import NoteStrip
from desktop.session import Session
from desktop.translate import tr


class NoteEditor(QObject):
    """Nothing that was typed is lost: what is not kept yet is kept before another note is shown, and at the end."""

    changed = Signal()  # the notebook holds something else by now
    closed = Signal()
    lost = Signal(str, object)  # words typed in a note that is closed by now, and the ArchiveError that kept them out

    def __init__(self, session: Session, view: NoteStrip) -> None:
        super().__init__()
        self._session, self.strip = session, view
        self._name, self._spot = "", Spot("")
        self._note: Note | None = None
        self._colour: Colour | None = None
        self.is_refused = False
        """Whether what is typed could not be kept when it was last tried."""
        self.asking: QMessageBox | None = None
        """The question that is open, or was last."""
        view.written.connect(self._keep)
        view.left.connect(self.leave)
        view.delete_wanted.connect(self._delete)

    @property
    def record(self) -> str:
        """The record whose note is open; empty for none."""
        return self._spot.record

    @property
    def note(self) -> Note | None:
        """The note that is open, as it was kept last; None for a new one without words."""
        return self._note

    def begin(self, spot: Spot, quote: str, title: str) -> None:
        """Open a new note; it comes into being with its first words."""
        self._open(spot, None)
        self.strip.begin(strip.about(None, quote, title), "", can_delete=False)
        self.strip.text.setFocus()

    def show(self, noted: Noted, *, focus: bool) -> None:
        """Open a note that there is."""
        if self._note is not None and self._note.id == noted.note.id and not self.strip.isHidden():
            if self.strip.is_clean and self._note.revision < noted.note.revision:
                self.close()  # another window wrote: show its words
            else:
                self._go(focus)
                return
        self._open(Spot(noted.note.record), noted.note)
        about = strip.about(noted, "", noted.place.title)
        self.strip.begin(about, noted.note.text, became=strip.became(noted), can_delete=True)
        self._go(focus)

    def leave(self) -> None:
        """Close the strip; the focus goes back to where one reads."""
        if self._spot.record:
            self.close()
            self.closed.emit()

    def close(self) -> None:
        """Close the strip, with all kept that was typed."""
        self.strip.flush()
        if self._name:
            actions.forget_editor(self._session, self._name, lambda _: None)
        self._name, self._spot, self._note = "", Spot(""), None
        self.is_refused = False  # what could not be kept is told by `lost` from now on
        self.strip.hide()

    def _go(self, focus: bool) -> None:
        if focus:
            self.strip.text.setFocus()

    def _open(self, spot: Spot, note: Note | None) -> None:
        self.close()
        self._name, self._spot, self._note = str(uuid.uuid4()), spot, note
        self._colour = note.colour if note else None
        self.is_refused = False

    def _keep(self, words: str) -> None:
        if not words.strip() and (self._note is None or self._colour is None):
            if self._note is not None:
                self.strip.say(tr("A note without words is not kept: the earlier words stay. Delete removes it."))
            return
        name = self._name

        def done(kept: Kept) -> None:
            self.changed.emit()
            if self._name != name:
                return
            self._note = kept.noted.note
            self.is_refused = False
            self.strip.delete_button.setEnabled(True)
            if self.strip.is_clean:
                self.strip.say(_kept(kept), warning=kept.apart)

        def failed(error: ArchiveError) -> None:
            if self._name == name:
                self.is_refused = True
                self.strip.mark_unkept()
                self.strip.say(_unkept(error), warning=True)
                return
            self.lost.emit(words, error)

        actions.keep(self._session, name, self._spot, self._note, words, self._colour, done, failed)

    def _delete(self) -> None:
        self.strip.flush()
        note = self._note
        if note is None:
            return

        def delete() -> None:
            # what was flushed may have given it another revision: the newest known counts
            now = self._note if self._note is not None and self._note.id == note.id else note
            self._name, self._spot, self._note = "", Spot(""), None
            self.strip.hide()
            self.closed.emit()
            actions.delete(self._session, now, lambda _: self.changed.emit(), self._refuse)

        self.asking = ask_delete(
            self.strip, tr("Delete the note “{note}”?", note=shown.isolated(strip.name(note))), delete
        )

    def _refuse(self, error: ArchiveError) -> None:
        self.strip.say(messages.sentence(error), warning=True)
        self.changed.emit()


def _unkept(error: ArchiveError) -> str:
    if isinstance(error, DiskFull):
        return tr(
            "Not kept yet: the disk is full. Free some room; what stands here is tried again with the next words, and "
            "when you close it."
        )
    return tr("Not kept. {why}", why=messages.sentence(error))


def _kept(kept: Kept) -> str:
    if kept.apart:
        return tr("Another window changed this note meanwhile. Yours was kept as a note of its own beside it.")
    return tr("Kept")


def ask_delete(parent: QWidget, question: str, do: Callable[[], None]) -> QMessageBox:
    """Ask before something is deleted; `do` is called where the answer is yes."""
    box = QMessageBox(QMessageBox.Icon.Question, parent.window().windowTitle(), question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # it names what comes from outside
    box.setInformativeText(tr("It is deleted for good. Nothing of the archive is changed."))
    yes = box.addButton(tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.finished.connect(lambda _: do() if box.clickedButton() is yes else None)
    box.open()
    return box
