"""The classes of queries that are measured, drawn from the records with a fixed seed."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.corpora import BUILD, VERSION, Record, records

WORD = re.compile("[a-z]{4,}")
HAN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A query, as its parts: each engine writes it in its own language. `join` is AND or OR; a `phrase` has one part
    of several words, a `prefix` one beginning; `country` is a filter."""

    words: tuple[str, ...]
    join: str = "AND"
    phrase: bool = False
    prefix: bool = False
    country: str = ""


def classes(among_records: Sequence[Record], number: int) -> dict[str, list[Question]]:
    """So many questions of each class."""
    chance = random.Random(20240501)
    speeches = [record for record in among_records if not record.author]
    poems = [record for record in among_records if record.author]
    counted = Counter(word for record in speeches for word in set(WORD.findall(record.text)))
    total = len(speeches)

    def among(least: float, most: float) -> list[str]:
        return sorted(word for word, count in counted.items() if least <= count <= most)

    rare, middling, common = among(3, 60), among(total / 200, total / 14), among(total / 7, total)
    one = chance.choice

    def words(*kinds: list[str]) -> tuple[str, ...]:
        return tuple(one(kind) for kind in kinds)

    def stretch() -> tuple[str, ...]:
        while True:
            found = re.findall("[A-Za-z]+", one(speeches).text)
            at = chance.randrange(max(1, len(found) - 3))
            if len(found) > 4:
                return (" ".join(found[at : at + chance.choice((2, 2, 3))]).lower(),)

    def han(length: int) -> tuple[str, ...]:
        while True:
            run = one(HAN.findall(one(poems).text) or [""])
            if len(run) >= length:
                at = chance.randrange(len(run) - length + 1)
                return (run[at : at + length],)

    makers: dict[str, Callable[[], Question]] = {
        "rare word": lambda: Question(words(rare)),
        "common word": lambda: Question(words(common)),
        "AND of 2-3": lambda: Question(words(middling, common, *([common] * chance.randrange(2)))),
        "OR of 4": lambda: Question(words(middling, middling, common, common), join="OR"),
        "phrase": lambda: Question(stretch(), phrase=True),
        "prefix of 3": lambda: Question((one(common)[:3],), prefix=True),
        "filtered": lambda: Question(words(common), country=one(["TH", "CN", "US", "FR", "BR"])),
        "2 Han": lambda: Question(han(2), phrase=True),
        "4 Han": lambda: Question(han(4), phrase=True),
    }
    return {name: [make() for _ in range(number)] for name, make in makers.items()}


def drawn(share: float, number: int, large: bool = False) -> dict[str, list[Question]]:
    """The questions for a share of the records, drawn in a process of its own, because that needs all the texts."""
    path = _path(share, number, large)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = ["--part", "questions-million" if large else "questions"]
        part += ["--share", str(share), "--questions", str(number)]
        subprocess.run([sys.executable, "-m", "tests.benchmarks", *part], check=True, stdout=subprocess.DEVNULL)
    kept = json.loads(path.read_text("utf-8"))
    return {name: [Question(**{**one, "words": tuple(one["words"])}) for one in ones] for name, ones in kept.items()}


def draw(share: float, number: int, large: bool = False) -> dict[str, float | str]:
    """Draw the questions and keep them."""
    found = classes(list(records(share, large)), number)
    path = _path(share, number, large)
    path.write_text(json.dumps({name: [asdict(one) for one in ones] for name, ones in found.items()}), "utf-8")
    return {}


def _path(share: float, number: int, large: bool) -> Path:
    return BUILD / f"questions-{VERSION}-{'million-' if large else ''}{share:g}-{number}.json"


def warm_up() -> list[Question]:
    """Questions that are asked before anything is measured."""
    return [
        Question(("peace",)),
        Question(("war", "peace"), join="OR"),
        Question(("con",), prefix=True),
        Question(("千山",), phrase=True),
        Question(("nuclear",), country="TH"),
    ]
