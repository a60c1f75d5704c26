"""Ten thousand made-up cases with twenty facts each, out of the shipped vocabularies; and how fast they are shown."""

from __future__ import annotations

import random
import secrets
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from archive import container, meta, unlocking
from archive.cases import fields, subjects, values
from archive.cases.records import Kind
from archive.connect import Database, writing
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Metadata, Name
from index.answers import FACETS, Filter, Query
from tests.benchmarks import corpora, engines
from tests.benchmarks.engines import Clock, Measures

CASES, FACTS = 10_000, 20
DOCUMENTS = 200
VERSION = "1"
"""Changes when the cases do: the archive of them is kept."""
GROUPS, DISPUTED, AGAIN = 0.05, 0.05, 0.2
"""Shares: cases of groups; dates that a second source gives otherwise; facts with a second source."""
SYLLABLES = ("an", "bel", "cor", "dun", "el", "far", "gim", "hol", "is", "jun", "kel", "lor", "min", "nor", "os")
HAN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
PLACES = ("Northport", "Southbridge", "Eastfield", "Westmoor", "Hillcross", "Lakeside", "Rivermouth", "Stonegate")
COUNTRIES = (
    "TH", "LA", "KH", "MM", "VN", "MY", "SG", "ID", "PH", "NP", "IN", "KZ", "KG", "TJ", "TR", "AE", "SA", "EG", "MA",
    "KE", "ZA", "GB", "FR", "DE", "SE", "CZ", "RS", "US", "CA", "AU", "NZ", "FJ", "VU", "HK", "MO", "TW", "JP", "KR",
)  # fmt: skip
TEXT = "A made-up note for measuring. Nothing in it is about anybody. " * 20


class Maker:
    """Writes rows as `archive.cases.facts` does, many at once: the custody log alone does not tell of them."""

    def __init__(self, db: Database, documents: list[tuple[int, str]]) -> None:
        self._db, self._documents = db, documents
        self._draw = random.Random(20_26)
        self._at = meta.now()
        self.terms: dict[str, list[str]] = {}
        for vocabulary in ("outcome", "event-type", "method"):
            found = db.conn.execute("SELECT code FROM term WHERE vocabulary = ? ORDER BY code", (vocabulary,))
            self.terms[vocabulary] = [code for (code,) in found]
        self._checked: set[tuple[str, str]] = set()
        self._subjects: list[tuple[object, ...]] = []
        self._facts: list[tuple[object, ...]] = []
        self._sources: list[tuple[object, ...]] = []
        self._next = int(db.conn.execute("SELECT coalesce(max(row), 0) + 1 FROM subject").fetchone()[0])
        self._fact = int(db.conn.execute("SELECT coalesce(max(row), 0) + 1 FROM fact").fetchone()[0])
        self.made = 0

    def subject(self, kind: Kind, label: str, parent: int | None = None) -> tuple[int, str]:
        """A new subject: row and UUID."""
        row, identity = self._next, str(uuid.UUID(int=self._draw.getrandbits(128), version=4))
        self._next += 1
        code = "C-" + "".join(self._draw.choices(subjects.CODE_LETTERS, k=7)) if kind is Kind.CASE else ""
        self._subjects.append((row, identity, str(kind), code, parent, label, "restricted", self._at, "bench"))
        return row, identity

    def fact(self, subject: int, field: str, value: str, as_of: str = "") -> None:
        """A fact with its source; sometimes two."""
        if (field, value) not in self._checked and fields.field(field).type is not fields.Type.SUBJECT:
            assert values.canonical(self._db, fields.field(field), value) == value, (field, value)
            self._checked.add((field, value))
        row, identity = self._fact, str(uuid.UUID(int=self._draw.getrandbits(128), version=4))
        self._fact += 1
        self.made += 1
        self._facts.append(
            (
                *(row, identity, subject, field, value, as_of, "current", "", "", "not assessed", "", "restricted"),
                *(self._at, "bench", secrets.token_bytes(16)),
            )
        )
        documents = self._draw.sample(self._documents, 2 if self._draw.random() < AGAIN else 1)
        for document, _ in documents:
            start = self._draw.randrange(0, 800)
            quote = TEXT[start : start + 40]
            identity = str(uuid.UUID(int=self._draw.getrandbits(128), version=4))
            self._sources.append(
                (
                    *(identity, row, document, 1, start, start + 40, 0, quote, TEXT[max(0, start - 30) : start]),
                    *(TEXT[start + 40 : start + 70], "en", "[]", "states", "", "", "", "current", self._at, "bench"),
                    secrets.token_bytes(16),
                )
            )

    def flush(self) -> None:
        """Write what was made; part of the caller's transaction."""
        for table, columns, rows in (
            ("subject", "row, uuid, kind, code, parent, label, confidentiality, created, who", self._subjects),
            (
                "fact",
                "row, uuid, subject, field, value, as_of, state, state_reason, replaced_by, assessment,"
                " assessment_reason, confidentiality, created, who, salt",
                self._facts,
            ),
            (
                "source",
                "uuid, fact, document, version, start, end, page, quote, before, after, language, chain, stance,"
                " date_words, hedge, note, state, created, who, salt",
                self._sources,
            ),
        ):
            marks = ",".join("?" * (columns.count(",") + 1))
            self._db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            rows.clear()

    def case(self, name: str, programme: str) -> None:
        """A case of FACTS facts: a person or group, an outcome or two, and events until there are enough."""
        draw, start = self._draw, self.made
        group = draw.random() < GROUPS
        host, origin = draw.choice(COUNTRIES), draw.choice(("CN", "CN", "CN", "VN", "RU", "TR", "IR"))
        year = draw.randint(1990, 2023)
        case, _ = self.subject(Kind.CASE, name)
        if group:
            self.fact(case, "unit", "a group")
            self.fact(case, "name", name)
        else:
            person, identity = self.subject(Kind.PERSON, name)
            self.fact(person, "name", name)
            self.fact(case, "unit", "one named person")
            self.fact(case, "person-concerned", identity)
        for step in range(draw.randint(0, 2)):
            self.fact(case, "outcome", draw.choice(self.terms["outcome"]), str(year + step + 1))
        if draw.random() < 0.4:
            self.fact(case, "programme", programme)
        while self.made - start < FACTS:
            event, _ = self.subject(Kind.EVENT, "Event", case)
            self.fact(event, "event-type", draw.choice(self.terms["event-type"]))
            when = f"{year + draw.randint(0, 2)}-{draw.randint(1, 12):02d}"
            self.fact(event, "date", when)
            if draw.random() < DISPUTED:
                self.fact(event, "date", f"{year + 3}")
            for field, value in (
                ("host", host), ("origin", origin), ("place", draw.choice(PLACES)),
                ("method", draw.choice(self.terms["method"])),
            ):  # fmt: skip
                if self.made - start < FACTS:
                    self.fact(event, field, value)


def archive(share: float) -> tuple[Path, ArchiveKey]:
    """An archive of the cases, made once and kept."""
    path = corpora.BUILD / f"cases-{VERSION}-{share:g}.tamarisk"
    done = path.with_suffix(".done")
    if done.exists():
        return path, unlocking.unlock(path)
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    key = container.create(path)
    with Archive(path, key, write=True) as opened:
        fill(opened, round(CASES * share))
    done.touch()
    return path, key


def fill(opened: Archive, number: int) -> None:
    """Put so many cases into an archive."""
    with writing(opened.db):
        documents = [_document(opened, at) for at in range(DOCUMENTS)]
        maker = Maker(opened.db, documents)
        programmes = []
        for name in ("Programme A", "Programme B", "Programme C"):
            row, identity = maker.subject(Kind.PROGRAMME, name)
            maker.fact(row, "name", name)
            programmes.append(identity)
        for at, name in zip(range(number), names(), strict=False):
            maker.case(name, programmes[at % len(programmes)])
            if at % 1_000 == 999:
                maker.flush()
        maker.flush()


def names() -> Iterator[str]:
    """Names of nobody: syllables put together, every fifth in Han."""
    family = [first.capitalize() + second for first, second in product(SYLLABLES, SYLLABLES)]
    han = ("".join(signs) for signs in product(HAN, HAN, HAN))
    for at, (first, second) in enumerate(product(family, family)):
        yield next(han) if at % 5 == 4 else f"{first} {second}"


def _document(opened: Archive, number: int) -> tuple[int, str]:
    from archive import documents

    added = documents.add(
        opened.db,
        Reading("text/plain", Metadata(title=f"Note {number}"), (Page(0, TEXT),), extractor="benchmark"),
        sha256=f"{number:064x}",
        size=len(TEXT),
        name=Name(f"{number}.txt", None, "2024-01-01T00:00:00Z"),
        confidentiality=Confidentiality.PUBLIC,
        who="bench",
    )
    return added.row, added.id


def measured(share: float, number: int) -> Measures:
    """Indexing the cases, then the table, the map with the timeline, and the filters, over questions never the same."""
    from index.sync import Index

    path, key = archive(share)
    for left in path.glob("index*"):
        left.unlink()
    spent: dict[str, list[float]] = {}
    with Archive(path, key, write=True) as opened:
        index, clock = Index(opened), Clock()
        with clock.running():
            index.update()
        searcher = index.searcher()

        def ask(name: str, work: Callable[[], object]) -> None:
            started = time.process_time()
            work()
            spent.setdefault(name, []).append((time.process_time() - started) * 1000)

        first = time.process_time()
        searcher.overview(Query("", (Filter("kind", "case"),)))
        cold = (time.process_time() - first) * 1000
        for text in ("", "甲乙", "Northport Southbridge"):  # what is read once: lists of names, words and signs
            searcher.cases(Query(text), "countries")
        for question in _questions(number):
            ask("cases, first page of the table", lambda q=question: searcher.cases(q, "last", descending=True))  # type: ignore[misc]
            ask("cases, map and timeline", lambda q=question: searcher.overview(q))  # type: ignore[misc]
            ask("cases, sorted by countries", lambda q=question: searcher.cases(q, "countries"))  # type: ignore[misc]
            ask("cases, count and all filters", lambda q=question: searcher.totals(q, FACETS))  # type: ignore[misc]
        index.close()
    return {
        "cases": round(CASES * share),
        "cases, indexing, CPU seconds": round(clock.seconds, 1),
        "cases, first look of all": round(cold, 1),
        **{name: engines.spread(milliseconds) for name, milliseconds in spent.items()},
    }


def _questions(number: int) -> Iterator[Query]:
    draw = random.Random(7)
    for at in range(max(20, number)):
        filters = [Filter("kind", "case")]
        if at % 2:
            filters.append(Filter("host", draw.choice(COUNTRIES)))
        if at % 3 == 1:
            filters.append(Filter("year", str(draw.randint(1992, 2022))))
        text = draw.choice((f"{draw.choice(PLACES)} {draw.choice(PLACES)}", draw.choice(HAN) + draw.choice(HAN), ""))
        yield Query(text or f"-{draw.choice(PLACES)}{at}", tuple(filters), limit=100)
