"""Names of countries in any language, and former ones, are one country; regions that are none are not."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import resources

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from index import countries
from index.language import understand
from index.tree import Value
from resources.places.names import plain

NO_COUNTRIES = ("EU", "EZ", "UN", "XA", "XB", "QO", "ZZ")
NAMES = {
    "TH": "Thailand 泰国 泰國 تايلاند تایلند ไทย Tayland Таиланд Tailandia थाईलैंड タイ 태국 ཐཱའི་ལེནཌ Ταϊλάνδη"
    " Siam 暹罗 سيام Сиам th THA",
    "MM": "Myanmar Burma Birma Birmanie 缅甸 緬甸 Мьянма ميانمار",
    "IR": "Iran Persia 伊朗 波斯 إيران ایران Персия Иран",
    "LK": "Ceylon 锡兰 斯里兰卡 سريلانكا Цейлон",
    "TR": "Turkey Türkiye Turkei Турция تركيا تۈركىيە 土耳其",
    "KZ": "Kazakhstan Қазақстан 哈萨克斯坦 Казахстан قازاقىستان",
    "HK": "香港 香港特別行政區 HK",
    "TG": "Togo टोगो টোগো",
    "TO": "Tonga टोंगा টোঙ্গা",
    "CD": "Zaire 扎伊尔 زائير",
}


@pytest.mark.parametrize(("code", "names"), NAMES.items())
def test_every_name_is_the_country(code: str, names: str) -> None:
    assert {name: countries.country(name) for name in names.split()} == dict.fromkeys(names.split(), code)


@pytest.mark.parametrize(
    "name", ["East Turkestan", "东突厥斯坦", "Tibet", "西藏", "Xinjiang", "Kurdistan", "Utopia", "", "SAR"]
)
def test_what_is_no_country_of_its_own_is_none(name: str) -> None:
    assert countries.called(name) == ""


def test_codes_are_taken_where_a_country_is_asked_for_but_are_no_names() -> None:
    assert [countries.country(code) for code in ("IS", "in", "No", "USA")] == ["IS", "IN", "NO", "US"]
    assert [countries.called(code) for code in ("IS", "in", "No", "at", "so")] == [""] * 5


@pytest.mark.parametrize("locale", ["en", "de", "ar", "ru", "zh_Hant", "th", "hi", "vi", "kk", "sw", "he", "fa"])
def test_whole_locales_are_known(locale: str) -> None:
    names = Locale.parse(locale).territories
    known = {
        code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
    missed = {code: name for code, name in known.items() if countries.called(name) != code}
    assert len(missed) <= 4, missed  # what CLDR calls two territories alike


def test_former_names_stand_with_their_source_and_override_nothing() -> None:
    file = resources.files("resources") / "places" / "old-names.tsv"
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) > 100
    for name, code, source in lines:
        assert re.fullmatch("[A-Z]{2}", code)
        assert source
        assert countries.called(name) == code, name


def test_a_query_takes_them_as_values() -> None:
    for words in ("country:Siam", "country:泰国", "country:تايلاند", 'country:"Sri Lanka"', "host:Tayland"):
        tree = understand(words).tree
        assert isinstance(tree, Value), words
        assert tree.value in ("TH", "LK")
    assert not isinstance(understand('country:"East Turkestan"').tree, Value)


def test_beginnings_are_completed_in_any_language_for_the_countries_asked_about() -> None:
    asked = frozenset({"TH", "LA"})
    assert ("thailand", "TH") in countries.beginning("Thai", asked)
    assert ("泰国", "TH") in countries.beginning("泰", asked)
    assert ("siam", "TH") in countries.beginning("sia", asked)
    assert countries.beginning("ger", asked) == []
    assert countries.beginning("", asked) == []


def test_the_table_is_read_only_when_it_is_needed() -> None:
    code = "import sys; from index import countries; assert not countries._table.cache_info().currsize; " + (
        "assert countries.country('th') == 'TH' and not countries._table.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@example("𝕊")
@given(st.text())
def test_any_text_has_a_plain_form_that_stays(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    countries.called(name)
