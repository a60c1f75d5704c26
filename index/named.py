"""In which documents a name stands: in their texts and titles, with a capital letter where only that tells, outside of
longer names.

What the index cannot tell is looked up in the stored text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from pathlib import Path

from archive import texts as stored
from archive.cases import digests
from archive.connect import Database, translated
from index.compile import Compiled
from index.entries import DOCUMENT
from index.marks import Sought, folded, matches

READ = 2_000
"""Passages that are read to see how a name stands there, the newest first."""
SAMPLE, MOSTLY = 24, 0.75
"""Passages that tell whether a word is a name wherever it stands, and the share of them in which it is."""
CAPITAL = re.compile("(?<![^\\W_])[^\\W\\d_][\\w\u0300-\u036f\u00ad]{0,5}")
"""The beginning of a word."""
Tags = Collection[str]
"""BCP 47 tags of the languages of documents, an empty one where none is recorded; no tags for documents of any."""


class Named:
    """Looks into one state of an index. `check` raises where nobody waits any more."""

    def __init__(self, archive: Database, index: Database, check: Callable[[], None]) -> None:
        self._archive, self._index, self._check = archive, index, check

    def stands(self, expression: str, tags: Tags = ()) -> bool:
        """Whether any passage matches."""
        return any(True for _ in self._passages("1", expression, tags, "LIMIT 1"))

    def documents(self, expression: str, tags: Tags = ()) -> set[int]:
        """The numbers of the documents of which a passage matches."""
        return {number for (number,) in self._passages("DISTINCT p.document", expression, tags)}

    def outside(
        self, own: Compiled, around: Sequence[Compiled], tags: Tags = (), known: Set[int] = frozenset()
    ) -> tuple[set[int], bool]:
        """The documents but for `known` ones in which a name stands otherwise than within the longer ones `around` it;
        whether some passages were not read for it."""
        inside = " OR ".join(f"({one.full})" for one in around)
        found, unsure = set[int](), f"({own.full})"
        if not any(one.capital for one in own.sought):
            found = self.documents(f"{unsure} NOT ({inside})" if inside else unsure, tags) - known
            if not inside:
                return found, False
            unsure += f" AND ({inside})"
        longer = [part for one in around for part in one.sought]
        end = f"AND p.document NOT IN (SELECT value FROM json_each(?)) ORDER BY p.row DESC LIMIT {READ + 1}"
        newest = list(self._passages("p.document, p.piece", unsure, tags, end, json.dumps([*known, *found])))
        for number, piece in newest[:READ]:
            if number in found:
                continue
            self._check()
            if any(_stands_outside(text, own.sought, longer) for text in self._texts(number, piece)):
                found.add(number)
        return found, len(newest) > READ

    def is_capital(self, own: Compiled, tags: Tags = ()) -> bool:
        """Whether a word mostly begins with a capital letter (`own` asks for one), so that it is a name wherever it
        stands; not of a word that hardly stands anywhere."""
        newest = list(self._passages("p.document, p.piece", str(own.full), tags, f"ORDER BY p.row DESC LIMIT {SAMPLE}"))
        if len(newest) < SAMPLE:
            return False
        self._check()
        stand = sum(any(_stands_outside(text, own.sought, ()) for text in self._texts(*one)) for one in newest)
        return stand >= MOSTLY * SAMPLE

    def _passages(
        self, columns: str, expression: str, tags: Tags, end: str = "", *values: str
    ) -> Iterator[tuple[int, ...]]:
        within, spoken = "", list[str]()
        if tags:
            within = (
                " CROSS JOIN document AS d ON d.number = p.document AND d.language IN (SELECT value FROM json_each(?))"
            )
            spoken = [json.dumps([*tags])]
        yield from self._index.conn.execute(
            f"SELECT {columns} FROM passages CROSS JOIN passage AS p ON p.row = passages.rowid{within}"
            f" WHERE passages MATCH ? {end}",
            (*spoken, f"{{body title}} : ({expression})", *values),
        )

    def _texts(self, number: int, piece: int) -> Iterator[str]:
        """The title of a record and the text of a passage of it."""
        row, version, kind, title = self._index.conn.execute(
            "SELECT archive_row, version, kind, title FROM document WHERE number = ?", (number,)
        ).fetchone()
        yield title
        with translated(Path("archive.db")):
            if kind == DOCUMENT:
                held = stored.row(self._archive, row, version, piece)
                yield held.text if held else ""
            else:
                yield from (one.text for one in digests.digests(self._archive, [row]))


def _stands_outside(text: str, sought: Sequence[Sought], longer: Sequence[Sought]) -> bool:
    """Whether something stands in a text otherwise than within something longer."""
    if all(one.capital for one in sought) and not _begins(text, sought):
        return False
    taken = [(one.start, one.end) for one in matches(text, longer)]
    return any(not any(start <= one.start and one.end <= end for start, end in taken) for one in matches(text, sought))


def _begins(text: str, sought: Sequence[Sought]) -> bool:
    """Whether a word with a capital letter begins like one of these: of most texts this is all that need be known, and
    it takes a tenth of the time."""
    wanted = {one.words[0][:2] for one in sought}
    begun = {folded(word)[:2] for word in CAPITAL.findall(text) if word[0].isupper()}
    return any(one in wanted or len(one) < 2 for one in begun)
