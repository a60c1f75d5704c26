"""Three engines over the same records: ours in an encrypted archive, tantivy and whoosh with their plain files.

Each is measured in a process of its own, in CPU time of all its threads. Tantivy and whoosh get the text already
prepared for them (`index.text`), which is not charged to them; both store the text, because snippets need it. All index
the words of title, text, author, publisher and file name; ours is asked about all of these, the others about the text.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.text import phrase, prepare
from tests.benchmarks import corpora, questions
from tests.benchmarks.questions import Question

if TYPE_CHECKING:
    from archive.container import Archive
    from archive.keys import ArchiveKey
    from index.sync import Index

Measures = dict[str, float | str]
FACETS = ("type", "language", "country", "year", "publisher")
STEPS = ("", ", with count", ", with facets")
BATCH = 20_000


class Clock:
    """CPU seconds of blocks."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        started = time.process_time()
        yield
        self.seconds += time.process_time() - started


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)


def asked(ask: Callable[[Question, int], object], share: float, number: int, large: bool = False) -> Measures:
    """Milliseconds of each class, `p50 / p95`, for the steps 0 first 20 with snippets, 1 count, 2 facets."""
    for question in questions.warm_up():
        for step in range(3):
            ask(question, step)
    measures: Measures = {}
    pooled: list[list[float]] = [[], [], []]
    for name, drawn in questions.drawn(share, number, large).items():
        spent: list[list[float]] = [[], [], []]
        for question in drawn:
            total = 0.0
            for step in range(3):
                started = time.process_time()
                done = ask(question, step)
                total += (time.process_time() - started) * 1000
                if done is not None:
                    spent[step].append(total)
        for step, label in enumerate(STEPS):
            pooled[step] += spent[step]
            if spent[step]:
                measures[f"{name}{label}"] = spread(spent[step])
    return {
        **measures,
        **{f"all classes{label}": spread(every) for label, every in zip(STEPS, pooled, strict=True) if every},
    }


def spread(milliseconds: list[float]) -> str:
    """Median and 95th percentile."""
    at = statistics.quantiles(milliseconds, n=20, method="inclusive")
    return f"{statistics.median(milliseconds):.1f} / {at[18]:.1f}"


def tamarisk_index(share: float) -> Measures:
    """Building our index, from the archive and from memory."""
    from archive import bulk, connect, texts
    from archive.connect import writing
    from archive.container import Archive
    from index import entries, postings, schema, vocabulary
    from index.sync import Index

    path, key = corpora.archive(share)
    for left in path.glob("index*"):
        left.unlink()
    whole, memory = Clock(), Clock()
    with Archive(path, key, write=True) as archive:
        index = Index(archive)
        with whole.running():
            index.update()
        number = index.state().records
        index.close()
        used = peak()
        scratch = path.with_name("scratch-index.db")
        for left in scratch.parent.glob(f"{scratch.name}*"):
            left.unlink()
        db = connect.connect(scratch, key.secret("index"), "create")
        with writing(db):
            schema.create(db)
        rows = [row for _, row in bulk.by_date(archive.db, ("", 0), 10_000_000)]
        characters = 0
        for at in range(0, len(rows), BATCH):
            batch = rows[at : at + BATCH]
            names = bulk.names(archive.db, batch)
            pieces = {row: [piece] for row, piece in texts.bulk(archive.db, batch)}
            put = [
                entries.of_document(one, names[one.row], pieces.get(one.row, ()))
                for one in bulk.documents(archive.db, batch)
            ]
            characters += sum(len(piece[0].text.encode()) for piece in pieces.values())
            with memory.running(), writing(db):
                postings.put(db, put, count_words=False)
        with memory.running(), writing(db):
            vocabulary.recount(db)
        connect.close(db)
    for left in scratch.parent.glob(f"{scratch.name}*"):
        left.unlink()
    from tests.benchmarks import shares

    index_bytes, archive_bytes = corpora.size(path.glob("index*.db")), corpora.size([path / "archive.db"])
    return {
        "records": number,
        "text, MB": round(characters / 1e6, 1),
        "indexing, records per CPU second": round(number / memory.seconds),
        "indexing out of the archive, records per CPU second": round(number / whole.seconds),
        "indexing, peak memory, MB": round(used),
        "index on disk / text": round(index_bytes / characters, 3),
        **shares.measured(path, key, characters),
        "index and texts on disk / text": round((index_bytes + archive_bytes) / characters, 3),
    }


def million_index() -> Measures:
    """Making the index of a million records, if it is not there yet."""
    from archive.container import Archive
    from index.sync import Index

    path, key = corpora.archive(1.0, large=True)
    clock = Clock()
    with Archive(path, key, write=True) as archive:
        index = Index(archive)
        behind = index.state().behind
        with clock.running():
            index.update()
        index.close()
    made = {"a million records, indexing, records per CPU second": round(behind / clock.seconds)} if behind else {}
    return {**made, "a million records, indexing, peak memory, MB": round(peak())}


def million_search(number: int) -> Measures:
    """Opening and searching it."""
    path, key = corpora.archive(1.0, large=True)
    started = time.process_time()
    archive, index, ask = _opened(path, key)
    ask(Question(("disarmament",)), 0)
    opened = time.process_time() - started
    measures = asked(ask, 1.0, number, large=True)
    index.close()
    archive.close()
    return {
        "a million records, opening and first hits, CPU seconds": round(opened, 2),
        **{f"a million records, {name}": value for name, value in measures.items()},
        "a million records, searching, peak memory, MB": round(peak()),
    }


def tamarisk_search(share: float, number: int) -> Measures:
    """Searching with ours."""
    archive, index, ask = _opened(*corpora.archive(share))
    measures = asked(ask, share, number)
    index.close()
    archive.close()
    return {**measures, "searching, peak memory, MB": round(peak())}


def _opened(path: Path, key: ArchiveKey) -> tuple[Archive, Index, Callable[[Question, int], object]]:
    """An archive, its index, and what asks them."""
    from archive.container import Archive
    from index.answers import Filter, Query
    from index.sync import Index

    archive = Archive(path, key, write=False)
    index = Index(archive, writable=False)
    searcher = index.searcher()

    def ask(question: Question, step: int) -> object:
        if question.prefix:
            text = f"{question.words[0]}*"
        elif question.phrase:
            text = f'"{question.words[0]}"'
        else:
            text = f" {question.join} ".join(question.words)
        query = Query(text, (Filter("country", question.country),) if question.country else ())
        if step == 0:
            return searcher.first(query)
        return searcher.totals(query, FACETS if step == 2 else ())

    return archive, index, ask


def tantivy_all(share: float, number: int) -> Measures:
    """Indexing and searching with tantivy, one thread."""
    import tantivy

    folder = corpora.BUILD / "tantivy"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    for field in ("title", "body", "author", "house", "name"):
        builder.add_text_field(field, stored=True)
    for field in ("type", "language", "country", "year", "publisher"):
        builder.add_text_field(field, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    index = tantivy.Index(builder.build(), str(folder))
    clock, count, characters = Clock(), 0, 0
    writer = index.writer(256 << 20, 1)
    source = corpora.records(share)
    while batch := list(islice(source, BATCH)):
        prepared = [([*map(prepare, (record.title, record.text, *record.beside))], record) for record in batch]
        with clock.running():
            for texts, record in prepared:
                words = dict(zip(("title", "body", "author", "house", "name"), texts, strict=True))
                values = {"country": record.country, "year": record.year, "language": record.language}
                writer.add_document(tantivy.Document(type="speech", publisher="x", **words, **values))
        count += len(batch)
        characters += sum(len(record.text.encode()) for record in batch)
    with clock.running():
        writer.commit()
        writer.wait_merging_threads()
    measures: Measures = {
        "records": count,
        "text, MB": round(characters / 1e6, 1),
        "indexing, records per CPU second": round(count / clock.seconds),
        "indexing, peak memory, MB": round(peak()),
        "index and texts on disk / text": round(corpora.size([folder]) / characters, 3),
    }
    index.reload()
    searcher = index.searcher()
    schema = index.schema

    def ask(question: Question, step: int) -> object:
        if question.prefix:
            query = tantivy.Query.regex_query(schema, "body", f"{question.words[0]}.*")
        else:
            words = [phrase(word)[0] for word in question.words]
            text = f" {question.join} ".join(f'"{word}"' if " " in word else word for word in words)
            query = index.parse_query(text, ["body"])
        if question.country:
            only = tantivy.Query.term_query(schema, "country", question.country)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)])
        if step == 0:
            found = searcher.search(query, 20, count=False)
            snippets = tantivy.SnippetGenerator.create(searcher, query, schema, "body")
            return [snippets.snippet_from_doc(searcher.doc(address)).highlighted() for _, address in found.hits]
        if step == 1:
            counted: Any = searcher.search(query, 1, count=True)  # whose count its stubs lack
            return counted.count
        return searcher.aggregate(query, {field: {"terms": {"field": field, "size": 300}} for field in FACETS})

    return {**measures, **asked(ask, share, number), "searching, peak memory, MB": round(peak())}


def whoosh_all(share: float, number: int) -> Measures:
    """Indexing and searching with whoosh's own index."""
    from whoosh import index as whoosh_index
    from whoosh.analysis import StandardAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.qparser import QueryParser
    from whoosh.query import Term

    folder = corpora.BUILD / "whoosh"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    words = StandardAnalyzer(stoplist=None, minsize=1)
    searched = {name: TEXT(words, stored=True) for name in ("title", "body", "author", "publisher", "name")}
    schema = Schema(**searched, country=ID, year=ID, language=ID)
    made = whoosh_index.create_in(str(folder), schema)
    clock, count, characters = Clock(), 0, 0
    with clock.running():
        writer = made.writer(limitmb=256)
    for record in corpora.records(share):
        texts = dict(zip(searched, map(prepare, (record.title, record.text, *record.beside)), strict=True))
        with clock.running():
            writer.add_document(**texts, country=record.country, year=record.year, language=record.language)
        count += 1
        characters += len(record.text.encode())
    with clock.running():
        writer.commit()
    measures: Measures = {
        "records": count,
        "text, MB": round(characters / 1e6, 1),
        "indexing, records per CPU second": round(count / clock.seconds),
        "indexing, peak memory, MB": round(peak()),
        "index and texts on disk / text": round(corpora.size([folder]) / characters, 3),
    }
    searcher: Any = made.searcher()
    parser = QueryParser("body", schema)

    def ask(question: Question, step: int) -> object:
        words = [phrase(word)[0] for word in question.words]
        text = f" {question.join} ".join(f'"{word}"' if " " in word else word for word in words)
        query = parser.parse(text + "*" if question.prefix else text)
        only = Term("country", question.country) if question.country else None
        if step == 0:
            return [hit.highlights("body") for hit in searcher.search(query, limit=20, filter=only)]
        if step == 1:
            return len(searcher.search(query, limit=1, filter=only))
        return None

    return {**measures, **asked(ask, share, number), "searching, peak memory, MB": round(peak())}
