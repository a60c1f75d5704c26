"""The thesauri that ship with the program, put into an archive and kept up there as far as no desk has altered them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from archive import meta
from archive.cases import thesaurus_csv, vocabularies
from archive.cases.vocabularies import Term
from archive.connect import Database, writing

VERSION = "3"
"""Raised with every change to the shipped thesauri; `python -m archive.cases.shipped` then adds to EVER."""
EVER = "shipped.txt"
"""The file with the digests of all terms as they ever shipped: digest, version and term to a line."""


def seed(db: Database) -> None:
    """Bring the shipped terms to an archive: those it lacks, and those that it has as they once shipped. What a desk
    has altered, retired or merged stays as it is."""
    if meta.read(db, "vocabularies") == VERSION:
        return
    with writing(db):
        known = set(db.conn.execute("SELECT vocabulary, code FROM term"))
        vocabularies.put(
            db,
            *(
                term
                for term in terms()
                if (term.vocabulary, term.code) not in known
                or digest(vocabularies.get(db, term.vocabulary, term.code)) in _ever()
            ),
        )
        meta.write(db, "vocabularies", VERSION)


def digest(term: Term) -> str:
    """32 hexadecimal digits of SHA-256 over all that a term says; the order of labels and mappings says nothing."""
    said = (*astuple(term)[:5], sorted(map(astuple, term.labels)), sorted(map(astuple, term.mappings)))
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


@cache
def terms() -> tuple[Term, ...]:
    """All terms that ship with the program."""
    folder = resources.files("resources") / "vocabularies"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".csv")), key=lambda file: file.name)
    return tuple(
        term for file in files for term in thesaurus_csv.read(file.name.removesuffix(".csv"), file.read_text("utf-8"))
    )


@cache
def _ever() -> frozenset[str]:
    return frozenset(line.split()[0] for line in _file().read_text("utf-8").splitlines())


def _file() -> Traversable:
    return resources.files("resources") / "vocabularies" / EVER


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


def _remember() -> None:
    """Add the digests of this version to the file."""
    with Path(str(_file())).open("a", encoding="utf-8", newline="\n") as file:
        for term in terms():
            if digest(term) not in _ever():
                file.write(f"{digest(term)} {VERSION} {term.vocabulary}/{term.code}\n")


if __name__ == "__main__":
    _remember()
