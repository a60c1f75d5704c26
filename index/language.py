"""The query language: text as typed → our syntax tree; whoosh's parser, used here alone, tags and groups.

Any text is a valid query. What cannot be meant as syntax is searched as plain words, so nothing is ever refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from index import leaves
from index.tree import And, Node, Not, Or

LONGEST = 2_000
"""Code points of a query that are read; more would be a document, and nobody could say how it was understood."""
MOST_LEAVES = 64
FIELDS = ("title", "author", "publisher", "date", *leaves.VALUES)
# what keyboards of other languages and word processors write instead of the operators' characters
SIGNS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』〝〞〟＂", '"'),
        **dict.fromkeys("（﹙", "("),
        **dict.fromkeys("）﹚", ")"),
        **dict.fromkeys("＊﹡", "*"),
        **dict.fromkeys("：﹕", ":"),
        **dict.fromkeys("［【", "["),
        **dict.fromkeys("］】", "]"),
        "～": "~",
        "〜": "~",
        "－": "-",
        "＞": ">",
        "＜": "<",
        "＝": "=",
        "≥": ">=",
        "≤": "<=",
        "\0": " ",
    }
)
PARTING = "，、؛،。；！？؟!;"
QUOTED_OR_PARTED = re.compile(f'"[^"]*"|[{PARTING}]')
SURROGATE = re.compile("[\ud800-\udfff]")
NAMES = "|".join(FIELDS)
QUOTED = r'(?P<exact>(?<![^\s(:-])=)?"(?P<quoted>[^"]*)"(?:~(?P<near>\d{1,3})(?!\w))?'
RANGE = r"\[\s*(?P<first>[^\s\]]*?)\s*(?:\b(?i:to)\b|\.\.)\s*(?P<last>[^\s\]]*?)\s*\]"
PLAIN = r'(?P<plain>[^\s()"]+)'
FIELD = rf"(?<!\w)(?P<text>(?i:{NAMES})):(?=[^\s)])"
MINUS = r'(?:^|(?<=[\s(]))-(?==*(?:[^\W_]|"|\())'


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it was understood: `tree` is None where the text holds nothing to search for.

    `notes` are codes: `cut` where only the beginning of a long query is used, `plain-words` where it was no valid
    syntax and its words were taken.
    """

    tree: Node | None
    interpretation: str
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def understand(text: str) -> Understood:
    """Read any text as a query."""
    notes: list[str] = []
    cleaned = QUOTED_OR_PARTED.sub(_parted, SURROGATE.sub(" ", text).translate(SIGNS))
    if len(cleaned) > LONGEST:
        cleaned = cleaned[:LONGEST]
        notes.append("cut")
    tree = None
    try:
        tree = _tree(_parser().process(cleaned), "")
    except (
        Exception
    ):  # whoosh raises IndexError, NotImplementedError, plain Exception; we recurse: all mean "no syntax"
        notes.append("plain-words")
    if tree is None:
        tree = leaves.words(cleaned)
    tree, cut = _limited(tree)
    if cut:
        notes.append("cut")
    return Understood(tree, str(tree) if tree else "", tuple(dict.fromkeys(notes)))


def _parted(match: re.Match[str]) -> str:
    """Signs that part words. Within quotation marks they part what is side by side in Chinese, too, where a blank would
    not, and a place from its country."""
    return re.sub(f"[{PARTING}]", ", ", match[0]) if match[0][0] == '"' else " "


def _tree(node: Any, field: str) -> Node | None:
    """A whoosh syntax node as ours; None where it holds no word."""
    from whoosh.qparser import syntax

    field = getattr(node, "fieldname", None) or field
    if isinstance(node, syntax.GroupNode):
        parts = [part for part in (_tree(child, field) for child in node) if part]
        if isinstance(node, syntax.NotGroup):
            return Not(parts[0]) if parts else None
        if isinstance(node, syntax.OrGroup):
            return parts[0] if len(parts) == 1 else Or(tuple(parts)) if parts else None
        return leaves.side_by_side(parts, implied=isinstance(node, _implied()))
    if isinstance(node, syntax.MarkerNode):
        return None
    match = getattr(node, "match", None)
    if match is None:  # an operator or field name that applies to nothing
        return leaves.words(getattr(node, "text", "") or getattr(node, "original", ""))
    return leaves.leaf(match, field)


def _limited(tree: Node | None) -> tuple[Node | None, bool]:
    """The tree with no more than MOST_LEAVES leaves, and whether some had to go."""
    left = [MOST_LEAVES]

    def cut(node: Node) -> Node | None:
        match node:
            case And(parts, implied):
                return leaves.side_by_side([part for part in map(cut, parts) if part], implied=implied)
            case Or(parts):
                kept = [part for part in map(cut, parts) if part]
                return kept[0] if len(kept) == 1 else Or(tuple(kept)) if kept else None
            case Not(part):
                inner = cut(part)
                return Not(inner) if inner else None
        left[0] -= 1
        return node if left[0] >= 0 else None

    kept = cut(tree) if tree else None
    return kept, left[0] < 0


@cache
def _implied() -> Any:
    from whoosh.qparser import syntax

    class ImpliedGroup(syntax.GroupNode):  # type: ignore[misc]
        """Words side by side; no AndGroup, or whoosh would put what an AND joins into the group before it."""

    return ImpliedGroup


@cache
def _parser() -> Any:
    from whoosh.qparser import QueryParser, plugins, syntax, taggers

    class LeafNode(syntax.SyntaxNode):  # type: ignore[misc]
        """What one of our own expressions matched."""

        has_fieldname = True

        def __init__(self, match: re.Match[str]) -> None:
            self.fieldname: str | None = None
            self.match = match

    class LeafTagger(taggers.RegexTagger):  # type: ignore[misc]
        def create(self, parser: object, match: re.Match[str]) -> LeafNode:
            return LeafNode(match)

    class FieldTagger(taggers.RegexTagger):  # type: ignore[misc]
        def create(self, parser: object, match: re.Match[str]) -> Any:
            return syntax.FieldnameNode(match["text"].lower(), match[0])

    class LeafPlugin(plugins.Plugin):  # type: ignore[misc]
        def taggers(self, parser: object) -> list[tuple[Any, int]]:
            return [
                (FieldTagger(FIELD), 10),
                (LeafTagger(QUOTED), 20),
                (LeafTagger(rf"(?<=:){RANGE}"), 20),
                (LeafTagger(PLAIN), 30),
            ]

    minus = plugins.OperatorsPlugin.OpTagger(MINUS, syntax.NotGroup, syntax.PrefixOperator, memo="minus")
    fields = plugins.FieldsPlugin(FIELD, remove_unknown=False)
    fields.taggers = lambda parser: []  # its filter is wanted; its tagger would keep the name's capitals
    return QueryParser(
        "",
        None,
        plugins=[
            LeafPlugin(),
            fields,
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin([(minus, 0)], AndNot=None, AndMaybe=None, Require=None),
        ],
        group=_implied(),
    )
