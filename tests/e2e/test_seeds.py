"""The main job on real material: the five articles, and a share of the others, are found and accounted for."""

from __future__ import annotations

import os
from pathlib import Path

from tests.e2e.conftest import Desk


def test_the_five_articles_are_found_by_what_they_say(desk: Desk, shared: Path) -> None:
    archive = desk.new()
    report = desk.run("import", archive, shared / "seeds", "--json").json()
    assert (report["inputs"], report["added"], report["no_text"], report["unreadable"]) == (5, 5, [], [])
    said = desk.run("search", archive, "kidnap* AND thailand", "--json")
    assert said.status == 0
    assert {hit["title"].split()[0] for hit in said.json()["hits"]} == {"Report:", "China"}
    found = desk.run("search", archive, "--json").json()["hits"]
    dates = {hit["title"]: hit["date"] for hit in found}
    assert sorted(dates.values()) == ["", "2022-01-19", "2022-01-19", "2022-01-20", "2022-03-25"]
    assert dates["Report: China forcibly returned nearly 10,000 in overseas crackdown"] == "2022-01-19"
    assert next(title for title, date in dates.items() if not date).startswith("Untitled: ")
    again = desk.run("import", archive, shared / "seeds", "--json").json()
    assert (again["added"], again["duplicates"]) == (0, 5)
    assert desk.run("verify", archive).status == 0


def test_simplified_and_traditional_find_the_same(desk: Desk, shared: Path) -> None:
    articles = sorted((shared / "corpora" / "chinese-articles").rglob("*.md"))[::5]
    said_so = {file.name for file in articles if "大陆" in (text := file.read_text("utf-8")) or "大陸" in text}
    assert said_so
    archive = desk.new()
    assert desk.run("import", archive, *articles).status == 0
    found = []
    for words in ("大陆", "大陸"):
        hits = desk.run("search", archive, f'"{words}"', "--limit", 1000, "--json").json()["hits"]
        found.append({hit["id"] for hit in hits})
    assert found[0] == found[1]
    assert len(found[0]) >= len(said_so)


def test_every_file_of_some_folders_is_accounted_for(desk: Desk, shared: Path) -> None:
    folders = [shared / "corpora" / "formats" / name for name in ("ocr", "mimekit", "web-archives")]
    inputs = sum(len(files) for folder in folders for _, _, files in os.walk(folder))
    archive = desk.new()
    said = desk.run("import", archive, *folders, "--json")
    report = said.json()
    lost = [each for each in report["unreadable"] if not each["kept"]]
    assert said.status in (0, 1)
    assert report["inputs"] == inputs
    assert inputs + report["members"] == report["added"] + report["duplicates"] + len(lost)
    assert desk.run("import", archive, *folders, "--json").json()["added"] == 0
