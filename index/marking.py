"""Marks what a query asks for in the stored rows of one text, also where it runs on from one row into the next; and the
other forms that a query was widened by."""

from __future__ import annotations

from collections.abc import Sequence

from archive.records import TextRow
from index.answers import Widened
from index.compile import Compiler
from index.marks import Match, matches, merged
from index.postings import OVERLAP
from index.tree import Forms, Node, Other, wanted


def forms_of(tree: Node | None) -> tuple[Widened, ...]:
    """The other forms in a tree."""
    found: list[Widened] = []
    for leaf in dict.fromkeys(wanted(tree)) if tree else ():
        if isinstance(leaf, Other):
            found.append(Widened(leaf.typed, leaf.text, leaf.way))
        elif isinstance(leaf, Forms):
            found += (Widened(leaf.text, form, "stem") for form in leaf.others)
    return tuple(found)


def marked(pieces: Sequence[TextRow], compiler: Compiler, tree: Node) -> tuple[tuple[int, int], ...]:
    """Where the leaves of a tree stand in these rows: start and end in code points of the whole text, in order."""
    sought = [one for leaf in dict.fromkeys(wanted(tree)) for one in compiler.leaf(leaf).sought]
    found: list[Match] = []
    for at, piece in enumerate(pieces):
        after = pieces[at + 1].text[:OVERLAP] if at + 1 < len(pieces) else ""
        for match in matches(piece.text + after, sought):
            if match.start < len(piece.text):
                found.append(Match(match.start + piece.start, match.end + piece.start, match.part))
    return merged(found)
