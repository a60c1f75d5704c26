"""The dates and periods a text words, read in order, so that each can be reckoned from the one before it."""

from __future__ import annotations

from collections.abc import Iterator

from index.recognise import dates_en, dates_zh, months
from index.recognise.moments import Reference, of_edtf
from index.recognise.records import Candidate, Found


def dates(text: str, language: str, published: str, before: str = "") -> Iterator[Candidate]:
    """The dates and periods in a text in the order in which they stand.

    Chinese and English wordings are read in any text, months by their names in `language`, too. `published` is the
    document's date in EDTF; `before` is what stands before the text, whose last date counts for `two years later`.
    """
    reference = Reference(of_edtf(published))
    for _ in _read(before, language, reference):
        pass
    yield from _read(text, language, reference)


def _read(text: str, language: str, reference: Reference) -> Iterator[Candidate]:
    readings = (*dates_zh.readings(), *dates_en.readings(), *(months.readings(language) if language != "en" else ()))
    found = [
        (match.start(), -match.end(), at, match)
        for at, (pattern, _) in enumerate(readings)
        for match in pattern.finditer(text)
    ]
    end = 0
    for start, _, at, match in sorted(found, key=lambda one: one[:3]):
        said = readings[at][1](match, reference) if start >= end else None
        if said is None:
            continue
        end = match.end()
        if said.moment:
            reference.previous = said.moment
        kind = Found.PERIOD if said.period else Found.DATE
        yield Candidate(start, end, kind, said.edtf, match[0], uncertain=said.uncertain)
