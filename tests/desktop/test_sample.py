"""The sample archive: complete, searchable, in our own words, and with the words this project chose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import documents
from archive.errors import AlreadyExists, Cancelled
from archive.records import Confidentiality, Verdict
from desktop import sample
from desktop.workspace import Workspace
from index.answers import Query

LOADED = re.compile(r"fugitive|victim|\btarget|kidnap|perpetrator|逃犯|绑架|綁架|受害", re.IGNORECASE)
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|'[^']*'|「[^」]*」|«[^»]*»|https?://\S+")
NAMED = re.compile(r"(?<=of “).*(?=”\")|(?<=《).*(?=》)|(?<=source_url: ).*")
"""The title and address of an article in the front matter of its summary."""
NOT_OURS = {"on", "line", "used-by", "address", "date-words", "hedge"}
TERMS = {("name", "economic fugitives"), ("name", "经济逃犯")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.build(tmp_path_factory.mktemp("sample") / "sample.tamarisk")


def runs(text: str) -> set[tuple[str, ...]]:
    """Each nine words that follow one another."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 9]) for start in range(len(words) - 8)}


def body(file: Path) -> str:
    return file.read_text("utf-8").split("\n---\n", 1)[1]


def test_every_text_is_in_it_with_its_metadata(built: Path) -> None:
    from archive import unlocking

    with Workspace(built, unlocking.unlock(built), write=False) as workspace:
        held = list(documents.iterate(workspace.archive.db, documents.identities(workspace.archive.db)))
        assert len(held) == len(list(sample.SOURCE.iterdir()))
        for document in held:
            assert document.verdict is Verdict.GOOD
            assert document.confidentiality is Confidentiality.PUBLIC
            assert document.metadata.title
            assert document.metadata.language
            assert document.metadata.type in {"abstract of", "glossary", "guide"}
        assert not workspace.archive.protected
        assert workspace.index.state().behind == 0
        hit = next(hit for hit in workspace.search(Query("bangkok")).hits if hit.kind == "document")
        text = workspace.documents.text(hit.id).text
        assert "Bangkok" in text[hit.passage.start : hit.passage.end]


def test_each_article_has_a_summary_in_two_languages() -> None:
    for number in range(1, 6):
        english, chinese = (sample.SOURCE / f"abstract-{number}-{tag}.md" for tag in ("en", "zh"))
        assert "Summary in the words of the Tamarisk project. It is not the article." in body(english)
        assert "本文是 Tamarisk 项目用自己的话写的摘要，不是原文。" in body(chinese)


def test_loaded_words_stand_in_quotations_only() -> None:
    for file in sample.SOURCE.iterdir():
        unquoted = QUOTED.sub("", body(file))
        # a word to type, not one of ours
        assert LOADED.findall(unquoted.replace("kidnap* AND thailand", "")) == [], file.name


def test_no_sentence_is_taken_from_the_articles(shared: Path) -> None:
    articles = set().union(*(runs(file.read_text("utf-8")) for file in (shared / "seeds").iterdir()))
    assert articles
    for file in sample.SOURCE.iterdir():
        text = body(file)
        for name in NAMED.findall(file.read_text("utf-8").split("\n---\n", 1)[0]):  # names the article, is none of it
            text = text.replace(name, "")
        assert runs(text) & articles == set(), file.name


def casework() -> Iterator[tuple[str, str, str]]:
    """The words of the casework that are ours: file, field and value; not titles and terms, which are others'."""
    for file in sample.CASEWORK.iterdir():
        for passage in tomllib.loads(file.read_text("utf-8")).get("passage", ()):
            for told in passage["facts"]:
                for field, value in told.items():
                    others = field == "title" and told["on"].startswith("article-")
                    if not others and field not in NOT_OURS:
                        yield from ((file.name, field, one) for one in (value if isinstance(value, list) else [value]))


def test_the_casework_is_in_our_words(shared: Path) -> None:
    articles = set().union(*(runs(file.read_text("utf-8")) for file in (shared / "seeds").iterdir()))
    said = [(file, field, value) for file, field, value in casework() if isinstance(value, str)]
    assert len(said) > 500
    for file, field, value in said:
        assert runs(value) & articles == set(), (file, value)
        # an official term is named as it is
        assert not LOADED.search(QUOTED.sub("", value)) or (field, value) in TERMS, (file, value)


def test_it_holds_the_casework_and_is_searchable_beside_it(built: Path) -> None:
    from archive import unlocking
    from archive.cases import subjects
    from archive.cases.records import Kind

    with Workspace(built, unlocking.unlock(built), write=False) as workspace:
        cases = list(subjects.of_kind(workspace.archive.db, Kind.CASE))
        assert {"Dong Guangping", "Gui Minhai", "Xiao Jianhua"} < {case.label for case in cases}
        assert {case.confidentiality for case in cases} == {Confidentiality.PUBLIC}
        found = workspace.search(Query("outcome:returned country:TH")).hits
        assert [(hit.kind, hit.title.text) for hit in found] == [("case", "Dong Guangping")]
        assert workspace.index.state().behind == 0


def test_it_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        sample.build(tmp_path / "sample.tamarisk", cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_built_again(built: Path, tmp_path: Path) -> None:
    with pytest.raises(AlreadyExists):
        sample.build(built)
    first = sample.installed(tmp_path)
    made = (first / "archive.db").stat().st_mtime_ns
    assert sample.installed(tmp_path) == first
    assert (first / "archive.db").stat().st_mtime_ns == made
