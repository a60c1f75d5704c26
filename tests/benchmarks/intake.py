"""Importing files, and the time from starting the program to its first hit."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

from archive import container
from archive.container import Archive
from archive.intake import run
from tests.benchmarks import corpora
from tests.benchmarks.engines import Measures

FILES = 1_500
PROJECT = Path(__file__).parents[2]


def import_files() -> Measures:
    """Importing plain text files, in wall-clock time with two workers."""
    folder, path = corpora.BUILD / "files", corpora.BUILD / "imported.tamarisk"
    for place in (folder, path):
        shutil.rmtree(place, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, record in enumerate(islice(corpora.records(), FILES)):
        (folder / f"{number}.txt").write_text(record.text, encoding="utf-8")
    key = container.create(path)
    started = time.perf_counter()
    with Archive(path, key, write=True) as archive:
        report = run.run(archive, [folder], jobs=2)
    seconds = time.perf_counter() - started
    assert report.added + report.duplicates == FILES
    return {"import, files/s": round(FILES / seconds), "import, MB/s": round(report.bytes / seconds / 1e6, 2)}


def first_hit(share: float) -> Measures:
    """The command line from its start to 20 hits: CPU and wall-clock seconds, memory of the process."""
    path, _ = corpora.archive(share)
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "desktop", "search", str(path), "disarmament", "--json"],
        cwd=PROJECT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "start to first hit, seconds": round(time.perf_counter() - started, 2),
        "start to first hit, CPU seconds": round(used.ru_utime + used.ru_stime, 2),
        "start to first hit, peak memory, MB": round(used.ru_maxrss / 1024),
    }
