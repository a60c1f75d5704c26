from __future__ import annotations

from pathlib import Path

import pytest

from archive import notes, verify
from archive.cases.exchange import json_export, json_import
from archive.cases.records import Kind
from archive.container import Archive
from archive.errors import Withdrawn
from archive.intake import run
from archive.intake.report import Barred
from archive.notes import Note
from archive.withdrawal import tombstones, withdrawal
from archive.withdrawal.tombstones import Reason
from tests import pages
from tests.archive.withdrawal.conftest import Make, Zipped, by_name, packed, take_in
from tests.archive.withdrawal.test_withdrawal import WORDS, everything


def withdraw(archive: Archive, identity: str) -> str:
    seen = withdrawal.preview(archive.db, identity)
    return withdrawal.withdraw(archive, seen, Reason.LEGAL).at


def test_bytes_that_were_withdrawn_stay_out_and_the_report_says_so(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "zorblatt.txt"
    file.write_text(WORDS)
    at = withdraw(archive, take_in(archive, file)["zorblatt.txt"].id)
    report = run.run(archive, [file], jobs=1)
    assert (report.added, report.duplicates, report.unreadable) == (0, 0, ())
    assert report.barred == (Barred("zorblatt.txt", at, "legal"),)
    assert by_name(archive) == {}
    assert pages.holding(everything(archive), "Zorblatt") == []


def test_no_hash_of_them_is_kept_but_a_keyed_one(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "zorblatt.txt"
    file.write_text(WORDS)
    sha256 = take_in(archive, file)["zorblatt.txt"].sha256
    withdraw(archive, sha256)
    assert tombstones.barred(archive.db, sha256)
    assert pages.holding(everything(archive), sha256, bytes.fromhex(sha256)) == []


def test_another_container_of_them_keeps_neither_its_bytes_nor_their_name(
    archive: Archive, tmp_path: Path, zipped: Zipped
) -> None:
    file = tmp_path / "account.txt"
    file.write_text(WORDS)
    withdraw(archive, take_in(archive, file)["account.txt"].id)
    inner = packed({"zorblatt.txt": WORDS.encode(), "harbour.txt": b"The harbour was quiet that night."})
    parcel = zipped("parcel.zip", {"inner.zip": inner, "letter.txt": b"A letter about the weather."})
    report = run.run(archive, [parcel], jobs=1)
    assert [one.path for one in report.barred] == ["parcel.zip/inner.zip/zorblatt.txt"]
    assert by_name(archive).keys() == {"parcel.zip", "inner.zip", "harbour.txt", "letter.txt"}
    assert pages.holding(everything(archive), "Zorblatt", WORDS) == []
    assert verify.check(archive).faults == ()
    again = run.run(archive, [parcel], jobs=1)
    assert (again.added, [one.path for one in again.barred]) == (0, ["parcel.zip"])


def test_they_come_in_again_only_when_that_is_said_and_as_a_new_record(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "zorblatt.txt"
    file.write_text(WORDS)
    before = take_in(archive, file)["zorblatt.txt"]
    withdraw(archive, before.id)
    report = run.run(archive, [file], jobs=1, withdrawn_too=True)
    assert (report.added, report.barred) == (1, ())
    (after,) = by_name(archive).values()
    assert after.sha256 == before.sha256
    assert after.id != before.id
    assert [one.record for one in tombstones.every(archive.db)] == [before.id]
    assert b"".join(archive.originals.read(after.sha256)) == WORDS.encode()


def test_a_note_of_the_same_words_is_refused(archive: Archive) -> None:
    note = Note("What was heard", WORDS)
    withdraw(archive, notes.add(archive, note, who="desk").id)
    with pytest.raises(Withdrawn) as caught:
        notes.add(archive, note, who="desk")
    assert caught.value.facts["reason"] == "legal"


def test_casework_of_another_desk_does_not_bring_them_back(archive: Archive, make: Make) -> None:
    person = make(Kind.PERSON, name="Zorblatt Quimby")
    make(Kind.PERSON, name="Ada Nunn")
    page = by_name(archive)
    text = json_export.text(archive.db)
    withdraw(archive, person.id)
    plan = json_import.take(archive, text)
    assert plan.counts()["subject"] == {"refused": 1, "same": 1}
    assert plan.counts()["fact"] == {"refused": 1, "same": 1}
    assert pages.holding(everything(archive), "Zorblatt") == []
    withdraw(archive, next(iter(page.values())).id)
    plan = json_import.take(archive, text)
    assert plan.counts()["document"] == {"refused": 1}
    assert pages.holding(everything(archive), "Ada Nunn") == []
