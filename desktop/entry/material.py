"""What the strip is given to work with: the passage, the pinned case, what was recognised and what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive.cases import facts, fields, subjects, values
from archive.cases.fields import Field, Type
from archive.cases.records import Fact, Kind
from archive.errors import InvalidValue, NoSuchRecord
from desktop import labels
from desktop.cases import words
from desktop.casework import Choice
from desktop.entry.draft import About, handle
from desktop.entry.fitting import TYPES
from desktop.entry.names import NO_NAMES, Names
from desktop.entry.naming import Naming
from desktop.workspace import Workspace
from index import countries
from index.recognise.recogniser import Recogniser
from index.recognise.records import Candidate, Found

AS_OF = re.compile(r"(?P<value>.+?),?\s+as of\s+(?P<date>.+)")
READ = frozenset({Type.DATE, Type.DURATION, Type.QUANTITY})
"""Types whose values may be typed as a source words them."""
GROUPS = frozenset({"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"})
"""Codes of CLDR that stand for no country or territory."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A passage of the document that is read: offsets as in Citation, its words, and what stands before it."""

    document: str
    version: int
    start: int
    end: int
    text: str
    before: str
    language: str
    published: str


@dataclass(frozen=True, slots=True)
class Pin:
    """The pinned case. Before its first fact is recorded a new one has no `id`, only the `name` of whom it is about.

    `case` and `person` are the handles by which every passage recorded for a new case means the same case and person.
    """

    id: str
    code: str
    label: str
    name: str = ""
    case: str = field(default_factory=handle, compare=False)
    person: str = field(default_factory=handle, compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate as a person reads its value; `subject` is that of a name which the archive knows."""

    candidate: Candidate
    shown: str
    subject: About | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All of it. `origins` are the countries of origin of the case, `choices` what may be chosen, by field, and
    `names` those of every subject."""

    found: tuple[Named, ...]
    case: About | None
    persons: tuple[About, ...]
    events: tuple[About, ...]
    origins: frozenset[str]
    choices: dict[str, tuple[Choice, ...]]
    names: Names = NO_NAMES


@dataclass(frozen=True, slots=True)
class Checked:
    """A value as it would be kept: canonical, as a person reads it, with the date it holds for, its own words, and
    those of them that hedge it."""

    value: str
    shown: str
    as_of: str = ""
    words: str = ""
    hedge: str = ""


class Gatherer:
    """Gathers material in the reading lane; holds the recogniser of the workspace it worked for last."""

    def __init__(self) -> None:
        self._recogniser: Recogniser | None = None
        self._workspace: Workspace | None = None
        self._names = Naming()

    def gather(self, workspace: Workspace, selected: Selected, case: str) -> Material:
        """The material for a passage. Raises NoSuchRecord where the pinned case is gone."""
        found = self._of(workspace).recognise(
            selected.text, language=selected.language, published=selected.published, before=selected.before
        )
        named = tuple(_named(workspace, one) for one in found)
        about, persons, events, origins = _case(workspace, case) if case else (None, (), (), frozenset[str]())
        return Material(named, about, persons, events, origins, _choices(workspace), self.names(workspace))

    def names(self, workspace: Workspace) -> Names:
        """The names of every subject as they are now."""
        return self._names.now(workspace.archive.db)

    def check(self, workspace: Workspace, code: str, typed: str, language: str, published: str) -> Checked:
        """A value as typed, or as a source words it. Raises InvalidValue."""
        of, as_of, text = fields.field(code), "", typed.strip()
        match = AS_OF.fullmatch(text)
        if of.history and match:
            text, as_of = match["value"], self._date(workspace, match["date"], language, published)
        if of.type is Type.COUNTRY:
            text = countries.country(text) or text
        try:
            value, said, hedge = values.canonical(workspace.archive.db, of, text), "", ""
        except InvalidValue:
            found = self._worded(workspace, of.type, text, language, published)
            if found is None:
                raise
            value, said, hedge = found.value, text, found.hedge
        return Checked(value, read(workspace, of, value), as_of, said, hedge)

    def _date(self, workspace: Workspace, text: str, language: str, published: str) -> str:
        try:
            return values.canonical(workspace.archive.db, fields.field("date"), text)
        except InvalidValue:
            found = self._worded(workspace, Type.DATE, text, language, published)
            if found is None:
                raise
            return found.value

    def _worded(self, workspace: Workspace, kind: Type, text: str, language: str, published: str) -> Candidate | None:
        """What words of a source say, where they are a date, duration or quantity and nothing else."""
        if kind not in READ:
            return None
        for one in self._of(workspace).recognise(text, language=language, published=published):
            if TYPES[one.kind] is kind and len(one.words) >= len(text) - len("in the "):
                return one
        return None

    def _of(self, workspace: Workspace) -> Recogniser:
        if self._recogniser is None or self._workspace is not workspace:
            self._recogniser, self._workspace = Recogniser(workspace.archive.db), workspace
        return self._recogniser


def read(workspace: Workspace, of: Field, value: str) -> str:
    """A canonical value as a person reads it."""
    match of.type:
        case Type.COUNTRY:
            return labels.country(value)
        case Type.DURATION:
            return words.duration(value)
        case Type.QUANTITY:
            return words.quantity(value)
    return workspace.cases.label(of, value)


def _named(workspace: Workspace, one: Candidate) -> Named:
    if TYPES[one.kind] is Type.SUBJECT:
        try:
            subject = workspace.cases.subject(one.value)
        except NoSuchRecord:  # undone by another window while we looked
            return Named(one, one.words)
        return Named(one, subject.label, About(subject.id, subject.kind, subject.label))
    if one.kind is Found.TERM:
        of = next(each for each in fields.everything().values() if each.vocabulary == one.vocabulary)
        return Named(one, workspace.cases.label(of, one.value))
    if one.kind is Found.COUNTRY and not countries.country(one.words):
        one = replace(one, uncertain=True)  # "Thai officers" says nothing of where it was
    shown = {Found.COUNTRY: labels.country, Found.DURATION: words.duration, Found.QUANTITY: words.quantity}
    return Named(one, shown[one.kind](one.value) if one.kind in shown else one.value)


def _case(workspace: Workspace, identity: str) -> tuple[About, tuple[About, ...], tuple[About, ...], frozenset[str]]:
    db = workspace.archive.db
    case = subjects.get(db, identity)
    told = facts.of_subject(db, case)
    persons = [subjects.get(db, one.value) for one in told if one.field == "person-concerned"]
    events = subjects.belonging_to(db, case)
    gathered = facts.of_subjects(db, events)
    return (
        About(case.id, Kind.CASE, f"{case.label} ({case.code})"),
        tuple(About(one.id, Kind.PERSON, one.label) for one in persons),
        tuple(About(one.id, Kind.EVENT, _event(one.label, gathered.get(one.id, ())), case.id) for one in events),
        frozenset(one.value for one in (*told, *(f for fs in gathered.values() for f in fs)) if one.field == "origin"),
    )


def _event(label: str, told: Sequence[Fact]) -> str:
    date = next((one.value for one in told if one.field == "date"), "")
    return f"{label}, {date}" if date else label


def _choices(workspace: Workspace) -> dict[str, tuple[Choice, ...]]:
    """What may be chosen for every field of terms, choices and countries."""
    named = _countries()
    terms: dict[str, tuple[Choice, ...]] = {}
    found: dict[str, tuple[Choice, ...]] = {}
    for code, of in fields.everything().items():
        match of.type:
            case Type.TERM:
                if of.vocabulary not in terms:
                    terms[of.vocabulary] = workspace.cases.choices(of)
                found[code] = terms[of.vocabulary]
            case Type.CHOICE:
                found[code] = workspace.cases.choices(of)
            case Type.COUNTRY:
                found[code] = named
    return found


def _countries() -> tuple[Choice, ...]:
    from babel import Locale

    codes = [str(code) for code in Locale("en").territories]
    kept = [code for code in codes if len(code) == 2 and code.isalpha() and code not in GROUPS]
    return tuple(sorted((Choice(code, labels.country(code)) for code in kept), key=lambda one: one.words))
