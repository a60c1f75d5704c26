"""Gets to an open archive: unlocks one, makes a new one, or builds the sample; each off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from archive import keys
from archive.connect import translated
from archive.errors import ArchiveError
from archive.keys import ArchiveKey
from desktop import messages
from desktop.lanes import Lane, NoResource
from desktop.translate import tr
from desktop.unlock import child
from desktop.unlock.new import NewArchive, NewDialog
from desktop.unlock.views import StartView, UnlockView


class UnlockController(QObject):
    """Tries keys; whoever listens shows the archive."""

    opened = Signal(object, object)  # Path, ArchiveKey
    locked_found = Signal(object)  # Path: it needs a passphrase, so the unlock view is to be shown
    listed_changed = Signal(object, bool)  # Path, whether it may be listed at the start
    failed = Signal(object)  # ArchiveError

    def __init__(self, errands: Lane[NoResource], start: StartView, unlock: UnlockView, parent: QWidget) -> None:
        super().__init__(parent)
        self._errands, self._start, self._unlock, self._window = errands, start, unlock, parent
        self._path: Path | None = None
        self._listed: frozenset[str] = frozenset()
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
        """Open an archive: at once where it is unprotected, else by asking for its passphrase."""
        try:
            keys.require_archive(path)
            if not keys.is_protected(path):
                self.opened.emit(path, child.unlock(path, None))
                return
        except ArchiveError as error:
            self.failed.emit(error)
            return
        self._path = path
        self._unlock.begin(path, str(path) in self._listed)
        self.locked_found.emit(path)

    def choose_new(self) -> None:
        """Ask what a new archive needs, and make it."""
        dialog = NewDialog(self._window, Path.home())
        dialog.accepted.connect(lambda: self.make(dialog.choice()))
        dialog.open()

    def make(self, choice: NewArchive) -> None:
        """Make an archive and open it."""
        self._begin(tr("Making the archive…"))
        self._errands.submit(
            lambda _, errand: child.create(choice.path, choice.passphrase, choice.recipients),
            lambda key: self._made(choice.path, key),
            self._refused_start,
        )

    def open_sample(self) -> None:
        """Open the sample archive; the first time it is built."""
        self._begin(tr("Building the sample archive…"))
        folder = Path(platformdirs.user_data_dir("tamarisk", appauthor=False))
        self._errands.submit(
            lambda _, errand: installed_sample(folder), lambda path: self._made(path, None), self._refused_start
        )

    def _made(self, path: Path, key: ArchiveKey | None) -> None:
        self._start.set_busy(False)
        self._start.say("")
        if key is None:
            self.open(path)
        else:
            self.opened.emit(path, key)

    def _begin(self, sentence: str) -> None:
        self._start.set_busy(True)
        self._start.say(sentence)

    def _refused_start(self, error: ArchiveError) -> None:
        self._start.set_busy(False)
        self._start.say("")
        self.failed.emit(error)

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

        def done(key: ArchiveKey) -> None:
            self._unlock.set_busy(False)
            self.listed_changed.emit(path, listed)
            self.opened.emit(path, key)

        def refused(error: ArchiveError) -> None:
            self._unlock.set_busy(False)
            self._unlock.say(messages.sentence(error), warning=True)

        self._errands.submit(lambda _, errand: unlock(path), done, refused)


def identities(file: Path) -> tuple[str, ...]:
    """The secret keys in an age key file: one to a line, beside comments."""
    with translated(file):
        lines = file.read_text("utf-8", "replace").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def installed_sample(folder: Path) -> Path:
    """The sample archive in `folder`, built where it is not there yet."""
    from desktop import sample  # brings the importer with it, which the start of the program need not

    return sample.installed(folder)
