"""What a table would bring by a map, row by row, with every problem named by row and column: nothing is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from archive.cases import fields, values
from archive.cases.exchange import table, worded
from archive.cases.exchange.mapping import NAMES, Map, Part, Rule
from archive.cases.exchange.matching import Matching
from archive.cases.exchange.table import Row
from archive.cases.fields import Type
from archive.cases.records import Kind, Stance
from archive.connect import Database
from archive.errors import Cancelled, InvalidValue
from archive.records import Confidentiality

MISSING, UNREAD, NOTHING = "missing", "no rule reads it", "nothing is read from this row"
TWO_NAMES = "the same identifier with another name"
MORE = "more cells than columns"
SHOWN = 200
"""Characters of a cell in a problem: it may be a book."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell, of which `value` is the beginning. `why` may quote what the value was read as."""

    sheet: str
    row: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Value:
    """A fact about to be recorded; `subject` names another subject of the row instead of a value, `unless` one without
    which alone it is recorded."""

    field: str
    value: str
    words: str = ""
    subject: str = ""
    stance: Stance = Stance.STATES
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A subject that a row tells of. `row` is the first row that told of it, under the same `role`."""

    role: str
    kind: Kind
    parent: str
    row: int
    confidentiality: Confidentiality
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """All that one row brings; `origins` are the words for what it rests on."""

    row: Row
    subjects: tuple[Planned, ...]
    origins: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a table brings. `unread` are columns that the map does not name, `problems` those of whole sheets."""

    rows: tuple[PlannedRow, ...]
    unread: tuple[str, ...]
    problems: tuple[Problem, ...]
    language: str

    def every_problem(self) -> tuple[Problem, ...]:
        """The problems of the sheets and of all rows, in order."""
        return (*self.problems, *(problem for row in self.rows for problem in row.problems))


def plan(db: Database, by: Map, rows: Sequence[Row], cancelled: Callable[[], bool] = bool) -> Plan:
    """Read rows by a map. A sheet that lacks a column of the map is a problem of its own, and none of it is read.

    Raises Cancelled.
    """
    reader = _Reader(db, by, Matching(cancelled))
    planned: list[PlannedRow] = []
    unread: dict[str, None] = {}
    problems: list[Problem] = []
    sheets = dict.fromkeys(row.sheet for row in rows)
    if not sheets or (by.sheet and by.sheet not in sheets):
        problems.append(Problem(by.sheet, 0, "", by.sheet, MISSING))
    for sheet in (one for one in sheets if by.sheet in ("", one)):
        of_sheet = [row for row in rows if row.sheet == sheet]
        header = next((row for row in of_sheet if row.number == by.header), None)
        below = [row for row in of_sheet if row.number > by.header]
        columns = table.columns(header, below) if header else {}
        missing = [column for column in by.columns if column not in columns]
        problems += [Problem(sheet, by.header, column, "", MISSING) for column in missing]
        if not missing:
            unread |= dict.fromkeys(column for column in columns if column not in by.columns)
            for row in below:
                if cancelled():
                    raise Cancelled
                planned.append(reader.read(row, columns))
    return Plan(tuple(planned), tuple(unread), tuple(problems), by.language)


class _Reader:
    """Reads rows one after the other, and remembers which told of the same subject."""

    def __init__(self, db: Database, by: Map, matching: Matching) -> None:
        self._db, self._map, self._matching = db, by, matching
        self._canonical: dict[tuple[str, str], str | InvalidValue] = {}
        self._known: dict[tuple[str, ...], tuple[int, frozenset[str]]] = {}
        self._named = frozenset(by.columns)
        self._rules: dict[str, list[Rule]] = {}
        for rule in (rule for part in by.parts for rule in part.rules if rule.column):
            self._rules.setdefault(rule.column, []).append(rule)

    def read(self, row: Row, columns: dict[str, int]) -> PlannedRow:
        self._matching.forget()
        cells = {
            name: row.cells[at].strip() if at < len(row.cells) else ""
            for name, at in columns.items()
            if name in self._named
        }
        cells = {name: "" if cell.casefold() in self._map.empty else cell for name, cell in cells.items()}
        problems: list[Problem] = []
        bare, lacking = set[str](), set[str]()
        planned = [one for part in self._map.parts for one in self._subjects(part, row, cells, problems, bare, lacking)]
        problems += [_problem(row, column, cells[column], UNREAD) for column in self._unread_cells(cells)]
        problems += [
            _problem(row, "", cell, MORE) for cell in row.cells[max(columns.values(), default=0) + 1 :] if cell.strip()
        ]
        origins = tuple(self._origins(row, cells, problems))
        subjects = _linked(planned, bare, lacking)
        if not subjects and not problems:
            problems.append(_problem(row, "", "", NOTHING))
        return PlannedRow(row, subjects, tuple(dict.fromkeys(origins)), tuple(problems))

    def _origins(self, row: Row, cells: dict[str, str], problems: list[Problem]) -> Iterator[str]:
        """What the row rests on, as it is kept."""
        for column in self._map.origins:
            try:
                if words := values.words("chain", cells[column]):
                    yield words
            except InvalidValue as error:
                problems.append(_problem(row, column, cells[column], str(error.facts["why"])))

    def _unread_cells(self, cells: dict[str, str]) -> Iterator[str]:
        """The columns of which only some cells are read, where this cell is none of them."""
        for column, some in self._rules.items():
            if cells[column] and not any(self._is_read(rule, cells[column]) for rule in some):
                yield column

    def _is_read(self, rule: Rule, cell: str) -> bool:
        """Whether a rule is for a cell; one that took too long is a problem of its own."""
        try:
            return not rule.matching or any(
                self._matching.found(rule.matching, piece) for piece in table.split(cell, rule.separators)
            )
        except InvalidValue:
            return True

    def _subjects(
        self, part: Part, row: Row, cells: dict[str, str], problems: list[Problem], bare: set[str], lacking: set[str]
    ) -> Iterator[Planned]:
        """The subjects of one part; `bare` gets its name where only references and constants speak of it, `lacking`
        where a required cell is empty."""
        refers = any(rule.subject for rule in part.rules)
        pieces = table.split(cells[part.each], part.separators) if part.each else ("",)
        for at, piece in enumerate(pieces, 1):
            role = part.name if at == 1 else f"{part.name} {at}"
            own = {**cells, part.each: piece} if part.each else cells
            found: list[Problem] = []
            told, cell_read = self._values(part, row, own, found)
            problems += [one for one in found if one not in problems]
            if any(one.why == MISSING for one in found):
                lacking.add(part.name)
                continue
            if not cell_read:
                if any(rule.column for rule in part.rules) and (part.parent or not refers):
                    continue
                bare |= {part.name} if refers else set()
            first = row.number
            key = tuple(cells[column] for column in part.identify)
            if part.identify and all(key):
                first = self._same(part, row, key, told, problems)
            yield Planned(role, part.kind, part.parent, first, part.confidentiality, told)

    def _same(
        self, part: Part, row: Row, key: tuple[str, ...], told: tuple[Value, ...], problems: list[Problem]
    ) -> int:
        """The first row with this identifier; this one, with a problem, where the names differ."""
        names = frozenset(value.value for value in told if value.field in NAMES)
        first, known = self._known.setdefault((row.sheet, part.name, *key), (row.number, names))
        if names and known and not names & known:
            problems.append(_problem(row, ", ".join(part.identify), " ".join(key), TWO_NAMES))
            return row.number
        return first

    def _values(
        self, part: Part, row: Row, cells: dict[str, str], problems: list[Problem]
    ) -> tuple[tuple[Value, ...], bool]:
        """What the rules of a subject read, and whether any cell gave a value."""
        told: dict[Value, None] = {}
        cell_read = False
        for rule in part.rules:
            if rule.subject:
                told[Value(rule.field, "", subject=rule.subject, stance=rule.stance)] = None
                continue
            if not rule.column:
                pieces: tuple[str, ...] = (rule.value,)
            else:
                pieces = table.split(cells[rule.column], rule.separators)
                if rule.required and not pieces:
                    problems.append(_problem(row, rule.column, "", MISSING))
            for piece in pieces:
                try:
                    value = self._read(rule, piece)
                except InvalidValue as error:
                    why = str(error.facts["why"])
                    problems.append(_problem(row, rule.column, piece, why))
                    continue
                if value is not None:
                    cell_read = cell_read or bool(rule.column)
                    told[value] = None
        return tuple(told), cell_read

    def _read(self, rule: Rule, piece: str) -> Value | None:
        """One piece of a cell by a rule, None where the rule is not for it. Raises InvalidValue."""
        text = piece
        if rule.matching:
            told = self._matching.told(rule.matching, piece, rule.value)
            if told is None:
                return None
            text = told
        text = rule.synonyms.get(text.casefold(), text)
        known = fields.field(rule.field)
        if rule.dates:
            text = worded.date(text, rule.dates)
        key = (rule.field, text)
        if key not in self._canonical:
            try:
                self._canonical[key] = values.canonical(self._db, known, text)
            except InvalidValue as error:
                self._canonical[key] = error
        value = self._canonical[key]
        if isinstance(value, InvalidValue):
            raise value
        worded_so = piece if rule.column and known.type in (Type.DATE, Type.DURATION) else ""
        return Value(rule.field, value, values.words("date_words", worded_so), stance=rule.stance, unless=rule.unless)


def _problem(row: Row, column: str, cell: str, why: str) -> Problem:
    return Problem(row.sheet, row.number, column, cell if len(cell) <= SHOWN else cell[:SHOWN] + "…", why)


def _linked(planned: Sequence[Planned], bare: Container[str], lacking: Container[str]) -> tuple[Planned, ...]:
    """The subjects with references only to those of the row that are there; a reference goes to every one of `each`.

    A subject whose parent is not there goes with it, and so does one that names a subject of `lacking` (a required
    cell was empty), or one of `bare` (nothing but references and constants) that is left without any reference, unless
    it says what it is without one and something belongs to it.
    """
    while True:
        roles = {one.role: one.role.split(" ")[0] for one in planned}
        kept = []
        for one in planned:
            told: list[Value] = []
            if any(value.subject in lacking for value in one.values):
                continue
            for value in one.values:
                if value.unless in roles.values():
                    continue
                several = [role for role, name in roles.items() if name == value.subject] if value.subject else [""]
                told += [dataclasses.replace(value, subject=role) if role else value for role in several]
            stands = any(value.unless for value in told) and any(below.parent == one.role for below in planned)
            alone = roles[one.role] in bare and not stands and not any(value.subject for value in told)
            if told and not alone and (not one.parent or one.parent in roles):
                kept.append((one, tuple(told)))
        if len(kept) == len(planned):
            return tuple(dataclasses.replace(one, values=told) for one, told in kept)
        planned = [one for one, _ in kept]
