"""Backs an archive up, verifies it, changes its passphrase, and lists what could not be searched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from archive.errors import ArchiveError
from archive.verify import Findings, Step
from desktop import actions, messages, reasons
from desktop.lanes import Lane, NoResource
from desktop.session import Session
from desktop.tables import Line, Save, TableDialog
from desktop.translate import number, tr, trn
from desktop.unlock import child
from desktop.unlock.new import ChangeDialog
from desktop.unlock.passphrase import strength
from desktop.work import WorkStrips
from desktop.workspace import Unsearchable


class Keeping(QObject):
    """What is done to an archive as a whole, each with a strip or a dialog of its own."""

    told = Signal(str)
    record_wanted = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(
        self, session: Session, errands: Lane[NoResource], strips: WorkStrips, parent: QWidget, save: Save
    ) -> None:
        super().__init__(parent)
        self._save = save
        self._session, self._errands, self._strips, self._window = session, errands, strips, parent

    def choose_backup(self) -> None:
        """Ask for a folder, a stick for instance, and back up into it."""
        folder = QFileDialog.getExistingDirectory(
            self._window, tr("Back up into a folder"), str(Path.home()), QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.back_up(Path(folder))

    def back_up(self, destination: Path) -> None:
        """Make a verified encrypted copy."""
        strip = self._strips.begin(tr("Backing up"), lambda: errand.cancel())

        def done(place: Path) -> None:
            strip.finish(tr("The copy is complete and was verified: {path}", path=place))

        errand = actions.back_up(
            self._session,
            destination,
            lambda step: strip.show_progress(step.done, step.total, step_words(step)),
            done,
            lambda error: strip.finish(messages.sentence(error), warning=True),
        )

    def verify(self) -> None:
        """Verify everything the archive holds."""
        strip = self._strips.begin(tr("Verifying"), lambda: errand.cancel())

        def done(findings: Findings) -> None:
            if not findings.faults:
                looked_at = trn("{n} document", "{n} documents", findings.documents)
                strip.finish(tr("Everything verifies: {n} and the custody log.", n=looked_at))
                return
            sentence = trn("{n} fault was found.", "{n} faults were found.", len(findings.faults))
            lines = [Line((fault.where, reasons.words(fault.code), fault.what)) for fault in findings.faults]
            headings = (tr("Where"), tr("Fault"), tr("Finding"))
            more = sentence + " " + tr("Make a copy of the folder as it is, then restore your last backup.")
            title = tr("Findings of the verification")
            strip.finish(
                sentence,
                warning=True,
                report=lambda: TableDialog(self._window, title, more, headings, lines, by=1, save=self._save).show(),
            )

        errand = actions.verify(
            self._session,
            lambda step: strip.show_progress(step.done, step.total, step_words(step)),
            done,
            lambda error: strip.finish(messages.sentence(error), warning=True),
        )

    def change_passphrase(self) -> None:
        """Ask for the old passphrase and a new one."""
        dialog = ChangeDialog(self._window)
        session = self._session

        def changed(_: None) -> None:
            dialog.accept()
            self.told.emit(tr("The passphrase was changed."))

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error))
            dialog.show()  # where it was closed in the meantime

        def change(old: str, new: str) -> None:
            self._errands.submit(
                lambda _, errand: child.change_passphrase(session.path, session.key, old, new), changed, refuse
            )

        dialog.change_wanted.connect(change)
        dialog.open()
        self._errands.submit(lambda _, errand: strength("a"), lambda _: None, self.failed.emit)  # loads its words

    def list_unsearchable(self) -> None:
        """List what could not be searched, or not in full."""
        actions.unsearchable(self._session, self._show_unsearchable, self.failed.emit)

    def _show_unsearchable(self, found: tuple[Unsearchable, ...]) -> None:
        lines = [
            Line((item.title or tr("Without a title"), verdict_words(item), reasons.words(item.reason)), item.id)
            for item in found
        ]
        dialog = TableDialog(
            self._window,
            tr("What could not be searched"),
            tr("Their text is missing or may have errors, so a search may miss them. Enter opens a record."),
            (tr("Record"), tr("Text obtained"), tr("Why")),
            lines,
            by=2,
            save=self._save,
        )
        dialog.record_wanted.connect(self.record_wanted)
        dialog.show()


def verdict_words(item: Unsearchable) -> str:
    """How well a text was obtained, as the list says it."""
    return tr("no text") if item.verdict == "none" else tr("with errors")


def step_words(step: Step) -> str:
    """What a backup or verification is doing."""
    works = {
        "copy": tr("copying"),
        "pages": tr("checking pages"),
        "custody": tr("checking the custody log"),
        "texts": tr("checking texts"),
        "sources": tr("checking the sources of facts"),
        "originals": tr("checking originals"),
        "structure": tr("checking tables"),
    }
    far = f"{number(step.done)} / {number(step.total)}" if step.total else ""
    return "  ·  ".join(part for part in (works.get(step.work, step.work), step.where, far) if part)
