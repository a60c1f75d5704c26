"""Where a notebook lies, and what opens it: a random key, sealed under one that comes from the archive's own key.

Whoever can open the archive on this machine can open the notebook about it, without being asked anything more; nobody
else can. Folder: `notebooks/UUID/`, and `notebooks/UUID-release/` about releases, which have other keys. In it lie
`notebook.db` and `keys/` with `FINGERPRINT.archive.json` (one for each key under which the archive was opened),
`NAME.passphrase.age` where the reader set a passphrase too, or `open.key` where the archive is not protected: then the
notebook is not either.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from archive import connect, keys, medium, meta, slots, unlocking
from archive.building import building
from archive.connect import Database, translated, writing
from archive.errors import ArchiveError, ArchiveMissing, CannotUnlock, Damaged, NotAnArchive, WrongPassphrase
from archive.keys import ArchiveKey
from archive.notebook import tables
from archive.notebook.errors import NotebookDamaged, NotebookLocked

FILE = "notebook.db"
SEALED_ENDING = ".archive.json"
LINES = "release keys"
"""Under which name a notebook keeps the fingerprints of the keys of release lines, where its slots do not tell."""
SEALED_FOR = b"tamarisk notebook key, sealed by the archive's"


class Notebook:
    """An open notebook. One thread at a time uses it; several may be open on one folder, in one program or many.

    `protected` is false where its key lies open beside it. Raises environment faults, Damaged and NewerFormat.
    """

    def __init__(self, folder: Path, key: ArchiveKey) -> None:
        self.folder, self.archive = folder, key.archive
        self._key = key
        self.db: Database = connect.connect(folder / FILE, key.secret("notebook"), "write")
        try:
            tables.apply(self.db)
            if meta.read(self.db, "archive") != key.archive:
                raise Damaged(path=str(folder / FILE), why="the key slot belongs to another notebook")
        except BaseException:
            self.db.conn.close()
            raise

    @property
    def protected(self) -> bool:
        """Whether the folder alone opens nothing."""
        return slots.is_protected(self.folder)

    def set_passphrase(self, passphrase: str, slot: str = "reader") -> None:
        """Let a passphrase open the notebook, too, for when the archive is gone. Raises InvalidValue (empty)."""
        if slot in slots.names(self.folder):
            slots.change_passphrase(self.folder, self._key, slot, passphrase)
        else:
            slots.add_passphrase(self.folder, self._key, slot, passphrase)

    def close(self) -> None:
        """Close the file; what was deleted is then in no log either."""
        connect.close(self.db)

    def __enter__(self) -> Notebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def place(archive: str, data: Path | None = None, *, release: bool = False) -> Path:
    """The folder of the notebook about the archive with this UUID, or about releases of it; `data` is the user's data
    folder. Whoever makes releases may read them on the same computer, and what opens one must not open the other."""
    import platformdirs

    data = Path(platformdirs.user_data_dir("tamarisk", appauthor=False)) if data is None else data
    return data / "notebooks" / (f"{archive}-release" if release else archive)


def of_archive(key: ArchiveKey, *, protected: bool, release: bool = False, data: Path | None = None) -> Notebook:
    """Open the notebook about an archive by the archive's key; it is made where there is none.

    `protected` says whether the archive is; a new notebook is just as protected. Raises NotebookLocked where it was
    made under another key of the archive (`by_passphrase` may open it), NotebookDamaged, NewerFormat, environment
    faults. The archive is touched by nothing of it.
    """
    folder = place(key.archive, data, release=release)
    if not folder.exists():
        _make(folder, key, protected)
    with _said_of(folder):
        opened = Notebook(folder, _by_archive(folder, key))
    if release and not opened.protected:
        _remember(opened, key)
    return opened


def knows_release(key: ArchiveKey, data: Path | None = None) -> bool:
    """Whether a release was read on this computer that this very key opens: the key of a release line, which is never
    that of a working archive. Raises nothing; where the notebook does not open, nothing is known."""
    folder = place(key.archive, data, release=True)
    if _sealed_path(folder, key).exists():
        return True
    if not (folder / keys.FOLDER / slots.OPEN_SLOT).exists():
        return False
    try:
        with Notebook(folder, _by_archive(folder, key)) as notebook:
            return key.fingerprint() in _remembered(notebook)
    except (ArchiveError, OSError):
        return False


def by_passphrase(
    archive: str,
    passphrase: str,
    *,
    key: ArchiveKey | None = None,
    release: bool = False,
    data: Path | None = None,
) -> Notebook:
    """Open a notebook by the reader's passphrase; with the archive's `key` at hand that opens it from then on.

    Raises ArchiveMissing, WrongPassphrase, NotebookDamaged, NewerFormat, EnvironmentFault.
    """
    folder = place(archive, data, release=release)
    if not (folder / FILE).is_file():
        raise ArchiveMissing(path=str(folder))
    with _said_of(folder):
        own = unlocking.by_passphrase(folder, passphrase, keys.NOTEBOOK)
        opened = Notebook(folder, own)
    if key is not None and key.archive == archive:
        _seal(folder, own, key)
    return opened


@contextlib.contextmanager
def _said_of(folder: Path) -> Iterator[None]:
    """What is amiss is amiss with the notebook, and is not to be taken for a fault of the archive."""
    try:
        yield
    except WrongPassphrase:
        raise
    except CannotUnlock as error:
        raise NotebookLocked(path=str(folder)) from error
    except (Damaged, ArchiveMissing, NotAnArchive) as error:
        raise NotebookDamaged(path=str(folder), why=str(error.facts.get("why", "a file is missing"))) from error


def _remembered(notebook: Notebook) -> list[str]:
    return list(json.loads(meta.read(notebook.db, LINES, "[]")))


def _remember(notebook: Notebook, key: ArchiveKey) -> None:
    """Note which key of a line opened it; where the notebook is protected, its sealed slots are named by that."""
    known = _remembered(notebook)
    if key.fingerprint() not in known:
        with writing(notebook.db):
            meta.write(notebook.db, LINES, json.dumps(sorted({*known, key.fingerprint()})))


def _make(folder: Path, key: ArchiveKey, protected: bool) -> None:
    own = keys.generate(key.archive, keys.NOTEBOOK)
    with translated(folder):
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with building(folder) as fresh:
            (fresh / keys.FOLDER).mkdir(mode=0o700)
            if protected:
                _seal(fresh, own, key)
            else:
                medium.replace(fresh / keys.FOLDER / slots.OPEN_SLOT, keys.serialise(own))
            db = connect.connect(fresh / FILE, own.secret("notebook"), "create")
            try:
                tables.apply(db)
                meta.write(db, "archive", key.archive)
            finally:
                connect.close(db)
    except OSError:
        if not (folder / FILE).is_file():  # otherwise another program made it at the same moment, and that one counts
            raise


def _by_archive(folder: Path, key: ArchiveKey) -> ArchiveKey:
    """The notebook's own key. An open slot counts first: where one lies, nothing is hidden anyway."""
    opened = folder / keys.FOLDER / slots.OPEN_SLOT
    with translated(opened):
        if opened.exists():
            return keys.parse(folder, opened.read_bytes(), keys.NOTEBOOK)
    return keys.parse(folder, _unsealed(folder, key), keys.NOTEBOOK)


def _seal(folder: Path, own: ArchiveKey, key: ArchiveKey) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(12)
    sealed = ChaCha20Poly1305(_derived(key)).encrypt(nonce, keys.serialise(own), key.archive.encode())
    content = {"version": keys.SLOT_VERSION, "nonce": nonce.hex(), "sealed": sealed.hex()}
    medium.replace(_sealed_path(folder, key), json.dumps(content).encode())


def _unsealed(folder: Path, key: ArchiveKey) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    slot = _sealed_path(folder, key)
    with translated(slot):
        if not slot.is_file():
            raise CannotUnlock(path=str(folder))
        content = slot.read_bytes()
    try:
        data = json.loads(content)
        nonce, sealed = bytes.fromhex(data["nonce"]), bytes.fromhex(data["sealed"])
        return ChaCha20Poly1305(_derived(key)).decrypt(nonce, sealed, key.archive.encode())
    except (ValueError, KeyError, TypeError, InvalidTag) as error:
        raise Damaged(path=str(slot), why="the key slot of the notebook does not open") from error


def _sealed_path(folder: Path, key: ArchiveKey) -> Path:
    return folder / keys.FOLDER / f"{key.fingerprint()}{SEALED_ENDING}"


def _derived(key: ArchiveKey) -> bytes:
    """A key of this one use (HKDF, RFC 5869), so that the archive's own is never used twice."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=key.archive.encode(), info=SEALED_FOR).derive(key.key)
