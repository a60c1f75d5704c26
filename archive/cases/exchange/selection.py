"""What leaves the archive: which records are confidential, and stay unless a person chooses otherwise."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Set

from archive.connect import Database

MASKED = re.compile(r"[某×*○〇]")
"""What stands in a name for what is left out: 王某 tells of nobody, and is in the passages of many."""
ACCENTS = re.compile("[\u0300-\u036f]")
BEGINNING = 4
"""Letters by which names are looked up: thousands of them in hundreds of thousands of passages."""
NAMING = ("name", "official-name")


class Secrets:
    """Names that must not leave the archive, found in any case, with accents or without, however their words are
    spaced and their letters put together."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = {}
        for name in {plain(name) for name in names if not MASKED.search(name)}:
            if len(name) > 1:
                self._names.setdefault(name[:BEGINNING], []).append(name)
        self._lengths = sorted({len(beginning) for beginning in self._names})

    def named_in(self, *texts: str | None) -> bool:
        """Whether one of these texts holds such a name from the beginning of a word on."""
        return bool(self._names) and any(map(self._holds, map(plain, filter(None, texts))))

    def _holds(self, text: str) -> bool:
        for at in range(len(text) - 1):
            for length in self._lengths:
                for name in self._names.get(text[at : at + length], ()):
                    inside = at and name[0].isascii() and text[at - 1].isascii() and text[at - 1].isalnum()
                    if text.startswith(name, at) and not inside:
                        return True
        return False


def confidential(db: Database) -> frozenset[str]:
    """The UUIDs of the subjects, documents, facts and sources that are confidential: by themselves, through the subject
    they belong to, tell of or name, because of a confidential name in any of their words (see `secrets`), or because
    all that says so stands in confidential documents or in sources with such a name.

    A document with such a name in what it is called by is left out like a confidential one.
    """
    hidden = _subjects(db)
    names = secrets(db, hidden)
    for identity, confidentiality, *words in db.conn.execute(
        "SELECT uuid, confidentiality, title, authors, publisher, source_url FROM document"
    ):
        if confidentiality == "confidential" or names.named_in(*words):
            hidden.add(identity)
    open_sources: set[str] = set()
    for source, fact, document, chain, *words in db.conn.execute(
        "SELECT o.uuid, f.uuid, d.uuid, o.chain, o.quote, o.date_words, o.hedge, o.note FROM source AS o"
        " JOIN fact AS f ON f.row = o.fact JOIN document AS d ON d.row = o.document"
    ).fetchall():
        if document in hidden or names.named_in(*words, *(step[1] for step in json.loads(chain))):
            hidden.add(source)
        else:
            open_sources.add(fact)
    for identity, subject, value, confidentiality, *words in db.conn.execute(
        "SELECT f.uuid, s.uuid, f.value, f.confidentiality, f.state_reason, f.assessment_reason FROM fact AS f"
        " JOIN subject AS s ON s.row = f.subject"
    ).fetchall():
        told = confidentiality == "confidential" or hidden & {subject, value} or identity not in open_sources
        if told or names.named_in(value, *words):
            hidden.add(identity)
    return frozenset(hidden)


def secrets(db: Database, hidden: Set[str]) -> Secrets:
    """The names of persons and organisations that are confidential, and those that stand in confidential facts."""
    rows = db.conn.execute(
        "SELECT f.value, s.uuid, f.confidentiality = 'confidential' FROM fact AS f JOIN subject AS s"
        " ON s.row = f.subject AND s.kind IN ('person', 'organisation') WHERE f.field IN (?, ?)",
        NAMING,
    )
    return Secrets(value for value, subject, protected in rows if protected or subject in hidden)


def withheld(db: Database) -> int:
    """How many facts that stand stay in the archive because they are confidential."""
    hidden = confidential(db)
    return sum(row[0] in hidden for row in db.conn.execute("SELECT uuid FROM fact WHERE state = 'current'"))


def holding(db: Database) -> frozenset[str]:
    """The UUIDs of the cases that are confidential or hold something that is (see `confidential`): a fact of theirs or
    of their events, or a name in what they are called by. A list of all other cases tells nothing confidential."""
    hidden = confidential(db)
    held = {
        case
        for case, fact in db.conn.execute(
            "SELECT c.uuid, f.uuid FROM fact AS f JOIN subject AS s ON s.row = f.subject"
            " JOIN subject AS c ON c.row = coalesce(s.parent, s.row) WHERE c.kind = 'case' AND f.state = 'current'"
        )
        if fact in hidden
    }
    names = secrets(db, hidden)
    for case, label in db.conn.execute("SELECT uuid, label FROM subject WHERE kind = 'case' AND merged IS NULL"):
        if case in hidden or names.named_in(label):
            held.add(case)
    return frozenset(held)


def _subjects(db: Database) -> set[str]:
    rows = db.conn.execute(
        "WITH RECURSIVE hidden (row, uuid) AS (SELECT row, uuid FROM subject WHERE confidentiality = 'confidential'"
        " UNION SELECT s.row, s.uuid FROM subject AS s JOIN hidden ON hidden.row IN (s.parent, s.merged))"
        " SELECT uuid FROM hidden"
    )
    return {identity for (identity,) in rows}


def plain(text: str) -> str:
    """A text as names are looked for in it: small letters without accents, one space between words."""
    folded = text if text.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(folded.split()).casefold()
