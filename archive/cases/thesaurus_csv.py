"""Thesauri as CSV: one line per term, one column per language, role and scheme; what we ship and what goes in and out.

The header is `code,broader,status,replaced_by`, then columns such as `preferred:en`, `other:zh-Hans`, `definition:en`
and `exact:huridocs` (a SKOS match and a scheme). Several labels or notations in a cell stand apart by ` | `.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from archive.cases.vocabularies import ROLES, Label, Mapping, Term
from archive.errors import InvalidValue

FIXED = ("code", "broader", "status", "replaced_by")
MATCHES = ("exact", "close", "broad", "narrow", "related")
APART = " | "


def read(vocabulary: str, text: str) -> Iterator[Term]:
    """The terms in a CSV text, in order. Raises InvalidValue where a column is unknown or a line has no code."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        columns = [column for column in rows.fieldnames or () if column not in FIXED]
        for column in columns:
            role, _, rest = column.partition(":")
            if not rest or role not in (*ROLES, *MATCHES):
                raise InvalidValue(
                    field="column", value=column, why="not a role and a language, or a match and a scheme"
                )
        if "code" not in (rows.fieldnames or ()):
            raise InvalidValue(field="column", value="code", why="missing")
        for row in rows:
            yield _term(vocabulary, row, columns, rows.line_num)
    except csv.Error as error:
        raise InvalidValue(field="csv", value=f"line {rows.line_num}", why=str(error)) from error


def write(terms: Iterable[Term]) -> str:
    """Terms as CSV text, columns by role and language, English first; `read` gives the same terms back, and what was
    written once is written the same again."""
    terms = list(terms)
    labels = {(label.role, label.language) for term in terms for label in term.labels}
    mappings = {(mapping.match, mapping.scheme) for term in terms for mapping in term.mappings}
    columns = [
        *(":".join(one) for one in sorted(labels, key=lambda one: (ROLES.index(one[0]), one[1] != "en", one[1]))),
        *(":".join(one) for one in sorted(mappings, key=lambda one: (one[1], MATCHES.index(one[0])))),
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*FIXED, *columns])
    for term in terms:
        cells: dict[str, list[str]] = {}
        for label in term.labels:
            cells.setdefault(f"{label.role}:{label.language}", []).append(label.text)
        for mapping in term.mappings:
            cells.setdefault(f"{mapping.match}:{mapping.scheme}", []).append(mapping.notation)
        fixed = (term.code, term.broader, term.status, term.replaced_by)
        writer.writerow([*fixed, *(APART.join(cells.get(column, ())) for column in columns)])
    return out.getvalue()


def _term(vocabulary: str, row: dict[str, str | None], columns: list[str], line: int) -> Term:
    code = (row["code"] or "").strip()
    if not code or None in row:
        why = "more cells than columns" if None in row else "no code"
        raise InvalidValue(field="line", value=str(line), why=why)
    labels, mappings = [], []
    for column in columns:
        role, _, rest = column.partition(":")
        for text in (part.strip() for part in (row[column] or "").split(APART)):
            if text and role in ROLES:
                labels.append(Label(rest, role, text))
            elif text:
                mappings.append(Mapping(rest, text, role))
    fixed = {name: (row.get(name) or "").strip() for name in FIXED[1:]}
    status = fixed["status"] or "current"
    return Term(vocabulary, code, fixed["broader"], status, fixed["replaced_by"], tuple(labels), tuple(mappings))
