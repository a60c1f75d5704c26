"""What is offered while one types: fields, values, subjects, and what they are about; free of Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from archive.cases import fields
from archive.cases.fields import Field, Type
from archive.cases.records import Kind
from desktop import shown
from desktop.cases import words
from desktop.casework import Choice
from desktop.entry.draft import About
from desktop.entry.names import NO_NAMES, Name, Names, fit
from desktop.translate import tr

MOST = 12
SEVERAL = (Type.TERM, Type.CHOICE)
NAMED = {Kind.PERSON: "name", Kind.ORGANISATION: "name", Kind.PROGRAMME: "name", Kind.LAW: "name", Kind.TERM: "name"}
"""Kinds that begin with a name."""
TITLED = {Kind.FIGURE: "value", Kind.STATEMENT: "said", Kind.RESPONSE: "response-type"}
"""The field that the other kinds begin with."""
KNOWN = (*NAMED, *TITLED, Kind.WORK)
"""Kinds of subject that values and strips may name."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be taken: `words` and, quiet behind them, `lead`. What it stands for depends on who asked: a field or
    value of a subject, or a subject. `making` is the kind of a subject to be made of `value`."""

    words: str
    lead: str = ""
    about: str = ""
    field: str = ""
    value: str = ""
    making: Kind | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """All that offers are made of."""

    choices: dict[str, tuple[Choice, ...]]
    known: Names = NO_NAMES


def values(of: Field, typed: str, store: Store) -> list[Offer]:
    """What may be chosen as the value of a field; nothing for what is typed freely."""
    if of.type is Type.SUBJECT:
        found = store.known.find(typed, of.of, MOST - 3)
        offers = [Offer(shown.line(one.words), field=of.code, value=one.id) for one in found]
        name = typed.strip()
        if name:
            new = [Offer(_new(kind, name), field=of.code, value=name, making=kind) for kind in of.of if kind in NAMED]
            exact = any(one.words.casefold() == name.casefold() for one in found)
            offers = [*offers, *new] if exact or found else new
        return offers
    fitting = ranked(typed, ((one, one.words) for one in store.choices.get(of.code, ())))
    return [Offer(one.words, field=of.code, value=one.value) for one in fitting]


def adding(
    typed: str, abouts: Sequence[About], store: Store, case: About | None, untyped: frozenset[str]
) -> list[Offer]:
    """Fields of the subjects at hand, with or without a value behind them, and values alone.

    `untyped` are the new events that do not yet say what happened.
    """
    wanted = typed.strip()
    if not wanted:
        return [Offer(field.label, about.label, about.id, field.code) for about in abouts for field in _fields(about)][
            :MOST
        ]
    weighed = [
        *_by_field(wanted, abouts, store),
        *_by_value(wanted, abouts, store, untyped),
        *(_new_events(wanted, store, case) if case is not None else ()),
    ]
    weighed.sort(key=lambda one: one[0])
    return list(dict.fromkeys(offer for _, offer in weighed))[:MOST]


def subjects(typed: str, at_hand: Sequence[About], known: Sequence[Name], case: About | None) -> list[Offer]:
    """What facts may be recorded about: what is at hand, what the archive knows by that name, and new ones."""
    name = typed.strip()
    offers = [
        Offer(shown.line(one.label), words.kind(one.kind), about=one.id)
        for one in ranked(name, ((one, one.label) for one in at_hand))
    ]
    if case is not None and (not name or _rank(name, tr("New event")) is not None):
        offers.append(Offer(tr("New event"), shown.line(case.label), making=Kind.EVENT))
    offers += [Offer(shown.line(one.words), words.kind(one.kind), about=one.id) for one in known]
    kinds = (*NAMED, *TITLED)
    by_kind = [kind for kind in kinds if not name or _rank(name, words.kind(kind)) is not None]
    offers += [Offer(tr("New: {kind}", kind=words.kind(kind)), making=kind) for kind in by_kind]
    if name and not by_kind:
        offers += [Offer(_new(kind, name), value=name, making=kind) for kind in NAMED]
    return offers[: MOST + 2]


def targets(typed: str, abouts: Sequence[About], kind: Type | None) -> list[Offer]:
    """The fields that a value may be put into instead: of its type first, or by what is typed."""
    pairs = [(about, field) for about in abouts for field in fields.of_kind(about.kind)]
    pairs.sort(key=lambda pair: pair[1].type is not kind)
    if not typed.strip():
        pairs = [pair for pair in pairs if pair[1].type is kind]
    found = ranked(typed, ((pair, pair[1].label) for pair in pairs))
    return [Offer(field.label, about.label, about.id, field.code) for about, field in found[:MOST]]


def known(typed: str, names: Names, without: Iterable[str]) -> list[Name]:
    """What the archive knows by a name that facts may be recorded about; nothing where nothing is typed."""
    return names.find(typed, KNOWN, MOST - 4, frozenset(without)) if typed.strip() else []


def ranked(typed: str, labelled: Iterable[tuple[T, str]]) -> list[T]:
    """What fits what is typed, the best first."""
    fits = [(rank, one) for one, label in labelled if (rank := _rank(typed, label)) is not None]
    return [one for _, one in sorted(fits, key=lambda pair: pair[0])]


def _by_field(typed: str, abouts: Sequence[About], store: Store) -> Iterator[tuple[tuple[int, int], Offer]]:
    """Fields whose label begins like what is typed; what follows the label is the value."""
    head, _, tail = typed.partition(" ")
    for at, about in enumerate(abouts):
        for field in _fields(about):
            label = field.label.casefold()
            rank = _rank(typed, field.label)
            if rank is not None:
                yield (rank, at), Offer(field.label, about.label, about.id, field.code)
            low = typed.casefold()
            rest = typed[len(label) :].lstrip(": ") if low.startswith((f"{label} ", f"{label}:")) else ""
            worth = 0
            if not rest and tail and len(head) > 2 and label.startswith(head.casefold().rstrip(":")):
                rest, worth = tail, 3
            if not rest:
                continue
            offered = values(field, rest, store)
            for one in offered[:4]:
                said = f"{field.label}: {one.words}"
                yield (worth, at), Offer(said, about.label, about.id, field.code, one.value, one.making)
            if not offered and field.type not in (*SEVERAL, Type.COUNTRY, Type.SUBJECT):
                yield (worth, at), Offer(f"{field.label}: {rest}", about.label, about.id, field.code, rest)


def _by_value(
    typed: str, abouts: Sequence[About], store: Store, untyped: frozenset[str]
) -> Iterator[tuple[tuple[int, int], Offer]]:
    """Terms and choices that begin like what is typed, in whichever field they stand."""
    for at, about in enumerate(abouts):
        for field in _fields(about):
            if field.type is not Type.TERM or (field.code == "event-type" and about.id not in untyped):
                continue
            for one in store.choices.get(field.code, ()):
                rank = _rank(typed, one.words)
                if rank is not None:
                    said = f"{field.label}: {one.words}"
                    # what an event is that says nothing yet comes before a further event, and that before the rest
                    order = 0 if field.code == "event-type" else 2
                    yield (rank + order, at), Offer(said, about.label, about.id, field.code, one.value)


def _new_events(typed: str, store: Store, case: About | None) -> Iterator[tuple[tuple[int, int], Offer]]:
    label = tr("New event")
    for one in store.choices.get("event-type", ()):
        rank = _rank(typed, one.words)
        if rank is not None:
            said = f"{label}: {one.words}"
            yield (rank + 1, 0), Offer(said, case.label if case else "", "", "event-type", one.value, Kind.EVENT)
    rank = _rank(typed, label)
    if rank is not None:
        yield (rank, 0), Offer(label, case.label if case else "", making=Kind.EVENT)


def _fields(about: About) -> tuple[Field, ...]:
    return fields.of_kind(about.kind)


def _new(kind: Kind, name: str) -> str:
    return tr("New: {kind} “{name}”", kind=words.kind(kind), name=shown.line(name))


def _rank(typed: str, label: str) -> int | None:
    """How well a label fits what is typed, as `fit` says it."""
    return fit(typed.casefold().strip(), label)
