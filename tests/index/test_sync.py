"""The index follows its archive: additions, corrections, removals, interruptions, damage."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive import corrections, meta, texts
from archive.connect import writing
from archive.container import Archive
from archive.errors import Cancelled, Damaged
from archive.reading.result import Page, Reading
from archive.records import Document
from index import build, schema, sync, vocabulary
from index.answers import Query
from index.sync import Index
from tests.index.conftest import Desk

Seen = list[tuple[int, int]]
Build = Callable[[Callable[[int, int], None], Callable[[], bool]], None]


def hits(desk: Desk, text: str) -> list[str]:
    return [hit.id for hit in desk.index.searcher().first(Query(text, limit=50)).hits]


def test_an_index_that_was_never_built_says_so(desk: Desk) -> None:
    desk.add("Some words.")
    answer = desk.index.searcher().first(Query("words"))
    assert (answer.hits, answer.notes) == ((), ("not-indexed",))
    assert desk.index.searcher().totals(Query("words"), ("type",)).total == 0
    assert desk.index.state().records == 0
    assert desk.index.state().behind == 1
    desk.index.update()
    assert len(hits(desk, "words")) == 1
    assert desk.index.state() == sync.State(1, 0, schema.VERSION)


def test_what_came_later_is_found_after_an_update(desk: Desk) -> None:
    first = desk.add("apple", published="2020")
    desk.index.update()
    second = desk.add("apple pear", published="1990")
    assert desk.index.searcher().first(Query("apple")).notes == ("behind",)
    assert hits(desk, "apple") == [first]
    desk.index.update()
    assert set(hits(desk, "apple")) == {first, second}
    assert hits(desk, "pe?r") == [second]
    assert desk.index.searcher().first(Query("apple")).notes == ()


def test_corrections_replace_what_was_indexed(desk: Desk) -> None:
    identity = desk.add("body", title="Old heading", countries=("TH",))
    assert desk.found("old") == [identity]
    document = desk.document(identity)
    corrections.correct(
        desk.archive.db, document, replace(document.metadata, title="New heading", countries=("LA",)), who="desk"
    )
    assert desk.found("new heading") == [identity]
    assert desk.found("old AND heading") == []
    assert desk.found("country:laos") == [identity]
    assert desk.found("country:thailand") == []


def test_another_text_version_replaces_the_first(desk: Desk) -> None:
    identity = desk.add("unreadable")
    other = desk.add("other")
    desk.index.update()
    with writing(desk.archive.db):
        document = desk.document(identity)
        pages = (Page(1, "recognised words"), Page(2, "on two pages"))
        texts.add(desk.archive.db, document.row, Reading("text/plain", pages=pages, extractor="better"))
    assert desk.found("recognised pages") == [identity]
    assert desk.found("unreadable") == []
    assert desk.found("other") == [other]


def test_removed_documents_are_gone(desk: Desk) -> None:
    kept, removed = desk.add("apple", title="kept"), desk.add("apple", title="removed")
    assert len(desk.found("apple")) == 2
    _remove(desk, desk.document(removed))
    assert desk.found("apple") == [kept]
    assert desk.found("removed") == []
    assert desk.found("") == [kept]
    assert "removed" not in dict(desk.index._db.conn.execute("SELECT term, passages FROM word"))


def _remove(desk: Desk, document: Document) -> None:
    conn = desk.archive.db.conn
    with writing(desk.archive.db):
        for table in ("text_row", "text_version", "document_name"):
            conn.execute(f"DELETE FROM {table} WHERE document = ?", (document.row,))
        conn.execute("DELETE FROM document WHERE row = ?", (document.row,))


def test_words_are_counted_as_they_come(desk: Desk) -> None:
    desk.add("apple apple pear", title="Äpfel")
    desk.index.update()
    desk.add("apple plum")
    desk.index.update()
    conn = desk.index._db.conn
    counted = dict(conn.execute("SELECT term, passages FROM word"))
    assert {word: counted[word] for word in ("apple", "pear", "plum", "apfel")} == {
        "apple": 2,
        "pear": 1,
        "plum": 1,
        "apfel": 1,
    }
    with writing(desk.index._db):
        vocabulary.recount(desk.index._db)
    assert dict(conn.execute("SELECT term, passages FROM word")) == counted


def test_cancelled_and_carried_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "DOCUMENTS", 3)
    ids = {desk.add(f"apple {number}", published=str(2000 - number)) for number in range(10)}
    done: list[int] = []
    with pytest.raises(Cancelled):
        desk.index.update(lambda at, total: done.append(at), lambda: 6 in done)
    assert 0 < desk.index.state().records < 10
    assert desk.index.searcher().first(Query("apple")).notes == ("behind", "building:6/10")
    late = desk.add("apple late", published="1900")
    desk.index.update()
    assert desk.index.state().behind == 0
    assert set(desk.found("apple")) == {*ids, late}


@pytest.mark.parametrize("what", ["generation", "analyser", "damage", "not-ours", "another archive's"])
def test_whatever_is_wrong_it_is_made_anew(desk: Desk, what: str) -> None:
    identity = desk.add("apple")
    desk.index.update()
    if what == "generation":
        with writing(desk.archive.db):
            meta.new_generation(desk.archive.db)
    elif what == "analyser":
        with writing(desk.index._db):
            schema.write(desk.index._db, "schema", "0.0")
    elif what == "another archive's":
        with writing(desk.index._db):
            schema.write(desk.index._db, "archive", "another")
    else:
        desk.index.close()
        file = desk.path / "index.db"
        content = bytearray(file.read_bytes())
        content[4096 * 2 :] = os.urandom(len(content) - 4096 * 2) if what == "damage" else b""
        file.write_bytes(content if what == "damage" else b"SQLite format 3\0" + bytes(5000))
        desk.index = Index(desk.archive)
    if what in ("generation", "analyser", "another archive's"):
        assert desk.index.searcher().first(Query("apple")).notes == ("not-indexed",)
    if what == "damage":
        with pytest.raises(Damaged):
            desk.index.searcher().first(Query("apple"))
    assert desk.found("apple") == [identity]


def files(desk: Desk) -> set[str]:
    return {path.name for path in desk.path.iterdir() if path.name.startswith("index") and path.suffix == ".db"}


def test_the_old_index_answers_until_the_new_one_is_ready(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "DOCUMENTS", 3)
    ids = {desk.add(f"apple {number}") for number in range(10)}
    desk.index.update()
    with Archive(desk.path, desk.key, write=False) as archive:
        reader = Index(archive, writable=False)
        seen: list[tuple[int, tuple[str, ...]]] = []

        def read(done: int, total: int) -> None:
            for one in (reader, Index(archive, writable=False)):  # one that was there before, one that comes now
                answer = one.searcher().first(Query("apple"))
                assert {hit.id for hit in answer.hits} == ids
                seen.append((one.searcher().totals(Query("app*"), ("year",)).total, answer.notes))
                assert one.state() == sync.State(10, 0, schema.VERSION)
                if one is not reader:
                    one.close()

        desk.index.rebuild(read)
        assert set(seen) == {(10, ())}
        assert len(seen) > 4
        assert files(desk) == {"index-2.db"}
        late = desk.add("apple late")
        desk.index.update()
        assert {hit.id for hit in reader.searcher().first(Query("apple")).hits} == {*ids, late}
        assert reader.searcher().totals(Query("apple"), ("year",)).total == 11
        reader.close()


def test_what_comes_during_a_rebuild_is_in_the_new_index(desk: Desk) -> None:
    ids = {desk.add("apple")}
    desk.index.update()
    with Archive(desk.path, desk.key, write=True) as archive:
        other = Index(archive)

        def add(done: int, total: int) -> None:
            if len(ids) < 2:
                ids.add(desk.add("apple late"))
                other.update()  # another program does not wait for the new index
                assert {hit.id for hit in other.searcher().first(Query("apple")).hits} == ids

        desk.index.rebuild(add)
        assert {hit.id for hit in other.searcher().first(Query("apple")).hits} == ids
        other.close()
    assert set(hits(desk, "apple")) == ids == set(desk.found("apple"))


def test_without_an_old_index_the_answer_says_how_far_the_new_one_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "DOCUMENTS", 3)
    for number in range(7):
        desk.add(f"apple {number}")
    desk.index.update()
    with writing(desk.index._db):
        schema.write(desk.index._db, "schema", "0.0")
    with Archive(desk.path, desk.key, write=False) as archive:
        reader = Index(archive, writable=False)
        assert reader.searcher().first(Query("apple")).notes == ("not-indexed",)
        seen: set[tuple[str, ...]] = set()
        desk.index.update(lambda done, total: seen.add(reader.searcher().first(Query("nothing")).notes))
        assert seen == {("behind", f"building:{done}/7") for done in (0, 3, 6, 7)}
        assert reader.searcher().first(Query("nothing")).notes == ()
        reader.close()
    assert files(desk) == {"index-2.db"}


def test_two_programs_building_lose_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "DOCUMENTS", 3)
    monkeypatch.setattr(sync, "WAITED", 0.01)
    ids = {desk.add(f"apple {number}", published=str(2000 - number)) for number in range(12)}
    with Archive(desk.path, desk.key, write=True) as archive:
        other = Index(archive)
        for build_it in (other.update, other.rebuild):
            seen: list[tuple[int, int]] = []

            def look_and_stop(done: int, total: int, build_it: Build = build_it, seen: Seen = seen) -> None:
                if done == 6 and not seen:
                    with pytest.raises(Cancelled):
                        build_it(lambda done, total: seen.append((done, total)), lambda: bool(seen))

            (desk.index.update if build_it == other.update else desk.index.rebuild)(look_and_stop)
            assert seen in ([(6, 12)], [(12, 12)])
            assert set(desk.found("apple")) == ids == {hit.id for hit in other.searcher().first(Query("apple")).hits}
        other.close()
    assert not (desk.path / "index.lock").exists()


BUILDING = """
import sys
from pathlib import Path
from archive import unlocking
from archive.container import Archive
from index import build, sync
build.DOCUMENTS = 5
path = Path(sys.argv[1])
with Archive(path, unlocking.unlock(path), write=True) as archive:
    index = sync.Index(archive)
    print(flush=True)
    sys.stdin.readline()
    for _ in range(3):
        index.rebuild()
    print(index.state().records)
"""


def test_many_programs_at_once(desk: Desk) -> None:
    ids = {desk.add(f"apple {number}") for number in range(30)}
    desk.index.update()
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", BUILDING, str(desk.path)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for program in programs:
        assert program.stdout is not None
        program.stdout.readline()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    while any(program.poll() is None for program in programs):
        assert set(hits(desk, "apple")) == ids
    assert [program.communicate()[0] for program in programs] == ["30\n", "30\n"]
    assert set(desk.found("apple")) == ids
    assert len(files(desk)) == 1


def test_what_another_program_took_out_does_not_come_back(desk: Desk) -> None:
    kept = desk.add("apple")
    desk.index.update()
    withdrawn = desk.add("apple secret")
    with Archive(desk.path, desk.key, write=True) as archive:
        other = Index(archive)

        def withdraw() -> bool:
            if withdrawn in [row[0] for row in archive.db.conn.execute("SELECT uuid FROM document")]:
                _remove(desk, desk.document(withdrawn))
                other.update()
            return False

        desk.index.update(cancelled=withdraw)
        other.close()
    assert desk.found("apple") == [kept]
    assert desk.found("secret") == []


KILLED = """
import os, signal, sys
from pathlib import Path
from archive import unlocking
from archive.container import Archive
from index import build, sync
build.DOCUMENTS = 5
path = Path(sys.argv[1])
with Archive(path, unlocking.unlock(path), write=True) as archive:
    def progress(done, total):
        if done >= int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
    index = sync.Index(archive)
    (index.rebuild if "anew" in sys.argv else index.update)(progress)
"""


def test_killed_and_carried_on(desk: Desk) -> None:
    ids = {desk.add(f"apple {number}", published=str(1990 + number % 7)) for number in range(30)}
    for at in (5, 15, 25):
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(desk.path), str(at)], cwd=Path(__file__).parents[2], check=False
        )
        assert killed.returncode == -signal.SIGKILL
        assert desk.index.state().records >= at
    assert set(desk.found("apple")) == ids
    assert desk.index._db.conn.execute("SELECT count(*) FROM passages('apple')").fetchone() == (30,)


def test_killed_while_building_anew(desk: Desk) -> None:
    ids = {desk.add(f"apple {number}", published=str(1990 + number % 7)) for number in range(30)}
    desk.index.update()
    for at in (0, 15, 30):
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(desk.path), str(at), "anew"], cwd=Path(__file__).parents[2], check=False
        )
        assert killed.returncode == -signal.SIGKILL
        assert files(desk) >= {"index.db"}
        answer = desk.index.searcher().first(Query("apple", limit=50))
        assert ({hit.id for hit in answer.hits}, answer.notes) == (ids, ())
    late = desk.add("apple late")
    assert set(desk.found("apple")) == {*ids, late}
    assert len(files(desk)) == 1
    assert files(desk) != {"index.db"}
    assert {path.name for path in desk.path.iterdir()} - {"archive.db", "keys", "archive.db-wal", "archive.db-shm"} <= {
        name + ending for name in files(desk) for ending in ("", "-wal", "-shm")
    }


def test_a_file_that_the_system_does_not_give_up_goes_another_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = desk.add("apple")
    desk.index.update()
    with Archive(desk.path, desk.key, write=False) as archive:
        reader = Index(archive, writable=False)
        assert reader.state().records == 1

        def refuse(path: Path, missing_ok: bool = False) -> None:
            raise PermissionError(13, "so Windows says of an open file", str(path))

        with monkeypatch.context() as windows:
            windows.setattr(Path, "unlink", refuse)
            desk.index.rebuild()
        assert files(desk) == {"index.db", "index-2.db"}
        late = desk.add("apple late")
        desk.index.update()
        assert {hit.id for hit in reader.searcher().first(Query("apple")).hits} == {identity, late}
        reader.close()
    desk.index.rebuild()
    assert files(desk) == {"index-3.db"}
