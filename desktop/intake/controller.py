"""Imports what was chosen or dropped, and brings the index up, each with a strip of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from archive.errors import ArchiveError, Cancelled, NoPermission, ReadOnlyMedium, UnsafePlace
from archive.intake.report import Progress, Report
from archive.records import Confidentiality
from desktop import actions, messages, reasons
from desktop.actions import Indexed
from desktop.intake import words
from desktop.intake.ask import ImportDialog
from desktop.session import Session
from desktop.tables import Line, Save, TableDialog
from desktop.translate import number, size, tr
from desktop.withdrawal.why import withdrawn
from desktop.work import WorkStrip, WorkStrips

MEANWHILE_MS = 20_000  # while an import runs, what it has committed is made searchable this often

OFTEN_MS = 5_000  # while the index is brought up, what is found meanwhile is shown this often


class IntakeController(QObject):
    """One import after another; the list is asked anew when the index is up."""

    changed = Signal(bool)  # more can be found; whether the list should be asked anew even where it is being read

    read_only_found = Signal()  # the archive lies where it must not be written

    def __init__(self, session: Session, strips: WorkStrips, parent: QWidget, save: Save) -> None:
        """`save` keeps an unprotected copy of a report where the person wants it."""
        super().__init__(parent)
        self._session, self._strips, self._window, self._save = session, strips, parent, save
        self._under_way = 0
        self._meanwhile = QTimer(self)
        self._meanwhile.setInterval(MEANWHILE_MS)
        self._meanwhile.timeout.connect(lambda: self.catch_up(quiet=True, final=False))

    @property
    def is_busy(self) -> bool:
        """Whether an import is under way."""
        return self._under_way > 0

    def choose_files(self) -> None:
        """Ask for files and import them."""
        files, _ = QFileDialog.getOpenFileNames(
            self._window, tr("Import files"), str(Path.home()), options=QFileDialog.Option.DontUseNativeDialog
        )
        self.ask(tuple(Path(file) for file in files))

    def choose_folder(self) -> None:
        """Ask for a folder and import everything in it."""
        folder = QFileDialog.getExistingDirectory(
            self._window, tr("Import a folder"), str(Path.home()), QFileDialog.Option.DontUseNativeDialog
        )
        self.ask((Path(folder),) if folder else ())

    def ask(self, paths: tuple[Path, ...]) -> None:
        """Import these once it was said how confidential they are."""
        if not paths:
            return
        dialog = ImportDialog(self._window, paths)
        dialog.accepted.connect(lambda: self.run(paths, dialog.chosen()))
        dialog.open()

    def run(self, paths: tuple[Path, ...], confidentiality: Confidentiality) -> None:
        """Import these."""
        self._under_way += 1
        self._meanwhile.start()
        strip = self._strips.begin(tr("Importing"), lambda: errand.cancel())

        def show(now: Progress) -> None:
            if errand.cancelled():
                return
            share = now.bytes if now.total_bytes else now.done
            strip.show_progress(share, now.total_bytes or now.total, words.progress(now))

        def done(report: Report) -> None:
            self._end_one()
            wanting = bool(report.no_text or report.unreadable or report.barred or report.cancelled)
            strip.finish(words.summary(report), warning=wanting, report=lambda: self.show_report(report))
            self.catch_up()

        def failed(error: ArchiveError) -> None:
            self._end_one()
            strip.finish(messages.sentence(error), warning=True)
            self.catch_up()

        errand = actions.import_files(self._session, paths, confidentiality, show, done, failed)

    def catch_up(self, *, quiet: bool = False, final: bool = True, anew: bool = False) -> None:
        """Make searchable what is not yet, `quiet` without a strip; not `final` while an import goes on; `anew` after
        the index turned out to be damaged."""
        strip: WorkStrip | None = None
        clock = QElapsedTimer()
        clock.start()

        def show(now: Indexed) -> None:
            nonlocal strip
            if clock.elapsed() > OFTEN_MS:
                clock.restart()
                self.changed.emit(False)
            if strip is None and now.total and not quiet:
                strip = self._strips.begin(tr("Making searchable"), lambda: errand.cancel())
            if strip is not None and not errand.cancelled():
                far = tr("{done} of {total} records", done=number(now.done), total=number(now.total))
                strip.show_progress(now.done, now.total, far)

        def done(_: None) -> None:
            if strip is not None:
                strip.hide()
                strip.deleteLater()
            self.changed.emit(final)

        def failed(error: ArchiveError) -> None:
            nonlocal strip
            if isinstance(error, (NoPermission, ReadOnlyMedium, UnsafePlace)):
                self.read_only_found.emit()
            strip = strip or self._strips.begin(tr("Making searchable"), lambda: None)
            stopped = tr("Stopped. Some records cannot be found yet; this goes on when the archive is next opened.")
            strip.finish(stopped if isinstance(error, Cancelled) else messages.sentence(error), warning=True)
            self.changed.emit(final)

        errand = actions.catch_up(self._session, show, done, failed, anew=anew)

    def _end_one(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._meanwhile.stop()

    def show_report(self, report: Report) -> None:
        """What became of every input, in a table."""
        lines = [Line((item.path, tr("No text"), reasons.words(item.reason))) for item in report.no_text]
        for one in report.barred:
            lines.append(Line((one.path, tr("Not taken in"), withdrawn(one.at, one.reason))))
        for fault in report.unreadable:
            what = tr("Kept, but not read") if fault.kept else tr("Not kept")
            why = reasons.words(fault.code) + (f" ({fault.message})" if fault.message else "")
            lines.append(Line((fault.path, what, why)))
        sentence = tr(
            "{inputs} files given, {size}: {summary}.",
            inputs=number(report.inputs),
            size=size(report.bytes),
            summary=words.summary(report),
        )
        headings = (tr("File"), tr("What became of it"), tr("Why"))
        title = tr("Report of the import")
        TableDialog(self._window, title, sentence, headings, lines, by=1, save=self._save).show()
