"""What stays behind is in no page of any file of a release, nor of the index that is built of it.

Every word that must be gone is planted as `qz` and a number, in each field of each kind of record and at each level;
words that must be there as `open` and a number.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import corrections, documents, meta, unlocking, verify
from archive.cases import facts, judging, links, people, subjects, vocabularies
from archive.cases.links import Link
from archive.cases.records import Assessment, Citation, Entry, Kind, State, Step, Subject
from archive.cases.vocabularies import Label, Term
from archive.connect import writing
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.records import Confidentiality, Document, Metadata, Name, Relation
from archive.release.publish import Published
from index.sync import Index
from tests import pages
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep
from tests.archive.release.publishing import published

LEVELS = {"confidential": [Confidentiality.CONFIDENTIAL], "restricted": [*Confidentiality][1:]}


class Planting:
    """Plants records and remembers what must be gone and what must be there."""

    def __init__(self, archive: Archive, keep: Keep, level: Confidentiality) -> None:
        self.archive, self.db, self.level = archive, archive.db, level
        self._keep, self._numbers = keep, itertools.count(1)
        self.gone: list[str] = []
        self.there: list[str] = []

    def secret(self) -> str:
        self.gone.append(f"qz{next(self._numbers)}{self.level[0]}qz")
        return self.gone[-1]

    def open(self) -> str:
        self.there.append(f"open{next(self._numbers)}{self.level[0]}open")
        return self.there[-1]

    def document(self, word: Callable[[], str], text: str = "") -> Document:
        """A public document with a word in every field."""
        kept = self._keep(text or f"{word()} stands here. Nothing else is told by this page of {word()}.\n")
        about = Metadata(
            title=word(),
            authors=(word(),),
            publisher=word(),
            published="2020",
            published_words=word(),
            language="en",
            countries=("TH",),
            source_url=f"https://example.org/{word()}",
            type=word(),
        )
        corrected = corrections.correct(
            self.db, kept, about, who="Mariam Editor", confidentiality=Confidentiality.PUBLIC
        )
        documents.add_name(self.db, corrected, Name(f"{word()}/{word()}.txt", None, meta.now()), "Mariam Editor")
        return corrected

    def hide(self, one: Document) -> None:
        corrections.correct(self.db, one, one.metadata, who="Mariam Editor", confidentiality=self.level)

    def subject(self, kind: Kind = Kind.PERSON, level: Confidentiality | None = None) -> Subject:
        return subjects.create(self.db, kind, who="Mariam Editor", confidentiality=level or Confidentiality.PUBLIC)

    def say(self, about: Subject, where: Document, field: str, value: str, **how: object) -> str:
        chain = how.pop("chain", ())
        entry = Entry(about.id, field, value, **how)  # type: ignore[arg-type]
        cited = Citation(where.id, 1, 0, 12, chain=chain)  # type: ignore[arg-type]
        level = Confidentiality.PUBLIC
        return facts.record(self.db, cited, [entry], who="Mariam Editor", confidentiality=level)[0].fact


def plant(planting: Planting) -> None:
    db, level = planting.db, planting.level
    secret, seen = planting.secret, planting.open
    page, other = planting.document(seen), planting.document(seen)
    hidden = planting.document(secret)
    planting.hide(hidden)
    links.add(db, hidden.id, Link.TRANSLATION, page.id, who="Mariam Editor")
    links.add(db, page.id, Link.CITES, hidden.id, who="Mariam Editor")

    # a container whose bytes embed a hidden child, and another child
    inner, beside = planting.document(secret), planting.document(seen)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(f"{secret()}.txt", secret())
    container = planting.document(secret, packed.getvalue().decode("latin-1"))
    with writing(db):
        for child, name in ((inner, f"{secret()}.txt"), (beside, "other.txt")):
            documents.add_parent(db, child.row, container.row, Relation.MEMBER, name)
    shown = documents.names(db, container.id)[0].shown
    documents.add_name(db, beside, Name(f"{shown}/{seen()}.txt", None, meta.now()), "desk")
    documents.add_name(db, page, Name(f"C:\\Users\\{secret()}\\{seen()}.txt", b"\xff", meta.now()), "desk")
    planting.hide(inner)
    nested = planting.document(secret)
    with writing(db):
        documents.add_parent(db, nested.row, inner.row, Relation.ATTACHMENT, secret())

    # casework
    person = planting.subject()
    name = seen()
    planting.say(person, page, "name", name, note=seen())
    case = planting.subject(Kind.CASE)
    planting.say(case, page, "person-concerned", person.id)
    relative = planting.subject(level=level)
    hidden_name = f"{secret()} of {secret()}"
    planting.say(relative, page, "name", hidden_name)
    planting.say(relative, page, "sibling-of", person.id)
    planting.say(person, page, "position", f"works for {hidden_name}")
    planting.say(person, page, "name", seen(), chain=(Step(relative.id, hidden_name),))
    planting.say(case, page, "name", seen(), note=f"as {hidden_name} said")
    kept_fact = planting.say(person, other, "name", seen())
    judging.assess(db, kept_fact, Assessment.CONFIRMED, f"{hidden_name} said so", who="Mariam Editor")
    own = planting.say(person, page, "name", secret())
    judging.protect(db, own, level, who="Mariam Editor")
    sole = planting.say(person, hidden, "name", secret(), date_words=secret(), hedge=secret())
    both = planting.say(person, hidden, "name", seen(), note=secret())
    planting.say(person, page, "name", planting.there[-1])
    assert sole != both
    undone = facts.record(db, Citation(page.id, 1, 0, 12), [Entry(person.id, "name", secret())], who="desk")
    judging.undo(db, undone, who="desk")
    corrected = planting.say(person, page, "name", seen())
    judging.set_apart(db, corrected, State.CORRECTED, f"{hidden_name} objected", who="Mariam Editor")
    hidden_case = planting.subject(Kind.CASE, level=level)
    planting.gone.append(hidden_case.code)
    event = subjects.create(db, Kind.EVENT, who="Mariam Editor", parent=hidden_case.id)
    planting.say(event, page, "place", secret())
    alone = planting.subject(Kind.ORGANISATION)  # nothing that goes tells of it
    planting.say(alone, hidden, "name", secret())
    twin = planting.subject()
    planting.say(twin, page, "name", seen())
    people.keep_apart(db, person.id, twin.id, f"{hidden_name} knows", who="Mariam Editor")
    people.keep_apart(db, relative.id, twin.id, secret(), who="Mariam Editor")
    term = Term("method", f"m-{secret()}", "", "current", "", (Label("en", "preferred", secret()),), ())
    vocabularies.put(db, term)
    used = Term("method", f"m-{seen()}", "", "current", "", (Label("en", "preferred", seen()),), ())
    vocabularies.put(db, used)
    for one, code in ((relative, term.code), (case, used.code)):
        above = case.id if one is case else hidden_case.id
        holder = subjects.create(db, Kind.EVENT, who="x", parent=above, confidentiality=Confidentiality.PUBLIC)
        planting.say(holder, page, "method", code)

    # consent
    refused = planting.subject()
    planting.say(refused, page, "name", secret())
    planting.say(refused, page, "consent", "publication until 2020")
    granted = planting.subject()
    planting.say(granted, page, "name", seen())
    planting.say(granted, page, "consent", "publication until 2999")
    planting.gone += ["Mariam Editor", hidden.id, hidden.sha256, container.sha256, relative.id, inner.id, sole]


@pytest.mark.parametrize("exclude", sorted(LEVELS))
def test_it_is_in_no_page(exclude: str, archive: Archive, keep: Keep, tmp_path: Path) -> None:
    plantings = [Planting(archive, keep, level) for level in LEVELS[exclude]]
    for one in plantings:
        plant(one)
    everything = searched(archive.path, archive.key)
    for one in plantings:
        assert [word for word in (*one.gone, *one.there) if word.encode() not in everything] == []
    made = published(archive, tmp_path / "release.tamarisk", exclude=exclude)
    with opened(made) as release:
        assert verify.check(release).faults == ()
        own = tmp_path / "own"
        index = Index(release, own=own)
        index.update()
        index.close()
    found = searched(made.path / "data", unlocking.unlock(made.path))
    secret = unlocking.unlock(made.path).secret("index")
    indexed = b"".join(b"".join(pages.of_file(path, secret)) for path in own.glob("*.db"))
    outside = b"".join(path.read_bytes() for path in made.path.rglob("*") if path.suffix in (".txt", ".minisig"))
    assert indexed
    for one in plantings:
        assert leaks(found + indexed + outside, one.gone) == []
        assert [word for word in one.there if word.encode() not in found] == []


def searched(folder: Path, key: ArchiveKey) -> bytes:
    data = b"\n".join(pages.of_archive(folder, key).values())
    return data + pages.inflated(data)


def leaks(data: bytes, words: list[str]) -> list[str]:
    lower = data.lower()
    return [word for word in words if word.lower().encode() in lower]


def opened(made: Published) -> Archive:
    return Archive(made.path, unlocking.unlock(made.path), write=False)


def test_a_source_that_the_publisher_holds(archive: Archive, keep: Keep, make: Make, say: Say, tmp_path: Path) -> None:
    hidden = keep("A page that only the desk reads, with words of its own.", title="Hidden")
    corrections.correct(archive.db, hidden, hidden.metadata, who="x", confidentiality=Confidentiality.CONFIDENTIAL)
    person = make(Kind.PERSON, name="Someone")
    (recorded, other) = say(person, ("position", "a teacher"), ("citizenship", "TH"), document=hidden)
    without = published(archive, tmp_path / "without.tamarisk")
    with opened(without) as release:
        assert [one.field for one in facts.of_subject(release.db, subjects.get(release.db, person.id))] == ["name"]
    made = published(archive, tmp_path / "with.tamarisk", held=frozenset({recorded.fact}))
    with opened(made) as release:
        assert verify.check(release).faults == ()
        told = facts.of_subject(release.db, subjects.get(release.db, person.id))
        assert [one.field for one in told] == ["name", "position"]
        assert [source.quote for source in told[1].sources] == ["Source held by the publisher."]
        assert b"".join(release.originals.read(documents.get(release.db, told[1].sources[0].document).sha256))
    found = searched(made.path / "data", unlocking.unlock(made.path))
    assert leaks(found, [hidden.id, hidden.sha256, "only the desk reads", other.fact]) == []


def test_a_case_is_not_called_by_who_stays_behind(archive: Archive, make: Make, say: Say, tmp_path: Path) -> None:
    case, person = make(Kind.CASE), make(Kind.PERSON, name="Hidden Name")
    say(case, ("person-concerned", person.id), ("outcome", "returned"))
    subjects.protect(archive.db, person.id, Confidentiality.CONFIDENTIAL, who="desk")
    assert subjects.get(archive.db, case.id).label == "Hidden Name"
    made = published(archive, tmp_path)
    with opened(made) as release:
        assert subjects.get(release.db, case.id).label == case.code
    assert leaks(searched(made.path / "data", unlocking.unlock(made.path)), ["Hidden Name", person.id]) == []


def test_everything_goes_where_nothing_is_excluded(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    planting = Planting(archive, keep, Confidentiality.CONFIDENTIAL)
    plant(planting)
    made = published(archive, tmp_path, exclude="none")
    found = searched(made.path / "data", unlocking.unlock(made.path))
    there = [word for word in planting.gone if word.encode() in found]
    assert len(there) > len(planting.gone) * 2 / 3  # what was taken back, and what nobody agreed to, stays behind
    with opened(made) as release:
        assert verify.check(release).faults == ()
