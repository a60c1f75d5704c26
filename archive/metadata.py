"""What may be recorded about a document: which values can be kept, and how they stand in their columns."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any

from archive.dates import span
from archive.errors import InvalidValue
from archive.records import Metadata

COUNTRY = re.compile(r"[A-Z]{2}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def check(metadata: Metadata) -> None:
    """Raise InvalidValue where a field of `metadata` cannot be kept as it is."""
    span(metadata.published)
    if metadata.language and not LANGUAGE.fullmatch(metadata.language):
        raise InvalidValue(field="language", value=metadata.language, why="not a BCP 47 language tag")
    for code in metadata.countries:
        if not COUNTRY.fullmatch(code):
            raise InvalidValue(field="countries", value=code, why="not an ISO 3166-1 code of two capital letters")


def acceptable(metadata: Metadata) -> tuple[Metadata, list[str]]:
    """The metadata without the fields that cannot be kept, and what those were."""
    kept: dict[str, Any] = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    dropped = []
    for name, empty in (("published", ""), ("language", ""), ("countries", ())):
        try:
            check(Metadata(**{name: kept[name]}))
        except InvalidValue:
            dropped.append(f"{name}: {kept[name]}")
            kept[name] = empty
    return Metadata(**kept), dropped


def columns(metadata: Metadata) -> dict[str, str]:
    """A metadata record as the columns of its row: lists are JSON arrays."""
    made: dict[str, str] = {}
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        made[field.name] = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
    return made
