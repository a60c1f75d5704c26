"""The thesauri that ship with the program, put into an archive that does not have their terms yet."""

from __future__ import annotations

from functools import cache
from importlib import resources

from archive import meta
from archive.cases import thesaurus_csv, vocabularies
from archive.cases.vocabularies import Term
from archive.connect import Database, writing

VERSION = "2"
"""Raised with every change to the shipped thesauri."""


def seed(db: Database) -> None:
    """Add the shipped terms that the archive lacks. What a desk has changed, retired or merged stays as it is."""
    if meta.read(db, "vocabularies") == VERSION:
        return
    with writing(db):
        known = set(db.conn.execute("SELECT vocabulary, code FROM term"))
        for term in terms():
            if (term.vocabulary, term.code) not in known:
                vocabularies.put(db, term)
        meta.write(db, "vocabularies", VERSION)


@cache
def terms() -> tuple[Term, ...]:
    """All terms that ship with the program."""
    folder = resources.files("resources") / "vocabularies"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".csv")), key=lambda file: file.name)
    return tuple(
        term for file in files for term in thesaurus_csv.read(file.name.removesuffix(".csv"), file.read_text("utf-8"))
    )


def label(vocabulary: str, code: str, language: str = "en") -> str:
    """What a shipped term is called; the code in words for one that a desk added."""
    return _labels().get((vocabulary, code, language)) or _labels().get((vocabulary, code, "en")) or _worded(code)


@cache
def _labels() -> dict[tuple[str, str, str], str]:
    return {
        (term.vocabulary, term.code, label.language): label.text
        for term in terms()
        for label in term.labels
        if label.role == "preferred"
    }


def _worded(code: str) -> str:
    words = code.replace("-", " ")
    return words[:1].upper() + words[1:]
