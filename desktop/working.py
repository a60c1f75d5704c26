"""What is done with an open archive beside finding and reading: imports, upkeep, statements, withdrawals, releases."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.commands import Commands
from desktop.copies import Copies
from desktop.incoming.controller import IncomingController
from desktop.intake.controller import IntakeController
from desktop.intake.edition import gated
from desktop.keeping import Keeping
from desktop.lanes import Lane, NoResource
from desktop.release.publishing import PublishController
from desktop.screen import ArchiveScreen
from desktop.session import Session
from desktop.stated import Stated
from desktop.withdrawal.controller import WithdrawController


class Working(QObject):
    """Made for one session and its screen; tells the screen what has changed, and hears from it what is wanted."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(
        self,
        session: Session,
        errands: Lane[NoResource],
        screen: ArchiveScreen,
        commands: Commands,
        copies: Copies,
        window: QWidget,
    ) -> None:
        """`errands` is for what must not wait for the archive; `window` bears the dialogs."""
        super().__init__(window)
        strips = screen.strips
        self.intake = IntakeController(session, strips, window, copies.save)
        self.incoming = IncomingController(session, strips, window, copies.save)
        self.keeping = Keeping(session, errands, strips, window, copies.save)
        self.stated = Stated(session, screen, commands, copies, window)
        self.withdrawing = WithdrawController(session, screen, commands, window)
        self.publishing = PublishController(session, errands, screen, commands, window)
        self._connect(screen, commands)

    def _connect(self, screen: ArchiveScreen, commands: Commands) -> None:
        intake, incoming, keeping = self.intake, self.incoming, self.keeping
        screen.import_wanted.connect(gated(intake.ask, self.failed.emit))
        screen.corrected.connect(lambda: intake.catch_up(quiet=True))
        screen.index_damaged.connect(lambda: intake.catch_up(anew=True))
        intake.changed.connect(screen.refresh)
        for part in (screen, self.withdrawing, self.publishing):
            intake.read_only_found.connect(lambda part=part: part.set_writable(False))
        incoming.changed.connect(intake.catch_up)
        incoming.failed.connect(self.failed)
        self.withdrawing.withdrawn.connect(intake.catch_up)
        self.withdrawing.purged.connect(screen.notebook.read_anew)
        self.withdrawing.names_gone.connect(self.publishing.learn_withdrawn)
        keeping.told.connect(self.told)
        keeping.failed.connect(self.failed)
        keeping.record_wanted.connect(screen.going.open_record)
        on = commands.on
        on("import_files", gated(intake.choose_files, self.failed.emit))
        on("import_folder", gated(intake.choose_folder, self.failed.emit))
        on("import_table", gated(incoming.choose_table, self.failed.emit))
        on("import_exchange", incoming.choose_exchange)
        on("back_up", keeping.choose_backup)
        on("verify", keeping.verify)
        on("change_passphrase", keeping.change_passphrase)
        on("unsearchable", keeping.list_unsearchable)
