"""The main window: start view, unlock view or an open archive, and the commands over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStackedWidget

from archive.errors import ArchiveError
from archive.update.update import Prepared
from desktop import again, appearance, labels, leaving, messages, settings, shown
from desktop.commands import Commands
from desktop.copies import Copies
from desktop.incoming.controller import IncomingController
from desktop.intake.controller import IntakeController
from desktop.intake.edition import gated
from desktop.keeping import Keeping
from desktop.lanes import Lane, NoResource
from desktop.release.gate import ReleaseGate
from desktop.release.publishing import PublishController
from desktop.release.update_controller import UpdateController
from desktop.screen import ArchiveScreen, Asking
from desktop.session import Session, Unlocked
from desktop.shortcuts import ShortcutsDialog
from desktop.stated import Stated
from desktop.status import StatusLine
from desktop.theme import choose_font, choose_scheme, scaled
from desktop.translate import tr
from desktop.unlock.controller import UnlockController
from desktop.unlock.making import Making
from desktop.unlock.views import OpeningView, StartView, UnlockView
from desktop.updating import erase
from desktop.withdrawal.controller import WithdrawController

NAME = "Tamarisk"


class MainWindow(QMainWindow):
    """One window, one archive. Its title names the program and the archive and never a record."""

    def __init__(self, file: Path, font: QFont, broken: Callable[[BaseException], None], find: str = "") -> None:
        """`file` keeps the settings; `font` is the application's at zoom 1; `broken` shows bugs; `find` is asked of the
        first archive that is opened."""
        super().__init__()
        self._find = find
        self._file, self.base_font, self._broken = file, font, broken
        self.settings, first = settings.load(file), not file.exists()
        self._errands: Lane[NoResource] = Lane(NoResource, interruptible=False, broken=broken)
        self.session: Session | None = None
        self.archive: ArchiveScreen | None = None
        self.intake: IntakeController | None = None
        self.keeping: Keeping | None = None
        self.stated: Stated | None = None
        self.updating: UpdateController | None = None
        self.publishing: PublishController | None = None
        self.commands = Commands(self)
        self.start, self.unlock, self._opening = StartView(first), UnlockView(first), OpeningView()
        self.entry = UnlockController(self._errands, self.start, self.unlock, self)
        self.copies = Copies(self._errands, self)
        Making(self.entry, self.start, lambda: self.archive.strips if self.archive is not None else None)
        self._stack = QStackedWidget()
        for view in (self.start, self.unlock, self._opening):
            self._stack.addWidget(view)
        self.setCentralWidget(self._stack)
        self.status = StatusLine()
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.status, 1)
        self.gate = ReleaseGate(self._errands, self._stack, self.status, broken, self, lambda: self.session is not None)
        self.appearance_menu = appearance.menu(self, self.settings.appearance, self.set_appearance)
        choose_scheme(self.settings.appearance)
        self._connect()
        self.set_zoom(self.settings.zoom)
        self._restore_shape()
        self.show_start()

    def show_start(self) -> None:
        """Show the start view."""
        self.setWindowTitle(NAME)
        self.start.show_recents(self.settings.recents)
        self.start.say("")
        self._stack.setCurrentWidget(self.start)
        self.commands.of_archive(False)
        self.status.show_archive(None)
        self.start.buttons[0].setFocus()

    def open_path(self, path: Path) -> None:
        """Open an archive here, or in a window of its own where one is open already."""
        if self.session is not None:
            again.start(path)
        else:
            self.entry.open(path)

    def lock(self) -> None:
        """End this process, which held the key, and start a fresh one that asks for the passphrase."""
        if self.session is None:
            return
        self._shut(self.session.path if self.session.protected else None)

    def _shut(self, path: Path | None) -> None:
        self.leave()
        again.start(path)
        QApplication.quit()

    def _replace(self, prepared: Prepared) -> None:
        """Another release is in use: close this one, so that it can be deleted, and open that."""
        path = prepared.path
        if str(prepared.base) in self.settings.recents:
            self.settings = self.settings.without_recent(str(prepared.base)).with_recent(str(path))
        self.leave()
        erase(prepared)
        again.start(path)
        QApplication.quit()

    def _refuse(self, refused: bool) -> None:
        """Take the commands away from a release that is refused, or give them back."""
        self.commands.of_archive(not refused)
        if not refused and self.archive is not None and self.session is not None:
            self.archive.set_writable(self.session.writable)
            self.commands["change_passphrase"].setEnabled(self.session.protected)

    def warm_up(self) -> None:
        """Load what the first answer needs, off the window's thread."""
        self._errands.submit(lambda _, errand: labels.language("en"), lambda _: None, self._say_failure)

    def set_zoom(self, zoom: float) -> None:
        """Every letter so many times its usual size."""
        self.settings = replace(self.settings, zoom=zoom)
        choose_font(scaled(self.base_font, zoom))

    def set_font(self, font: QFont) -> None:
        """The application's font at zoom 1 from now on."""
        self.base_font = font
        self.set_zoom(self.settings.zoom)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first where something would be lost or broken off; then close every file."""
        imports = self.session is not None and self.intake is not None and self.intake.is_busy
        publishes = self.session is not None and self.publishing is not None and self.publishing.is_busy
        unkept = self.session is not None and self.archive is not None and self.archive.notebook.is_refused
        if not leaving.is_fine(self, imports=imports, publishes=publishes, unkept=unkept):
            event.ignore()
            return
        self.leave()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Another palette, light or dark: what was painted in colours of its own is painted anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "appearance_menu"):
            self.status.refresh()
            if self.archive is not None:
                self.archive.repaint_all()
            self.gate.repaint()
            if self.publishing is not None:
                self.publishing.repaint()

    def _connect(self) -> None:
        self.entry.opened.connect(self.gate.admit)
        self.gate.passed.connect(self._enter)
        self.gate.left.connect(lambda: self.show_start() if self.session is None else self._shut(None))
        self.gate.refusing.connect(self._refuse)
        self.gate.told.connect(self.status.tell)
        self.gate.failed.connect(self._say_failure)
        self.status.receipt_wanted.connect(self.gate.show_receipt)
        self.entry.opening.connect(self._show_opening)
        self.copies.failed.connect(self._say_failure)
        self.copies.told.connect(self.status.tell)
        self.entry.locked_found.connect(self._show_unlock)
        self.entry.listed_changed.connect(self._list)
        self.entry.failed.connect(self._say_failure)
        self.start.recent_forgotten.connect(lambda path: self._list(Path(path), False))
        self.unlock.left.connect(self.show_start)
        self.start.language_chosen.connect(self._speak)
        self.status.unsearchable_wanted.connect(self.commands["unsearchable"].trigger)
        on = self.commands.on
        on("open", self.entry.choose)
        on("new", self.entry.choose_new)
        on("lock", self.lock)
        on("larger", lambda: self.set_zoom(appearance.stepped(self.settings.zoom, 1)))
        on("smaller", lambda: self.set_zoom(appearance.stepped(self.settings.zoom, -1)))
        on("usual_size", lambda: self.set_zoom(1.0))
        on("completing", self._complete)
        self.commands["completing"].setChecked(self.settings.completing)
        on("shortcuts", lambda: ShortcutsDialog(self, self.commands).open())
        on("quit", self.close)

    def _show_unlock(self, path: Path) -> None:
        if self.session is not None:
            again.start(path)
            return
        self.setWindowTitle(f"{shown.line(path.stem)} — {NAME}")
        self._stack.setCurrentWidget(self.unlock)
        self.unlock.take_focus()

    def _show_opening(self, path: Path) -> None:
        if self.session is None:
            self._opening.begin(path)
            self._stack.setCurrentWidget(self._opening)

    def _enter(self, archive: Unlocked) -> None:
        """Show an archive that was unlocked; where one is open already, in a window of its own."""
        path = archive.path
        if self.session is not None:
            again.start(path)
            self.status.tell(tr("Opened in a window of its own."))
            return
        self.session = session = Session(archive, self._broken)
        menu = self.commands.menu(self.appearance_menu)
        self.archive = screen = ArchiveScreen(
            session,
            self.commands,
            menu,
            Asking(self.copies.place, self.copies.save, self.copies.save_warned, self.copies.where),
            self.settings.columns,
        )
        self.intake = intake = IntakeController(session, screen.strips, self, self.copies.save)
        incoming = IncomingController(session, screen.strips, self, self.copies.save)
        self.keeping = keeping = Keeping(session, self._errands, screen.strips, self, self.copies.save)
        self.stated = Stated(session, screen, self.commands, self.copies, self)
        self.withdrawing = withdrawing = WithdrawController(session, screen, self.commands, self)
        self.publishing = publishing = PublishController(session, self._errands, screen, self.commands, self)
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        self.unlock.passphrase.line.clear()
        self.setWindowTitle(f"{shown.line(session.name)} — {NAME}")
        self.status.show_archive(session.protected)
        self.commands.of_archive(True)
        self.commands["change_passphrase"].setEnabled(session.protected)
        self.commands["listed"].setChecked(str(path) in self.settings.recents)
        screen.counted.connect(self.status.show_counts)
        screen.told.connect(self.status.tell)
        screen.failed.connect(self._say_failure)
        screen.import_wanted.connect(gated(intake.ask, self._say_failure))
        screen.sample_wanted.connect(self.entry.open_sample)
        screen.corrected.connect(lambda: intake.catch_up(quiet=True))
        screen.index_damaged.connect(lambda: intake.catch_up(anew=True))
        intake.changed.connect(screen.refresh)
        incoming.changed.connect(intake.catch_up)
        incoming.failed.connect(self._say_failure)
        keeping.told.connect(self.status.tell)
        keeping.failed.connect(self._say_failure)
        keeping.record_wanted.connect(screen.going.open_record)
        on = self.commands.on
        on("listed", lambda: self._list(path, self.commands["listed"].isChecked()))
        on("import_files", gated(intake.choose_files, self._say_failure))
        on("import_folder", gated(intake.choose_folder, self._say_failure))
        on("import_table", gated(incoming.choose_table, self._say_failure))
        on("import_exchange", incoming.choose_exchange)
        on("back_up", keeping.choose_backup)
        on("verify", keeping.verify)
        on("receipt", self.gate.show_receipt)
        on("change_passphrase", keeping.change_passphrase)
        on("unsearchable", keeping.list_unsearchable)
        intake.read_only_found.connect(lambda: screen.set_writable(False))
        intake.read_only_found.connect(lambda: withdrawing.set_writable(False))
        intake.read_only_found.connect(lambda: publishing.set_writable(False))
        withdrawing.withdrawn.connect(intake.catch_up)
        withdrawing.purged.connect(screen.notebook.read_anew)
        withdrawing.names_gone.connect(publishing.learn_withdrawn)
        screen.set_writable(session.writable)
        self._widen(self.settings.widen != "none")
        on("widen_always", lambda: self._widen(self.commands["widen_always"].isChecked()))
        self._complete()
        is_release = self.gate.enter(session)
        for name in ("receipt", "update", "changes"):
            self.commands[name].setEnabled(is_release)
        if is_release and archive.release is not None:
            self.updating = update = UpdateController(session, archive.release, self, self._broken)
            on("update", update.ask)
            on("changes", update.show_changes)
            update.failed.connect(self._say_failure)
            update.replaced.connect(self._replace)
        screen.begin(self._find)
        self._find = ""
        intake.catch_up()

    def leave(self) -> None:
        """Stop what runs, close every file, and keep the window's shape."""
        self.hide()
        if self.archive is not None:
            self.archive.leave()
            self.settings = replace(self.settings, columns=self.archive.columns())
        shape = self.normalGeometry()
        self.settings = replace(self.settings, geometry=(shape.x(), shape.y(), shape.width(), shape.height()))
        settings.save(self.settings, self._file)
        self._errands.stop()
        self.gate.leave()
        if self.updating is not None:
            self.updating.close()
        if self.session is not None:
            self.session.stop()
        QGuiApplication.sync()  # what runs may take a moment to end; the window is gone from the screen by then
        if self.session is not None:
            self.session.close()
            self.session = None
        self._errands.close()

    def _say_failure(self, error: ArchiveError) -> None:
        if self.session is None:
            self.show_start()
            self.start.say(messages.sentence(error))
        else:
            box = QMessageBox(QMessageBox.Icon.Warning, NAME, messages.sentence(error), parent=self)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.open()

    def _widen(self, on: bool) -> None:
        """Search other spellings and forms from now on, or only what is typed."""
        self.commands["widen_always"].setChecked(on)
        changed = (self.settings.widen != "none") != on
        self.settings = replace(self.settings, widen="all" if on else "none")
        if self.archive is not None:
            self.archive.finding.usual = "all" if on else "none"
            if changed:
                self.archive.finding.widen(self.archive.finding.usual)

    def _speak(self, language: str) -> None:
        """Start anew in another language: every sentence that stands was said in this one."""
        self.settings = replace(self.settings, language=language)
        self._shut(None)

    def _list(self, path: Path, listed: bool) -> None:
        kept = self.settings
        self.settings = kept.with_recent(str(path)) if listed else kept.without_recent(str(path))
        self.entry.set_listed(self.settings.recents)
        if self.settings != kept:
            settings.save(self.settings, self._file)
        if self.session is None:
            self.start.show_recents(self.settings.recents)

    def _complete(self) -> None:
        """Let the bar offer how a search may go on, or not."""
        self.settings = replace(self.settings, completing=self.commands["completing"].isChecked())
        if self.archive is not None:
            self.archive.completing.set_on(self.settings.completing)

    def set_appearance(self, name: str) -> None:
        """Light, dark, or as the system has it."""
        self.settings = replace(self.settings, appearance=name)
        choose_scheme(name)

    def _restore_shape(self) -> None:
        self.entry.set_listed(self.settings.recents)
        room = self.screen().availableGeometry()
        self.resize(min(1280, room.width() - 40), min(800, room.height() - 60))
        if len(self.settings.geometry) == 4:
            shape = QRect(*self.settings.geometry)
            if any(screen.availableGeometry().contains(shape) for screen in QGuiApplication.screens()):
                self.setGeometry(shape)
