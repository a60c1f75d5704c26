"""What differs between a search statement and the same search asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.statement import Found, Statement, Widening


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is another now. `what` is a code: `archive` (another archive), `name`, of a release `line`,
    `release` (its number) and `content_root`, of the same one `generation` (another history of it) and `position`,
    `records`, `program`, `analyser`, `interpretation`, `relaxed`, `notes`, `widenings`, `total`, `documents`,
    `waiting`, or `gap:` and the code of a gap."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changes` of what was asked of what, and how it was understood; `new` and `gone` hits in their order; `moved` is
    how many of those in both stand in another order."""

    before: Statement
    now: Statement
    changes: tuple[Change, ...]
    new: tuple[Found, ...]
    gone: tuple[Found, ...]
    moved: int

    @property
    def same(self) -> bool:
        """Whether the search finds the same and could look into the same: all else may be another."""
        told = {"interpretation", "relaxed", "widenings", "total", "documents", "waiting", "archive"}
        return not (
            self.new or self.gone or any(one.what in told or one.what.startswith("gap:") for one in self.changes)
        )


def compare(before: Statement, now: Statement) -> Comparison:
    """What differs. Documents are told by their bytes, which stay the same in another archive; all else by its id."""
    old, new = ({_key(hit): hit for hit in one.hits} for one in (before, now))
    kept = [key for key in new if key in old]
    places = {key: at for at, key in enumerate(key for key in old if key in new)}
    return Comparison(
        before,
        now,
        tuple(_changes(before, now)),
        tuple(hit for key, hit in new.items() if key not in old),
        tuple(hit for key, hit in old.items() if key not in new),
        len(kept) - _in_order([places[key] for key in kept]),
    )


def _key(hit: Found) -> str:
    return hit.sha256 or hit.id


def _changes(before: Statement, now: Statement) -> Iterator[Change]:
    old, new = before.made, now.made
    released = ("line", "release", "content_root")
    other = any(getattr(old, what) != getattr(new, what) for what in released)
    # two releases count their changes each from its own beginning
    states = released if other else ("generation", "position")
    for what in ("archive", "name", *states, "records", "program", "analyser"):
        yield from _change(what, str(getattr(old, what) or ""), str(getattr(new, what) or ""))
    for what in ("interpretation", "relaxed", "total", "documents", "waiting"):
        yield from _change(what, str(getattr(before, what)), str(getattr(now, what)))
    yield from _change("notes", " ".join(before.notes), " ".join(now.notes))
    yield from _change("widenings", _said(before.widenings), _said(now.widenings))
    lost = [{gap.code: (gap.records, gap.pages) for gap in one.gaps} for one in (before, now)]
    for code in dict.fromkeys((*lost[0], *lost[1])):
        then, today = (one.get(code, (0, 0)) for one in lost)
        if then != today:
            yield Change(f"gap:{code}", _counted(*then), _counted(*today))


def _change(what: str, before: str, now: str) -> Iterator[Change]:
    if before != now:
        yield Change(what, before, now)


def _counted(records: int, pages: int) -> str:
    return f"{records} ({pages} pages)" if pages else str(records)


def _said(widenings: Iterable[Widening]) -> str:
    return "; ".join(sorted(f"{one.words} ({one.way})" if one.words else one.way for one in widenings))


def _in_order(places: Sequence[int]) -> int:
    """The length of the longest stretch of numbers, not side by side, that rise."""
    from bisect import bisect_left

    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
