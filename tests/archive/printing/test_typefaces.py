"""Fonts: which of them a text needs, what none has, and subsets that still join and stack letters."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from archive.printing import typefaces


def test_a_text_gets_the_fonts_it_needs_and_no_others() -> None:
    found = {file.stem: letters for file, letters in typefaces.wanted("aя维བئ")}
    assert found == {
        typefaces.BASE: {"a", "я"},
        "NotoSansCJKsc-Regular-subset": {"维"},
        "NotoSansArabic-Regular": {"ئ"},
        "NotoSerifTibetan-Regular": {"བ"},
    }
    assert [file.stem for file, _ in typefaces.wanted("")] == [typefaces.BASE]


def test_what_no_font_has_is_known() -> None:
    assert typefaces.lacking("a维\U00020000ད") == {"\U00020000"}


def test_a_subset_holds_its_letters_and_their_rules() -> None:
    file = next(file for file in typefaces.files() if file.stem == "NotoSansArabic-Regular")
    made = typefaces.subset(file, "ئۇيغ")
    assert made[:4] == b"wOFF"
    assert len(made) < file.stat().st_size / 5
    with TTFont(io.BytesIO(made)) as font:
        assert set(map(ord, "ئۇيغ")) <= set(font.getBestCmap())
        assert {"init", "medi", "fina"} <= {one.FeatureTag for one in font["GSUB"].table.FeatureList.FeatureRecord}
