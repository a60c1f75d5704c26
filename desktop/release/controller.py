"""Holds an open release against its signature: at each opening in the background, and in full when asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError, Cancelled
from archive.notebook import proven, seen
from archive.signing import rolling
from archive.signing.files import hashed
from archive.signing.receipt import ARCHIVE_DB, Receipt, State, Trusted, receipt
from archive.verify import Fault
from desktop import messages, trusting, updating
from desktop.lanes import Errand, Lane, NoResource
from desktop.release.asking import TrustDialog
from desktop.release.view import ReceiptDialog
from desktop.session import Session
from desktop.translate import tr
from desktop.workspace import Workspace

CHECK = "check of the release"


@dataclass(frozen=True, slots=True)
class Far:
    """The file at work, the bytes done and all of them."""

    path: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; `computed` is the SHA-256 of the database and the content root that was computed of it, where
    that was what is signed."""

    receipt: Receipt
    computed: tuple[str, str] | None


class ReleaseController(QObject):
    """Lives as long as the session of a release."""

    found = Signal(object)  # Receipt
    refused = Signal(object)  # Receipt: it is to be overruled, or the release left
    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(
        self, session: Session, folder: Path, overruled: Receipt | None, broken: Callable[[BaseException], None]
    ) -> None:
        """`overruled` is the refusal that the person overruled to get here."""
        super().__init__()
        self._session, self._folder = session, folder
        self._overruled = overruled
        self._checking: Lane[NoResource] = Lane(NoResource, interruptible=False, broken=broken)
        self._trusted: tuple[Trusted, ...] = ()
        self.receipt: Receipt | None = overruled
        self._dialog: ReceiptDialog | None = None
        self._errand: Errand[NoResource, Checked] | None = None
        self._proven: dict[str, str] = {}
        self._newest: dict[str, int] = {}

    def begin(self) -> None:
        """Look up which keys are trusted, then check all but the originals, then read a share of those."""

        def looked(found: tuple[tuple[Trusted, ...], dict[str, str], dict[str, int]]) -> None:
            trusted, self._proven, self._newest = found
            self._trusted = (*trusted, *trusting.shipped())
            self._check(full=False)

        # without a notebook the key is unknown, and that is said
        self._session.notebook.submit(
            lambda desk, errand: (
                desk.trusted(),
                proven.every(desk.notebook.db),
                seen.newest(desk.notebook.db),
            ),
            looked,
            lambda error: looked(((), {}, {})),
        )
        self._session.notebook.submit(lambda desk, errand: desk.next_share(), self._read_share, lambda error: None)

    def show(self, parent: QWidget) -> None:
        """Show the receipt."""
        if self._dialog is None:
            self._dialog = dialog = ReceiptDialog(parent)
            dialog.check_wanted.connect(self.check_all)
            dialog.stop_wanted.connect(self.stop)
            dialog.trust_wanted.connect(self._ask_to_trust)
            if self.receipt is not None:
                dialog.show_receipt(self.receipt)
        self._dialog.show()
        self._dialog.activateWindow()

    def check_all(self) -> None:
        """Read every byte."""
        if self._dialog is not None:
            self._dialog.begin_checking()
        self._check(full=True)

    def stop(self) -> None:
        """End the check that runs."""
        if self._errand is not None:
            self._errand.cancel()

    def newest(self, found: Receipt) -> int:
        """The highest number of the release's line that was read here; an older one may hold what was withdrawn."""
        return self._newest.get(found.statement.line, 0) if found.statement else 0

    def overrule(self) -> None:
        """The person knows what is wrong and goes on."""
        self._overruled = self.receipt

    def repaint(self) -> None:
        """The colours have changed."""
        if self._dialog is not None and self.receipt is not None:
            self._dialog.show_receipt(self.receipt)

    def close(self) -> None:
        """End what runs, and wait for that."""
        self.stop()
        self._checking.close()
        if self._dialog is not None:
            self._dialog.close()

    def _check(self, *, full: bool) -> None:
        folder, trusted, key, known = self._folder, self._trusted, self._session.key, self._proven
        computed: list[tuple[str, str]] = []

        def work(_: NoResource, errand: Errand[NoResource, Checked]) -> Checked:
            def go_on(_: int = 0) -> None:
                if errand.cancelled():
                    raise Cancelled()

            def heard(path: str, done: int, total: int) -> None:
                go_on()
                errand.report(Far(path, done, total))

            def root() -> str:
                before = hashed(folder / ARCHIVE_DB, go_on)
                if before in known and not full:
                    return known[before]
                found = updating.root(folder, key, errand.cancelled, originals=full)
                if hashed(folder / ARCHIVE_DB, go_on) == before:  # nobody wrote to it meanwhile
                    computed.append((before, found))
                return found

            found = receipt(folder, trusted, full=full, archive=key.archive, progress=heard, root=root)
            return Checked(found, computed[0] if computed and found.proven else None)

        def show(far: Far) -> None:
            if full and self._dialog is not None:
                self._dialog.show_progress(far.path, far.done, far.total)

        def done(checked: Checked) -> None:
            found = checked.receipt
            if self._dialog is not None:
                self._dialog.end_checking(tr("All files were read.") if found.full else "")
            self._take(found)
            self._remember(checked.computed)

        def failed(error: ArchiveError) -> None:
            if self._dialog is not None:
                stopped = isinstance(error, Cancelled)
                self._dialog.end_checking(tr("Stopped.") if stopped else messages.sentence(error))
            elif not isinstance(error, Cancelled):
                self.failed.emit(error)

        self._errand = self._checking.submit(work, done, failed, progress=show, topic=CHECK)

    def _take(self, found: Receipt) -> None:
        known = self._overruled
        if known is not None and known.state is State.SAME_NUMBER and found.state in (State.VALID, State.UNPROVEN):
            found = replace(found, state=State.SAME_NUMBER)  # which no file tells
        self.receipt = found
        if self._dialog is not None:
            self._dialog.show_receipt(found)
        self.found.emit(found)
        self._pin_shipped(found)
        self._note_seen(found)
        same = known is not None and known.state is found.state and set(known.findings) >= set(found.findings)
        if found.refused and not same:
            self.refused.emit(found)

    def _note_seen(self, found: Receipt) -> None:
        """Remember which release has this number: at the first look its key, or the notebook, may not have been there.
        Refuse it where another was read before."""
        said = found.statement
        if found.state is not State.VALID or said is None:
            return

        def noted(is_another: bool) -> None:
            if is_another and self.receipt is found:
                self._take(replace(found, state=State.SAME_NUMBER))

        self._session.notebook.submit(
            lambda desk, errand: seen.is_another(desk.notebook.db, said), noted, lambda error: None
        )

    def _remember(self, computed: tuple[str, str] | None) -> None:
        """Keep what was proven, so that the next opening need not compute it again."""
        if computed is not None:
            self._proven = {**self._proven, computed[0]: computed[1]}
            self._session.notebook.submit(
                lambda desk, errand: proven.remember(desk.notebook.db, *computed), lambda _: None, lambda error: None
            )

    def _pin_shipped(self, found: Receipt) -> None:
        """Remember that this archive is signed with a key that came with the program: another is then refused."""
        archive, key = self._session.key.archive, found.key
        if found.state is State.VALID and key and not any(one.archive == archive for one in self._trusted):
            self._trusted = (Trusted(key, found.trusted_as, archive), *self._trusted)
            self._session.notebook.submit(
                lambda desk, errand: desk.trust(key, found.trusted_as, beside=True),
                lambda trusted: None,
                lambda error: None,  # without a notebook it stays trusted as what came with the program
            )

    def _read_share(self, nth: int) -> None:
        """Read a share of the originals; what is wrong there has all files checked, which names the file."""

        def work(workspace: Workspace, errand: Errand[Workspace, tuple[Fault, ...]]) -> tuple[Fault, ...]:
            archive = workspace.archive
            return rolling.check_share(archive, nth, rolling.shares(archive), cancelled=errand.cancelled)

        def done(faults: tuple[Fault, ...]) -> None:
            if faults:
                self.check_all()

        self._session.copying.submit(work, done, lambda error: None)

    def _ask_to_trust(self) -> None:
        found = self.receipt
        if found is None or found.key is None or self._dialog is None:
            return
        key, dialog = found.key, TrustDialog(self._dialog, found)

        def kept(trusted: tuple[Trusted, ...]) -> None:
            dialog.accept()
            self._trusted = (*trusted, *trusting.shipped())
            self.told.emit(tr("This key is trusted for this archive from now on."))
            self._check(full=found.full)

        def trust(name: str) -> None:
            self._session.notebook.submit(
                lambda desk, errand: desk.trust(key, name, beside=True),
                kept,
                lambda error: dialog.refuse(messages.sentence(error)),
            )

        dialog.trust_wanted.connect(trust)
        dialog.open()
