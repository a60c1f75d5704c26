"""A search statement: all that came of a search, as it was at one moment, in a file that shows alteration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import AlteredStatement, Cancelled, Moving, NotAStatement
from archive.records import Confidentiality, Verdict
from index import gazetteer, statement, statement_file
from index.answers import Filter, Hit, Query
from index.comparison import compare
from index.coverage import Gap
from index.hits import Presenter
from index.statement import Statement, Widening
from tests.index.conftest import Desk


def made(desk: Desk, text: str, *filters: Filter, **more: Any) -> Statement:
    desk.index.update()
    return statement.make(
        desk.archive, desk.index, Query(text, filters), name="Boats", program="1.0", signed_by="A desk", **more
    )


def filled(desk: Desk) -> Desk:
    desk.add("a boat on the river", title="River", published="2015", language="en")
    desk.add("a boat " * 40, title="Boats", published="2016-02", language="en")
    desk.add("a secret boat", title="Secret", confidentiality=Confidentiality.CONFIDENTIAL)
    desk.add("", "", verdict=Verdict.NONE, reason="no-text-layer", title="Scan")
    return desk


def test_it_holds_all_that_came_of_the_search(desk: Desk) -> None:
    found = made(filled(desk), "boat", Filter("year", "2016", exclude=True))
    assert (found.query.text, found.interpretation, found.total) == ("boat", "boat", 1)
    assert found.query.filters == (Filter("year", "2016", exclude=True),)
    assert [hit.title for hit in found.hits] == ["River"]
    hit = found.hits[0]
    document = desk.document(hit.id)
    assert (hit.sha256, hit.kind, hit.date) == (document.sha256, "document", "2015")
    assert found.gaps == (Gap("no-text", 1, 2),)
    assert found.documents == 2  # the confidential one is not in reach, nor that of 2016
    assert found.made.archive == desk.archive.id
    assert (found.made.name, found.made.program, found.made.signed_by) == ("Boats", "1.0", "A desk")
    assert found.made.records == 4
    assert found.made.position > 0


def test_what_is_confidential_is_told_only_if_chosen(desk: Desk) -> None:
    filled(desk)
    assert "Secret" not in str(statement_file.content(made(desk, "boat")))
    chosen = made(desk, "boat", confidential=True)
    assert {hit.title for hit in chosen.hits} == {"River", "Boats", "Secret"}
    assert chosen.confidential
    assert made(desk, "secret").total == 0


def test_every_hit_is_told_in_order_however_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement, "PAGE", 7)
    for number in range(25):
        desk.add("boat " * (number % 5 + 1), title=f"Boat {number}")
    seen: list[tuple[int, int]] = []
    found = made(desk, "boat", progress=lambda done, total: seen.append((done, total)))
    assert [hit.id for hit in found.hits] == desk.found("boat")
    assert seen[-1] == (25, 25)
    assert [done for done, _ in seen[:3]] == [7, 14, 21]


def test_a_hit_that_left_the_archive_ends_no_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement, "PAGE", 5)
    for number in range(20):
        desk.add("boat", title=f"Boat {number}")
    desk.index.update()
    lost = desk.found("boat")[2]
    monkeypatch.setattr(Presenter, "hit", lambda self, placed, real=Presenter.hit: _unless(real(self, placed), lost))
    found = statement.make(desk.archive, desk.index, Query("boat"), name="x", program="1")
    assert (found.total, len(found.hits)) == (20, 19)


def _unless(hit: Hit | None, lost: str) -> Hit | None:
    return None if hit is None or hit.id == lost else hit


def test_the_ways_of_the_hits_are_its_widenings(desk: Desk) -> None:
    desk.add("大陸的河邊")
    found = made(desk, "大陆")
    assert found.widenings == (Widening("traditional"),)
    assert found.hits[0].matched_by == ("traditional",)


def test_a_hit_says_by_which_other_form_it_was_found(desk: Desk) -> None:
    desk.add("A boat.", title="plain", language="en")
    desk.add("Two boats.", title="other", language="en")
    found = made(desk, "boat")
    assert {hit.title: hit.matched_by for hit in found.hits} == {"plain": (), "other": ("stem:boats",)}
    assert found.widenings == (Widening("stem", "boats"),)
    assert statement_file.parsed(statement_file.written(found), "x").hits == found.hits


def test_a_place_is_told_with_the_names_by_which_it_was_looked_for(desk: Desk) -> None:
    desk.add("He went to Rangoon by boat.", title="Boat", language="en")
    (place,) = gazetteer.called("Yangon")
    found = made(desk, "", Filter("place", place.key))
    assert [hit.title for hit in found.hits] == ["Boat"]
    assert {one.about for one in found.widenings} == {place.key}
    assert "Rangoon" in {one.words for one in found.widenings}


def test_it_can_be_stopped(desk: Desk) -> None:
    with pytest.raises(Cancelled):
        made(filled(desk), "boat", cancelled=lambda: True)


def test_an_archive_that_changes_meanwhile_is_asked_again(desk: Desk) -> None:
    filled(desk)
    added: list[str] = []

    def change(done: int, total: int) -> None:
        if not added:
            added.append(desk.add("one more boat", title="Late"))
            desk.index.update()

    assert "Late" in [hit.title for hit in made(desk, "boat", progress=change).hits]

    def go_on(done: int, total: int) -> None:
        desk.add(f"boat {total}")
        desk.index.update()

    with pytest.raises(Moving):
        made(desk, "boat", progress=go_on)


def test_an_archive_that_was_never_indexed_is_said_to_wait(desk: Desk) -> None:
    desk.add("a boat")
    found = statement.make(desk.archive, desk.index, Query("boat"), name="x", program="1")
    assert (found.total, found.hits, found.waiting) == (0, (), 1)
    assert found.notes == ("not-indexed",)
    assert found.made.position == 0


# -- the file


def kept(desk: Desk, tmp_path: Path, text: str = "boat") -> tuple[Statement, Path]:
    found = made(filled(desk), text)
    path = tmp_path / "search.json"
    path.write_bytes(statement_file.written(found))
    return found, path


def test_a_file_reads_as_it_was_written(desk: Desk, tmp_path: Path) -> None:
    found, path = kept(desk, tmp_path)
    assert statement_file.read(path) == replace(found, query=replace(found.query, limit=20))
    told = json.loads(path.read_bytes())
    assert told["closing"] == "Absence is not a finding."
    without = {name: value for name, value in told.items() if name != "sha256"}
    assert told["sha256"] == hashlib.sha256(rfc8785.dumps(without)).hexdigest() == statement_file.digest(found)
    path.write_bytes(path.read_bytes() + b"\n")  # as some editors and mail programs leave it
    assert statement_file.read(path).total == 2


ALTERED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a count": lambda told: told.update(total=3),
    "a hit less": lambda told: told["hits"].pop(),
    "another order": lambda told: told["hits"].reverse(),
    "another title": lambda told: told["hits"][0].update(title="Other"),
    "a gap less": lambda told: told["coverage"]["gaps"].clear(),
    "another signer": lambda told: told["made"].update(signed_by="Nobody"),
    "the last words": lambda told: told.update(closing=""),
    "one thing more": lambda told: told.update(more=1),
    "the hash": lambda told: told.update(sha256="0" * 64),
    "no hash": lambda told: told.pop("sha256"),
}


@pytest.mark.parametrize("how", ALTERED)
def test_alteration_shows(desk: Desk, tmp_path: Path, how: str) -> None:
    _, path = kept(desk, tmp_path)
    told = json.loads(path.read_bytes())
    ALTERED[how](told)
    path.write_bytes(rfc8785.dumps(told))
    with pytest.raises(AlteredStatement):
        statement_file.read(path)


def test_a_value_given_twice_or_in_another_form_is_an_alteration(desk: Desk, tmp_path: Path) -> None:
    _, path = kept(desk, tmp_path)
    whole = path.read_bytes()
    path.write_bytes(b'{"total":99,' + whole[1:])  # programs that take the first would read another count
    with pytest.raises(AlteredStatement):
        statement_file.read(path)
    path.write_text(json.dumps(json.loads(whole), indent=2))
    with pytest.raises(AlteredStatement):
        statement_file.read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.data())
def test_a_file_cut_off_or_damaged_anywhere_is_refused(desk: Desk, tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "search.json"
    if not path.exists():
        kept(desk, tmp_path)
        (tmp_path / "whole").write_bytes(path.read_bytes())
    whole = (tmp_path / "whole").read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    for broken in (whole[:at], whole[:at] + bytes([other]) + whole[at + 1 :]):
        with pytest.raises((NotAStatement, AlteredStatement)):
            statement_file.parsed(broken, "search.json")


def hashed(told: dict[str, Any]) -> bytes:
    """A file whose hash was computed anew, as one could who alters it on purpose."""
    told.pop("sha256", None)
    return rfc8785.dumps({**told, "sha256": hashlib.sha256(rfc8785.dumps(told)).hexdigest()})


UNKNOWN: dict[str, Callable[[dict[str, Any]], object]] = {
    "a newer format": lambda told: told.update(version=2),
    "no format": lambda told: told.pop("format"),
    "an unknown order": lambda told: told["query"].update(sort="random"),
    "an unknown field": lambda told: told["query"].update(filters=[{"field": "x", "value": "", "exclude": False}]),
    "an unknown part of the query": lambda told: told["query"].update(ranking="ours"),
    "a query that is no text": lambda told: told["query"].update(text=["a"]),
    "no hits": lambda told: told.pop("hits"),
    "hits that are none": lambda told: told.update(hits=[1]),
    "a hit without an id": lambda told: told["hits"][0].pop("id"),
    "a page that is no number": lambda told: told["hits"][0].update(page="1"),
}


@pytest.mark.parametrize("how", UNKNOWN)
def test_a_file_that_says_what_we_do_not_know_is_refused(desk: Desk, tmp_path: Path, how: str) -> None:
    told = json.loads(kept(desk, tmp_path)[1].read_bytes())
    UNKNOWN[how](told)
    with pytest.raises(NotAStatement):
        statement_file.parsed(hashed(told), "search.json")


@pytest.mark.parametrize("other", [b"", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}'])
def test_another_file_is_no_statement(other: bytes) -> None:
    with pytest.raises(NotAStatement):
        statement_file.parsed(other, "x.json")


def test_a_file_that_is_not_there_or_a_folder_is_no_statement(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(NotAStatement):
            statement_file.read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(st.characters(), max_size=40), signed=st.text(st.characters(), max_size=20))
def test_any_words_can_be_written_and_read(desk: Desk, text: str, signed: str) -> None:
    desk.index.update()
    found = statement.make(desk.archive, desk.index, Query(text), name=text, program="1", signed_by=signed)
    assert (
        statement_file.parsed(statement_file.written(found), "x").query.text == text.encode("utf-8", "replace").decode()
    )


# -- the same search once more


def test_the_same_search_on_the_same_archive_finds_the_same(desk: Desk) -> None:
    before = made(filled(desk), "boat")
    found = compare(before, made(desk, "boat"))
    assert found.same
    assert (found.changes, found.new, found.gone, found.moved) == ((), (), (), 0)


def test_what_came_went_and_moved_is_told(desk: Desk) -> None:
    before = made(filled(desk), "boat")
    gone, kept_hit = before.hits[0], before.hits[1]
    desk.archive.db.conn.execute("UPDATE document SET confidentiality = 'confidential' WHERE uuid = ?", (gone.id,))
    desk.archive.db.conn.commit()
    desk.add("boat boat", title="New")
    desk.add("", verdict=Verdict.NONE, reason="password")
    found = compare(before, made(desk, "boat"))
    assert not found.same
    assert [hit.title for hit in found.new] == ["New"]
    assert found.gone == (gone,)
    assert {kept_hit.id} < {hit.id for hit in found.now.hits}
    told = {change.what: (change.before, change.now) for change in found.changes}
    assert told["gap:locked"] == ("0", "1")
    assert told["records"] == ("4", "6")
    assert "position" in told
    assert "total" not in told  # one came and one went


def test_hits_in_another_order_are_counted(desk: Desk) -> None:
    for number in range(6):
        desk.add("boat", title=f"Boat {number}")
    before = made(desk, "boat")
    now = replace(before, hits=(*before.hits[1:], before.hits[0]))
    assert compare(before, now).moved == 1
    assert compare(before, now).same
    assert compare(before, replace(before, hits=before.hits[::-1])).moved == 5


def test_another_archive_with_the_same_documents_is_told_as_another(desk: Desk, make_desk: Callable[[], Desk]) -> None:
    before = made(filled(desk), "boat")
    found = compare(before, made(filled(make_desk()), "boat"))
    assert (found.new, found.gone) == ((), ())  # their bytes are the same
    assert found.changes[0].what == "archive"
    assert not found.same
