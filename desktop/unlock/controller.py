"""Gets to an open archive: unlocks one, makes a new one, or builds the sample; each off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from archive import slots, unlocking
from archive.connect import translated
from archive.errors import ArchiveError, Cancelled
from archive.keys import ArchiveKey
from desktop import messages
from desktop.lanes import Errand, Lane, NoResource
from desktop.translate import tr
from desktop.unlock import child
from desktop.unlock.new import NewArchive, NewDialog
from desktop.unlock.passphrase import strength
from desktop.unlock.views import StartView, UnlockView
from desktop.unlocked import Unlocked, unlocked


class UnlockController(QObject):
    """Tries keys; whoever listens shows the archive."""

    opened = Signal(object)  # Unlocked
    opening = Signal(object)  # Path: its folder is looked at
    locked_found = Signal(object)  # Path: it needs a passphrase, so the unlock view is to be shown
    listed_changed = Signal(object, bool)  # Path, whether it may be listed at the start
    begun = Signal(str, object)  # what is being made, in a sentence, and a function that stops it
    ended = Signal()  # it is made, or could not be
    failed = Signal(object)  # ArchiveError

    def __init__(self, errands: Lane[NoResource], start: StartView, unlock: UnlockView, parent: QWidget) -> None:
        super().__init__(parent)
        self._errands, self._unlock, self._window = errands, unlock, parent
        self._path: Path | None = None
        self._listed: frozenset[str] = frozenset()
        self._making = False
        start.new_wanted.connect(self.choose_new)
        start.open_wanted.connect(self.choose)
        start.sample_wanted.connect(self.open_sample)
        start.recent_chosen.connect(lambda path: self.open(Path(path)))
        unlock.unlock_wanted.connect(self._try)
        unlock.identity_wanted.connect(self._choose_identity)

    def set_listed(self, paths: tuple[str, ...]) -> None:
        """Which archives the user chose to have listed."""
        self._listed = frozenset(paths)

    def choose(self) -> None:
        """Ask for an archive's folder and open it."""
        folder = QFileDialog.getExistingDirectory(
            self._window, tr("Open an archive"), str(Path.home()), QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.open(Path(folder))

    def open(self, path: Path) -> None:
        """Open an archive: as it is where it is unprotected, else by asking for its passphrase."""
        self.opening.emit(path)
        # where it is locked: the names of its passphrases, none where only a key file opens it
        self._errands.submit(lambda _, errand: arrived(path), self._looked, self.failed.emit)

    def choose_new(self) -> None:
        """Ask what a new archive needs, and make it."""
        dialog = NewDialog(self._window, Path.home())
        dialog.accepted.connect(lambda: self.make(dialog.choice()))
        dialog.open()
        self._errands.submit(lambda _, errand: strength("a"), lambda _: None, self.failed.emit)  # loads its words

    def make(self, choice: NewArchive) -> None:
        """Make an archive and open it."""
        self._make(
            tr("Making the archive…"),
            lambda errand: unlocked(choice.path, child.create(choice.path, choice.passphrase, choice.recipients)),
        )

    def open_sample(self) -> None:
        """Open the sample archive; the first time it is built."""
        folder = Path(platformdirs.user_data_dir("tamarisk", appauthor=False))
        self._make(
            tr("Building the sample archive…"), lambda errand: look_at(installed_sample(folder, errand.cancelled))
        )

    def _make(self, sentence: str, work: Callable[[Errand[NoResource, Unlocked | None]], Unlocked | None]) -> None:
        """Make one archive at a time, then open it."""
        if self._making:
            return
        self._making = True

        def end() -> None:
            self._making = False
            self.ended.emit()

        def done(archive: Unlocked | None) -> None:
            end()
            if archive is not None:
                self.opened.emit(archive)

        def refused(error: ArchiveError) -> None:
            end()
            if not isinstance(error, Cancelled):
                self.failed.emit(error)

        errand = self._errands.submit(lambda _, errand: work(errand), done, refused)
        self.begun.emit(sentence, errand.cancel)

    def _looked(self, arrived: Arrived) -> None:
        path, found = arrived.path, arrived.found
        if isinstance(found, Unlocked):
            self.opened.emit(found)
            return
        self._path = path
        self._unlock.begin(path, str(path) in self._listed, by_passphrase=bool(found))
        self.locked_found.emit(path)

    def _try(self, passphrase: str, listed: bool) -> None:
        self._open_with(lambda path: child.unlock(path, passphrase), listed)

    def _choose_identity(self, listed: bool) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open a key file"), str(Path.home()), options=QFileDialog.Option.DontUseNativeDialog
        )
        if file:
            self._open_with(lambda path: child.unlock(path, None, identities(Path(file))), listed)

    def _open_with(self, unlock: Callable[[Path], ArchiveKey], listed: bool) -> None:
        path = self._path
        if path is None:
            return
        self._unlock.set_busy(True)
        self._unlock.say(tr("Unlocking…"))

        def done(archive: Unlocked) -> None:
            self._unlock.set_busy(False)
            self.listed_changed.emit(path, listed)
            self.opened.emit(archive)

        def refused(error: ArchiveError) -> None:
            self._unlock.set_busy(False)
            self._unlock.say(messages.sentence(error), warning=True)

        self._errands.submit(lambda _, errand: unlocked(path, unlock(path)), done, refused)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is to be opened where something was asked for: the release that took its place, if one did. What was
    unlocked, or the names of its passphrases where it is locked."""

    path: Path
    found: Unlocked | tuple[str, ...]


def arrived(path: Path) -> Arrived:
    """What stands where `path` leads. Raises as `look_at` does."""
    from desktop import updating  # brings the whole of updates with it, which the first window need not

    now = updating.arrive(path)
    return Arrived(now, look_at(now) or slots.names(now))


def look_at(path: Path) -> Unlocked | None:
    """What stands at `path`, opened; None where it is locked. Raises ArchiveMissing, NotAnArchive."""
    unlocking.require_archive(path)
    return None if slots.is_protected(path) else unlocked(path, unlocking.unlock(path))


def identities(file: Path) -> tuple[str, ...]:
    """The secret keys in an age key file: one to a line, beside comments."""
    with translated(file):
        lines = file.read_text("utf-8", "replace").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def installed_sample(folder: Path, cancelled: Callable[[], bool]) -> Path:
    """The sample archive in `folder`, built where it is not there yet."""
    from desktop import sample  # brings the importer with it, which the start of the program need not

    return sample.installed(folder, cancelled)
