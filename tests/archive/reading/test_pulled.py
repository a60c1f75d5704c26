"""A file from the pipe reads like one on disk, and no further than it is asked."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.pulled import Pulled
from archive.reading.source import TooLarge


def pulled(chunks: list[bytes], limit: int = 1 << 20, size: int | None = None) -> tuple[Pulled, list[bytes]]:
    left = [chunk for chunk in chunks if chunk]
    size = sum(map(len, chunks)) if size is None else size
    return Pulled(lambda: left.pop(0) if left else b"", size, limit), left


moves = st.lists(st.tuples(st.sampled_from(["read", "seek", "end", "on"]), st.integers(0, 300)), max_size=12)


@given(st.lists(st.binary(max_size=90), max_size=6), moves)
def test_it_reads_and_seeks_as_bytes_in_memory(chunks: list[bytes], moves: list[tuple[str, int]]) -> None:
    source, _ = pulled(chunks)
    ours, theirs = source.open(), io.BytesIO(b"".join(chunks))
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
    source, left = pulled([b"x" * 100_000] * 10)
    with source.open() as stream:
        stream.read(10)
    assert len(left) >= 8


def test_more_than_can_be_held_is_too_large() -> None:
    source, left = pulled([b"x" * 1000] * 10, limit=5000)
    with pytest.raises(TooLarge):
        source.open().read()
    assert len(left) == 10, "known beforehand from its size"
    lying, _ = pulled([b"x" * 1000] * 10, limit=5000, size=4000)
    with pytest.raises(TooLarge):
        lying.upto(1 << 30)
