"""Imports casework from outside: a table by way of the wizard, and another desk's JSON after a dry run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from archive.cases.exchange import mapping_write
from archive.cases.exchange.mapping import Map
from archive.errors import ArchiveError
from archive.intake.report import Progress
from archive.records import Confidentiality
from desktop import messages
from desktop.incoming import actions, words
from desktop.incoming.actions import Exchange, Far, Held, Imported, Looked
from desktop.incoming.choosing import ExchangeDialog, TableChoice
from desktop.incoming.wizard import TableWizard
from desktop.intake import words as intake_words
from desktop.intake.ask import ImportDialog
from desktop.session import Session
from desktop.tables import Save, TableDialog
from desktop.translate import number, tr
from desktop.work import WorkStrip, WorkStrips


class IncomingController(QObject):
    """One question after another; what takes long stands in a strip and can be stopped."""

    changed = Signal()  # the index is to be brought up
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, strips: WorkStrips, parent: QWidget, save: Save) -> None:
        """`save` keeps an unprotected copy of a map or a report where the person wants it."""
        super().__init__(parent)
        self._session, self._strips, self._window, self._save = session, strips, parent, save

    def choose_table(self) -> None:
        """Ask for a table of the archive or a file."""

        def ask(found: tuple[Held, ...]) -> None:
            if not found:
                self.choose_file()
                return
            dialog = TableChoice(self._window, found)
            dialog.file_wanted.connect(self.choose_file)
            dialog.accepted.connect(lambda: self.show(dialog.chosen()))
            dialog.open()

        actions.held(self._session, ask, self.failed.emit)

    def choose_file(self) -> None:
        """Ask for a table that is not in the archive yet."""
        place = self._file(
            tr("Import cases from a table"), tr("Tables (*.csv *.tsv *.xlsx *.xls *.ods);;All files (*)")
        )
        if place is None:
            return
        dialog = ImportDialog(self._window, (place,))
        dialog.accepted.connect(lambda: self.bring(place, dialog.chosen()))
        dialog.open()

    def bring(self, place: Path, confidentiality: Confidentiality) -> None:
        """Import a file as a document, then show it in the wizard."""
        strip = self._strips.begin(tr("Importing"), lambda: errand.cancel())

        def show(now: Progress) -> None:
            if not errand.cancelled():
                strip.show_progress(now.bytes, now.total_bytes, intake_words.progress(now))

        def done(document: str) -> None:
            _end(strip)
            self.changed.emit()
            self.show(document)

        errand = actions.bring(self._session, place, confidentiality, show, done, lambda e: _stop(strip, e))

    def show(self, document: str) -> None:
        """Show a table of the archive in the wizard."""
        actions.look(self._session, document, self._ask, self.failed.emit)

    def take(self, seen: Looked, told: Map, with_problems: bool) -> None:
        """Import a table by a map."""
        strip = self._strips.begin(tr("Importing cases"), lambda: errand.cancel())

        def show(now: Far) -> None:
            if not errand.cancelled():
                far = tr("{done} of {total} rows", done=number(now.done), total=number(now.total))
                strip.show_progress(now.done, now.total, far)

        def done(made: Imported) -> None:
            report = (lambda: self._report(made)) if made.problems else None
            strip.finish(words.came(made.came), warning=bool(made.problems or made.came.ahead), report=report)
            self.changed.emit()

        errand = actions.take(self._session, seen, told, with_problems, show, done, lambda e: _stop(strip, e))

    def choose_exchange(self) -> None:
        """Ask for another desk's casework, and say what would become of it."""
        place = self._file(tr("Import casework of another desk"), tr("Casework (*.json);;All files (*)"))
        if place is not None:
            self.compare(place)

    def compare(self, place: Path) -> None:
        """Say what would become of another desk's casework, before anything is taken in."""
        strip = self._strips.begin(tr("Comparing the casework"), lambda: errand.cancel())

        def done(found: Exchange) -> None:
            _end(strip)
            dialog = ExchangeDialog(self._window, place.name, found)
            dialog.accepted.connect(lambda: self.receive(place))
            dialog.open()

        errand = actions.exchange(self._session, place, True, done, lambda e: _stop(strip, e))

    def receive(self, place: Path) -> None:
        """Take in another desk's casework."""
        strip = self._strips.begin(tr("Importing the casework"), lambda: errand.cancel())

        def done(found: Exchange) -> None:
            amiss = any(item.what == "refused" for item, _ in found.told)
            said = words.counts(found.counts).replace("\n", "  ·  ")
            report = (lambda: self._report_exchange(found)) if found.told else None
            strip.finish(said, warning=amiss, report=report)
            self.changed.emit()

        errand = actions.exchange(self._session, place, False, done, lambda e: _stop(strip, e))

    def _ask(self, seen: Looked) -> None:
        wizard = TableWizard(self._window, self._session, seen)
        wizard.accepted.connect(lambda: self.take(wizard.seen, wizard.told, wizard.with_problems.isChecked()))
        wizard.save_wanted.connect(lambda told: self._save_map(seen, told))
        wizard.map_wanted.connect(lambda: self._open_map(wizard))
        wizard.finished.connect(lambda _: self._session.reading.drop(actions.MAP))
        wizard.open()

    def _save_map(self, seen: Looked, told: Map) -> None:
        self._save(f"{Path(seen.title).stem or 'table'}.toml", mapping_write.write(told).encode())

    def _open_map(self, wizard: TableWizard) -> None:
        place = self._file(tr("Open a map"), tr("Maps (*.toml);;All files (*)"), wizard)
        if place is None:
            return
        actions.opened(self._session, place, wizard.with_map, lambda error: wizard.refuse(messages.sentence(error)))

    def _report(self, made: Imported) -> None:
        headings = words.problem_heads()
        lines = words.problem_lines(made.problems)
        title = tr("Report of the import")
        TableDialog(self._window, title, words.came(made.came), headings, lines, by=3, save=self._save).show()

    def _report_exchange(self, found: Exchange) -> None:
        headings = words.told_heads()
        title, said = tr("Report of the import"), words.counts(found.counts).replace("\n", "  ·  ")
        TableDialog(self._window, title, said, headings, words.told_lines(found.told), by=2, save=self._save).show()

    def _file(self, title: str, kinds: str, parent: QWidget | None = None) -> Path | None:
        """A file that the person chooses."""
        place, _ = QFileDialog.getOpenFileName(
            parent or self._window, title, str(Path.home()), kinds, options=QFileDialog.Option.DontUseNativeDialog
        )
        return Path(place) if place else None


def _end(strip: WorkStrip) -> None:
    strip.hide()
    strip.deleteLater()


def _stop(strip: WorkStrip, error: ArchiveError) -> None:
    strip.finish(messages.sentence(error), warning=True)
