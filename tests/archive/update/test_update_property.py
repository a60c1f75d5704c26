"""Whatever an editor does between releases, a full release and an older one brought up by deltas hold the same."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive import corrections, documents, unlocking, verify
from archive.cases import facts, judging, subjects
from archive.cases.records import Citation, Entry, Kind, State
from archive.container import Archive, create
from archive.errors import ArchiveError
from archive.intake import run
from archive.records import Confidentiality
from archive.release.root import content_root
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests.archive.release.publishing import published
from tests.archive.update.updating import made, updated

numbers = st.integers(0, 1 << 16)
edits = st.lists(
    st.tuples(
        st.sampled_from(
            ["import", "person", "event", "fact", "supersede", "correct", "for safety", "withdraw", "hide", "merge"]
        ),
        numbers,
    ),
    min_size=1,
    max_size=5,
)


class Desk:
    """An editor who does what the numbers say."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self._archive, self._db, self._folder = archive, archive.db, folder
        self._names = itertools.count()

    def do(self, what: str, number: int) -> None:
        """Do it, where there is something to do it to."""
        works: dict[str, Callable[[int], object]] = {
            "import": self._import,
            "person": lambda n: subjects.create(self._db, Kind.PERSON, who="desk"),
            "event": lambda n: subjects.create(self._db, Kind.CASE, who="desk"),
            "fact": self._fact,
            "supersede": self._supersede,
            "correct": self._correct,
            "for safety": lambda n: self._correct(n, for_safety=True),
            "withdraw": self._withdraw,
            "hide": self._hide,
            "merge": self._merge,
        }
        works[what](number)

    def _import(self, number: int) -> None:
        path = self._folder / f"page-{next(self._names)}.txt"
        path.write_text(f"What page {path.name} says is {number}, and no more than that. " * (number % 50 + 1))
        run.run(self._archive, [path], confidentiality=Confidentiality.PUBLIC)

    def _one(self, table: str, number: int) -> str:
        found = [row[0] for row in self._db.conn.execute(f"SELECT uuid FROM {table} ORDER BY row")]
        return found[number % len(found)] if found else ""

    def _fact(self, number: int) -> None:
        document, about = self._one("document", number), self._one("subject WHERE kind = 'person'", number)
        if document and about:
            entry = Entry(about, "name" if number % 2 else "born", str(1900 + number % 100))
            facts.record(self._db, Citation(document, 1, 0, 20), [entry], who="desk")

    def _supersede(self, number: int) -> None:
        fact = self._one("fact WHERE state = 'current'", number)
        if fact:
            judging.set_apart(self._db, fact, State.SUPERSEDED, "There is a newer one", who="desk")

    def _correct(self, number: int, *, for_safety: bool = False) -> None:
        identity = self._one("document", number)
        if identity:
            seen = documents.get(self._db, identity)
            title = replace(seen.metadata, title=f"Title {number}")
            corrections.correct(self._db, seen, title, who="desk", for_safety=for_safety)

    def _withdraw(self, number: int) -> None:
        identity = self._one(("document", "subject", "fact")[number % 3], number)
        if identity:
            seen = withdrawal.preview(self._db, identity)
            withdrawal.withdraw(self._archive, seen, list(Reason)[number % 4])

    def _hide(self, number: int) -> None:
        identity = self._one("document", number)
        if identity:
            seen = documents.get(self._db, identity)
            corrections.correct(self._db, seen, seen.metadata, who="desk", confidentiality=Confidentiality.CONFIDENTIAL)

    def _merge(self, number: int) -> None:
        from archive.cases import people

        one, other = (self._one("subject WHERE kind = 'person'", number + at) for at in (0, 1))
        if one and one != other:
            people.merge(self._db, one, other, "The same person", who="desk")


@settings(max_examples=12)
@given(st.lists(edits, min_size=2, max_size=4))
def test_base_and_deltas_give_what_the_full_release_gives(history: list[list[tuple[str, int]]]) -> None:
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        out, place = folder / "out", folder / "reader"
        out.mkdir()
        place.mkdir()
        path = folder / "desk.tamarisk"
        with Archive(path, create(path), write=True) as archive:
            desk, releases = Desk(archive, folder), []
            for day, work in enumerate(history, 1):
                for what, number in work:
                    try:
                        desk.do(what, number)
                    except ArchiveError:  # not everything can be done to everything
                        continue
                releases.append(published(archive, out, date=f"2026-11-{day:02d}"))
        for one, other in itertools.pairwise(releases):
            made(one.path, other.path, out)
        mine = Path(shutil.copytree(releases[0].path, place / releases[0].path.name))
        for release in releases[1:]:
            shutil.rmtree(release.path)
        found = updated(mine, out, folder / "data")
        assert found.said == releases[-1].statement
        with Archive(found.path, unlocking.unlock(found.path), write=False) as brought:
            assert content_root(brought.db) == releases[-1].statement.content_root
            assert verify.check(brought).faults == ()
