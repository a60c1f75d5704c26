"""Does what is chosen in the list of the notebook: open, delete, collections, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget

from archive.errors import ArchiveError
from archive.notebook.records import Collection
from desktop import messages, shown
from desktop.forms import Form, growing_form
from desktop.notebook import actions, rows, strip
from desktop.notebook.editor import NoteEditor, ask_delete
from desktop.notebook.leaving import ENDINGS
from desktop.notebook.records import Noted, Whole
from desktop.notebook.rows import Choice, Row
from desktop.notebook.strip import NoteStrip
from desktop.notebook.view import NotebookView
from desktop.session import Session
from desktop.translate import tr


class Browsing(QObject):
    """Fills the view when it is looked at, and whenever the notebook changes while it is."""

    opened = Signal(object)  # Row
    changed = Signal()
    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, view: NotebookView, place_for_copy: Callable[[str], Path | None]) -> None:
        """`place_for_copy` warns that a copy is unprotected and asks for its place, given a name."""
        super().__init__()
        self._session, self.view, self._place_for_copy = session, view, place_for_copy
        self._whole = Whole((), (), {}, (), {})
        self._wanted: str | None = None  # the name of a collection to go to when it is there
        self.asking: QMessageBox | NameDialog | None = None
        """The question that is open, or was last."""
        self.editor = NoteEditor(session, NoteStrip())
        """Where a note is read and written whose record is gone, and has no page to do it on."""
        view.put_under(self.editor.strip)
        self.editor.changed.connect(self.changed)
        self.editor.closed.connect(view.list.setFocus)
        view.left.connect(self.editor.close)
        view.opened.connect(self.opened)
        view.delete_wanted.connect(self._delete)
        view.export_wanted.connect(self._export)
        view.collection_wanted.connect(self._make)
        view.rename_wanted.connect(self._rename)
        view.drop_wanted.connect(self._drop)

    def refresh(self) -> None:
        """Show what the notebook holds by now."""
        actions.whole(self._session, self._show, self.failed.emit)

    def read_here(self, noted: Noted) -> None:
        """Read a note under the list."""
        self.editor.show(noted, focus=True)

    def _show(self, whole: Whole) -> None:
        self._whole = whole
        self.view.show_whole(whole)
        made = next((one.id for one in whole.collections if one.name == self._wanted), "")
        if made:
            self._wanted = None
            self.view.choose(Choice(collection=made))

    def _delete(self, row: Row) -> None:
        """A note is deleted; a record is taken out of the collection, or its tag off."""
        choice = self.view.chosen
        title = shown.isolated(rows.first_line(row)[:80])
        if row.noted is not None:
            note = row.noted.note
            question = tr("Delete the note “{note}”?", note=shown.isolated(strip.name(note)))
            if not note.text:
                question = tr("Delete the highlight of “{quote}”?", quote=shown.isolated(strip.name(note)))
            self._ask(question, lambda: actions.delete(self._session, note, self._done, self._refuse))
        elif choice.collection:
            question = tr("Take “{title}” out of the collection?", title=title)
            self._ask(
                question,
                lambda: actions.release(self._session, choice.collection, row.place.record, self._done, self._refuse),
            )
        else:
            question = tr("Take the tag {tag} off “{title}”?", tag=shown.isolated(choice.tag), title=title)
            self._ask(
                question,
                lambda: actions.tag(self._session, row.place.record, choice.tag, False, self._done, self._refuse),
            )

    def _ask(self, question: str, do: Callable[[], None]) -> None:
        self.asking = ask_delete(self.view, question, do)

    def _make(self) -> None:
        self._name(tr("New collection"), "", lambda name: self._collect(name))

    def _collect(self, name: str) -> None:
        self._wanted = " ".join(name.split())
        actions.collect(self._session, name, "", self._done, self._refuse)

    def _rename(self, identity: str) -> None:
        held = rows.collection_of(self._whole, identity)
        if held is None:
            return

        def rename(name: str, one: Collection = held) -> None:
            actions.rename(self._session, one, name, self._done, self._refuse)

        self._name(tr("Rename the collection"), held.name, rename)

    def _name(self, title: str, name: str, do: Callable[[str], None]) -> None:
        self.asking = dialog = NameDialog(self.view, title, name)
        dialog.accepted.connect(lambda: do(dialog.line.text()))
        dialog.open()

    def _drop(self, identity: str) -> None:
        held = rows.collection_of(self._whole, identity)
        if held is not None:
            question = tr("Delete the collection “{name}”? What it holds stays.", name=shown.isolated(held.name))
            self._ask(question, lambda: actions.drop(self._session, identity, self._done, self._refuse))

    def _export(self, form: str) -> None:
        heading = tr("Notebook on {archive}", archive=self._session.name)
        destination = self._place_for_copy(shown.file_name(heading + ENDINGS[form], "notebook"))
        if destination is not None:
            said = tr("The notebook was saved. It is not protected: {path}", path=destination)
            actions.export(self._session, form, heading, destination, lambda _: self.told.emit(said), self.failed.emit)

    def _done(self, _: None) -> None:
        self.changed.emit()

    def _refuse(self, error: ArchiveError) -> None:
        self.told.emit(messages.sentence(error))
        self.changed.emit()


class NameDialog(Form):
    """Asks for a name."""

    def __init__(self, parent: QWidget, title: str, name: str) -> None:
        super().__init__(parent, title, tr("Save"), width=380)
        self.line = QLineEdit(name)
        self.line.setMaxLength(200)
        self.line.selectAll()
        form = growing_form()
        form.addRow(tr("Name"), self.line)
        self.lay_out(form)

    def submit(self) -> None:
        """A name has words."""
        self.settle("" if self.line.text().strip() else tr("A collection wants a name."))
