"""What `selftest` finds out about a release that came with the program: its signature, that it opens, that it finds."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from archive import documents, slots, texts, unlocking
from archive.container import Archive
from archive.errors import ArchiveError
from archive.signing.receipt import Receipt, State, receipt
from desktop import messages, trusting
from desktop.cli.finding import Finding
from desktop.release import words
from desktop.translate import number, tr
from index.answers import Query
from index.sync import Index

SCRIPTS = {
    "Latin": r"(?<!\w)[A-Za-z]{5,}(?!\w)",
    "Han": r"[\u4e00-\u9fff]{2,4}",
    "Arabic": r"(?<!\w)[\u0620-\u064a\u066e-\u06d3]{4,}(?!\w)",
    "Cyrillic": r"(?<!\w)[\u0400-\u04ff]{4,}(?!\w)",
    "Tibetan": r"[\u0f40-\u0fbc]+\u0f0b[\u0f40-\u0fbc]+",
}
"""A word of each script, as a pattern that occurs in running text."""


def findings(release: Path, passphrase: str | None = None) -> Iterator[Finding]:
    """Every check of one release in turn. Its index is made in a temporary folder, and nothing of it stays.

    Without what opens a protected one its signature alone is checked, which is said. Raises what reading may raise
    beyond the expected.
    """
    found = receipt(release, trusting.shipped(), full=True)
    yield Finding(tr("signature"), found.state in (State.VALID, State.UNKNOWN_KEY), _signature(release, found))
    folder = trusting.inside(release)
    if found.refused:
        return
    if slots.is_protected(folder) and passphrase is None:
        detail = tr("{name} is protected and was not opened: give --passphrase-file", name=release.name)
        yield Finding(tr("bundled release"), True, detail)
        return
    try:
        with Archive(release, unlocking.unlock(folder, passphrase), write=False) as archive:
            documents_held = number(documents.count(archive.db))
            yield Finding(
                tr("bundled release"), True, tr("{name} opens: {n} documents", name=release.name, n=documents_held)
            )
            with tempfile.TemporaryDirectory(prefix="tamarisk-selftest-") as own:
                yield from _searches(archive, Path(own))
    except ArchiveError as error:
        yield Finding(tr("bundled release"), False, messages.sentence(error))


def _signature(release: Path, found: Receipt) -> str:
    parts = [f"{release.name}: {words.state(found.state)}"]
    if found.key is not None:
        parts.append(found.key.fingerprint())
    parts += [f"{fault.path}: {words.fault(fault.fault)}" for fault in found.findings]
    return "; ".join(parts)


def _searches(archive: Archive, own: Path) -> Iterator[Finding]:
    """For each script, whether a word that a document holds finds this document; a script may be in none."""
    index = Index(archive, own=own)
    try:
        index.update()
        searcher = index.searcher()
        asked = _words(archive)
        for script in SCRIPTS:
            if script not in asked:
                yield Finding(tr("search"), True, tr("{script}: in no text of this release", script=script))
                continue
            word, identity = asked[script]
            total = searcher.totals(Query(f'"{word}"')).total
            at = searcher.explain(Query(f'"{word}"'), identity)
            yield Finding(tr("search"), total > 0 and at is not None, f"{script}: {word}, {number(total)}")
    finally:
        index.close()


def _words(archive: Archive) -> dict[str, tuple[str, str]]:
    """For each script that occurs, a word and the document it stands in."""
    found: dict[str, tuple[str, str]] = {}
    for identity in documents.identities(archive.db):
        if len(found) == len(SCRIPTS):
            break
        document = documents.get(archive.db, identity)
        for row in texts.rows(archive.db, document.row, document.text_version):
            for script, pattern in SCRIPTS.items():
                if script not in found and (at := re.search(pattern, row.text)):
                    found[script] = (at[0], identity)
    return found
