"""Marks of a query in a whole text that is stored in pieces, and the other forms that a query was widened by."""

from __future__ import annotations

from collections.abc import Sequence

from archive.records import TextRow
from index.answers import Widened
from index.compile import Compiler
from index.marks import Match, Sought, matches, merged
from index.postings import OVERLAP
from index.tree import Node, Other, wanted


def forms_of(tree: Node | None) -> tuple[Widened, ...]:
    """The other forms in a tree."""
    leaves = dict.fromkeys(wanted(tree)) if tree else ()
    return tuple(Widened(leaf.typed, leaf.text, leaf.way) for leaf in leaves if isinstance(leaf, Other))


def sought(compiler: Compiler, tree: Node) -> list[Sought]:
    """What is to be marked of a tree."""
    return [one for leaf in dict.fromkeys(wanted(tree)) for one in compiler.leaf(leaf).sought]


def in_pieces(pieces: Sequence[TextRow], wanted: Sequence[Sought]) -> tuple[tuple[int, int], ...]:
    """The marks in all pieces, those that run on into the next piece included: code points of the whole text."""
    found: list[Match] = []
    for at, piece in enumerate(pieces):
        after = pieces[at + 1].text[:OVERLAP] if at + 1 < len(pieces) else ""
        for match in matches(piece.text + after, wanted):
            if match.start < len(piece.text):
                found.append(Match(match.start + piece.start, match.end + piece.start, match.part))
    return merged(found)
