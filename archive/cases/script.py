"""Casework written down in TOML, recorded the way the window records it: passage by passage, all of it or nothing.

A script is one or more texts with these tables, handles being names of the author's own for subjects:

    document = "page.md"            # what passages quote from unless they say otherwise; by the name it came under

    [subjects]                      # handle = kind; of an event also what it belongs to
    road = "programme"
    start = { kind = "event", of = "road" }

    [[link]]                        # how a document stands to another, or to a cited work
    document = "page.md"
    relation = "abstract of"
    other = "book"

    [[passage]]
    quote = "It began in spring"    # stands in the document exactly once
    chain = ["book", { words = "an official" }]
    stance = "alleges"
    facts = [{ on = "start", line = "1", date = "2014-03/2014-05", date-words = "in spring", method = ["a", "b"] }]

Each table of facts is about the subject `on`. Its keys are fields, their values as typed or a handle, several in a
list; beside them `as-of`, `date-words`, `hedge`, `note`, and a `stance` or `chain` in place of the passage's own.
`line` is the author's own mark. Lines are given back with the facts that came of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from archive import documents, texts
from archive.cases import facts, fields, links, subjects
from archive.cases.records import Citation, Entry, Kind, Recorded, Stance, Step
from archive.connect import Database, writing
from archive.errors import InvalidValue
from archive.records import Confidentiality, Document

ABOUT = frozenset({"on", "line", "as-of", "date-words", "hedge", "note", "stance", "chain"})
"""Keys of a table of facts that are no fields."""
TABLES = frozenset({"document", "subjects", "link", "passage"})
PASSAGE = frozenset({"document", "quote", "chain", "stance", "facts"})
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Said:
    """One fact of a script as it was recorded, with the author's mark."""

    line: str
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Loaded:
    """The subjects that were made, UUIDs by handle, and the facts in the order of the script."""

    subjects: dict[str, str]
    said: tuple[Said, ...]


def load(
    db: Database,
    scripts: Sequence[str],
    *,
    who: str,
    confidentiality: Confidentiality = Confidentiality.RESTRICTED,
) -> Loaded:
    """Record what scripts say; the handles of one may be used in all. The documents must be in the archive.

    Raises InvalidValue for what cannot be read, found or kept; nothing is recorded then.
    """
    tables = [_parsed(text) for text in scripts]
    with writing(db):
        loading = _Loading(db, who, confidentiality)
        loading.make(table.get("subjects", {}) for table in tables)
        for table in tables:
            for link in table.get("link", ()):
                loading.link(link)
        said = [
            one
            for table in tables
            for passage in table.get("passage", ())
            for one in loading.passage(passage, table.get("document", ""))
        ]
        return Loaded(loading.handles, tuple(said))


class _Loading:
    """What one loading knows: handles, and the texts of the documents it has quoted from."""

    def __init__(self, db: Database, who: str, confidentiality: Confidentiality) -> None:
        self._db, self._who, self._confidentiality = db, who, confidentiality
        self._texts: dict[str, tuple[Document, str]] = {}
        self.handles: dict[str, str] = {}

    def make(self, tables: Iterable[Mapping[str, Any]]) -> None:
        """Make the subjects, events after what they belong to."""
        wanted: list[tuple[str, Kind, str]] = []
        for table in tables:
            for handle, about in table.items():
                kind, parent = (about.get("kind", ""), about.get("of", "")) if isinstance(about, dict) else (about, "")
                wanted.append((handle, _one_of(Kind, "kind", kind), parent))
        for handle, kind, parent in sorted(wanted, key=lambda one: one[1] is Kind.EVENT):
            if handle in self.handles:
                raise InvalidValue(field="subjects", value=handle, why="two subjects of this name")
            made = subjects.create(
                self._db,
                kind,
                who=self._who,
                parent=self._handle(parent) if parent else "",
                confidentiality=self._confidentiality,
            )
            self.handles[handle] = made.id

    def link(self, table: Mapping[str, str]) -> None:
        """Link a document."""
        document, _ = self._document(table.get("document", ""))
        named = table.get("other", "")
        other = self.handles.get(named) or self._document(named)[0].id
        relation = _one_of(links.Link, "relation", table.get("relation", ""))
        links.add(self._db, document.id, relation, other, who=self._who)

    def passage(self, table: Mapping[str, Any], document: str) -> list[Said]:
        """Record the facts of one passage."""
        _only(PASSAGE, table)
        kept, text = self._document(table.get("document", document))
        quote = table.get("quote", "")
        if (times := text.count(quote)) != 1:
            raise InvalidValue(field="quote", value=quote, why=f"stands {times} times in the document, not once")
        start = text.index(quote)
        citation = Citation(
            kept.id,
            kept.text_version,
            start,
            start + len(quote),
            chain=self._chain(table.get("chain", ())),
            stance=_one_of(Stance, "stance", table.get("stance", Stance.STATES)),
        )
        marked = [(about.get("line", ""), entry) for about in table.get("facts", ()) for entry in self._entries(about)]
        recorded = facts.record(self._db, citation, [entry for _, entry in marked], who=self._who)
        return [Said(line, one) for (line, _), one in zip(marked, recorded, strict=True)]

    def _entries(self, table: Mapping[str, Any]) -> Iterable[Entry]:
        about = {
            "as_of": table.get("as-of", ""),
            "date_words": table.get("date-words", ""),
            "hedge": table.get("hedge", ""),
            "note": table.get("note", ""),
            "stance": _one_of(Stance, "stance", table["stance"]) if "stance" in table else None,
            "chain": self._chain(table["chain"]) if "chain" in table else None,
        }
        subject = self._handle(table.get("on", ""))
        for code, values in table.items():
            if code in ABOUT:
                continue
            field = fields.field(code)
            for value in values if isinstance(values, list) else [values]:
                named = self._handle(value) if field.type is fields.Type.SUBJECT else str(value)
                yield Entry(subject, code, named, **about)

    def _chain(self, steps: Sequence[str | Mapping[str, str]]) -> tuple[Step, ...]:
        return tuple(
            Step(self._handle(step), "") if isinstance(step, str) else Step("", step.get("words", "")) for step in steps
        )

    def _handle(self, handle: str) -> str:
        if handle not in self.handles:
            raise InvalidValue(field="subjects", value=handle, why="no subject of this name")
        return self.handles[handle]

    def _document(self, name: str) -> tuple[Document, str]:
        """The one document that came under this name, whatever folders stand before it, and its text."""
        if name not in self._texts:
            found = self._db.conn.execute(
                "SELECT DISTINCT d.uuid FROM document_name AS n JOIN document AS d ON d.row = n.document"
                " WHERE n.shown = ?1 OR substr(n.shown, -length(?1) - 1) = '/' || ?1",
                (name,),
            ).fetchall()
            if len(found) != 1:
                raise InvalidValue(field="document", value=name, why=f"the name of {len(found)} documents, not of one")
            document = documents.get(self._db, found[0][0])
            self._texts[name] = document, texts.read(self._db, document.row, document.text_version)
        return self._texts[name]


def _parsed(text: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue(field="script", value="", why=str(error)) from error
    _only(TABLES, table)
    return table


def _only(known: frozenset[str], table: Mapping[str, Any]) -> None:
    if unknown := sorted(set(table) - known):
        raise InvalidValue(field="script", value=unknown[0], why="no such key")


def _one_of(choice: type[_Choice], field: str, value: str) -> _Choice:
    try:
        return choice(value)
    except ValueError as error:
        raise InvalidValue(field=field, value=str(value), why=f"not one of: {', '.join(choice)}") from error
