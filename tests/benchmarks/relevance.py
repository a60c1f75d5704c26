"""How good the order is: nDCG@10 on SciFact, the right passage among ten on XQuAD and CMRC 2018."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive import container
from archive.connect import writing
from archive.container import Archive
from index.answers import Query
from index.search import Searcher
from index.sync import Index
from tests.benchmarks import corpora
from tests.benchmarks.corpora import Record
from tests.benchmarks.engines import Measures
from tests.conftest import SHARED

COLLECTIONS = SHARED / "corpora" / "relevance"


@contextmanager
def searching(records: Sequence[Record]) -> Iterator[tuple[Searcher, dict[str, int]]]:
    """A searcher over these records, and the place of each document among them."""
    path = corpora.BUILD / "relevance.tamarisk"
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    key = container.create(path)
    with Archive(path, key, write=True) as archive:
        with writing(archive.db):
            for number, record in enumerate(records):
                corpora.add(archive, replace(record, name=f"{number}.txt"))
        index = Index(archive)
        index.update()
        ids = [row[0] for row in archive.db.conn.execute("SELECT uuid FROM document ORDER BY row")]
        yield index.searcher(), {identity: number for number, identity in enumerate(ids)}
        index.close()


def scifact() -> Measures:
    """Claims against abstracts of papers."""
    corpus = [json.loads(line) for line in (COLLECTIONS / "scifact/corpus.jsonl").read_text("utf-8").splitlines()]
    claims = dict(line.split("\t") for line in (COLLECTIONS / "scifact/queries.test.tsv").read_text().splitlines())
    relevant: dict[str, dict[str, int]] = {}
    for line in (COLLECTIONS / "scifact/qrels.test.txt").read_text().splitlines():
        claim, _, paper, grade = line.split()
        relevant.setdefault(claim, {})[paper] = int(grade)
    gained = []
    with searching([Record(one["title"], one["text"], "en") for one in corpus]) as (searcher, places):
        for claim, grades in relevant.items():
            found = [corpus[places[hit.id]]["_id"] for hit in searcher.first(Query(claims[claim], limit=10)).hits]
            best = _gain(sorted(grades.values(), reverse=True)[:10])
            gained.append(_gain([grades.get(paper, 0) for paper in found]) / best)
    return {"SciFact, nDCG@10": round(sum(gained) / len(gained), 3)}


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def questions(name: str, file: Path, language: str) -> Measures:
    """Questions against the paragraphs that answer them."""
    records: list[Record] = []
    asked: list[tuple[str, int]] = []
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            asked += [(question["question"], len(records)) for question in paragraph["qas"]]
            records.append(Record("", paragraph["context"], language))
    with searching(records) as (searcher, places):
        right = sum(
            any(places[hit.id] == wanted for hit in searcher.first(Query(text, limit=10)).hits)
            for text, wanted in asked
        )
    return {f"{name}, hit@10": round(right / len(asked), 3)}


def everything() -> Measures:
    """All collections."""
    measures = scifact()
    for language in ("en", "es", "ru", "tr", "ar", "zh"):
        measures |= questions(f"XQuAD {language}", COLLECTIONS / f"xquad/xquad.{language}.json", language)
    return measures | questions("CMRC 2018", COLLECTIONS / "cmrc2018/cmrc2018_dev.json", "zh")
