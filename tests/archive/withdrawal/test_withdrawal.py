from __future__ import annotations

import secrets
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive import custody, documents, texts, verify
from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Kind, Stance, Step
from archive.container import Archive
from archive.errors import AmbiguousId, ChangedMeanwhile, NoSuchRecord, Withdrawn
from archive.withdrawal import erasing, tombstones, withdrawal
from archive.withdrawal.preview import file_names
from archive.withdrawal.tombstones import Reason
from tests import pages
from tests.archive.conftest import Keep
from tests.archive.withdrawal.conftest import Make, Say, Zipped, packed, take_in

WORDS = "The lanternkeeper Zorblatt was seen at the old quay of Fennimore."
TITLE = "Account of Zorblatt"


def everything(archive: Archive) -> dict[str, bytes]:
    """All pages of all files, and what their pages unpack to; free pages and logs included."""
    held = pages.of_archive(archive.path, archive.key)
    return held | {f"{name} unpacked": pages.inflated(data) for name, data in held.items()}


def withdraw(archive: Archive, identity: str, reason: Reason = Reason.PERSON, **how: bool) -> withdrawal.Withdrawal:
    return withdrawal.withdraw(archive, withdrawal.preview(archive.db, identity, **how), reason)


def test_a_document_is_in_no_page_of_any_file(archive: Archive, keep: Keep) -> None:
    noise = secrets.token_bytes(3 << 20)
    (archive.path.parent / "noise.bin").write_bytes(noise)
    with archive.originals.stage() as staging:  # bytes of another document around it
        staging.write(noise)
        archive.originals.register(staging.finish())
    gone = keep(WORDS * 400, title=TITLE)
    stays = keep("Nothing of that kind is said here.", title="Another page")
    bodies = [bytes(row[0]) for row in archive.db.conn.execute("SELECT body FROM text_row WHERE document = ?",
                                                                (gone.row,))]  # fmt: skip
    before = everything(archive)
    assert {name for name, _ in pages.holding(before, "Zorblatt", TITLE)} >= {
        "archive.db",
        "originals-0001.db unpacked",
    }

    done = withdraw(archive, gone.id)

    assert done.records == (gone.id,)
    assert done.erased
    assert TITLE in done.names
    after = everything(archive)
    assert pages.holding(after, "Zorblatt", TITLE, gone.sha256, *(body[:40] for body in bodies)) == []
    assert pages.holding(after, "Another page") != []
    assert b"".join(archive.originals.read(stays.sha256)) == b"Nothing of that kind is said here."
    assert archive.db.conn.execute("PRAGMA freelist_count").fetchone()[0] == 0
    with pytest.raises(NoSuchRecord):
        documents.get(archive.db, gone.id)


def test_the_chain_of_custody_still_verifies_and_says_that_it_went(archive: Archive, keep: Keep) -> None:
    gone = keep(WORDS, title=TITLE)
    keep("Another page.", title="Another page")
    seen = withdrawal.preview(archive.db, gone.id)
    withdrawal.withdraw(archive, seen, Reason.LEGAL, note="Letter of the\ncourt")
    assert list(custody.breaks(archive.db)) == []
    last = custody.entries(archive.db, gone.id)[-1]
    assert (last.action, last.content) == (
        "withdrawn",
        {"reason": "legal", "records": 1, "note": "Letter of the court"},
    )
    assert all(one.content is None for one in custody.entries(archive.db, gone.id)[:-1])
    assert verify.check(archive).faults == ()


def test_a_tombstone_says_no_more_than_id_day_and_reason(archive: Archive, keep: Keep) -> None:
    gone = keep(WORDS, title=TITLE)
    withdraw(archive, gone.id, Reason.ERROR)
    assert archive.db.table("tombstone").columns_dict.keys() == {"record", "at", "reason"}
    (stone,) = tombstones.every(archive.db)
    assert (stone.record, stone.reason, len(stone.at)) == (gone.id, Reason.ERROR, 10)
    feed = archive.db.conn.execute("SELECT count(*) FROM change WHERE record = ?", (gone.id,)).fetchone()[0]
    assert feed == 1, "whoever follows the feed must learn that it is gone, and nothing else"


def test_what_went_unknown_and_ambiguous_ids_are_told_apart(archive: Archive, keep: Keep) -> None:
    gone, other = keep(WORDS, title=TITLE), keep("Another page.")
    withdraw(archive, gone.id, Reason.REPLACED)
    for words in (gone.id, gone.id.upper(), gone.sha256):
        with pytest.raises(Withdrawn) as caught:
            withdrawal.preview(archive.db, words)
        assert caught.value.facts["reason"] == "replaced"
    with pytest.raises(NoSuchRecord):
        withdrawal.preview(archive.db, "ffffffff-0000-4000-8000-000000000000")
    with pytest.raises(NoSuchRecord):
        withdrawal.preview(archive.db, "no such thing")
    archive.db.conn.execute("UPDATE document SET uuid = ? WHERE row = ?", (gone.id[:8] + other.id[8:], other.row))
    with pytest.raises(AmbiguousId):
        withdrawal.preview(archive.db, gone.id[:8])


def test_a_container_loses_its_bytes_and_its_other_members_stay(archive: Archive, zipped: Zipped) -> None:
    inner = packed({"zorblatt.txt": WORDS.encode(), "harbour.txt": b"The harbour was quiet that night."})
    outer = zipped("parcel.zip", {"inner.zip": inner, "letter.txt": b"A letter about the weather."})
    before = take_in(archive, outer)
    sha = {name: one.sha256 for name, one in before.items()}

    seen = withdrawal.preview(archive.db, before["zorblatt.txt"].id)
    assert {one.title for one in seen.containers} == {"parcel.zip", "inner.zip"}
    assert seen.mentions == 1
    assert seen.originals == 3
    withdrawal.withdraw(archive, seen, Reason.PERSON)

    after = everything(archive)
    hashes = (sha["zorblatt.txt"], sha["inner.zip"], sha["parcel.zip"])
    assert pages.holding(after, "zorblatt", WORDS, *hashes) == []
    for name in ("harbour.txt", "letter.txt"):
        assert b"".join(archive.originals.read(sha[name]))
    container = documents.get(archive.db, before["inner.zip"].id)
    assert texts.read(archive.db, container.row, 1) == "harbour.txt · 33 bytes · 1980-01-01 00:00\n"
    assert {one.title for one in documents.children(archive.db, container.id)} == {"harbour.txt"}
    assert verify.check(archive).faults == ()


def test_a_withdrawn_container_takes_along_what_lay_only_in_it(archive: Archive, zipped: Zipped) -> None:
    shared = b"A letter that lies in both parcels."
    one = zipped("zorblatt-parcel.zip", {"own.txt": WORDS.encode(), "shared.txt": shared})
    other = zipped("second.zip", {"shared.txt": shared, "rest.txt": b"Another letter of no matter."})
    before = take_in(archive, one, other)

    seen = withdrawal.preview(archive.db, before["zorblatt-parcel.zip"].id)
    assert {one.title for one in seen.documents} == {"zorblatt-parcel.zip", "own.txt"}
    assert seen.containers == ()
    assert len(withdrawal.preview(archive.db, before["zorblatt-parcel.zip"].id, members=False).documents) == 1
    withdrawal.withdraw(archive, seen, Reason.ERROR)

    assert pages.holding(everything(archive), "zorblatt") == []
    kept = before["shared.txt"].id
    assert {name.shown for name in documents.names(archive.db, kept)} == {"shared.txt", "second.zip/shared.txt"}
    assert list(custody.breaks(archive.db)) == []


def test_facts_that_rest_on_it_alone_go_and_others_stay(archive: Archive, keep: Keep, make: Make) -> None:
    gone, other = keep(WORDS, title=TITLE), keep("It is said that he was born in the north. " * 3)
    person = make(Kind.PERSON)
    entries = [Entry(person.id, "name", "Zorblatt Quimby"), Entry(person.id, "gender", "male")]
    facts.record(archive.db, Citation(gone.id, 1, 0, 30), entries, who="desk")
    facts.record(archive.db, Citation(other.id, 1, 0, 30), entries[1:], who="desk")

    seen = withdrawal.preview(archive.db, gone.id)
    assert [(one.field, one.value, one.unsourced) for one in seen.facts] == [("name", "Zorblatt Quimby", True)]
    assert seen.sources == 2
    withdrawal.withdraw(archive, seen, Reason.PERSON)

    stand = facts.of_subject(archive.db, subjects.get(archive.db, person.id))
    assert [(one.field, len(one.sources)) for one in stand] == [("gender", 1)]
    assert subjects.get(archive.db, person.id).label == "Unnamed person"
    assert pages.holding(everything(archive), "Zorblatt", "Quimby") == []
    assert verify.check(archive).faults == ()


def test_a_person_goes_from_the_cases_and_chains_that_name_them(
    archive: Archive, keep: Keep, make: Make, say: Say
) -> None:
    person, case, other = make(Kind.PERSON, name="Zorblatt Quimby"), make(Kind.CASE), make(Kind.PERSON, name="Ada Nunn")
    say(case, ("person-concerned", person.id), ("name", "The quay case"))
    page = keep("She heard it from him, she said, on the quay that evening. " * 2)
    chain = (Step(person.id, "as Zorblatt told her"),)
    facts.record(
        archive.db, Citation(page.id, 1, 0, 30, chain=chain, stance=Stance.ALLEGES),
        [Entry(other.id, "born", "1970")], who="desk",
    )  # fmt: skip
    event = make(Kind.EVENT, parent=person.id)

    seen = withdrawal.preview(archive.db, person.id)
    assert {one.id for one in seen.subjects} == {person.id, event.id}
    assert {(one.field, one.about) for one in seen.facts} == {
        ("name", "Zorblatt Quimby"),
        ("person-concerned", "The quay case"),
    }
    assert [one.title for one in seen.still_naming] == ["A page"]
    assert seen.names == ("Zorblatt Quimby",)
    withdrawal.withdraw(archive, seen, Reason.PERSON)

    assert pages.holding(everything(archive), "Zorblatt", "Quimby") == []
    (born,) = [one for one in facts.of_subject(archive.db, subjects.get(archive.db, other.id)) if one.field == "born"]
    assert born.sources[0].chain == (Step("", "[withdrawn]"),)
    assert verify.check(archive).faults == ()
    assert list(custody.breaks(archive.db)) == []


def test_a_record_about_which_nothing_else_is_known_goes_with_its_last_fact(
    archive: Archive, make: Make, say: Say
) -> None:
    person = make(Kind.PERSON, name="Zorblatt Quimby")
    (fact,) = facts.of_subject(archive.db, person)
    seen = withdrawal.preview(archive.db, fact.id)
    assert (seen.sort, seen.title, [one.id for one in seen.emptied]) == (
        "fact",
        "Zorblatt Quimby: Zorblatt Quimby",
        [person.id],
    )
    withdrawal.withdraw(archive, seen, Reason.ERROR)
    with pytest.raises(NoSuchRecord):
        subjects.get(archive.db, person.id)
    assert pages.holding(everything(archive), "Zorblatt") == []


def test_what_was_not_seen_in_the_preview_does_not_go(archive: Archive, keep: Keep, make: Make) -> None:
    gone, person = keep(WORDS, title=TITLE), make(Kind.PERSON)
    seen = withdrawal.preview(archive.db, gone.id)
    facts.record(archive.db, Citation(gone.id, 1, 0, 20), [Entry(person.id, "name", "Ada Nunn")], who="desk")
    with pytest.raises(ChangedMeanwhile):
        withdrawal.withdraw(archive, seen, Reason.PERSON)
    assert documents.get(archive.db, gone.id)
    assert tombstones.every(archive.db) == ()


@pytest.mark.parametrize("step", ["chunks", "volume", "copies", "database"])
def test_what_a_kill_leaves_is_erased_at_the_next_opening(archive: Archive, keep: Keep, step: str) -> None:
    gone = keep(WORDS * 400, title=TITLE)
    keep("Another page.")
    path, key = archive.path, archive.key
    (path / "archive-before-format-2.db").write_bytes(b"as it was")
    archive.close()

    assert killed(path, gone.id, step) == -signal.SIGKILL
    with Archive(path, key, write=False) as looking:
        assert erasing.pending(looking.db)
        assert [one.record for one in tombstones.every(looking.db)] == [gone.id]

    with Archive(path, key, write=True) as again:
        assert not erasing.pending(again.db)
        assert erasing.derived(again.db)
        assert not list(path.glob("archive-before*"))
        assert pages.holding(everything(again), "Zorblatt", TITLE) == []
        assert verify.check(again).faults == ()


def test_a_kill_in_the_transaction_takes_nothing(archive: Archive, keep: Keep) -> None:
    stays = keep(WORDS, title=TITLE)
    path, key = archive.path, archive.key
    archive.close()
    assert killed(path, stays.id, "transaction") == -signal.SIGKILL
    with Archive(path, key, write=True) as again:
        assert documents.get(again.db, stays.id).metadata.title == TITLE
        assert not erasing.pending(again.db)
        assert tombstones.every(again.db) == ()
        assert b"".join(again.originals.read(stays.sha256)) == WORDS.encode()


def killed(path: Path, identity: str, step: str) -> int:
    """The exit status of a withdrawal that is ended at a step."""
    command = [sys.executable, "-m", "tests.archive.withdrawal.dying", str(path), identity, step]
    return subprocess.run(command, cwd=Path(__file__).parents[3], check=False, timeout=60).returncode


def test_files_are_known_by_their_names_too(archive: Archive, zipped: Zipped) -> None:
    held = take_in(archive, zipped("papers.zip", {"box/Statement of Zorblatt.txt": b"He was seen at the quay."}))
    seen = withdrawal.preview(archive.db, held["Statement of Zorblatt.txt"].id)
    assert {"Statement of Zorblatt.txt", "Statement of Zorblatt"} <= set(seen.names)
    assert not any("papers" in name or "box" in name for name in seen.names)
    assert file_names("box/report.pdf") == ("report.pdf",)
