"""What was added or altered since a moment: told apart, whatever becomes of the index, and not in another history."""

from __future__ import annotations

from archive import corrections, meta
from archive.cases import recording
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from archive.connect import writing
from archive.records import Metadata
from index import beyond
from index.answers import Filter
from index.beyond import ADDED, SINCE, Moment
from tests.index.conftest import Desk


def now(desk: Desk) -> str:
    desk.index.update()
    with desk.index.searcher().at_rest() as index:
        assert index is not None
        return str(beyond.moment(index))


def since(desk: Desk, then: str, text: str = "lantern") -> tuple[set[str], set[str]]:
    """What was added, and what was added or altered."""
    return set(desk.found(text, Filter(ADDED, then))), set(desk.found(text, Filter(SINCE, f"{then} 3 May")))


def test_added_and_altered_are_told_apart_before_and_after_a_rebuild(desk: Desk) -> None:
    old, corrected = desk.add("An old lantern."), desk.add("A lantern to be corrected.", published="2024")
    then = now(desk)
    assert since(desk, then) == (set(), set())
    new, other = desk.add("A new lantern.", published="1999"), desk.add("Nothing of it.")
    seen = desk.document(corrected)
    corrections.correct(desk.archive.db, seen, Metadata(title="Another title"), who="desk")
    expected = {new}, {new, corrected}
    assert since(desk, then) == expected
    desk.index.rebuild()  # which numbers all documents anew, by date
    assert since(desk, then) == expected
    assert since(desk, now(desk)) == (set(), set())
    assert old not in since(desk, then)[1]
    assert other not in since(desk, then)[1]


def test_casework_counts_too(desk: Desk) -> None:
    document = desk.add("A lantern.")
    drafts, entries = (Draft("p", Kind.PERSON),), (Entry("p", "name", "Lantern Maker"),)
    recording.record(desk.archive.db, Citation(document, 1, 0, 5), drafts, entries, who="desk")
    then = now(desk)
    made = recording.record(
        desk.archive.db, Citation(document, 1, 0, 5), drafts, (Entry("p", "name", "Lantern Breaker"),), who="desk"
    ).made["p"]
    assert since(desk, then)[0] == {made}


def test_another_history_of_the_archive_says_nothing(desk: Desk) -> None:
    desk.add("A lantern.")
    then = now(desk)
    desk.add("A lantern more.")
    with writing(desk.archive.db):
        meta.write(desk.archive.db, "generation", "another")
    desk.index.update()
    with desk.index.searcher().at_rest() as index:
        assert index is not None
        moment = Moment.parse(then)
        assert moment is not None
        assert beyond.since(desk.archive.db, index, moment) is None
    assert since(desk, then) == (set(), set())


def test_a_moment_is_written_out_and_read(desk: Desk) -> None:
    moment = Moment("abc", 5, 3, 2)
    assert Moment.parse(f"{moment} whatever follows") == moment
    for text in ("", "abc", "abc/1/2", "abc/1/2/x", "abc/1/2/3/4"):
        assert Moment.parse(text) is None
