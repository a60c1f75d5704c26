"""How far an import is, in words: a rest is foretold only from a rate that says something."""

from __future__ import annotations

import pytest

from archive.intake.report import Progress
from desktop.intake import words


@pytest.mark.parametrize(
    ("done", "total", "rate", "known"),
    [(20, 10_000_000, 19.0, False), (200_000, 10_000_000, 100_000.0, True), (4_000, 10_000_000, 100.0, True)],
)
def test_what_is_left_is_said_once_it_can_be_known(done: int, total: int, rate: float, known: bool) -> None:
    now = Progress(1, 9, done, total, 1, rate, (total - done) / rate, "a.txt")
    assert ("left" in words.progress(now)) == known
