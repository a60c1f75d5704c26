"""The main window: start view, unlock view or an open archive, and the commands over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from archive.errors import ArchiveError
from desktop import again, appearance, bundled, leaving, messages, shown
from desktop.commands import Commands
from desktop.copies import Copies
from desktop.forms import say
from desktop.lanes import Errand, Lane, NoResource
from desktop.preferences import Preferences
from desktop.release.gate import ReleaseGate
from desktop.shortcuts import ShortcutsDialog
from desktop.status import StatusLine
from desktop.translate import tr
from desktop.unlock.controller import UnlockController
from desktop.unlock.making import Making
from desktop.unlock.views import OpeningView, StartView, UnlockView

if TYPE_CHECKING:  # what an open archive needs is half of the program, and the first window comes without it
    from archive.update.update import Prepared
    from desktop.release.update_controller import UpdateController
    from desktop.screen import ArchiveScreen
    from desktop.session import Session
    from desktop.unlocked import Unlocked
    from desktop.withdrawal.catching_up import CatchingUp
    from desktop.working import Working

NAME = "Tamarisk"


class MainWindow(QMainWindow):
    """One window, one archive. Its title names the program and the archive and never a record."""

    def __init__(self, file: Path, font: QFont, broken: Callable[[BaseException], None], find: str = "") -> None:
        """`file` keeps the settings; `font` is the application's at zoom 1; `broken` shows bugs; `find` is asked of the
        first archive that is opened."""
        super().__init__()
        self._find = find
        self._broken = broken
        self._errands: Lane[NoResource] = Lane(NoResource, interruptible=False, broken=broken)
        self.session: Session | None = None
        self.archive: ArchiveScreen | None = None
        self.working: Working | None = None
        self.updating: UpdateController | None = None
        self.catching_up: CatchingUp | None = None
        self.commands = Commands(self)
        self.preferences = Preferences(file, font, self.commands)
        first = self.preferences.is_first_start
        self.start, self.unlock, self._opening = StartView(first, bundled.releases()), UnlockView(first), OpeningView()
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
        chosen = self.preferences.settings
        self.appearance_menu = appearance.menu(self, chosen.appearance, self.preferences.set_appearance)
        self._connect()
        self.preferences.apply()
        self.preferences.give_shape(self)
        self.entry.set_listed(chosen.recents)
        self.show_start()

    def show_start(self) -> None:
        """Show the start view."""
        self.setWindowTitle(NAME)
        self.start.show_recents(self.preferences.settings.recents)
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
        from desktop.updating import erase

        self.preferences.replace_recent(prepared.base, prepared.path)
        self.leave()
        erase(prepared)
        again.start(prepared.path)
        QApplication.quit()

    def _refuse(self, refused: bool) -> None:
        """Take the commands away from a release that is refused, or give them back."""
        self.commands.of_archive(not refused)
        if not refused and self.archive is not None and self.session is not None:
            self.archive.set_writable(self.session.writable)
            self.commands["change_passphrase"].setEnabled(self.session.protected and self.session.writable)

    def warm_up(self) -> None:
        """Load what an open archive and the first answer need, off the window's thread."""

        def load(_: NoResource, errand: Errand[NoResource, None]) -> None:
            from desktop import labels, screen, working  # noqa: F401

            labels.language("en")

        self._errands.submit(load, lambda _: None, self._say_failure)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first where something would be lost or broken off; then close every file."""
        imports = self.session is not None and self.working is not None and self.working.intake.is_busy
        publishes = self.session is not None and self.working is not None and self.working.publishing.is_busy
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
            self.start.repaint_ways()
            if self.archive is not None:
                self.archive.repaint_all()
            self.gate.repaint()
            if self.working is not None:
                self.working.publishing.repaint()

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
        from desktop.screen import ArchiveScreen, Asking
        from desktop.session import Session
        from desktop.working import Working

        self.session = session = Session(archive, self._broken)
        menu = self.commands.menu(self.appearance_menu)
        self.archive = screen = ArchiveScreen(
            session,
            self.commands,
            menu,
            Asking(self.copies.place, self.copies.save, self.copies.save_warned, self.copies.where),
            self.preferences.settings.columns,
        )
        self.working = working = Working(session, self._errands, screen, self.commands, self.copies, self)
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        self.unlock.passphrase.line.clear()
        self.setWindowTitle(f"{shown.line(session.name)} — {NAME}")
        self.status.show_archive(session.protected)
        self.commands.of_archive(True)
        self.commands["change_passphrase"].setEnabled(session.protected and session.writable)
        self.commands["listed"].setChecked(str(path) in self.preferences.settings.recents)
        screen.counted.connect(self.status.show_counts)
        screen.told.connect(self.status.tell)
        screen.failed.connect(self._say_failure)
        screen.sample_wanted.connect(self.entry.open_sample)
        working.told.connect(self.status.tell)
        working.failed.connect(self._say_failure)
        on = self.commands.on
        on("listed", lambda: self._list(path, self.commands["listed"].isChecked()))
        on("receipt", self.gate.show_receipt)
        screen.set_writable(session.writable)
        self.preferences.serve(screen)
        is_release = self.gate.enter(session)
        for name in ("receipt", "update", "changes"):
            self.commands[name].setEnabled(is_release)
        if is_release and archive.release is not None:
            from desktop.release.update_controller import UpdateController

            self.updating = update = UpdateController(session, archive.release, self, self._broken)
            on("update", update.ask)
            on("changes", update.show_changes)
            update.failed.connect(self._say_failure)
            update.replaced.connect(self._replace)
        from desktop.withdrawal.catching_up import CatchingUp

        self.catching_up = CatchingUp(session, self)
        self.catching_up.purged.connect(screen.notebook.read_anew)
        self.catching_up.begin()
        screen.begin(self._find)
        self._find = ""
        working.intake.catch_up()

    def leave(self) -> None:
        """Stop what runs, close every file, and keep the window's shape."""
        self.hide()
        if self.archive is not None:
            self.archive.leave()
        self.preferences.keep(self)
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
            say(self, NAME, messages.sentence(error), warning=True)

    def _speak(self, language: str) -> None:
        """Start anew in another language: every sentence that stands was said in this one."""
        self.preferences.set_language(language)
        self._shut(None)

    def _list(self, path: Path, listed: bool) -> None:
        self.preferences.list_recent(path, listed)
        recents = self.preferences.settings.recents
        self.entry.set_listed(recents)
        if self.session is None:
            self.start.show_recents(recents)
