"""A second desk with the same documents, or without them, and casework to exchange."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive import container, unlocking
from archive.cases import facts, judging, links, people, subjects
from archive.cases.links import Link
from archive.cases.records import Assessment, Citation, Entry, Kind, Stance, State, Step
from archive.container import Archive
from archive.records import Confidentiality, Document
from tests.archive.conftest import Keep

TEXT = "Person A was held in a town in 2015, the page says, and freed in about 2019. Another page says it was 2020.\n"

Desk = Callable[[], Archive]


@pytest.fixture
def pages(keep: Keep) -> tuple[Document, Document]:
    """A page and its translation, which two desks have."""
    return keep(TEXT, title="A page", language="en"), keep(TEXT.upper(), title="Its translation", language="de")


@pytest.fixture
def twin(archive: Archive, pages: tuple[Document, Document], tmp_path: Path) -> Iterator[Desk]:
    """Opens a desk that has the same documents under the same ids, as they are at the first call."""
    with ExitStack() as stack:

        def open_twin() -> Archive:
            archive.db.conn.execute("PRAGMA wal_checkpoint(truncate)")
            path = Path(shutil.copytree(archive.path, tmp_path / "twin.tamarisk"))
            return stack.enter_context(Archive(path, unlocking.unlock(path), write=True))

        yield open_twin


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Archive]:
    """A desk that has no document at all."""
    path = tmp_path / "stranger.tamarisk"
    with Archive(path, container.create(path, desk="stranger"), write=True) as opened:
        yield opened


def cite(document: Document, words: str, **about: object) -> Citation:
    """The passage of the page that holds these words."""
    text = TEXT if document.metadata.language == "en" else TEXT.upper()
    start = text.index(words)
    return Citation(document.id, 1, start, start + len(words), **about)  # type: ignore[arg-type]


def casework(archive: Archive, pages: tuple[Document, Document]) -> dict[str, str]:
    """One case with all that casework may hold; gives the ids of its subjects by name."""
    db, (page, translation) = archive.db, pages
    one, two, gone = (subjects.create(db, Kind.PERSON, who="desk").id for _ in range(3))
    case = subjects.create(db, Kind.CASE, who="desk", confidentiality=Confidentiality.PUBLIC).id
    event = subjects.create(db, Kind.EVENT, parent=case, who="desk").id
    work = subjects.create(db, Kind.WORK, who="desk").id
    links.add(db, translation.id, Link.TRANSLATION, page.id, who="desk")
    held = cite(page, "held in a town", chain=(Step("", "A newspaper"), Step(work, "a report"), Step(page.id, "")))

    def record(citation: Citation, *entries: Entry) -> str:
        return facts.record(db, citation, entries, who="desk")[0].fact

    record(held, Entry(one, "name", "Person A"), Entry(two, "name", "Person A"), Entry(gone, "name", "Person A."))
    record(held, Entry(one, "parent-of", two), Entry(case, "person-concerned", one), Entry(work, "title", "A report"))
    record(
        cite(page, "in 2015"), Entry(event, "event-type", "detention"), Entry(event, "date", "2015", hedge="the page")
    )
    freed = record(
        cite(page, "freed in about 2019"), Entry(case, "outcome", "released", as_of="2019~", date_words="2019")
    )
    late = record(cite(page, "it was 2020", stance=Stance.ALLEGES), Entry(case, "outcome", "released", as_of="2020"))
    record(cite(translation, "FREED IN ABOUT 2019"), Entry(case, "outcome", "released", as_of="2019~"))
    judging.assess(db, freed, Assessment.PROBABLE, "two pages", who="desk")
    judging.set_apart(db, late, State.CORRECTED, "misread", who="desk", replaced_by=freed)
    taken_back = facts.record(db, held, [Entry(event, "place", "A town")], who="desk")
    judging.undo(db, taken_back, who="desk")
    people.keep_apart(db, one, two, "born in other years", who="desk")
    people.merge(db, one, gone, "the same page", who="desk")
    return {"one": one, "two": two, "gone": gone, "case": case, "event": event, "work": work}
