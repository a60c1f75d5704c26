"""Reads the JSON of casework that another desk wrote: every record checked for its shape before anything is taken."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from archive.cases.exchange.json_export import FORMAT, VERSION
from archive.cases.records import Assessment, Kind, Stance, State
from archive.cases.values import CONTROL
from archive.cases.vocabularies import Label, Mapping, Term
from archive.errors import InvalidValue
from archive.records import Confidentiality

LONGEST = 20_000
WORDS = frozenset(
    {"words", "date_words", "hedge", "note", "reason", "state_reason", "assessment_reason", "created", "who"}
)
MOST = 2_000_000
REFUSED = re.compile("[\ud800-\udfff\0]")  # no database takes them
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHA256 = re.compile(r"[0-9a-f]{64}")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The records of a file, each with exactly the keys that `json_export` writes; `documents` by SHA-256."""

    documents: dict[str, Record]
    terms: tuple[Term, ...]
    subjects: tuple[Record, ...]
    facts: tuple[Record, ...]
    links: tuple[Record, ...]
    not_same: tuple[Record, ...]
    merges: tuple[Record, ...]


# a tuple names what a text may be, a pattern what it must look like; "" beside a pattern lets it be empty
_PERSON = {"created": str, "who": str}
_SUBJECT = {
    "id": UUID,
    "kind": tuple(Kind),
    "code": str,
    "parent": (UUID, ""),
    "confidentiality": tuple(Confidentiality),
    "merged": (UUID, ""),
    **_PERSON,
}
_STEP = {"id": str, "words": str}
_SOURCE = {
    "id": UUID,
    "document": SHA256,
    **dict.fromkeys(("version", "start", "end", "page"), int),
    **dict.fromkeys(("quote", "before", "after", "language"), str),
    "chain": [_STEP],
    "stance": tuple(Stance),
    **dict.fromkeys(("date_words", "hedge", "note"), str),
    "state": tuple(State),
    **_PERSON,
}
_FACT = {
    "id": UUID,
    "subject": UUID,
    **dict.fromkeys(("field", "value", "as_of"), str),
    "state": tuple(State),
    "state_reason": str,
    "replaced_by": (UUID, ""),
    "assessment": tuple(Assessment),
    "assessment_reason": str,
    "confidentiality": tuple(Confidentiality),
    **_PERSON,
    "sources": [_SOURCE],
}
_DOCUMENT = {
    "id": UUID,
    "sha256": SHA256,
    **dict.fromkeys(("title", "type", "language", "published", "source_url"), str),
}
_TERM = {
    **dict.fromkeys(("vocabulary", "code", "broader"), str),
    "status": ("current", "retired", "merged"),
    "replaced_by": str,
    "labels": [[str]],
    "mappings": [[str]],
}
_LINK = {"document": SHA256, "relation": str, "other": UUID, **_PERSON}
_NOT_SAME = {"one": UUID, "other": UUID, "reason": str, **_PERSON}
_MOVED = {"record": ("fact", "source"), "id": (UUID, ""), "from": (UUID, ""), "value": str}
_MERGE = {"id": UUID, "kept": UUID, "gone": UUID, "reason": str, "moved": [_MOVED], **_PERSON, "undone": str}


def read(text: str) -> Bundle:
    """The records in a JSON text. Raises InvalidValue, naming the first place that is not as it must be."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidValue(field="json", value="", why=str(error)) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT or told.get("version") != VERSION:
        raise InvalidValue(field="json", value="format", why=f"not {FORMAT}, version {VERSION}")
    shapes = {
        "documents": _DOCUMENT,
        "terms": _TERM,
        "subjects": _SUBJECT,
        "facts": _FACT,
        "links": _LINK,
        "not_same": _NOT_SAME,
        "merges": _MERGE,
    }
    for name, shape in shapes.items():
        _check(name, told.get(name), [shape])
    for one in (*told["subjects"], *told["facts"], *told["not_same"], *told["merges"], *told["links"]):
        _clean(one)
        for source in one.get("sources", ()):
            _clean(source)
            for step in source["chain"]:
                _clean(step)
    return Bundle(
        {one["sha256"]: one for one in told["documents"]},
        tuple(map(_term, told["terms"])),
        tuple(told["subjects"]),
        tuple(told["facts"]),
        tuple(told["links"]),
        tuple(told["not_same"]),
        tuple(told["merges"]),
    )


def _clean(told: Record) -> None:
    """Take the control characters out of what people of the other desk wrote; passages are compared as they are."""
    for name in WORDS & told.keys():
        told[name] = CONTROL.sub(" ", told[name])


def _check(where: str, given: object, shape: Any) -> None:
    """Raise InvalidValue where a value has not its shape."""
    if isinstance(shape, list):
        if not isinstance(given, list) or len(given) > MOST:
            raise InvalidValue(field="json", value=where, why="not a list")
        for at, one in enumerate(given):
            _check(f"{where}[{at}]", one, shape[0])
    elif isinstance(shape, dict):
        optional = {"text"} if shape is _DOCUMENT else set()
        if not isinstance(given, dict) or given.keys() - optional != shape.keys():
            raise InvalidValue(field="json", value=where, why=f"not an object with: {', '.join(shape)}")
        for key, of in shape.items():
            _check(f"{where}.{key}", given[key], of)
        if "text" in given.keys() - shape.keys():
            _check(f"{where}.text", given["text"], str)
    elif shape is int:
        if type(given) is not int or not 0 <= given < 2**53:
            raise InvalidValue(field="json", value=where, why="not a whole number")
    elif not isinstance(given, str) or not _fits(given, shape):
        raise InvalidValue(field="json", value=where, why="not a text that may stand here")


def _fits(given: str, shape: Any) -> bool:
    if len(given) > LONGEST or REFUSED.search(given):
        return False
    if shape is str:
        return True
    if isinstance(shape, re.Pattern):
        return shape.fullmatch(given) is not None
    return any(_fits(given, one) if isinstance(one, re.Pattern) else given == one for one in shape)


def _term(told: Record) -> Term:
    if any(len(one) != 3 for one in (*told["labels"], *told["mappings"])):
        raise InvalidValue(field="json", value=f"term {told['code']}", why="a label or mapping without its three parts")
    return Term(
        told["vocabulary"],
        told["code"],
        told["broader"],
        told["status"],
        told["replaced_by"],
        tuple(Label(*one) for one in told["labels"]),
        tuple(Mapping(*one) for one in told["mappings"]),
    )
