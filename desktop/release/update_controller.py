"""Updates the release that is open: finds what leads on, builds it in a lane, shows what changes, puts it in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from archive.errors import ArchiveError, Cancelled
from archive.signing import standing
from archive.signing.receipt import Trusted
from archive.update.changelog import Changelog
from archive.update.planning import Offer
from archive.update.update import Prepared
from archive.verify import Step
from desktop import messages, shown, trusting, updating
from desktop.lanes import Errand, Lane, NoResource
from desktop.release import changes
from desktop.release.update_view import UpdateDialog
from desktop.session import Session
from desktop.translate import number, tr
from desktop.updating import Done
from desktop.withdrawal import purged
from desktop.withdrawal.purged import Found

LOOK, BUILD = "updates that lie somewhere", "update"


@dataclass(frozen=True, slots=True)
class Far:
    """What is being done, and how far it is."""

    words: str
    done: int
    total: int


class UpdateController(QObject):
    """Lives as long as the session of a release."""

    replaced = Signal(object)  # Prepared: it is in use; the window is to open it
    failed = Signal(object)  # ArchiveError

    def __init__(
        self, session: Session, release: Path, window: QWidget, broken: Callable[[BaseException], None]
    ) -> None:
        super().__init__(window)
        self._session, self._release, self._window = session, release, window
        self._building: Lane[NoResource] = Lane(NoResource, interruptible=False, broken=broken)
        self._errand: Errand[NoResource, Prepared] | None = None
        self._prepared: Prepared | None = None
        self._used = False
        self.dialog: UpdateDialog | None = None

    def ask(self) -> None:
        """Look what lies on sticks, and let an update be chosen."""

        def read(said: str) -> None:
            if self.dialog is not None:
                self.dialog.installed.setText(said)

        if self.dialog is None:
            self.dialog = dialog = UpdateDialog(self._window, "")
            dialog.look_wanted.connect(self.look)
            dialog.source_chosen.connect(self.build)
            dialog.stop_wanted.connect(self.stop)
            dialog.use_wanted.connect(self.use)
            dialog.finished.connect(lambda _: self._left())
        self.dialog.open()
        self._building.submit(lambda _, errand: _installed(self._release), read, self._refuse)
        self.look()

    def look(self) -> None:
        """Look again."""
        release = self._release

        def work(_: NoResource, errand: Errand[NoResource, tuple[Offer, ...]]) -> tuple[Offer, ...]:
            return updating.offers((release.parent,), release)

        def listed(found: tuple[Offer, ...]) -> None:
            if self.dialog is not None:
                self.dialog.list_offers(found)

        self._building.submit(work, listed, self._refuse, topic=LOOK)

    def build(self, source: Path) -> None:
        """Build what a delta, a folder or a release leads to."""
        if self.dialog is None:
            return
        self.dialog.begin()
        before, self._prepared = self._prepared, None
        if before is not None:  # it could not be put in use, and is built anew or never wanted again
            self._drop(before)
        self._session.notebook.submit(
            lambda desk, errand: desk.trusted(),
            lambda trusted: self._build(source, (*trusted, *trusting.shipped())),
            lambda error: self._build(source, trusting.shipped()),
        )

    def stop(self) -> None:
        """End the building."""
        if self._errand is not None:
            self._errand.cancel()

    def use(self) -> None:
        """Put what was built in use: the notebook first, while it is known what was withdrawn."""
        prepared, dialog = self._prepared, self.dialog
        if prepared is None or dialog is None:
            return
        dialog.wait()
        if not prepared.concerns_notebook:
            self._switch(prepared, None, None)
            return
        key = self._session.key
        self._session.notebook.submit(
            lambda desk, errand: purged.purge_before(desk.notebook, key, prepared),
            lambda found: self._switch(prepared, found, None),
            lambda error: self._switch(prepared, None, error),
        )

    def show_changes(self) -> None:
        """Show what the last update of this release changed."""
        release, key = self._release, self._session.key

        def show(log: Changelog | None) -> None:
            box = UpdateChanges(self._window, log)
            box.open()

        self._building.submit(lambda _, errand: updating.changes(release, key), show, self.failed.emit)

    def close(self) -> None:
        """End what runs, and wait for that; what was built and is not in use goes."""
        self.stop()
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.blockSignals(True)  # what was in use stays so, and is opened next time
            dialog.close()
        self._building.close()
        if self._prepared is not None and not self._used:
            updating.drop(self._prepared)

    def _build(self, source: Path, trusted: tuple[Trusted, ...]) -> None:
        release, key = self._release, self._session.key

        def work(_: NoResource, errand: Errand[NoResource, Prepared]) -> Prepared:
            def heard(step: Step) -> None:
                errand.report(Far(_doing(step), step.done, step.total))

            return updating.prepare(release, key, source, trusted, heard, errand.cancelled)

        def built(prepared: Prepared) -> None:
            if self.dialog is None or not self.dialog.isVisible():
                self._drop(prepared)
                return
            self._prepared = prepared
            self.dialog.tell(prepared)

        def show(far: Far) -> None:
            if self.dialog is not None:
                self.dialog.show_progress(far.words, far.done, far.total)

        self._errand = self._building.submit(work, built, self._refuse, progress=show, topic=BUILD)

    def _refuse(self, error: ArchiveError) -> None:
        if self.dialog is not None:
            stopped = isinstance(error, Cancelled)
            self.dialog.choose(tr("Stopped. Nothing was changed.") if stopped else messages.sentence(error))

    def _switch(self, prepared: Prepared, found: Found | None, fault: ArchiveError | None) -> None:
        def work(_: NoResource, errand: Errand[NoResource, tuple[Path, ...]]) -> tuple[Path, ...]:
            updating.switch(prepared)
            return updating.elsewhere(prepared)

        def done(left: tuple[Path, ...]) -> None:
            self._used = True
            came = Done(prepared.path, prepared.log, found, left, fault)
            if self.dialog is not None:
                self.dialog.tell_done(changes.done(came), found.own if found else (), prepared.said.number)

        self._building.submit(work, done, self._refuse)

    def _left(self) -> None:
        self.stop()
        self.dialog = None
        prepared, self._prepared = self._prepared, None
        if prepared is None:
            return
        if self._used:
            self.replaced.emit(prepared)
        else:
            self._drop(prepared)

    def _drop(self, prepared: Prepared) -> None:
        self._building.submit(lambda _, errand: updating.drop(prepared), lambda _: None, lambda error: None)


class UpdateChanges(QMessageBox):
    """What the last update changed."""

    def __init__(self, parent: QWidget, log: Changelog | None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(tr("What the last update changed"))
        if log is None:
            self.setText(tr("This release was not updated here, so there is nothing to compare it with."))
            return
        self.setText("\n".join([changes.heading(log), "   ".join(changes.summary(log))]))
        parts = ["\n".join([title, *lines]) for title, lines in changes.paragraphs(log)]
        self.setDetailedText("\n\n".join(parts))


def _installed(release: Path) -> str:
    said = standing.read(release).said
    return tr(
        "Release {n} of {line}, {date}, is in use.",
        n=number(said.number),
        line=shown.isolated(said.line),
        date=said.date,
    )


def _doing(step: Step) -> str:
    """What is being done, in words."""
    return {
        "signature": tr("The publisher's signature is checked…"),
        "copy": tr("The release is copied…"),
        "files": tr("All files are checked…"),
        "root": tr("What came of it is held against what the publisher signed…"),
        "seal": tr("The files are listed…"),
        "changes": tr("What changed is looked up…"),
    }.get(step.work, tr("The changes are applied…"))
