"""Suggestions of the verb `search`, countries by any name, and the verb `similar`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.cli.conftest import Tamarisk


def test_a_slip_is_told_with_what_it_would_find_and_is_not_replaced(tamarisk: Tamarisk, built_sample: Path) -> None:
    said = tamarisk("search", built_sample, "bankok")
    first, place, count, *_ = said.out.splitlines()
    assert (first, count) == ("Did you mean: Bangkok (2 records)", "0 records")
    assert place.startswith("Place: Bangkok (Thailand) (")  # GeoNames knows this spelling, too
    answer = tamarisk("search", built_sample, "bankok", "--json").json()
    assert (answer["query"], answer["total"], answer["hits"]) == ("bankok", 0, [])
    meant, _ = answer["suggestions"]
    found = tamarisk("search", built_sample, meant["query"], "--json").json()
    assert found["total"] == meant["total"] == 2
    assert [one["way"] for one in found["suggestions"]] == ["place"]


@pytest.mark.parametrize("name", ["Siam", "泰国", "تايلاند", "ไทย", "Tayland", "TH"])
def test_a_country_is_a_filter_by_any_name(tamarisk: Tamarisk, built_sample: Path, name: str) -> None:
    by_code = tamarisk("search", built_sample, "--where", "country=TH", "--json").json()
    by_name = tamarisk("search", built_sample, "--where", f"country={name}", "--json").json()
    assert {hit["id"] for hit in by_name["hits"]} == {hit["id"] for hit in by_code["hits"]}
    if len(name) > 2 or not name.isascii():
        said = tamarisk("search", built_sample, name)
        assert f"Country or territory: Thailand ({by_code['total']} records): --where country=TH" in said.out


@pytest.mark.parametrize("name", ["Bangkok", "曼谷", "กรุงเทพ", "Бангкок", "TH-10"])
def test_a_place_is_a_filter_by_any_name(tamarisk: Tamarisk, built_sample: Path, name: str) -> None:
    by_key = tamarisk("search", built_sample, "--where", "place=TH-10", "--json").json()
    by_name = tamarisk("search", built_sample, "--where", f"place={name}", "--json").json()
    assert by_key["total"] == by_name["total"] > 0
    assert {hit["id"] for hit in by_name["hits"]} == {hit["id"] for hit in by_key["hits"]}
    assert {one["way"] for one in by_name["widened"]} == {"place-name"}
    said = tamarisk("search", built_sample, "--where", f"place={name}").out
    assert "Bangkok (Thailand): recorded there, or named in the text: Bangkok" in said
    if name != "TH-10":
        offered = f"Place: Bangkok (Thailand) ({by_key['total']} records): --where place=TH-10"
        assert offered in tamarisk("search", built_sample, name).out


def test_a_name_of_several_places_or_of_none_is_asked_back(tamarisk: Tamarisk, built_sample: Path) -> None:
    several = tamarisk("search", built_sample, "--where", "place=Tripoli")
    assert several.status == 2
    assert "place=LY-TB Tripoli (Libya); place=266826 Tripoli, " in several.err
    none = tamarisk("search", built_sample, "--where", "place=Utopia")
    assert (none.status, "No region or city is known as Utopia" in none.err) == (2, True)
    assert tamarisk("search", built_sample, "--where", "place=Tripoli, Lebanon").status == 0


def test_what_is_like_a_record_leaves_it_out_and_says_by_which_words(tamarisk: Tamarisk, built_sample: Path) -> None:
    (source, *_) = tamarisk("search", built_sample, '"red notice"', "--json").json()["hits"]
    said = tamarisk("similar", built_sample, source["id"], "--json").json()
    assert said["total"] > 0
    assert source["id"] not in {hit["id"] for hit in said["hits"]}
    words = said["interpretation"].split(" OR ")
    assert 1 < len(words) <= 25
    assert tamarisk("similar", built_sample, source["id"]).out.startswith("any of these words: ")


def test_what_is_like_a_case_and_a_passage(tamarisk: Tamarisk, built_sample: Path) -> None:
    (case, *_) = tamarisk("cases", built_sample, "dong", "--json").json()["cases"]
    of_case = tamarisk("similar", built_sample, case["code"], "--json").json()
    assert case["id"] not in {hit["id"] for hit in of_case["hits"]}
    assert "Dong" in " ".join(hit["title"] for hit in of_case["hits"][:3])
    (hit, *_) = tamarisk("search", built_sample, "bangkok", "--json").json()["hits"]
    place = f"{hit['passage']['start']}-{hit['passage']['end']}"
    of_passage = tamarisk("similar", built_sample, hit["id"], "--passage", place, "--json").json()
    whole = tamarisk("similar", built_sample, hit["id"], "--json").json()
    assert set(of_passage["interpretation"].split(" OR ")) != set(whole["interpretation"].split(" OR "))


@pytest.mark.parametrize("passage", ["12", "9-3", "a-b", "-5-9", "1-" + "9" * 5_000, "١-٩"])
def test_a_passage_that_is_none_is_refused(tamarisk: Tamarisk, built_sample: Path, passage: str) -> None:
    assert tamarisk("similar", built_sample, "C-AAAAA", f"--passage={passage}").status == 2


def test_a_passage_behind_the_end_of_the_text_is_refused(tamarisk: Tamarisk, built_sample: Path) -> None:
    (hit, *_) = tamarisk("search", built_sample, "bangkok", "--json").json()["hits"]
    said = tamarisk("similar", built_sample, hit["id"], "--passage", "900000-900100")
    assert said.status == 2
    assert "The text ends before 900000-900100" in said.err


def test_an_unknown_record_is_told(tamarisk: Tamarisk, built_sample: Path) -> None:
    assert tamarisk("similar", built_sample, "ffffffff").status == 2
