"""Hands the notebook to a colleague and merges what one sent, from the menu: asks, does it in the lane, says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from archive.errors import ArchiveError
from archive.notebook.handing import sealing
from archive.notebook.handing.merging import Merged
from archive.notebook.handing.packages import Received, Survey
from desktop import messages, shown
from desktop.forms import Form, say, sure
from desktop.notebook import saying
from desktop.notebook.handing import Own
from desktop.notebook.passing_forms import HandOverForm, KeyForm, ReceivedForm
from desktop.notebook.view import NotebookView
from desktop.session import Session
from desktop.translate import tr

OPTIONS = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.DontConfirmOverwrite


class Passing(QObject):
    """Every file dialog is Qt's own; nothing is written before the last question is answered."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, session: Session, view: NotebookView) -> None:
        super().__init__()
        self._session, self._view = session, view
        self.asking: Form | None = None
        """The dialog that is open, or was last."""
        self.box: QMessageBox | None = None
        """What was said last."""
        view.hand_over_wanted.connect(self._begin_handing)
        view.merge_wanted.connect(self._begin_merging)
        view.key_wanted.connect(self._begin_key)

    def _begin_key(self) -> None:
        def show(own: Own) -> None:
            self.asking = form = KeyForm(self._view, own)
            form.accepted.connect(lambda: self.told.emit(tr("Your key was copied.")))
            form.open()

        self._session.notebook.submit(lambda desk, _: desk.handing.own(), show, self._refuse)

    def _begin_handing(self) -> None:
        def ask(own: Own) -> None:
            self.asking = form = HandOverForm(self._view, own, self._view.chosen.collection)
            form.accepted.connect(lambda: self._survey(form))
            form.open()

        self._session.notebook.submit(lambda desk, _: desk.handing.own(), ask, self._refuse)

    def _survey(self, form: HandOverForm) -> None:
        collection = str(form.what.currentData())
        recipients, pseudonym = form.recipients(), form.name.currentText().strip()

        def go_on(survey: Survey) -> None:
            if survey.confidential and not sure(
                self._view, saying.confidential(survey.confidential), _holds(survey), tr("Hand over"), tr("Cancel")
            ):
                return
            place = self.place_to_save(shown.file_name(f"{self._session.name}{sealing.ENDING}", "notes"))
            if place is not None:
                self._hand_over(collection, recipients, pseudonym, place)

        self._session.notebook.submit(lambda desk, _: desk.handing.survey(collection), go_on, self._refuse)

    def _hand_over(self, collection: str, recipients: tuple[str, ...], pseudonym: str, place: Path) -> None:
        def done(survey: Survey) -> None:
            said = tr("Saved as {path}. Only the owners of the keys can open it.", path=shown.line(str(place)))
            self._tell(tr("Hand to a colleague"), [said, _holds(survey)])

        self._session.notebook.submit(
            lambda desk, _: desk.handing.hand_over(collection, recipients, pseudonym, place), done, self._refuse
        )

    def _begin_merging(self) -> None:
        path = self.place_to_open()
        if path is not None:
            self._session.notebook.submit(lambda desk, _: desk.handing.receive(path), self._show, self._refuse)

    def _show(self, given: Received) -> None:
        self.asking = form = ReceivedForm(self._view, given)
        form.accepted.connect(lambda: self._merge(given))
        form.open()

    def _merge(self, given: Received) -> None:
        def done(merged: Merged) -> None:
            self._tell(tr("Merge a colleague's package"), saying.merged(merged))
            self.changed.emit()

        self._session.notebook.submit(lambda desk, _: desk.handing.merge(given), done, self._refuse)

    def _tell(self, title: str, said: Sequence[str]) -> None:
        """Say what came of it; what is more than a sentence does not fit the status bar, and is to be read."""
        self.told.emit(" ".join(said))
        if len(said) > 1:
            self.box = say(self._view.window(), title, said[0], "\n".join(said[1:]))

    def place_to_save(self, name: str) -> Path | None:
        """Ask where the package shall lie; a file that is there is never written over."""
        place, _ = QFileDialog.getSaveFileName(
            self._view, tr("Save the package"), str(Path.home() / name), options=OPTIONS
        )
        return Path(place) if place else None

    def place_to_open(self) -> Path | None:
        """Ask for a package."""
        kinds = tr("Notebook packages (*{ending});;All files (*)", ending=sealing.ENDING)
        place, _ = QFileDialog.getOpenFileName(
            self._view, tr("Merge a colleague's package"), str(Path.home()), kinds, options=OPTIONS
        )
        return Path(place) if place else None

    def _refuse(self, error: ArchiveError) -> None:
        """Say why it cannot be done, what was kept and what to do: too much for the status bar."""
        sentence = messages.sentence(error)
        self.told.emit(sentence)
        window = self._view.window()
        self.box = say(window, window.windowTitle(), sentence, warning=True)


def _holds(survey: Survey) -> str:
    return saying.holds(survey.notes, survey.tags, survey.collections, survey.searches)
