"""The names of everything that values and chains may name, so that what fits is found at each key; free of Qt."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from archive.cases.records import Kind

WORD = re.compile(r"[^ (]+")
ENOUGH = 2_000
"""Places in the names that are looked at for what stands inside a word, at most; the first that fit come first."""


@dataclass(frozen=True, slots=True)
class Name:
    """A subject by its UUID with its label; `code` is a case's."""

    id: str
    kind: Kind
    label: str
    code: str = ""

    @property
    def words(self) -> str:
        """What is typed to find it."""
        return f"{self.label} ({self.code})" if self.code and self.code != self.label else self.label


class Names:
    """Never changed once made, so that threads may share it; `changed` stand beside, and instead of, the many."""

    def __init__(self, every: Iterable[Name] = ()) -> None:
        kinds: dict[Kind, list[Name]] = {}
        for one in every:
            kinds.setdefault(one.kind, []).append(one)
        self._tables = {kind: _Table(held) for kind, held in kinds.items()}
        self._ids = {one.id: one for held in kinds.values() for one in held}
        self._later: dict[str, Name | None] = {}

    def changed(self, changes: dict[str, Name | None]) -> Names:
        """The same with other names for some subjects; None for those that are gone."""
        again = Names.__new__(Names)
        again._tables, again._ids, again._later = self._tables, self._ids, {**self._later, **changes}
        return again

    @property
    def later(self) -> int:
        """How many names stand beside the many: each is looked at for each key."""
        return len(self._later)

    def get(self, identity: str) -> Name | None:
        """The name of a subject."""
        return self._later[identity] if identity in self._later else self._ids.get(identity)

    def every(self) -> Iterator[Name]:
        """All of them."""
        yield from (one for identity, one in self._ids.items() if identity not in self._later)
        yield from filter(None, self._later.values())

    def find(self, typed: str, kinds: Collection[Kind], most: int, without: Collection[str] = ()) -> list[Name]:
        """At most so many names of these kinds that fit what is typed, the best first, else by label.

        Those `without` are left out. The cost hardly grows with the number of names.
        """
        wanted = typed.casefold().strip()
        out = {*without, *self._later}
        found: list[tuple[int, str, Name]] = []
        for kind in kinds:
            table = self._tables.get(kind)
            if table is not None:
                fits = ((rank, one.words.casefold(), one) for rank, one in table.find(wanted) if one.id not in out)
                found += islice(fits, most)
        for later in self._later.values():
            if later is not None and later.kind in kinds and later.id not in without:
                rank = fit(wanted, later.words)
                if rank is not None:
                    found.append((rank, later.words.casefold(), later))
        return [one for _, _, one in sorted(found, key=lambda each: each[:2])[:most]]


NO_NAMES = Names()


class _Table:
    """The names of one kind, in the order of their labels, with every word in them."""

    def __init__(self, names: Sequence[Name]) -> None:
        held = sorted(((one.words.casefold().replace("\n", " "), one) for one in names), key=lambda each: each[0])
        self._low = [low for low, _ in held]
        self._names = [one for _, one in held]
        self._all, self._starts = _joined(self._low)
        where: dict[str, array[int]] = {}
        for at, low in enumerate(self._low):
            for word in set(WORD.findall(low)):
                where.setdefault(word, array("I")).append(at)
        self._words = sorted(where)
        self._where = [where[word] for word in self._words]
        self._every_word, self._word_starts = _joined(self._words)

    def find(self, wanted: str) -> Iterator[tuple[int, Name]]:
        """The names that fit with how well, as `fit` says it, the best first."""
        seen: set[int] = set()
        for rank, at in self._places(wanted):
            if at not in seen:
                seen.add(at)
                yield rank, self._names[at]

    def _places(self, wanted: str) -> Iterator[tuple[int, int]]:
        at = bisect_left(self._low, wanted)
        while at < len(self._low) and self._low[at].startswith(wanted):
            yield int(self._low[at] != wanted and bool(wanted)), at
            at += 1
        if WORD.fullmatch(wanted):
            yield from self._in_words(wanted)
        elif wanted:
            yield from self._in_names(wanted)

    def _in_words(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where a word begins like it; and where a word holds it."""
        at = bisect_left(self._words, wanted)
        while at < len(self._words) and self._words[at].startswith(wanted):
            yield from ((2, place) for place in self._where[at])
            at += 1
        if len(wanted) > 2:
            for place in islice(_found(self._every_word, wanted), ENOUGH):
                at = bisect_right(self._word_starts, place) - 1
                yield from ((4, each) for each in self._where[at])

    def _in_names(self, wanted: str) -> Iterator[tuple[int, int]]:
        """The same of what goes over several words."""
        inside: list[int] = []
        for place in islice(_found(self._all, wanted), ENOUGH):
            at = bisect_right(self._starts, place) - 1
            if self._all[place - 1] in " (":
                yield 2, at
            elif len(wanted) > 2:
                inside.append(at)
        yield from ((4, at) for at in inside)


def fit(wanted: str, label: str) -> int | None:
    """How well a label fits what is typed: 0 the whole, 1 its beginning, 2 the beginning of a word, 4 inside.

    `wanted` is in lower case, and without blanks at its ends. None where it does not fit.
    """
    held = label.casefold()
    if not wanted or held == wanted:
        return 0
    if held.startswith(wanted):
        return 1
    if f" {wanted}" in held or f"({wanted}" in held:
        return 2
    return 4 if wanted in held and len(wanted) > 2 else None


def _joined(lines: Sequence[str]) -> tuple[str, array[int]]:
    """Lines in one text, and where each begins in it."""
    starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=1)
    return "\n" + "\n".join(lines) + "\n", array("I", starts if lines else ())


def _found(text: str, wanted: str) -> Iterator[int]:
    """The places where a text holds what is wanted."""
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
