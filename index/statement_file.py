"""Search statements as JSON files: canonical (RFC 8785), with the SHA-256 of their content, so that alteration shows.

Whoever alters a file on purpose can compute its hash anew: to hold against that, the hash is noted elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from pathlib import Path
from typing import Any, TypeVar, get_args

from archive.connect import translated
from archive.errors import AlteredStatement, NotAStatement
from index.answers import FILTERS, Filter, Query, Sort
from index.coverage import Gap
from index.statement import BANNER, CLOSING, Found, Made, Statement, Widening

FORMAT, VERSION = "tamarisk search statement", 1
LARGEST = 1 << 30
"""Bytes of a file that is read: a statement of a million hits takes a third of it."""
KINDS = {"str": str, "int": int, "tuple[str, ...]": tuple}
R = TypeVar("R", Made, Widening, Gap, Found)
PAGING = ("limit", "offset", "fold")
"""Fields of a query that say which of the hits are looked at and how, not what is searched."""


def content(statement: Statement) -> dict[str, Any]:
    """All that a file says, its hash included."""
    told = {
        "format": FORMAT,
        "version": VERSION,
        "made": asdict(statement.made),
        "query": {name: value for name, value in asdict(statement.query).items() if name not in PAGING},
        "confidential": statement.confidential,
        "interpretation": statement.interpretation,
        "relaxed": statement.relaxed,
        "notes": list(statement.notes),
        "widenings": [asdict(one) for one in statement.widenings],
        "total": statement.total,
        "coverage": {
            "documents": statement.documents,
            "gaps": [asdict(gap) for gap in statement.gaps],
            "waiting": statement.waiting,
        },
        "hits": [asdict(hit) for hit in statement.hits],
        "banner": BANNER,
        "closing": CLOSING,
    }
    told = _writable(told)
    return {**told, "sha256": _hash(told)}


def written(statement: Statement) -> bytes:
    """The file."""
    return _canonical(content(statement))


def digest(statement: Statement) -> str:
    """The SHA-256 that stands in the file."""
    return str(content(statement)["sha256"])


def read(path: Path) -> Statement:
    """The statement in a file. Raises NotAStatement, AlteredStatement and environment faults."""
    with translated(path):
        try:
            if path.stat().st_size > LARGEST:
                raise NotAStatement(path=str(path), why="too large")
            kept = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError) as error:
            raise NotAStatement(path=str(path), why=str(error.strerror)) from error
    return parsed(kept, str(path))


def parsed(kept: bytes, path: str) -> Statement:
    """The statement in the bytes of a file called `path`. Raises NotAStatement, AlteredStatement."""
    try:
        told = json.loads(kept)
    except (ValueError, RecursionError) as error:  # cut off, or never JSON
        raise NotAStatement(path=path, why="no JSON, or cut off") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotAStatement(path=path, why="no statement")
    if not isinstance(told.get("version"), int) or told["version"] > VERSION:
        raise NotAStatement(path=path, why="made by a newer program")
    try:
        altered = _canonical(told) != kept.rstrip(b"\r\n") or _hash(_unhashed(told)) != told.get("sha256")
    except (ValueError, RecursionError) as error:  # numbers and letters that no statement can hold
        raise AlteredStatement(path=path) from error
    if altered:
        raise AlteredStatement(path=path)
    try:
        return _statement(told)
    except (KeyError, TypeError, ValueError) as error:  # a hash that fits, and not what we write
        raise NotAStatement(path=path, why="parts of it are missing or unknown") from error


def _statement(told: Mapping[str, Any]) -> Statement:
    covered = told["coverage"]
    return Statement(
        made=_record(Made, told["made"]),
        query=_query(told["query"]),
        confidential=bool(told["confidential"]),
        interpretation=str(told["interpretation"]),
        relaxed=bool(told["relaxed"]),
        notes=tuple(map(str, told["notes"])),
        widenings=tuple(_record(Widening, one) for one in told["widenings"]),
        total=int(told["total"]),
        documents=int(covered["documents"]),
        gaps=tuple(_record(Gap, one) for one in covered["gaps"]),
        waiting=int(covered["waiting"]),
        hits=tuple(_record(Found, one) for one in told["hits"]),
    )


def _query(told: Mapping[str, Any]) -> Query:
    """The query, in whose filters every field must be known: without one of them another question would be asked."""
    values = dict(told)
    filters = tuple(Filter(str(one["field"]), str(one["value"]), bool(one["exclude"])) for one in values.pop("filters"))
    known = {one.name for one in fields(Query)}
    if any(name not in known or not isinstance(value, str) for name, value in values.items()):
        raise ValueError("an unknown part of a query")
    if values["sort"] not in get_args(Sort) or any(one.field not in FILTERS for one in filters):
        raise ValueError("an unknown order or field")
    return Query(filters=filters, **values)


def _record(kind: type[R], told: Mapping[str, Any]) -> R:
    """One of our records of texts and numbers, or tuples of texts."""
    values: dict[str, Any] = {}
    for one in fields(kind):
        # what was added to a record later is missing in older files
        value = told[one.name] if one.default is MISSING else told.get(one.name, one.default)
        values[one.name] = tuple(map(str, value)) if isinstance(value, list) else value
        if not isinstance(values[one.name], KINDS[str(one.type)]):
            raise TypeError(one.name)
    return kind(**values)


def _unhashed(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "sha256"}


def _hash(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(told)).hexdigest()


def _canonical(told: Mapping[str, Any]) -> bytes:
    import rfc8785

    return rfc8785.dumps(dict(told))


def _writable(value: Any) -> Any:
    """The value without halves of surrogate pairs, which a terminal may hand on and nobody can write."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: _writable(one) for name, one in value.items()}
    return [_writable(one) for one in value] if isinstance(value, list | tuple) else value
