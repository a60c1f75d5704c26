"""A file from the pipe reads like one on disk, is fetched only where it is read, and is never held whole if large."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import wire
from archive.reading.pulled import Pulled
from tests.archive.reading.collected import stored


def pulled(data: bytes, limit: int = 1 << 20, size: int | None = None) -> tuple[Pulled, list[int]]:
    asked: list[int] = []
    announced, piece_at = stored(data)

    def ask(start: int) -> bytes:
        asked.append(start)
        return piece_at(start)

    return Pulled(ask, announced if size is None else size, limit), asked


moves = st.lists(st.tuples(st.sampled_from(["read", "seek", "end", "on"]), st.integers(0, 300)), max_size=12)


@given(st.binary(max_size=500), moves, st.integers(1, 300), st.integers(1, 90))
def test_it_reads_and_seeks_as_bytes_in_memory(
    data: bytes, moves: list[tuple[str, int]], limit: int, piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "CHUNK", piece)
        source, _ = pulled(data, limit)
        ours, theirs = source.open(), io.BytesIO(data)
        for move, number in moves:
            if move == "read":
                assert ours.read(number) == theirs.read(number)
            elif move == "seek":
                assert ours.seek(number) == theirs.seek(number)
            elif move == "end":
                assert ours.seek(0, io.SEEK_END) == theirs.seek(0, io.SEEK_END)
            else:
                assert ours.seek(number, io.SEEK_CUR) == theirs.seek(number, io.SEEK_CUR)
        assert ours.read() == theirs.read()


def test_only_what_is_read_is_fetched() -> None:
    source, asked = pulled(bytes(10 * wire.CHUNK), limit=4 * wire.CHUNK)
    with source.open() as stream:
        stream.read(10)
        stream.seek(-5, io.SEEK_END)
        assert stream.read() == bytes(5)
        stream.seek(20)
        stream.read(10)
    assert asked == [0, 9 * wire.CHUNK]


def test_what_was_let_go_is_fetched_again() -> None:
    data = random.Random(1).randbytes(4 * wire.CHUNK + 7)
    source, asked = pulled(data, limit=2 * wire.CHUNK)
    assert source.open().read() == data
    assert source.open().read() == data
    assert len(asked) == 10


def test_a_file_that_is_shorter_than_announced_ends() -> None:
    source, _ = pulled(b"few words", size=3 * wire.CHUNK)
    assert source.open().read() == b"few words"
