"""Xapian and Recoll over the same records, where they are installed: both are Debian packages, no Python ones."""

from __future__ import annotations

import resource
import shutil
import subprocess
from importlib.util import find_spec
from itertools import islice

from index.text import phrase, prepare
from tests.benchmarks import corpora
from tests.benchmarks.engines import Clock, Measures, asked, peak, spread
from tests.benchmarks.questions import Question, drawn

FACETS = ("type", "language", "country", "year", "publisher")
FILES = 3_000
"""Records that Recoll gets, each as a file: it has no other way in."""


def xapian_all(share: float, number: int) -> Measures:
    """Indexing and searching with Xapian (Debian: python3-xapian), with positions and the text stored."""
    if find_spec("xapian") is None:
        return {}
    import xapian

    folder = corpora.BUILD / "xapian"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    clock, count, characters = Clock(), 0, 0
    made = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    source = corpora.records(share)
    while batch := list(islice(source, 20_000)):
        prepared = [([*map(prepare, (record.title, record.text, *record.beside))], record) for record in batch]
        with clock.running():
            for (title, body, *beside), record in prepared:
                document = xapian.Document()
                generator.set_document(document)
                generator.index_text(title, 4)
                generator.increase_termpos()
                generator.index_text(body)
                for words in beside:
                    generator.increase_termpos()
                    generator.index_text(words)
                document.set_data(record.text)
                kind = "poem" if record.author else "speech"
                for slot, value in enumerate((kind, record.language, record.country, record.year, "x")):
                    document.add_value(slot, value)
                document.add_boolean_term(f"XC{record.country}")
                made.add_document(document)
        count += len(batch)
        characters += sum(len(record.text.encode()) for record in batch)
    with clock.running():
        made.close()
    measures: Measures = {
        "records": count,
        "text, MB": round(characters / 1e6, 1),
        "indexing, records per CPU second": round(count / clock.seconds),
        "indexing, peak memory, MB": round(peak()),
        "index and texts on disk / text": round(corpora.size([folder]) / characters, 3),
    }
    database = xapian.Database(str(folder))
    parser = xapian.QueryParser()
    parser.set_database(database)
    parser.set_max_expansion(0)
    flags = xapian.QueryParser.FLAG_DEFAULT | xapian.QueryParser.FLAG_WILDCARD | xapian.QueryParser.FLAG_BOOLEAN

    def ask(question: Question, step: int) -> object:
        words = [phrase(word)[0] for word in question.words]
        text = f" {question.join} ".join(f'"{word}"' if " " in word else word for word in words)
        query = parser.parse_query(text + "*" if question.prefix else text, flags)
        if question.country:
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(f"XC{question.country}"))
        enquire = xapian.Enquire(database)
        enquire.set_query(query)
        if step == 0:
            found = enquire.get_mset(0, 20)
            return [found.snippet(hit.document.get_data().decode(), 240) for hit in found]
        if step == 1:
            return enquire.get_mset(0, 1, database.get_doccount()).get_matches_estimated()
        spies = [xapian.ValueCountMatchSpy(slot) for slot in range(len(FACETS))]
        for spy in spies:
            enquire.add_matchspy(spy)
        enquire.get_mset(0, 1, database.get_doccount())
        return [[value.termfreq for value in spy.values()] for spy in spies]

    return {**measures, **asked(ask, share, number), "searching, peak memory, MB": round(peak())}


def recoll_all(share: float, number: int) -> Measures:
    """Indexing files and searching them with Recoll's programs (Debian: recollcmd), each search its own process."""
    if shutil.which("recollindex") is None or shutil.which("recollq") is None:
        return {}
    folder = corpora.BUILD / "recoll"
    shutil.rmtree(folder, ignore_errors=True)
    files, settings = folder / "files", folder / "settings"
    files.mkdir(parents=True)
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {files}\nindexStoreDocText = 1\n", "utf-8")
    count, characters = 0, 0
    for record in corpora.records(min(share, FILES / 120_000)):
        (files / f"{count}.txt").write_text(record.text, "utf-8")
        count += 1
        characters += len(record.text.encode())
    seconds = _spent(["recollindex", "-c", str(settings), "-z"])
    measures: Measures = {
        "records": count,
        "text, MB": round(characters / 1e6, 1),
        "indexing, records per CPU second": round(count / seconds),
        "index and texts on disk / text": round(corpora.size([settings]) / characters, 3),
    }
    pooled: list[float] = []
    for name, questions in drawn(share, number).items():
        spent = []
        for question in questions[: max(3, number // 8)]:
            text = f" {question.join} ".join(question.words) + ("*" if question.prefix else "")
            text = f'"{text}"' if question.phrase else text
            spent.append(_spent(["recollq", "-c", str(settings), "-n", "20", "-A", text]) * 1000)
        pooled += spent
        measures[name] = spread(spent)
    return {**measures, "all classes": spread(pooled)}


def _spent(command: list[str]) -> float:
    """The CPU seconds of a program."""

    def used() -> float:
        times = resource.getrusage(resource.RUSAGE_CHILDREN)
        return times.ru_utime + times.ru_stime

    before = used()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return used() - before
