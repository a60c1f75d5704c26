"""Values and tallies in words."""

from __future__ import annotations

import pytest

from archive import countries
from archive.cases.dossier import wording
from archive.cases.records import Tally
from archive.printing.lines import runs


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (Tally(1, 1, 0), "in 1 document"),
        (Tally(4, 1, 0), "in 4 documents, all resting on 1 report"),
        (Tally(4, 2, 1), "in 4 documents, resting on 2 reports; 1 source against"),
        (Tally(3, 3, 0), "in 3 documents"),
        (Tally(1, 2, 0), "in 1 document, resting on 2 reports"),
        (Tally(0, 0, 2), "asserted by no source; 2 sources against"),
    ],
)
def test_a_tally_says_on_what_it_all_rests(counted: Tally, words: str) -> None:
    assert wording.tally(counted) == words


def test_countries_have_their_short_names_and_durations_their_words() -> None:
    assert [countries.name(code) for code in ("HK", "TH", "MM", "QZ")] == ["Hong Kong", "Thailand", "Myanmar", "QZ"]
    assert wording.duration("P1Y6M") == "1 year, 6 months"
    assert wording.duration("life") == "life"


def test_a_sentence_goes_on_from_the_left_behind_words_that_run_from_the_right() -> None:
    told = f"Case 1 concerns {wording.inset('شەخس ج')}; 1 event (2018)."
    seen = "".join(run for run, _ in runs(told, False)).replace(wording.LEFT_TO_RIGHT, "")
    assert seen == "Case 1 concerns شەخس ج; 1 event (2018)."
    assert wording.inset("某甲") == "某甲"


def test_languages_are_named_with_their_tags() -> None:
    told = [wording.language(tag) for tag in ("ug", "zh-Hans", "bo-CN", "qtx")]
    assert told == ["Uyghur (ug)", "Simplified Chinese (zh-Hans)", "Tibetan (bo-CN)", "qtx"]
