"""The query language: text as typed → our syntax tree; whoosh's parser, used here alone, tags and groups.

Any text is a valid query. What cannot be meant as syntax is searched as plain words, so nothing is ever refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from archive.dates import span
from archive.errors import InvalidValue
from index import countries
from index import text as texts
from index.tree import And, Dated, Fuzzy, Node, Not, Or, Phrase, Prefix, Value, Wildcard, Word

LONGEST = 2_000
"""Code points of a query that are read; more would be a document, and nobody could say how it was understood."""
MOST_LEAVES = 64
FIELDS = ("title", "author", "publisher", "language", "country", "type", "date", "kind")
VALUES = ("language", "country", "type", "kind")
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
        **dict.fromkeys("，、؛،。；！？؟!;", " "),
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
SURROGATE = re.compile("[\ud800-\udfff]")
NAMES = "|".join(FIELDS)
QUOTED = r'"(?P<quoted>[^"]*)"(?:~(?P<near>\d{1,3})(?!\w))?'
RANGE = r"\[\s*(?P<first>[^\s\]]*?)\s*(?:\b(?i:to)\b|\.\.)\s*(?P<last>[^\s\]]*?)\s*\]"
PLAIN = r'(?P<plain>[^\s()"]+)'
FIELD = rf"(?<!\w)(?P<text>(?i:{NAMES})):(?=[^\s)])"
MINUS = r'(?:^|(?<=[\s(]))-(?=[^\W_]|"|\()'


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
    cleaned = SURROGATE.sub(" ", text).translate(SIGNS)
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
        tree = _words(cleaned)
    tree, cut = _limited(tree)
    if cut:
        notes.append("cut")
    return Understood(tree, str(tree) if tree else "", tuple(dict.fromkeys(notes)))


def _words(text: str) -> Node | None:
    return _all([Word(word) for word in texts.words(text)], implied=True)


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
        return _all(parts, implied=isinstance(node, _implied()))
    if isinstance(node, syntax.MarkerNode):
        return None
    match = getattr(node, "match", None)
    if match is None:  # an operator or field name that applies to nothing
        return _words(getattr(node, "text", "") or getattr(node, "original", ""))
    return _leaf(match, field)


def _all(parts: Sequence[Node], *, implied: bool) -> Node | None:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) and part.implied and implied else (part,)
    return flat[0] if len(flat) == 1 else And(tuple(flat), implied) if flat else None


def _leaf(match: re.Match[str], field: str) -> Node | None:
    groups = match.groupdict()
    if "first" in groups:
        dated = _between(groups["first"], groups["last"]) if field == "date" else None
        return dated or _words(match[0])
    if "quoted" in groups:
        text = " ".join(groups["quoted"].split())
        if field == "date":
            return _date(text) or _phrase(text, None, "")
        if field in VALUES:
            return _value(field, text)
        return _phrase(text, groups["near"], field)
    text = groups["plain"]
    if field == "date":
        return _date(text) or _words(text)
    if field in VALUES:
        return _value(field, text)
    return _word(text, field)


def _value(field: str, text: str) -> Node | None:
    """A value; the name of no country or language that CLDR knows is searched as words."""
    text = text.strip()
    if field == "country":
        code = countries.country(text)
    elif field == "language":
        code = countries.language(text)
    else:
        code = text.casefold()
    return Value(field, code, text) if code else _phrase(text, None, "")


def _phrase(text: str, near: str | None, column: str) -> Node | None:
    if not texts.words(text):
        return None
    return Phrase(text, int(near) if near and len(text.split()) > 1 else None, column)


def _word(text: str, column: str) -> Node | None:
    """A word with whatever `*`, `?` and `~` on it are meant as operators."""
    fuzzy = re.fullmatch(r"(.*[^\W_])~([12]?)", text)
    if fuzzy and len(texts.words(fuzzy[1])) == 1 and not texts.is_unspaced(fuzzy[1]):
        return Fuzzy(fuzzy[1], int(fuzzy[2] or 1), column)
    pattern = re.sub(r"\*{2,}|\?+(?![\w*])", " ", text).strip(" ")  # ** marks bold type, ? ends a question
    if "*" not in pattern and "?" not in pattern:
        found = re.search(r"[^\W_].*[^\W_]|[^\W_]", text, re.DOTALL)  # without the punctuation around it
        word = text[found.start() :].rstrip("~*?.:,_-/'’…)]}>") if found else text
        return Word(word.lower() if word in ("AND", "OR", "NOT") else word, column) if texts.words(word) else None
    letters = pattern.replace("*", "").replace("?", "")
    pieces = texts.words(letters)
    if pieces and pattern == f"{letters}*" and letters.endswith(pieces[-1]):
        return Prefix(letters, column)
    if "://" in text:
        return Word(text, column)
    if pieces != [letters] or texts.is_unspaced(letters):  # what stands between Han is no word: all parts, anywhere
        return _all([Word(word, column) for word in texts.words(text)], implied=True)
    return Wildcard(pattern, column)


def _between(first: str, last: str) -> Node | None:
    try:
        earliest, latest = span(first)[0], span(last)[1]
    except InvalidValue:
        return None
    return Dated(earliest, latest, f"[{first} to {last}]") if earliest or latest else None


def _date(text: str) -> Node | None:
    """`2015`, `2014/2016`, `2014..2016` or `>`, `>=`, `<`, `<=` and a date."""
    sign, words = re.fullmatch(r"([<>]=?|=?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # matches all
    if ".." in words:
        return _between(*words.split("..", 1))
    try:
        earliest, latest = span(words)
    except InvalidValue:
        return None
    if not earliest:
        return None
    match sign:
        case ">":
            return Dated(_next_day(latest), "", text)
        case ">=":
            return Dated(earliest, "", text)
        case "<":
            return Dated("", _next_day(earliest, -1), text)
        case "<=":
            return Dated("", latest, text)
    return Dated(earliest, latest, words)


def _next_day(day: str, days: int = 1) -> str:
    from datetime import date, timedelta

    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return day


def _limited(tree: Node | None) -> tuple[Node | None, bool]:
    """The tree with no more than MOST_LEAVES leaves, and whether some had to go."""
    left = [MOST_LEAVES]

    def cut(node: Node) -> Node | None:
        match node:
            case And(parts, implied):
                return _all([part for part in map(cut, parts) if part], implied=implied)
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
