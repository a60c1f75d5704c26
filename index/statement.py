"""A search statement: the whole record of one search, for a file in which it must be told what was looked for.

What is not found is part of it: the gaps say what could not be searched, and it ends with CLOSING.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from archive import bulk, feed, layout, meta
from archive.container import Archive
from archive.errors import Cancelled, Moving
from archive.records import Confidentiality
from index.answers import PLACE_NAME, Filter, Hit, Query, Widened
from index.coverage import Gap
from index.sync import Index

CLOSING = "Absence is not a finding."
BANNER = "A hit is a text match, not an identification."
OPEN = Filter("confidentiality", str(Confidentiality.CONFIDENTIAL), exclude=True)
"""Leaves out what is confidential, unless it is to be taken in."""
PAGE = 500
"""Hits fetched at once."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """Where and by what a statement was made: the archive's `name`, id (UUID), `generation` and the `position` in its
    change feed up to which the index knew it, with so many `records`; the `program`'s version and the `analyser`'s;
    the time `at` (ISO, UTC) and who signs it off, which may be empty. Of a release also its `line`, its number
    (`release`, 0 in a working archive) and the `content_root` that it says it has."""

    name: str
    archive: str
    generation: str
    position: int
    records: int
    program: str
    analyser: str
    at: str
    signed_by: str
    line: str = ""
    release: int = 0
    content_root: str = ""


@dataclass(frozen=True, slots=True)
class Widening:
    """Other words that were searched for, and the code of the way that leads to them; the words may not be known. Of
    names of a place `about` is its key."""

    way: str
    words: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit: a record's UUID and kind, the SHA-256 of a document, title, date (EDTF), the page of its best passage (0
    without pages), and the codes of the ways by which it was found, those of other forms with the form that stands
    there behind a colon (`name:Anna Yang`); none for a plain match."""

    id: str
    kind: str
    sha256: str
    title: str
    date: str
    page: int
    matched_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One search and all that came of it. `query` is as it was asked, without a page of its own; `confidential` says
    whether such records were searched. `total` is the exact count, `hits` are all records listed, in order;
    `documents` were in reach of the filters, `gaps` and `waiting` are as in `index.coverage.Coverage`."""

    made: Made
    query: Query
    confidential: bool
    interpretation: str
    relaxed: bool
    notes: tuple[str, ...]
    widenings: tuple[Widening, ...]
    total: int
    documents: int
    gaps: tuple[Gap, ...]
    waiting: int
    hits: tuple[Found, ...]


def make(
    archive: Archive,
    index: Index,
    query: Query,
    *,
    name: str,
    program: str,
    signed_by: str = "",
    confidential: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = bool,
) -> Statement:
    """Ask a query and record all that comes of it. `name` is the archive's, `program` the program's version.

    `progress` gets hits done and to be done. Raises Cancelled, Moving where the index changes all the while, and what
    `Searcher` raises.
    """
    asked = replace(query, offset=0, limit=PAGE, fold=False)  # every record is listed
    for _ in range(TRIES):
        before = made_by(archive, index, name, program, signed_by)
        found = _made(archive, index, asked, confidential, progress, cancelled)
        after = made_by(archive, index, name, program, signed_by)
        if same_state(before, after):
            return replace(found, made=after)
    raise Moving()


def made_by(archive: Archive, index: Index, name: str, program: str, signed_by: str = "") -> Made:
    """What an answer that is given now rests on."""
    state, position = index.state(), feed.position(archive.db)
    known = max(0, position - state.behind) if state.analyser else 0
    generation, now = feed.generation(archive.db), meta.now()
    made = Made(name, archive.id, generation, known, state.records, program, state.analyser, now, signed_by)
    release = layout.said(archive.path)
    if release is None:
        return made
    return replace(made, line=release.line, release=release.number, content_root=release.content_root)


def same_state(one: Made, other: Made) -> bool:
    """Whether two answers rest on the same: all but the time."""
    return replace(one, at=other.at) == other


def _made(
    archive: Archive,
    index: Index,
    query: Query,
    confidential: bool,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Statement:
    """The statement, but for where it was made."""
    searcher = index.searcher()
    searched = query if confidential else replace(query, filters=(*query.filters, OPEN))
    total = searcher.totals(searched).total
    covered = searcher.coverage(searched)
    hits: list[Found] = []
    offset, first = 0, None
    while True:
        if cancelled():
            raise Cancelled
        answer = searcher.first(replace(searched, offset=offset))
        first = first or answer
        hits += _found(archive, answer.hits)
        offset += PAGE
        progress(min(len(hits), total), total)
        # of a page, some may have left the archive since; what is listed beyond the count must not be cut off either
        if not answer.hits or (len(answer.hits) < PAGE and offset >= total):
            break
    nowhere = Made("", "", "", 0, 0, "", "", "", "")
    return Statement(
        made=nowhere,
        query=query,
        confidential=confidential,
        interpretation=first.interpretation,
        relaxed=first.relaxed,
        notes=first.notes,
        widenings=_widenings(first.widened, hits),
        total=total,
        documents=covered.documents,
        gaps=covered.gaps,
        waiting=covered.waiting,
        hits=tuple(hits),
    )


def _found(archive: Archive, hits: tuple[Hit, ...]) -> list[Found]:
    hashes = bulk.hashes(archive.db, [hit.id for hit in hits])
    return [
        Found(hit.id, hit.kind, hashes.get(hit.id, ""), hit.title.text, hit.date, hit.page, _ways(hit)) for hit in hits
    ]


def _ways(hit: Hit) -> tuple[str, ...]:
    return (*hit.matched_by, *dict.fromkeys(f"{one.way}:{one.found}" for one in hit.through))


def _widenings(widened: Iterable[Widened], hits: list[Found]) -> tuple[Widening, ...]:
    """Every other form that was searched for, and the ways of those whose words are told by the hits alone."""
    forms = dict.fromkeys(
        Widening(form.way, form.found, form.typed if form.way == PLACE_NAME else "") for form in widened
    )
    told = {form.way for form in forms}
    ways = dict.fromkeys(way.partition(":")[0] for hit in hits for way in hit.matched_by)
    return (*forms, *(Widening(way) for way in ways if way not in told))
