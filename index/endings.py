"""Names of places with what languages write onto them: endings of cases (Ankarada, Helsingissä), Arabic prepositions.

The words are looked for among those of the index. In other languages they may be anything, so they count in documents
of that language alone; where the script tells the language, also in documents for which none is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from index.marks import folded
from index.vocabulary import Vocabulary
from index.widen import letters

LEAST = 4
"""Letters of a name from which on its endings are looked for."""
VOWELS = "aeiouy"
WEAK = (("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"), ("kk", "k"), ("pp", "p"), ("tt", "t"),
        ("ht", "hd"), ("t", "d"), ("p", "v"), ("k", ""))  # fmt: skip
"""What the consonants before a Finnish name's last vowel become in a closed syllable: Helsinki, Helsingissä."""
LATIN, CYRILLIC, ARABIC = "a-z\u00df-\u02af", "\u0400-\u052f", "\u0600-\u06ff"


class Growth(NamedTuple):
    """What a language writes onto names, as one types it: `after` and `before` them, blanks between. `script` is the
    inside of a character class."""

    script: str
    after: str
    before: str = ""


GROWTHS = {
    "tr": Growth(LATIN, "da de ta te dan den tan ten daki deki taki teki ya ye a e yı yi yu yü ı i u ü nın nin nun nün"
                 " ın in un ün lı li lu lü lık lik luk lük dır dir dur dür tır tir tur tür"),
    "az": Growth(LATIN, "da də dan dən ya yə a ə nı ni nu nü ı i u ü nın nin nun nün ın in un ün lı li lu lü dakı"
                 " dəki"),
    "uz": Growth(LATIN, "da dan dagi ga ka qa ni ning lik"),
    "fi": Growth(LATIN, "ssa ssä sta stä lla llä lta ltä lle n in en an än on un yn ön seen hin a ä ta tä ksi na nä"),
    "et": Growth(LATIN, "s st sse l lt le ni ga ks t d"),
    "hu": Growth(LATIN, "ban ben ba be ból ből on en ön n ra re ról ről tól től hoz hez höz nak nek nál nél ig t ot et"
                 " öt at i ért val vel"),
    "kk": Growth(CYRILLIC, "да де та те нда нде дан ден тан тен нан нен ға ге қа ке на не ды ді ты ті ны ні дың дің тың"
                 " тің ның нің дағы дегі тағы тегі лық лік тық тік дық дік"),
    "ky": Growth(CYRILLIC, "да де до дө та те то тө дан ден дон дөн тан тен тон төн га ге го гө ка ке ко кө ны ни ну нү"
                 " ды ди ду дү ты ти ту тү нын нин нун нүн дын дин дун дүн тын тин тун түн дагы деги догу дөгү"),
    "ug": Growth(f"{ARABIC}{LATIN}", "دا دە تا تە دىن تىن غا گە قا كە نى نىڭ لىق لىك دىكى تىكى غىچە گىچە قىچە كىچە"
                 " da de ta te din tin gha ghe qa ke ni ning liq lik diki tiki"),
    "ar": Growth(ARABIC, "", "و ف ب ل ك وب ول فب فل"),
}  # fmt: skip


def words(name: Sequence[str], language: str, vocabulary: Vocabulary) -> list[str]:
    """What stands in the index of a name, given by its folded words, with something of the language written onto it;
    empty for languages that write nothing onto names, and for what is no name of its script."""
    if language not in GROWTHS or not name:
        return []
    script, after, before = _made(language)
    *first, last = name
    if len(last) < LEAST or not script.fullmatch(last):
        return []
    grown = dict.fromkeys(stem + ending for stem in _stems(last, language) for ending in after)
    known = vocabulary.known(word for word in grown if word != last)
    found = dict.fromkeys(sorted(known, key=lambda word: (-known[word], word)))
    if before and not first:
        found |= dict.fromkeys(vocabulary.known(prefix + last for prefix in before))
    return [" ".join((*first, word)) for word in found]


def is_told(name: str, language: str) -> bool:
    """Whether what a folded name is written with tells the language, so that it need not be recorded."""
    script = GROWTHS[language].script
    return script == CYRILLIC or (
        ARABIC in script and (language == "ar") != letters.is_uyghur(name) and name > "\u0600"
    )


def in_use(tags: Collection[str]) -> dict[str, list[str]]:
    """The languages that write something onto names among these BCP 47 tags, each with its tags."""
    found: dict[str, list[str]] = {}
    for tag in tags:
        if (language := tag.split("-")[0]) in GROWTHS:
            found.setdefault(language, []).append(tag)
    return found


@cache
def _made(language: str) -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    """The script of a language, its endings, and what stands before names, as the index keeps them."""
    script, after, before = GROWTHS[language]
    return re.compile(f"[{script}]+"), tuple(map(folded, after.split())), tuple(map(folded, before.split()))


def _stems(last: str, language: str) -> Iterator[str]:
    """What the endings are written onto: the name itself, and what it becomes before them."""
    yield last
    if language == "ug" and last[-1] in folded("اە"):
        yield last[:-1] + folded("ى")
    if language == "fi":
        if last[-1] not in VOWELS:
            yield last + "i"
            return
        for ending in dict.fromkeys((last[-1], "e" if last[-1] == "i" else last[-1], last[-1] * 2)):
            yield last[:-1] + ending
            if (weak := _weak(last[:-1])) is not None:
                yield weak + ending
    if language == "et" and last[-1] not in VOWELS:
        yield from (last + vowel for vowel in "aiue")


def _weak(stem: str) -> str | None:
    """A Finnish stem without its last vowel in a closed syllable; None where it stays as it is."""
    return next((stem.removesuffix(old) + new for old, new in WEAK if stem.endswith(old)), None)
