"""The verb `search`: its JSON, its filters, what it says to people, and that it never searches a stale index unsaid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive import unlocking
from archive.container import Archive
from archive.intake import run as intake
from index.answers import FACETS
from tests.desktop.cli.conftest import Tamarisk


def test_json_has_the_documented_shape(tamarisk: Tamarisk, built_sample: Path) -> None:
    said = tamarisk("search", built_sample, '"red notice"', "--facets", "--json")
    answer = said.json()
    assert said.status == 0
    assert said.err == ""
    assert answer["query"] == '"red notice"'
    assert answer["relaxed"] is False
    assert isinstance(answer["interpretation"], str)
    assert answer["took_ms"] > 0
    assert answer["total"] == len(answer["hits"]) > 2
    for hit in answer["hits"]:
        assert set(hit) >= {"kind", "id", "title", "date", "language", "countries", "score", "snippet", "matched_by"}
        assert "red notice" in hit["snippet"].lower()
        assert [hit["snippet"][start:end].lower() for start, end in hit["snippet_marks"]]
    assert set(answer["facets"]) == set(FACETS)
    languages = {each["value"]: each["count"] for each in answer["facets"]["language"]}
    assert languages["en"] >= 3
    assert sum(languages.values()) == answer["total"]


def test_what_could_not_be_searched_is_said_and_listed(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.dat").write_bytes(b"")
    tamarisk("import", sample, tmp_path / "scan.dat")
    said = tamarisk("search", sample, "bangkok")
    assert "Not searched in full: 1 document without text; 2 documents in a language without word" in said.out
    assert "--where searchable=no-text" in said.out
    listed = tamarisk("search", sample, "--where", "searchable=no-text", "--json").json()
    assert (listed["total"], listed["hits"][0]["title"]) == (1, "scan.dat")
    told = tamarisk("search", sample, "bangkok", "--json").json()["coverage"]
    assert told["gaps"][0] == {"code": "no-text", "records": 1, "pages": 0}
    assert told["waiting"] == 0
    # a file without text has no language, so it may be Spanish
    narrow = tamarisk("search", sample, "nowhere", "--where", "language=es", "--json").json()["coverage"]
    assert [gap["code"] for gap in narrow["gaps"]] == ["no-text"]


def test_that_everything_was_searched_is_said_where_nothing_was_found(tamarisk: Tamarisk, built_sample: Path) -> None:
    said = tamarisk("search", built_sample, "zanzibar", "--where", "language=en")
    assert "documents in reach were searched in full." in said.out
    assert "searched in full" not in tamarisk("search", built_sample, "bangkok", "--where", "language=en").out


def test_facets_are_counted_only_when_asked_for(tamarisk: Tamarisk, built_sample: Path) -> None:
    assert tamarisk("search", built_sample, "bangkok", "--json").json()["facets"] == {}


def test_people_see_title_facts_and_passage(tamarisk: Tamarisk, built_sample: Path) -> None:
    said = tamarisk("search", built_sample, "bangkok")
    assert "immigration detention centre in Bangkok" in said.out
    assert "2022-01-19 · en · CN TH CA · abstract of" in said.out
    assert "\x1b" not in said.out  # no colours where no terminal reads them


def test_words_of_a_query_need_no_quotes_and_minus_excludes(tamarisk: Tamarisk, built_sample: Path) -> None:
    both = tamarisk("search", built_sample, "thailand", "bookseller", "--json").json()
    without = tamarisk("search", built_sample, "thailand", "-bookseller", "--json").json()
    assert both["query"] == "thailand bookseller"
    assert both["total"] == 1
    assert without["total"] >= 1
    assert {hit["id"] for hit in both["hits"]}.isdisjoint(hit["id"] for hit in without["hits"])


def test_both_spellings_of_han_find_the_same(tamarisk: Tamarisk, built_sample: Path) -> None:
    found = [
        {hit["id"] for hit in tamarisk("search", built_sample, words, "--json").json()["hits"]}
        for words in ("红色通报", "紅色通報")
    ]
    assert found[0] == found[1] != set()


def test_every_script_of_the_sample_is_found(tamarisk: Tamarisk, built_sample: Path) -> None:
    words = {"མིའི": "bo", "مۇساپىر": "ug", "اللاجئ": "ar", "reasentamiento": "es", "獵狐": "zh-Hant", "牵": ""}
    for word, language in words.items():
        languages = {hit["language"] for hit in tamarisk("search", built_sample, word, "--json").json()["hits"]}
        assert (language in languages) if language else not languages, word


def test_where_keeps_and_excludes(tamarisk: Tamarisk, built_sample: Path) -> None:
    def total(*words: str) -> int:
        return int(tamarisk("search", built_sample, *words, "--json").json()["total"])

    everything, documents = total(), total("--where", "kind=document")
    assert documents == 33
    assert total("--where", "kind!=document") == everything - documents > 0
    assert total("--where", "type=abstract of") == 10
    assert total("--where", "type!=abstract of") == everything - 10
    assert total("--where", "language=es", "--where", "language=ug") == 2
    assert total("--where", "type=abstract of", "--where", "country=th", "--where", "language=en") == 2
    assert total("--where", "year=2022", "--where", "language=en") == 4


def test_limit_and_offset_page_through(tamarisk: Tamarisk, built_sample: Path) -> None:
    whole = [
        hit["id"]
        for hit in tamarisk("search", built_sample, "--sort", "oldest", "--limit", 999, "--json").json()["hits"]
    ]
    paged = []
    for offset in range(0, len(whole), 5):
        words = ("--sort", "oldest", "--limit", 5, "--offset", offset)
        paged += [hit["id"] for hit in tamarisk("search", built_sample, *words, "--json").json()["hits"]]
    assert paged == whole
    assert f"{len(whole) - 5} more: --offset 5" in tamarisk("search", built_sample, "--limit", 5).out


def test_what_is_no_option_or_field_is_refused(tamarisk: Tamarisk, built_sample: Path) -> None:
    for words in (("x", "--limti", "5"), ("--limti", "x"), ("x", "--where", "colour=red"), ("x", "--where", "type")):
        said = tamarisk("search", built_sample, *words)
        assert said.status == 2, words
        assert "Error:" in said.err
        assert said.out == ""


def test_any_of_the_words_is_searched_and_said(tamarisk: Tamarisk, built_sample: Path) -> None:
    answer = tamarisk("search", built_sample, "bookseller", "vanuatu", "--json").json()
    assert answer["relaxed"] is True
    assert answer["total"] >= 2
    assert "these have some of them" in tamarisk("search", built_sample, "bookseller", "vanuatu").out


def test_a_stale_index_is_brought_up_first_and_that_is_said(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "late.txt").write_text("A quokka arrived late.")
    with Archive(sample, unlocking.unlock(sample), write=True) as archive:
        intake.run(archive, [tmp_path / "late.txt"])
    said = tamarisk("search", sample, "quokka", "--json")
    assert said.json()["total"] == 1
    assert "not searchable yet" in said.err
    assert tamarisk("search", sample, "quokka").err == ""


@pytest.mark.parametrize("place", [0, 5, 12])
def test_a_damaged_index_is_made_anew_and_that_is_said(tamarisk: Tamarisk, sample: Path, place: int) -> None:
    file = sample / "index.db"
    tamarisk("search", sample, "bangkok")
    content = bytearray(file.read_bytes())
    content[place * 4096 :] = os.urandom(len(content) - place * 4096)
    file.write_bytes(content)
    said = tamarisk("search", sample, "bangkok")
    assert said.status == 0
    assert "Bangkok" in said.out
    if place:
        assert "damaged" in said.err
    assert tamarisk("search", sample, "bangkok").err == ""


def test_hostile_text_reaches_no_terminal(tamarisk: Tamarisk, tmp_path: Path) -> None:
    path, text = tmp_path / "a.tamarisk", "quokka \x1b[2J\x1b]0;owned\x07 \u202etxet\u202c wallaby"
    (tmp_path / "page.md").write_text(f'---\ntitle: "quokka \\e[31mred"\n---\n{text}\n', "utf-8")
    assert tamarisk("new", path, "--open").status == 0
    assert tamarisk("import", path, tmp_path / "page.md").status == 0
    identity = tamarisk("search", path, "wallaby", "--json").json()["hits"][0]["id"]
    calls = [("search", path, "quokka"), ("search", path, "quokka", "--facets"), ("search", path, "wallaby", "--json")]
    calls += [("show", path, identity), ("show", path, identity, "--text"), ("show", path, identity, "--json")]
    for words in calls:
        said = tamarisk(*words)
        assert said.status == 0
        assert "quokka" in said.out
        assert not set("\x1b\x07\x9b\u202e\u202c") & set(said.out), words


def test_further_passages_and_documents_nearly_the_same_are_told_and_listed(tamarisk: Tamarisk, tmp_path: Path) -> None:
    words = "seven ferries left the pier before noon and none of the clerks there wrote down where any went "
    story = "The lantern market opened. " + "".join(f"On day {day} {words}" for day in range(12))
    filler = "The clerk counted the boxes once more and put every one of them back onto the shelf. " * 110
    report = "\n\n".join(f"{filler} {page}" for page in ("A lantern.", "Nothing.", "Two lanterns, a lantern."))
    given = tmp_path / "given"
    given.mkdir()
    for name, text in {"one": story, "two": f"{story} Reuters", "report": report}.items():
        (given / f"{name}.md").write_text(f"---\ntitle: Paper {name}\n---\n{text}\n", "utf-8")
    archive = tmp_path / "papers.tamarisk"
    tamarisk("new", archive, "--open")
    tamarisk("import", archive, given)
    said = tamarisk("search", archive, "lantern").out
    assert "3 records, 1 folded" in said
    assert "  1 more nearly the same\n" in said
    assert "  and 1 more passage in this document\n" in said
    assert "more: --offset" not in said
    told = tamarisk("search", archive, "lantern", "--json").json()
    assert (told["total"], told["folded"], len(told["hits"])) == (3, 1, 2)
    (paper,) = (hit for hit in told["hits"] if hit["nearly_the_same"])
    (long,) = (hit for hit in told["hits"] if hit["further_passages"])
    (other,) = paper["folded"]
    assert {paper["title"], other["title"]} == {"Paper one", "Paper two"}
    (passage,) = long["passages"]
    assert passage["passage"]["start"] != long["passage"]["start"]
    assert "lantern" in passage["snippet"]
    apart = tamarisk("search", archive, "lantern", "--unfolded", "--json").json()
    assert (apart["total"], apart["folded"], len(apart["hits"])) == (3, 0, 3)
    assert not any(hit["nearly_the_same"] for hit in apart["hits"])
