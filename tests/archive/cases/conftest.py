"""Short ways to make subjects and facts in an open archive."""

from __future__ import annotations

from typing import Protocol

import pytest

from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Kind, Recorded, Step, Subject
from archive.container import Archive
from archive.records import Document
from tests.archive.conftest import Keep

TEXT = "What this page says is of no matter; it only stands for a source that says something."
NOTICE = "The programme began in 2014, the notice says. Another page says that it began in 2015. It is run by a bureau."


def cite(document: Document, words: str, text: str = NOTICE, **about: object) -> Citation:
    """The passage of `text` that holds these words."""
    start = text.index(words)
    return Citation(document.id, document.text_version, start, start + len(words), **about)  # type: ignore[arg-type]


class Make(Protocol):
    """Makes a subject."""

    def __call__(self, kind: Kind, parent: str = "", **named: str) -> Subject: ...


class Say(Protocol):
    """Records facts about a subject, as field and value pairs, from a document's whole text."""

    def __call__(self, about: Subject, *told: tuple[str, str], **how: object) -> tuple[Recorded, ...]: ...


@pytest.fixture
def document(keep: Keep) -> Document:
    return keep(TEXT, title="A page", published="2021-03", language="en")


@pytest.fixture
def say(archive: Archive, document: Document) -> Say:
    def record(about: Subject, *told: tuple[str, str], **how: object) -> tuple[Recorded, ...]:
        chain = tuple(Step("", words) for words in how.pop("chain", ()))  # type: ignore[attr-defined]
        where = how.pop("document", document)
        assert isinstance(where, Document)
        citation = Citation(where.id, 1, 0, 20, chain=chain)
        entries = [Entry(about.id, field, value, **how) for field, value in told]  # type: ignore[arg-type]
        return facts.record(archive.db, citation, entries, who="desk")

    return record


@pytest.fixture
def make(archive: Archive, say: Say) -> Make:
    def create(kind: Kind, parent: str = "", **named: str) -> Subject:
        subject = subjects.create(archive.db, kind, parent=parent, who="desk")
        if named:
            say(subject, *((field.replace("_", "-"), value) for field, value in named.items()))
        return subjects.get(archive.db, subject.id)

    return create


@pytest.fixture
def programme(archive: Archive) -> Subject:
    return subjects.create(archive.db, Kind.PROGRAMME, who="desk")
