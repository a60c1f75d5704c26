"""What a reader gives back: the reading of one file, in plain dataclasses that also travel between processes."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.records import Metadata, Relation, Verdict


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page (`number` 1-based), or of the whole where the format has no pages (`number` 0)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says.

    `reason` is a code where the verdict is not good (`no-text-layer`, `not-recognised-yet`, `password`, `damaged`,
    `unknown-type`, `too-large`, `timeout`, `crashed`, `memory`, `bomb-ratio` …) and `detail` the library's own words,
    for the report. A reading with verdict none is still a record: the original is kept. `extractor` names the library
    and version.
    `notes` are codes of what was noticed without stopping the reading (`charset-guessed:gb18030`, `members-limit` …).
    """

    media_type: str
    metadata: Metadata = field(default_factory=Metadata)
    pages: tuple[Page, ...] = ()
    verdict: Verdict = Verdict.GOOD
    reason: str = ""
    detail: str = ""
    extractor: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file found inside another: its name there (with the raw bytes where they are not UTF-8) and how it hangs."""

    name: str
    raw_name: bytes | None
    relation: Relation
    media_type: str = ""
