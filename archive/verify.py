"""Verification: every page of every file, every text and original against its hash, and the custody chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlcipher3 import dbapi2

from archive import custody, migrations, texts
from archive.cases import passages, sources
from archive.container import Archive
from archive.errors import ArchiveError, Cancelled


@dataclass(frozen=True, slots=True)
class Step:
    """Progress of long work: what is being done (`copy`, `pages`, `custody`, `texts`, `sources`, `originals`), where,
    how far."""

    work: str
    where: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not verify: a code, the file or record, and the finding in the library's words."""

    code: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a verification looked at, and the faults it found."""

    documents: int
    texts: int
    originals: int
    custody: int
    sources: int
    faults: tuple[Fault, ...]


def check(
    archive: Archive,
    progress: Callable[[Step], None] = lambda step: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Findings:
    """Verify an open archive in full; takes as long as reading all its bytes.

    Pages are checked against their HMAC (SQLCipher's own check), tables for consistency, texts and originals against
    their SHA-256, custody against its chain. Raises Cancelled only: every fault becomes a finding.
    """
    checker = _Check(archive, progress, cancelled)
    faults = list(checker.faults())
    return Findings(
        checker.documents, checker.texts, checker.originals, checker.custody, checker.sources, tuple(faults)
    )


class _Check:
    """One verification under way."""

    def __init__(self, archive: Archive, progress: Callable[[Step], None], cancelled: Callable[[], bool]) -> None:
        self._archive, self._db = archive, archive.db
        self._progress, self._cancelled = progress, cancelled
        self.documents = self.texts = self.originals = self.custody = self.sources = 0

    def faults(self) -> Iterator[Fault]:
        volumes = self._archive.originals.volumes()
        for number in (0, *volumes):
            name = f"originals-{number:04d}.db" if number else "archive.db"
            self._step("pages", name, number, len(volumes) + 1)
            yield from self._guarded(name, partial(self._pages, name, number))
        for part in (self._structure, self._custody, self._texts, self._sources, self._originals):
            yield from self._guarded("archive.db", part)

    def _guarded(self, where: str, part: Callable[[], Iterator[Fault]]) -> Iterator[Fault]:
        """The faults of one part; where it breaks off, that is a fault too and the other parts go on."""
        try:
            yield from part()
        except Cancelled:
            raise
        except (ArchiveError, dbapi2.Error, ValueError, TypeError) as error:
            yield Fault("damaged", where, str(error))

    def _step(self, work: str, where: str, done: int, total: int) -> None:
        if self._cancelled():
            raise Cancelled()
        self._progress(Step(work, where, done, total))

    def _pages(self, name: str, volume: int) -> Iterator[Fault]:
        db = self._archive.originals.database(volume) if volume else self._db
        for (finding,) in db.conn.execute("PRAGMA cipher_integrity_check"):
            yield Fault("page", name, str(finding))
        for (finding,) in db.conn.execute("PRAGMA quick_check(20)"):
            if finding != "ok":
                yield Fault("table", name, str(finding))

    def _structure(self) -> Iterator[Fault]:
        for table, row, parent, _ in self._db.conn.execute("PRAGMA foreign_key_check"):
            yield Fault("reference", "archive.db", f"{table} row {row} names a missing row of {parent}")
        if self._archive.mode == "write":
            for name in set(migrations.TRIGGERS) - {trigger.name for trigger in self._db.triggers}:
                yield Fault("trigger", "archive.db", name)
        self.documents = self._db.table("document").count
        lost = self._db.conn.execute(
            "SELECT d.uuid FROM document AS d LEFT JOIN original AS o ON o.sha256 = d.sha256 WHERE o.sha256 IS NULL"
            " AND d.uuid NOT IN (SELECT document FROM stripped)"  # a withdrawal took it
        )
        # a release leaves originals out on purpose; what it must hold is in its signed content root
        for (identity,) in () if self._archive.is_release else lost.fetchall():
            yield Fault("original-absent", identity, "no original has the document's hash")

    def _custody(self) -> Iterator[Fault]:
        self.custody = self._db.table("custody").count
        self._step("custody", "archive.db", 0, self.custody)
        for seq in custody.breaks(self._db):
            yield Fault("custody", f"entry {seq}", "the chain of custody does not verify")

    def _texts(self) -> Iterator[Fault]:
        versions = self._db.conn.execute(
            "SELECT t.document, t.version, t.sha256, d.uuid FROM text_version AS t LEFT JOIN document AS d"
            " ON d.row = t.document"
        )
        total = self._db.table("text_version").count
        for row, version, sha256, identity in versions:
            if self.texts % 100 == 0:
                self._step("texts", identity, self.texts, total)
            self.texts += 1
            try:
                matches = texts.sha256(texts.rows(self._db, row, version)) == sha256
            except (dbapi2.Error, ValueError, texts.CompressionError):
                matches = False
            if not matches:
                yield Fault("text", identity, f"text version {version} does not have its hash")

    def _sources(self) -> Iterator[Fault]:
        """Every passage must stand where it was quoted from, facts and sources be as recorded, no fact be without."""
        total = self._db.table("source").count
        unsourced = self._db.conn.execute(
            "SELECT f.uuid FROM fact AS f WHERE f.state = 'current'"
            " AND NOT EXISTS (SELECT 1 FROM source AS o WHERE o.fact = f.row AND o.state = 'current')"
        )
        for (identity,) in unsourced.fetchall():
            yield Fault("unsourced", identity, "a fact without a source")
        for identity, recorded in sources.recorded_facts(self._db):
            if not recorded:
                yield Fault("fact-altered", identity, "a fact is not as the custody log recorded it")
        for source, recorded in sources.everything(self._db):
            if self.sources % 1000 == 0:
                self._step("sources", source.fact, self.sources, total)
            self.sources += 1
            if not passages.matches(self._db, source):
                yield Fault("passage", source.fact, f"its passage no longer stands in document {source.document}")
            if not recorded:
                yield Fault("source", source.fact, "a source is not as the custody log recorded it")

    def _originals(self) -> Iterator[Fault]:
        total = self._db.table("original").count
        for (sha256,) in self._db.conn.execute("SELECT sha256 FROM original ORDER BY first_volume").fetchall():
            self._step("originals", sha256[:12], self.originals, total)
            self.originals += 1
            try:
                for _ in self._archive.originals.read(sha256):
                    if self._cancelled():
                        raise Cancelled()
            except Cancelled:
                raise
            except (ArchiveError, dbapi2.Error) as error:
                yield Fault("original", sha256[:12], str(error))
