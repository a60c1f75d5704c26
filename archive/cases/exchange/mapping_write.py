"""Writes maps of tables as the TOML that `mapping` reads."""

from __future__ import annotations

from typing import Any

import tomli_w

from archive.cases.exchange.mapping import Map, Part, Rule


def write(told: Map) -> str:
    """The TOML text of a map; read again it gives an equal map. What has its usual value is left out."""
    whole = {
        "sheet": told.sheet,
        "header": told.header if told.header != 1 else 0,
        "empty": sorted(told.empty),
        "language": told.language,
        "origins": list(told.origins),
    }
    return tomli_w.dumps({**_said(whole), "subject": {part.name: _part(part) for part in told.parts}})


def _part(part: Part) -> dict[str, Any]:
    return _said(
        {
            "kind": str(part.kind),
            "parent": part.parent,
            "each": part.each,
            "separators": list(part.separators),
            "identify": list(part.identify),
            "confidentiality": "" if part.confidentiality == "restricted" else str(part.confidentiality),
            "field": [_rule(rule) for rule in part.rules],
        }
    )


def _rule(rule: Rule) -> dict[str, Any]:
    return _said(
        {
            "field": rule.field,
            "column": rule.column,
            "matching": rule.matching,
            "value": rule.value,
            "subject": rule.subject,
            "unless": rule.unless,
            "dates": rule.dates,
            "separators": list(rule.separators),
            "required": rule.required,
            "stance": "" if rule.stance == "states" else str(rule.stance),
            "synonyms": dict(rule.synonyms),
        }
    )


def _said(table: dict[str, Any]) -> dict[str, Any]:
    """The keys that say something."""
    return {key: value for key, value in table.items() if value}
