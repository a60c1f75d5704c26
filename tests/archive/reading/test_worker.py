"""Through a worker, a container keeps to its budget, whatever it holds and however deep."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from archive.reading.process import ReadingProcess
from archive.reading.result import Reading
from archive.reading.source import Budget
from archive.records import Verdict
from tests.archive.reading.collected import Collected, stored
from tests.archive.reading.made_pdf import made_pdf


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess() as process:
        yield process


def zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def read(process: ReadingProcess, data: bytes, budget: Budget, name: str = "f.zip") -> tuple[Reading, Collected]:
    members = Collected()
    return process.read(name, stored(data), members, lambda: False, budget), members


def test_a_container_that_fits_is_good(process: ReadingProcess) -> None:
    reading, members = read(process, zipped({"a": b"one", "b": b"two"}), Budget())
    assert (reading.verdict, reading.reason, reading.notes) == (Verdict.GOOD, "", ())
    assert members.contents == {"a": b"one", "b": b"two"}


@pytest.mark.parametrize(
    ("budget", "reason", "taken"),
    [
        (Budget(depth=0), "depth-limit", {}),
        (Budget(members=2), "members-limit", {"a": b"one", "b": b"two"}),
        (Budget(bytes=7), "size-limit", {"a": b"one", "b": b"two"}),
        (Budget(members=4, bytes=14), "", {"a": b"one", "b": b"two", "c": b"three", "d": b"end"}),
    ],
)
def test_what_is_over_the_budget_is_named(
    process: ReadingProcess, budget: Budget, reason: str, taken: dict[str, bytes]
) -> None:
    reading, members = read(process, zipped({"a": b"one", "b": b"two", "c": b"three", "d": b"end"}), budget)
    assert reading.reason == reason
    assert reading.verdict is (Verdict.POOR if reason else Verdict.GOOD)
    assert list(reading.notes) == [reason] * bool(reason)
    assert members.contents == taken
    assert len(reading.pages[0].text.splitlines()) == 4, "the listing is whole"


def test_a_bomb_and_a_locked_member_leave_the_others(process: ReadingProcess) -> None:
    locked = bytearray(zipped({"a": b"one", "zeros": bytes(9 << 20), "locked": b"secret"}))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.rindex(signature) + flags] |= 1
    reading, members = read(process, bytes(locked), Budget(ratio_from=4 << 20))
    assert members.contents == {"a": b"one"}
    assert members.reasons["zeros"] == "bomb-ratio"
    assert (reading.verdict, reading.reason) == (Verdict.POOR, "bomb-ratio")
    assert reading.detail == "members missing: 1 bomb-ratio"


def test_a_hundred_thousand_members_keep_to_the_limit(process: ReadingProcess) -> None:
    one = zipped({"a": b""})
    start, end = one.rindex(b"PK\1\2"), one.rindex(b"PK\5\6")
    directory = one[start:end] * 100_001  # more than fit into the old record of the directory's end, hence both
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 100_001, 100_001, len(directory), start)
    wide += struct.pack("<4sLQL", b"PK\6\7", 0, start + len(directory), 1)
    data = (
        one[:start] + directory + wide + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)
    )
    reading, members = read(process, data, Budget(members=500))
    assert len(members.kept) == 500
    assert reading.notes == ("members-limit",)
    assert reading.pages[0].text.count("\n") == 100_001


def test_containers_in_containers_end_with_the_budget(process: ReadingProcess) -> None:
    """Sixteen in sixteen in sixteen: the caller lowers the budget as it descends."""
    inner = b"bottom"
    for _ in range(4):
        inner = zipped({f"{number}.zip": inner for number in range(16)})
    waiting, reasons, read_in_all = [inner], Counter[str](), 0
    budget = Budget(depth=3, members=60)
    level = 3
    while waiting:
        below = []
        for data in waiting:
            reading, members = read(process, data, replace(budget, depth=level))
            reasons[reading.reason] += 1
            budget = replace(budget, members=budget.members - len(members.kept))
            below += members.contents.values()
            read_in_all += 1
        waiting, level = below, level - 1
    assert read_in_all == 61
    assert budget.members == 0
    assert reasons["members-limit"] > 10
    deep, none = read(process, inner, Budget(depth=0))
    assert (deep.reason, none.kept) == ("depth-limit", [])


def test_members_of_other_formats_keep_to_it_too(process: ReadingProcess) -> None:
    data = made_pdf([[(50, 500, "Words")]], {"a.txt": b"one", "b.txt": b"two"})
    reading, members = read(process, data, Budget(members=1), "f.pdf")
    assert reading.pages[0].text == "Words"
    assert (reading.reason, members.contents) == ("members-limit", {"a.txt": b"one"})


def test_names_that_cannot_be_stored_are_made_to(process: ReadingProcess) -> None:
    _, members = read(process, gzip.compress(b"words"), Budget(), "name\udcff.gz")
    [name] = members.contents
    name.encode("utf-8")
