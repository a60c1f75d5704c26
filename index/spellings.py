"""Other ways to write what a query asks for: compounds together and apart, numbers with and without their thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import takewhile

from index import compounds
from index import text as texts
from index.marks import folded, pieces
from index.tree import And, Node, Or, Word

FEW = 3
"""Up to so many words side by side may be a name in parts; in longer queries it is chance that two make a third."""


def phrases(text: str) -> list[tuple[str, bool]]:
    """A stretch of a query as FTS5 phrases (see `text.phrase`), any of which will do: as typed first."""
    return list(dict.fromkeys(way for one in spellings(text) if (way := texts.phrase(one))[0]))


@lru_cache(maxsize=256)
def spellings(text: str) -> tuple[str, ...]:
    """The ways in which a text may have been written: as typed first."""
    numbers = map(" ".join, compounds.numbers(pieces(folded(text))))
    return tuple(dict.fromkeys((text, *numbers, together(text))))


def together(text: str) -> str:
    """The text with its compounds written together."""
    parts, end = [], 0
    for start, stop in compounds.compounds(text):
        word = text[start:stop]
        parts += [text[end:start], compounds.together(compounds.JOINT.split(word), word) or word]
        end = stop
    return "".join([*parts, text[end:]])


def widened(tree: Node, is_known: Callable[[str], bool]) -> Node:
    """The tree with words side by side also as one: `10 000` as a number, and few words (`gui minhai`) as each word
    that the index knows."""
    if not (isinstance(tree, And) and tree.implied):
        return tree
    parts: list[Node] = []
    at = 0
    while at < len(tree.parts):
        length, one = next(_joined(tree.parts[at:], len(tree.parts) <= FEW, is_known), (1, None))
        run = tree.parts[at : at + length]
        parts.append(Or((And(run, implied=True), one)) if one else run[0])
        at += length
    return parts[0] if len(parts) == 1 else And(tuple(parts), implied=True)


def _joined(nodes: tuple[Node, ...], few: bool, is_known: Callable[[str], bool]) -> Iterator[tuple[int, Word]]:
    """How many of the first nodes are one word, and that word; the longest first."""
    first = nodes[0]
    column = first.column if isinstance(first, Word) else ""
    beside = takewhile(lambda node: isinstance(node, Word) and node.column == column, nodes)
    words = [node.text for node in beside if isinstance(node, Word)]
    for length in range(len(words), 1, -1):
        joined = "".join(words[:length])
        exact = any(isinstance(node, Word) and node.exact for node in nodes[:length])
        if joined.isdigit():
            if compounds.thousands(words[:length]):
                yield length, Word(joined, column, exact)
        elif few and joined.isalpha() and not texts.is_unspaced(joined) and is_known(joined):
            yield length, Word(joined, column, exact)
