"""From places in a ranking to hits: title, snippet, passage, and by what the record was found."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from archive import texts as stored
from archive.cases import digests
from archive.connect import Database, translated
from archive.records import Passage, TextRow
from index import snippets
from index.answers import Hit, Snippet, Widened
from index.compile import Compiler
from index.entries import DOCUMENT
from index.marks import Match, Sought, matches
from index.postings import OVERLAP
from index.ranking import Placed
from index.text import GAP, RUN, words
from index.tree import And, Forms, Leaf, Node, Other, Phrase, wanted
from index.vocabulary import as_kept

MOST_SOUGHT = 400
UNSEEN = {"author": "author", "publisher": "publisher", "name": "file-name"}
"""Columns of the index that a hit does not show, with the codes of a match in them."""
COMMON = 1.2
"""The weight of a word that stands in more than four of ten passages."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of the index's document table."""

    id: str
    archive_row: int
    version: int
    first: int
    last: int
    kind: str
    title: str
    published: str
    language: str
    countries: str
    type: str


class Presenter:
    """Makes the hits of one query."""

    def __init__(
        self, archive: Database, index: Database, compiler: Compiler, tree: Node | None, any_word: bool
    ) -> None:
        self._archive, self._index, self._compiler, self._any_word = archive, index, compiler, any_word
        self._leaves: list[Leaf] = []
        self._sought: list[Sought] = []
        self._weights: list[float] = []
        parts = tree.parts if isinstance(tree, And) and not any_word else (tree,) if tree else ()
        self._parts = [tuple(dict.fromkeys(wanted(part))) for part in parts]
        passages = index.conn.execute("SELECT max(row) FROM passage").fetchone()[0] or 1
        for leaf in dict.fromkeys(wanted(tree)) if tree else ():
            weight = math.log(1 + passages / (1 + compiler.leaf(leaf).often))
            if any_word and weight < COMMON:
                continue  # marks on every "the" of a question would hide the others
            if isinstance(leaf, Other):
                weight /= 2  # what was typed is shown rather
            for sought in compiler.leaf(leaf).sought[: MOST_SOUGHT - len(self._sought)]:
                self._sought.append(sought)
                self._leaves.append(leaf)
                self._weights.append(weight)

    def hit(self, placed: Placed) -> Hit | None:
        """The record in this place; None where the archive lost it meanwhile."""
        record = self._record(placed.document)
        if record is None:
            return None
        piece, text, found = self._passage(record, placed.row or self._best_row(record))
        snippet, start, end = snippets.cut(text, found, self._weights)
        in_title = matches(record.title, self._sought)
        shown = [(text, found), (record.title, in_title)]
        unseen = self._unseen((*found, *in_title))
        columns = self._columns(record, unseen)
        return Hit(
            kind=record.kind,
            id=record.id,
            title=snippets.shown(record.title, in_title) if record.title else Snippet(""),
            date=record.published,
            language=record.language,
            countries=tuple(record.countries.split()),
            type=record.type,
            score=round(placed.score, 4),
            snippet=snippet,
            passage=Passage(record.id, record.version, piece.start + start, piece.start + end),
            page=piece.page,
            matched_by=(*self._ways(shown), *columns),
            through=(
                *self._through(shown),
                *(self._through_columns(record, unseen) if columns else ()),
                *(self._labels(record, unseen) if unseen and record.kind != DOCUMENT else ()),
            ),
            piece=piece.row,
        )

    def _record(self, document: int) -> _Record | None:
        row = self._index.conn.execute(
            "SELECT hex(id), archive_row, version, first, last, kind, title, published, language, countries, type"
            " FROM document WHERE number = ?",
            (document,),
        ).fetchone()
        return None if row is None else _Record(str(UUID(row[0])), *row[1:])

    def _best_row(self, record: _Record) -> int:
        """The first passage of a document in which any of the words stands; of a short one, its only passage."""
        if record.first == record.last:
            return record.first
        full = [f"({one})" for leaf in dict.fromkeys(self._leaves) if (one := self._compiler.leaf(leaf).full)]
        if not full:
            return record.first
        found = self._index.conn.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1",
            (" OR ".join(full), record.first, record.last),
        ).fetchone()
        return int(found[0]) if found else record.first

    def _passage(self, record: _Record, row: int) -> tuple[TextRow, str, list[Match]]:
        """A passage's stored piece, its text and the hits in it; with the words after it where they are there."""
        number = row - record.first
        piece = self._stored(record, number)
        if piece is None:
            return TextRow(number, 0, 0, ""), "", []
        text, found = piece.text, matches(piece.text, self._sought)
        if not found and row < record.last:
            after = self._stored(record, number + 1)
            text += after.text[:OVERLAP] if after else ""
            found = matches(text, self._sought)
            if found and found[0].start >= len(piece.text):
                return self._passage(record, row + 1)  # only the words that the next piece begins with match
        return piece, text, found

    def holds(self, document: int, row: int) -> bool:
        """Whether what is sought begins in a passage's own text: its postings have the first words of the next one and
        the title of the record as well."""
        record = self._record(document)
        if record is None:
            return False
        piece, _, found = self._passage(record, row)
        return bool(found) and piece.row == row - record.first

    def _stored(self, record: _Record, number: int) -> TextRow | None:
        with translated(Path("archive.db")):  # its damage is not the index's
            if record.kind != DOCUMENT:
                found = list(digests.digests(self._archive, [record.archive_row]))
                return TextRow(0, 0, 0, found[0].shown) if found else None
            return stored.row(self._archive, record.archive_row, record.version, number)

    def _ways(self, texts: Sequence[tuple[str, Sequence[Match]]]) -> tuple[str, ...]:
        """The widenings without which nothing would be marked for some part of the query."""
        ways = ["any-word"] if self._any_word else []
        found: dict[Leaf, set[str]] = {}
        for text, marks in texts:
            for match in marks:
                found.setdefault(self._leaves[match.part], set()).add(_plain(text[match.start : match.end]))
        for leaf, forms in found.items():
            if isinstance(leaf, Other | Forms) or (isinstance(leaf, Phrase) and leaf.near is not None):
                continue
            typed = getattr(leaf, "text", "")
            if _plain(typed) not in forms:
                widened = self._compiler.leaf(leaf).widened
                ways.append(widened or ("traditional" if RUN.search(typed) else "variants"))
        return tuple(dict.fromkeys(ways))

    def _unseen(self, marks: Sequence[Match]) -> list[Leaf]:
        """The leaves of those parts of the query of which nothing is shown."""
        seen = {self._leaves[match.part] for match in marks}
        return [leaf for part in self._parts if seen.isdisjoint(part) for leaf in part]

    def _columns(self, record: _Record, unseen: Sequence[Leaf]) -> tuple[str, ...]:
        """The fields, none of which is shown, in which these leaves stand."""
        full = [f"({one})" for leaf in unseen if (one := self._compiler.leaf(leaf).full)]
        if not full or not self._stands(record, " ".join(UNSEEN), " OR ".join(full)):
            return ()
        return tuple(code for column, code in UNSEEN.items() if self._stands(record, column, " OR ".join(full)))

    def _stands(self, record: _Record, columns: str, expression: str) -> bool:
        """Whether something stands in any of these columns of a record."""
        sql = "SELECT 1 FROM passages WHERE passages MATCH ? AND rowid = ?"
        asked = f"{{{columns}}} : ({expression})"
        return self._index.conn.execute(sql, (asked, record.first)).fetchone() is not None

    def _through_columns(self, record: _Record, unseen: Sequence[Leaf]) -> tuple[Widened, ...]:
        """The other forms that stand in fields which are not shown, where what was typed does not."""
        standing = [
            leaf
            for leaf in unseen
            if (one := self._compiler.leaf(leaf).full) and self._stands(record, " ".join(UNSEEN), one)
        ]
        typed = {word for leaf in standing if not isinstance(leaf, Other) for word in _plain(leaf.text).split()}
        others = (leaf for leaf in standing if isinstance(leaf, Other))
        return tuple(
            Widened(leaf.typed, leaf.text, leaf.way)
            for leaf in others
            if not typed.issuperset(_plain(leaf.typed).split())
        )

    def _labels(self, record: _Record, unseen: Sequence[Leaf]) -> tuple[Widened, ...]:
        """The terms of a record of casework that another label than the one shown stands for."""
        with translated(Path("archive.db")):
            found = list(digests.digests(self._archive, [record.archive_row]))
        return tuple(
            dict.fromkeys(
                Widened(_typed(self._leaves[match.part]), preferred, "label")
                for digest in found
                for labels, preferred in digest.labels
                for match in matches(labels, self._sought)
                if self._leaves[match.part] in unseen
            )
        )

    def _through(self, texts: Sequence[tuple[str, Sequence[Match]]]) -> tuple[Widened, ...]:
        """The other forms that stand in these texts where what was typed does not, as they stand there."""
        others: dict[Widened, None] = {}
        typed: set[str] = set()
        for text, marks in texts:
            for match in marks:
                leaf = self._leaves[match.part]
                stands = " ".join(text[match.start : match.end].split())
                if isinstance(leaf, Other):
                    others[Widened(leaf.typed, stands, leaf.way)] = None
                elif isinstance(leaf, Forms) and as_kept(stands) in leaf.others:
                    others[Widened(leaf.text, stands, "stem")] = None
                else:
                    typed.update(_plain(getattr(leaf, "text", "")).split())
        return tuple(one for one in others if not typed.issuperset(_plain(one.typed).split()))


def _typed(leaf: Leaf) -> str:
    return leaf.typed if isinstance(leaf, Other) else leaf.text


@lru_cache(maxsize=4096)  # the same few words are marked in hit after hit
def _plain(text: str) -> str:
    """Text as typed but for case, blanks and what stands between words."""
    return " ".join(GAP.sub("", word) for word in words(unicodedata.normalize("NFC", text).casefold()))
