"""Questions put to the index and its answers: the dataclasses that the window and the command line show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.records import Passage
from index.beyond import PLACE
from index.entries import CASEWORK

Sort = Literal["relevance", "newest", "oldest"]
Widen = Literal["none", "names", "all", "sound", "any-sound"]
"""Which other forms are searched too: none, other names and spellings of what is named, or forms of words as well.

The last two ask for something else: what only sounds like what was typed, which is hardly ever it, and is neither
listed nor counted with the rest; `any-sound` for names of one or two syllables too, which sound like very many.
"""
FACETS = (
    "type", "language", "country", "year", "publisher", "author", "kind", "confidentiality", "verdict", "searchable",
    *CASEWORK,
)  # fmt: skip


FILTERS = (*FACETS, PLACE)
"""Fields that a filter may be on; a place is not counted as a facet, for every name would have to be looked for."""
PLACE_NAME = "place-name"
"""The way by which a place in a query or filter (its key) leads to its names."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip: records whose `field` (one of FILTERS, or of `beyond`) has `value` are kept, or left out with `exclude`.

    Several filters of one field widen each other (Thailand or Laos); different fields narrow. An empty value stands
    for "not recorded"; a year may be a stretch of years in EDTF (`2014/2016`); a language takes its scripts and regions
    too (`zh` takes `zh-Hans`); a place is the key of one (`index.gazetteer`), and takes what `index.placed` says.
    """

    field: str
    value: str
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the text as typed and the filters. An empty text asks for every record.

    Filters that leave out what is confidential leave out names that it alone tells, too, as other forms.
    With `fold`, of documents found that are nearly the same only the first is listed; the others are beneath it.
    """

    text: str
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"
    limit: int = 20
    offset: int = 0
    widen: Widen = "all"
    fold: bool = False


@dataclass(frozen=True, slots=True)
class Widened:
    """Another form `found` of what was `typed`, to which the widening `way` leads (a code)."""

    typed: str
    found: str
    way: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A short stretch of text with the hits marked: pairs of start and end in code points of `text`."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, with its best passage. `matched_by` names every widening that led here (`prefix`, `fuzzy`,
    `traditional`, `any-word` …) or a field that is not shown (`author`, `publisher`, `file-name`), `through` the other
    forms that stand here in place of what was typed; both empty for a plain match. `piece` is the number of the stored
    piece of text that the passage begins in."""

    kind: str
    id: str
    title: Snippet
    date: str
    language: str
    countries: tuple[str, ...]
    type: str
    score: float
    snippet: Snippet
    passage: Passage
    page: int
    matched_by: tuple[str, ...] = ()
    through: tuple[Widened, ...] = ()
    piece: int = 0


@dataclass(frozen=True, slots=True)
class Beneath:
    """How much is folded under a hit (a record's UUID): further passages of it that match, at most `folding.MOST`, and
    documents found that are nearly the same."""

    record: str
    passages: int
    near: int


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What is folded under a hit: its further passages in the order of the text, and the documents nearly the same."""

    record: str
    passages: tuple[Hit, ...]
    near: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The first answer: hits of one page. `interpretation` says how the query was understood; `relaxed` that all
    words together found nothing, so any of them was searched; `widened` every other form that was searched too.

    `notes` are codes of what else must be said: `question` (many words: any of them were searched, best first),
    `newest-first`, `best-first` and `rarer-first` (so many match that only candidates were ranked), `plain-words`,
    `cut` (how the query was read), `some-forms` (a pattern or misspelling stands for more words than are searched),
    `places-unread` (a place is called by so frequent a word that not all passages with it were read), `places-unknown`
    (a place is asked for by a key that the table lacks, so that nothing is found by it),
    `no-words`, `other-forms` (nothing was found as typed, but other forms, which were not asked for, find something),
    `behind`, `building:DONE/ALL` (records) and `not-indexed` (the index).
    """

    query: Query
    interpretation: str
    relaxed: bool
    hits: tuple[Hit, ...]
    took_ms: float
    notes: tuple[str, ...] = ()
    widened: tuple[Widened, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many found records have this value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The second answer: the exact count of records and, for each facet asked for, its values by falling count.

    A facet counts as if there were no inclusions of its own field, so that further values can be added. `folded` of
    the records have no place of their own in the list.
    """

    total: int
    facets: dict[str, tuple[FacetCount, ...]]
    took_ms: float
    folded: int = 0

    @property
    def listed(self) -> int:
        """How many places the list has."""
        return self.total - self.folded
