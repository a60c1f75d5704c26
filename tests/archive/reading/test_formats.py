"""Every real file gets a reading, from workers that can write nowhere."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive.reading.process import ReadingProcess
from archive.reading.result import Reading
from archive.records import Verdict
from tests.archive.reading.collected import Collected

JOBS = 2
# What no file of the corpus may do, however broken it is.
FAILURES = {"crashed", "timeout", "memory", "cannot-open"}


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is home and temporary folder to what starts now, and that nobody can write."""
    folder = tmp_path / "nowhere"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(folder / "deeper"))
    yield folder
    folder.chmod(stat.S_IRWXU)


def test_all_of_them(shared: Path, nowhere: Path) -> None:
    paths = sorted(path for path in (shared / "corpora" / "formats").rglob("*") if path.is_file())

    def read(some: list[Path]) -> dict[str, tuple[Reading, Collected]]:
        answers = {}
        with ReadingProcess() as process:
            for path in some:
                members = Collected()
                answers[str(path)] = process.read(path.name, path, members, lambda: False), members
        return answers

    with ThreadPoolExecutor(JOBS) as pool:
        parts = list(pool.map(read, [paths[job::JOBS] for job in range(JOBS)]))
    answers = {name: answer for part in parts for name, answer in part.items()}
    assert len(answers) == len(paths) > 1000

    failed = {name: reading for name, (reading, _) in answers.items() if reading.reason in FAILURES}
    assert not failed
    for name, (reading, members) in answers.items():
        text = "".join(page.text for page in reading.pages)
        assert reading.verdict is Verdict.NONE or text.strip(), name
        assert reading.verdict is Verdict.GOOD or reading.reason, name
        assert all(kept.complete is not None for kept in members.kept), name
    good = sum(reading.verdict is Verdict.GOOD for reading, _ in answers.values())
    assert good > 900
    assert list(nowhere.iterdir()) == []
