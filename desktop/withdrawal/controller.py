"""Withdraws what is read in the window: asks, has it done in the writing lane, and says what was done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError
from archive.withdrawal.preview import Preview
from archive.withdrawal.replacing import Instead
from archive.withdrawal.tombstones import Reason
from archive.withdrawal.withdrawal import Withdrawal
from desktop import messages
from desktop.actions import NOW
from desktop.commands import Commands
from desktop.forms import say
from desktop.lanes import Errand
from desktop.screen import ArchiveScreen
from desktop.session import Session
from desktop.tables import Line, TableDialog
from desktop.translate import tr
from desktop.withdrawal import purged, words
from desktop.withdrawal.dialog import WithdrawDialog
from desktop.withdrawal.purged import Found
from desktop.withdrawal.words import Erasing
from desktop.workspace import Workspace


class WithdrawController(QObject):
    """Readers see none of it; what is withdrawn cannot be taken back."""

    withdrawn = Signal()  # the index is to be made anew
    purged = Signal()  # the notebook holds something else by now
    names_gone = Signal(object)  # tuple of the names by which it was known, which nothing keeps

    def __init__(self, session: Session, screen: ArchiveScreen, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._screen, self._command, self._window = session, screen, commands["withdraw"], window
        commands.on("withdraw", self.ask_for_record)
        screen.pane.details.withdraw_wanted.connect(self._command.trigger)
        page = screen.case_view.page
        self.fact_action = QAction(tr("Withdraw or replace this fact…"), page)
        self.fact_action.triggered.connect(lambda _=False: self.ask_for_fact())
        page.addActions([self.fact_action, self._command])
        self.set_writable(session.writable)

    def set_writable(self, writable: bool) -> None:
        """Only whoever may write may withdraw."""
        for action in (self.fact_action, self._command):
            action.setEnabled(writable)
            action.setVisible(writable)

    def ask_for_record(self) -> None:
        """Ask about the document that is read, or the record whose page is shown."""
        record = self._screen.reading.record or self._screen.cases.record
        if record:
            self.ask(record)
        else:
            self._screen.told.emit(tr("Open a document or a record to withdraw it."))

    def ask_for_fact(self) -> None:
        """Ask about the fact one stands on."""
        if self._screen.cases.fact:
            self.ask(self._screen.cases.fact)
        else:
            self._screen.told.emit(tr("Walk to a fact with Up and Down to withdraw it."))

    def ask(self, record: str) -> WithdrawDialog:
        """Say what would go with a record, and ask for the reason."""
        dialog = WithdrawDialog(self._window)

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error))

        def look(members: bool) -> None:
            self._session.reading.submit(
                lambda w, _: w.withdrawals.preview(record, members=members),
                dialog.tell,
                refuse,
                topic="withdrawal",
                urgency=NOW,
            )

        def go_on(seen: Preview, reason: Reason, note: str, value: str) -> None:
            instead = Instead(value) if value else None

            def begin(_: None) -> None:
                dialog.accept()
                self.withdraw(seen, reason, note, instead)

            if instead is None:
                begin(None)
            else:  # what cannot be kept is said where it was typed
                self._session.reading.submit(
                    lambda w, _: w.withdrawals.require(seen.id, instead), begin, refuse, topic="withdrawal", urgency=NOW
                )

        dialog.looked.connect(look)
        dialog.withdraw_wanted.connect(go_on)
        dialog.finished.connect(lambda _: self._session.reading.drop("withdrawal"))
        dialog.open()
        return dialog

    def withdraw(self, seen: Preview, reason: Reason, note: str, instead: Instead | None = None) -> None:
        """Do it, then purge the notebook, then say what was done."""
        strip = self._screen.strips.begin(tr("Withdrawing"), lambda: None)
        strip.stop_button.hide()  # half of it would be worse than all of it
        self._screen.going.read_nothing()
        self._screen.entry.forget()

        def work(workspace: Workspace, errand: Errand[Workspace, Withdrawal]) -> Withdrawal:
            def tell(step: str, done: int, total: int) -> None:
                errand.report(Erasing(step, done, total))

            return workspace.withdrawals.withdraw(seen, reason, note, tell, instead)

        def failed(error: ArchiveError) -> None:
            strip.finish(messages.sentence(error), warning=True)

        def done(came: Withdrawal) -> None:
            self.withdrawn.emit()
            self.names_gone.emit(came.names)
            self._close(came)
            self._screen.refresh()

            def say(found: Found | None, trouble: str = "") -> None:
                self.purged.emit()
                own = [*(purged.sentences(found) if found else ()), *([trouble] if trouble else [])]
                said = [*words.done(came), *own]
                report = self._report(said, found)
                strip.finish(said[0], warning=not came.erased or bool(own), report=report)
                if own:  # the notebook asks for something to be done
                    report()

            self._session.notebook.submit(
                lambda desk, _: purged.purge(desk.notebook, desk.archive, came),
                say,
                lambda error: say(None, messages.sentence(error)),
            )

        self._session.writing.submit(
            work,
            done,
            failed,
            progress=lambda at: strip.show_progress(at.done, at.total, words.erasing(at)),
        )

    def _close(self, came: Withdrawal) -> None:
        """Show nothing any more of what was opened while it was being withdrawn."""
        if {self._screen.reading.record, self._screen.cases.record} & {*came.records, *came.altered}:
            self._screen.going.read_nothing()
        else:
            self._screen.cases.again()

    def _report(self, said: list[str], found: Found | None) -> Callable[[], None]:
        def show() -> None:
            if found is not None and found.own:
                lines = [Line((text,)) for text in found.own]
                title = tr("Withdrawn")
                TableDialog(self._window, title, " ".join(said), (tr("Your own words"),), lines).show()
                return
            say(self._window, tr("Withdrawn"), said[0], "\n\n".join(said[1:]))

        return show
