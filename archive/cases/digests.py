"""Digests of subjects for whoever derives from the archive: their words, values and dates, many at once.

An event is part of the digest of what it belongs to. A fact that no source asserts gives words, but no value.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from archive.cases import fields, labels, subjects
from archive.cases.fields import Type
from archive.cases.records import Kind, Subject
from archive.cases.tables import ASSERTED
from archive.connect import Database
from archive.dates import FIRST_DAY, LAST_DAY, span
from archive.records import Confidentiality

DATED = ("date", "ended", "started", "period", "born", "died")
NAMES = ("name", "official-name")
NAMED = (Kind.PERSON, Kind.ORGANISATION, Kind.PROGRAMME)
"""Kinds of subject that may be called otherwise elsewhere."""
_Told = tuple[str, str, str, bool, bool]
"""Field, value, as-of date, whether a source asserts it, and whether it is confidential."""
HIDDEN = f"f.confidentiality = '{Confidentiality.CONFIDENTIAL}'"
# CROSS JOIN keeps the records wanted in the outer loop
OWNED = (
    f"SELECT f.subject, f.field, f.value, f.as_of, {ASSERTED}, {HIDDEN} FROM json_each(?) AS wanted"
    " CROSS JOIN fact AS f ON f.subject = wanted.value WHERE f.state = 'current' ORDER BY f.row",
    f"SELECT e.parent, f.field, f.value, f.as_of, {ASSERTED}, {HIDDEN} FROM json_each(?) AS wanted"
    " CROSS JOIN subject AS e ON e.parent = wanted.value CROSS JOIN fact AS f ON f.subject = e.row"
    " WHERE f.state = 'current' ORDER BY f.row",
)
ROLES = ("host", "origin", "transit", "lure", "resettlement")
"""The parts that countries and territories play."""


@dataclass(slots=True)
class Digest:
    """What a subject is found by. `text` holds its words, terms by all their labels; `shown` is what of it a reader is
    shown, terms by their preferred labels alone. `values` holds its codes by field (broader terms included, the labels
    of subjects it names in place of their ids), `countries` those of every field that holds some. `names` is how its
    sources call somebody or something that acts, each with whether that is not confidential; `labels` are pairs of all
    labels of a term and the one that is shown.

    `earliest` and `latest` are ISO days, empty without a date; `outcome` is the code of the latest outcome.
    """

    subject: Subject
    title: str
    text: str = ""
    shown: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    earliest: str = ""
    latest: str = ""
    outcome: str = ""
    names: tuple[tuple[str, bool], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


def everything(db: Database, after: int, limit: int) -> list[int]:
    """The row numbers of up to `limit` subjects that have a digest of their own, after row `after`."""
    found = db.conn.execute(
        "SELECT row FROM subject WHERE row > ? AND kind != 'event' AND merged IS NULL ORDER BY row LIMIT ?",
        (after, limit),
    )
    return [row for (row,) in found]


def count(db: Database) -> int:
    """How many subjects have a digest of their own."""
    return int(db.conn.execute("SELECT count(*) FROM subject WHERE kind != 'event' AND merged IS NULL").fetchone()[0])


def rows(db: Database, identities: Sequence[str]) -> list[int]:
    """The row numbers of those of these subjects that have a digest of their own."""
    found = db.conn.execute(
        "SELECT s.row FROM json_each(?) AS wanted CROSS JOIN subject AS s ON s.uuid = wanted.value"
        " WHERE s.kind != 'event' AND s.merged IS NULL",
        (json.dumps(list(identities)),),
    )
    return [row for (row,) in found]


def naming(db: Database, identities: Sequence[str]) -> list[str]:
    """The UUIDs of the subjects whose digest holds the name of one of these: their facts, or their events', name it."""
    found = db.conn.execute(
        "SELECT DISTINCT coalesce(p.uuid, s.uuid) FROM json_each(?) AS wanted"
        " CROSS JOIN fact AS f ON f.value = wanted.value AND f.state = 'current'"
        " JOIN subject AS s ON s.row = f.subject LEFT JOIN subject AS p ON p.row = s.parent",
        (json.dumps(list(identities)),),
    )
    return [identity for (identity,) in found]


def told(db: Database, code: str) -> list[tuple[str, str]]:
    """What current facts that a source asserts say in one field: pairs of the UUID of the subject whose digest they
    are part of and the value."""
    found = db.conn.execute(
        "SELECT coalesce(p.uuid, s.uuid), f.value FROM fact AS f CROSS JOIN subject AS s ON s.row = f.subject"
        f" LEFT JOIN subject AS p ON p.row = s.parent WHERE f.field = ? AND f.state = 'current' AND {ASSERTED}",
        (code,),
    )
    return list(found)


def identities(db: Database, numbers: Sequence[int]) -> set[str]:
    """The UUIDs of the subjects in these rows."""
    found = db.conn.execute(
        "SELECT uuid FROM subject WHERE row IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)
    )
    return {identity for (identity,) in found}


def digests(db: Database, numbers: Sequence[int]) -> Iterator[Digest]:
    """The digests of the subjects in these rows, in order; those that are gone are left out."""
    wanted = json.dumps(list(numbers))
    found = db.conn.execute(
        f"SELECT {subjects.COLUMNS} WHERE s.row IN (SELECT value FROM json_each(?)) AND s.merged IS NULL", (wanted,)
    ).fetchall()
    about = {subject.row: subject for subject in subjects.from_rows(found)}
    told: dict[int, list[_Told]] = defaultdict(list)
    for owned in OWNED:
        for owner, code, value, as_of, asserted, hidden in db.conn.execute(owned, (wanted,)):
            told[owner].append((code, value, as_of, bool(asserted), bool(hidden)))
    lookup = _Lookup(db)
    for number in numbers:
        if number in about:
            yield _digest(about[number], told[number], lookup)


class _Lookup:
    """What codes and ids read as, asked once each."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.label = lru_cache(maxsize=65_536)(self._label)
        self.names = lru_cache(maxsize=65_536)(self._names)
        self.words = lru_cache(maxsize=4096)(self._words)
        self.term = lru_cache(maxsize=4096)(partial(labels.of_term, db, language="en"))
        self.broader = lru_cache(maxsize=4096)(self._broader)

    def _label(self, identity: str) -> str:
        row = self._db.conn.execute("SELECT label FROM subject WHERE uuid = ?", (identity,)).fetchone()
        return row[0] if row else ""

    def _names(self, identity: str) -> str:
        """Every name of a subject: whoever looks for one of them finds what names the subject."""
        found = self._db.conn.execute(
            "SELECT f.value FROM subject AS s CROSS JOIN fact AS f ON f.subject = s.row WHERE s.uuid = ?"
            " AND f.field IN ('name', 'official-name', 'title') AND f.state = 'current' ORDER BY f.row",
            (identity,),
        )
        return "; ".join(value for (value,) in found)

    def _words(self, vocabulary: str, code: str) -> str:
        """The labels of a term in every language."""
        found = self._db.conn.execute(
            "SELECT DISTINCT text FROM term_label WHERE vocabulary = ? AND code = ? AND role != 'definition'",
            (vocabulary, code),
        )
        return "; ".join(text for (text,) in found)

    def _broader(self, vocabulary: str, code: str) -> tuple[str, ...]:
        """The term, what it was merged into, and every broader term."""
        found = self._db.conn.execute(
            "WITH RECURSIVE above (code) AS (SELECT ?2 UNION SELECT v.value FROM above CROSS JOIN term AS t"
            " ON t.vocabulary = ?1 AND t.code = above.code"
            " CROSS JOIN json_each(json_array(t.broader, t.replaced_by)) AS v"
            " WHERE v.value != '') SELECT code FROM above",
            (vocabulary, code),
        )
        return tuple(row[0] for row in found)


def _digest(subject: Subject, told: Sequence[_Told], lookup: _Lookup) -> Digest:
    words: dict[str, str] = {subject.code: subject.code} if subject.code else {}
    values: dict[str, dict[str, None]] = defaultdict(dict)
    countries: dict[str, None] = {}
    days: list[tuple[str, str]] = []
    outcomes: list[tuple[str, str]] = []
    names: dict[str, bool] = {}
    secret = subject.confidentiality is Confidentiality.CONFIDENTIAL
    labels_of: dict[str, str] = {}
    for code, value, as_of, asserted, hidden in told:
        about = fields.field(code)
        match about.type:
            case Type.TERM:
                every, preferred = lookup.words(about.vocabulary, value), lookup.term(about.vocabulary, value)
                words[every] = labels_of[every] = preferred
                kept = lookup.broader(about.vocabulary, value)
            case Type.SUBJECT:
                words[lookup.names(value)] = lookup.names(value)
                kept = (lookup.label(value),)
            case Type.COUNTRY | Type.CHOICE | Type.QUANTITY | Type.DURATION:
                kept = (value,)
            case Type.TEXT | Type.NAME:
                words[value] = value
                kept = ()
            case _:
                kept = ()
        if not asserted:
            continue
        values[code].update(dict.fromkeys(kept))
        if code in NAMES and subject.kind in NAMED:
            names[value] = names.get(value, False) or not (secret or hidden)
        if about.type is Type.COUNTRY:
            countries[value] = None
        if code in DATED:
            days.append(span(value))
        if code == "outcome":
            days += [span(as_of)] if as_of else []
            outcomes.append((value, as_of))
    earliest, latest = extent(days)
    return Digest(
        subject,
        subject.label,
        _joined(words, subject.label),
        _joined(words.values(), subject.label),
        {code: tuple(kept) for code, kept in values.items() if kept},
        tuple(countries),
        earliest,
        latest,
        latest_outcome(outcomes)[0],
        tuple(names.items()),
        tuple(labels_of.items()),
    )


def extent(days: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The first and last ISO day of stretches of days, open ends left out; empty where there is none."""
    first, last = zip(*days, strict=True) if (days := [*days]) else ((), ())
    begun = [day for day in first if day not in ("", FIRST_DAY)]
    ended = [day for day in last if day not in ("", LAST_DAY)]
    return min(begun, default=""), max(ended, default=max(begun, default=""))


def latest_outcome(outcomes: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The code and as-of date of the latest of several outcomes; of those as late as it, that recorded last."""
    _, _, latest = max(((span(one[1])[1], at, one) for at, one in enumerate(outcomes)), default=("", 0, ("", "")))
    return latest


def _joined(words: Iterable[str], label: str) -> str:
    return "; ".join(one for one in dict.fromkeys(words) if one and one != label)
