"""A small file is replaced as a whole, also by two programs at once."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from archive import medium

SHORT, LONG = b"short", b"long " * 100


def test_of_two_at_once_one_counts_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, both, failures = tmp_path / "slot.age", threading.Barrier(2, timeout=60), []
    write = os.write

    def together(handle: int, content: memoryview) -> int:
        both.wait()  # each has its file open before either writes
        return write(handle, content)

    def replace(content: bytes) -> None:
        try:
            medium.replace(target, content)
        except Exception as error:
            failures.append(error)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", together)
        threads = [threading.Thread(target=replace, args=(content,)) for content in (SHORT, LONG)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert target.read_bytes() in (SHORT, LONG)
    assert os.listdir(tmp_path) == [target.name]


def test_what_a_crash_left_goes_and_what_is_under_way_stays(tmp_path: Path) -> None:
    target = tmp_path / "slot[1].age"
    old, older, young, other = (
        tmp_path / f"{name}.new"
        for name in (f"{target.name}.0123abcd", target.name, f"{target.name}.4567cdef", "slot1.age")
    )
    for left in (old, older, young, other):
        left.write_bytes(b"half")
    for left in (old, older, other):
        os.utime(left, (0, 0))
    medium.replace(target, LONG)
    assert {path.name for path in tmp_path.iterdir()} == {target.name, young.name, other.name}
    assert target.read_bytes() == LONG
