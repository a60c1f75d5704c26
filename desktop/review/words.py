"""Says assessments, states, relations of documents and what is to be reviewed in words."""

from __future__ import annotations

from collections.abc import Callable

from archive.cases.links import Link
from archive.cases.records import Assessment, State
from archive.cases.review import Matter
from desktop.translate import tr


def assessment(of: Assessment) -> str:
    """The desk's judgement."""
    return _ASSESSMENTS[of]()


def state(of: State) -> str:
    """Why a fact is set apart."""
    return _STATES[of]()


def matter(of: Matter) -> str:
    """A heading over what is to be looked at."""
    return _MATTERS[of]()


def relation(of: Link, *, backwards: bool = False) -> str:
    """How a document stands to another; `backwards` says how the other stands to it."""
    return _BACKWARDS[of]() if backwards else _RELATIONS[of]()


_ASSESSMENTS: dict[Assessment, Callable[[], str]] = {
    Assessment.NONE: lambda: tr("Not assessed"),
    Assessment.CONFIRMED: lambda: tr("Confirmed"),
    Assessment.PROBABLE: lambda: tr("Probable"),
    Assessment.POSSIBLE: lambda: tr("Possible"),
    Assessment.DOUBTFUL: lambda: tr("Doubtful"),
}

_STATES: dict[State, Callable[[], str]] = {
    State.SUPERSEDED: lambda: tr("Superseded: something later took its place"),
    State.CORRECTED: lambda: tr("Corrected: it was recorded wrongly"),
}

_MATTERS: dict[Matter, Callable[[], str]] = {
    Matter.EXPIRED: lambda: tr("Consent that has ended"),
    Matter.EXPIRING: lambda: tr("Consent that ends soon"),
    Matter.LOST: lambda: tr("Passages that are not in the newest text"),
    Matter.MOVED: lambda: tr("Passages that stand elsewhere in the newest text"),
    Matter.SAME: lambda: tr("Persons who may be one"),
    Matter.CONTRADICTED: lambda: tr("Contradicted and not assessed"),
    Matter.NO_TEXT: lambda: tr("Documents without text, which no fact can cite"),
}

_RELATIONS: dict[Link, Callable[[], str]] = {
    Link.TRANSLATION: lambda: tr("Translation of"),
    Link.TRANSCRIPT: lambda: tr("Transcript of"),
    Link.ABSTRACT: lambda: tr("Abstract of"),
    Link.VERSION: lambda: tr("Version of"),
    Link.QUOTATION: lambda: tr("Quotation of"),
    Link.CITES: lambda: tr("Cites"),
}

_BACKWARDS: dict[Link, Callable[[], str]] = {
    Link.TRANSLATION: lambda: tr("Translated by"),
    Link.TRANSCRIPT: lambda: tr("Transcribed by"),
    Link.ABSTRACT: lambda: tr("Summarised by"),
    Link.VERSION: lambda: tr("Other version"),
    Link.QUOTATION: lambda: tr("Quoted by"),
    Link.CITES: lambda: tr("Cited by"),
}
