"""Text as the word index keeps it: folded so that spellings of one word meet, and cut where a script has no spaces.

FTS5's tokenizer does the rest: it finds words, lower-cases them and drops the accents of Latin letters. Most text
needs nothing from us and passes untouched. What is done to text is done to queries too, so the two always meet:

- clusters of letter and combining marks are composed (NFC), compatibility forms replaced (NFKC, character by
  character, so that positions can be followed), digits of every script become 0-9;
- Han is folded from traditional to simplified, one character for one. The table is made once from OpenCC's converter:
  the converter itself looks at the neighbours, so that 乾 would be kept in one word and folded in another, and
  costs 171 ns a character where the table costs 70;
- Arabic marks and tatweel and Hebrew points are dropped, letter variants of Arabic, Persian and Uyghur folded, and
  the article is taken off (كتاب and والكتاب are one word) where three letters are left;
- words that were parted at the end of a line are put together;
- runs of Han, kana, Hangul, Thai, Lao, Khmer, Myanmar and Yi become overlapping pairs of characters, with the last
  character once more alone, so that any stretch is a phrase and any one character the beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from index.compounds import whole

ANALYSER = "5"
"""Changes whenever prepared text would come out differently; an index of another analyser is made anew."""
TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
HANGUL = "\uac00-\ud7a3"
OTHERS = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3\ua000-\ua48c"
UNSPACED = HAN + KANA + HANGUL + OTHERS
# lines of Chinese are wrapped, and names spaced out, inside of words: such a gap does not end a run
RUN = re.compile(rf"[{UNSPACED}]+(?:(?<=[{HAN}{KANA}])[ \t\u3000]*\n?[ \t\u3000]*(?=[{HAN}{KANA}])[{UNSPACED}]+)*")
GAP = re.compile(r"\s+")
ASCII_WORD = re.compile("[A-Za-z0-9]+")

# the article with what grows onto it, before three letters; the parents (والدين) begin so without having one
SEMITIC = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f"
ARTICLE = f"[وف]?(?:[بك]?ال|لل)(?=[{SEMITIC}]{{3}})"
BEGUN_ARTICLE = re.compile(f"^[وف]?(?:[بك]?ال|لل)(?=[{SEMITIC}])")
PARENTS = f"الد(?:[ات]?(?:ه|ها|هم|هما|هن|ي|نا|ك|كم)|ي?(?:ه|ها|هم|ن|نا|ك|كم)?|ان|تان|تين)(?![{SEMITIC}])"
# the same article and parents from their first letter on, which is found fast
ANY_ARTICLE = f"(?!(?<=و){PARENTS})(?:(?<=[وف])(?:[بك]?ال|لل)|(?<=[بك])ال|(?<=[ال])ل)(?=[{SEMITIC}]{{3}})"

ARABIC = dict(zip("آأإٱىیۍةۀہەھکڪ", "ااااييي" + "ه" * 5 + "كك", strict=True))
GREEK = {"ς": "σ"}
CYRILLIC = {"ё": "е", "Ё": "Е"}
LATIN = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "ı": "i", "ŧ": "t"}
LIGATURES = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH"}
DROPPED = (
    "\u00ad\u034f\u061c\u0640\u180b-\u180d\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
)
PLANES = 0x323B0
GONE = "\ufdd0"
# in few ranges, because a class is searched range by range beyond the basic plane and compiled letter by letter
NEEDED = (
    "\u0300-\u03ff\u0401\u0451\u0483-\u0489\u058d-\u1dff\u1e9a-\u1e9e\u1f00-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\u218f"
    "\u23f4-\u23ff\u2460-\u24ff\u2700\u2b4d-\u2bff\u2c60-\u2c7f\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u2e3c-\u2e5d\u2e80-\U0010ffff"
)
MARKED = (
    "\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u20d0-\u20ff\u2ce0-\u2dff\u3020-\u30a0\ua600-\uabff\ue000-\ufe2f"
    "\U00010000-\U00011fff\U00016a00-\U00016fff\U0001bc00-\U0001bcff\U0001cf00-\U0001d24f\U0001da00-\U0001e9ff"
)
# Cherokee, Georgian and Adlam capitals, which FTS5 does not know as such
CAPITALS = re.compile("[\u13a0-\u13f5\u1c90-\u1cbf\U0001e900-\U0001e921]")
SELECTORS = "\U000e0100-\U000e01ef"
PRIVATE = "\U000f0000-\U0010fffd"
# blocks with compatibility characters, digits, letters and signs that FTS5 folds otherwise than we
FOLDED = (
    (0xA0, 0x250), (0x2B0, 0x2F0), (0x370, 0x400), (0x58D, 0x590), (0x600, 0x700), (0x7C0, 0x1100),
    (0x17E0, 0x1820), (0x1900, 0x1CC0),
    (0x1D00, 0x2C00), (0x2C60, 0x2C80), (0x2E3C, 0x3400), (0xA600, 0xAC00), (0xF900, 0x10000),
    (0x10100, 0x12500), (0x12FF0, 0x13000), (0x13430, 0x13440), (0x16A00, 0x17000),
    (0x1BC00, 0x1BD00), (0x1CF00, 0x1E000), (0x1E100, 0x1FC00), (0x2F800, 0x2FA20),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tables:
    """What folding looks up: `plain` is text that is simply passed on, `cluster` letters with their marks."""

    plain: re.Pattern[str]
    cluster: re.Pattern[str]
    several: re.Pattern[str]
    expanded: dict[str, str]
    single: str
    marks: str
    article: re.Pattern[str]


def prepare(text: str) -> str:
    """The text to be handed to FTS5."""
    return prepare_whole(whole(text))


def prepare_whole(text: str) -> str:
    """The same for text in which no word is parted at the end of a line."""
    if text.isascii():
        return text
    tables = _tables()
    if tables.plain.fullmatch(text):
        return text
    return RUN.sub(_pairs, bare(_fold(text, tables)))


def fold(text: str) -> str:
    """Prepared text before runs are cut: every spelling folded, nothing cut."""
    text = whole(text)
    return text if text.isascii() else _fold(text, _tables())


def _fold(text: str, tables: Tables) -> str:
    text = _composed(text, tables)
    if tables.several.search(text):
        text = tables.several.sub(lambda match: tables.expanded.get(match[0], ""), text)
    text = text.translate(tables.single).replace(GONE, "")
    composed = _composed(text, tables)  # half-width kana and their voicing marks meet only now
    # so do bare Greek letters and a second mark of theirs, which is then one too many again
    return composed if composed is text else composed.translate(tables.single).replace(GONE, "")


def bare(folded: str) -> str:
    """Folded text without Arabic articles."""
    return _tables().article.sub("", folded) if "ال" in folded or "لل" in folded else folded


def unarticled(beginning: str) -> str:
    """The folded beginning of a word without an Arabic article, however little is left; itself where none is."""
    return BEGUN_ARTICLE.sub("", beginning)


@lru_cache(maxsize=512)
def phrase(text: str) -> tuple[str, bool]:
    """A stretch of a query as an FTS5 phrase without quotation marks, and whether its last word is only a beginning.

    The pairs of a run are followed by its last character only where something follows, as in the text itself; a run
    of one character is the beginning of a pair or the end of a run. Empty where the text holds no word.
    """
    folded = bare(fold(text.replace("\0", " ")))
    pieces: list[str] = []
    end = 0
    for match in RUN.finditer(folded) if not folded.isascii() else ():
        pieces += words(folded[end : match.start()])
        run = GAP.sub("", match[0])
        pieces += map(add, run, run[1:])
        end = match.end()
        if len(run) == 1 or words(folded[end:]) or RUN.search(folded, end):
            pieces.append(run[-1])
    tail = words(folded[end:])
    begun = bool(end) and not tail and len(pieces[-1]) == 1
    return " ".join(pieces + tail), begun


def words(text: str) -> list[str]:
    """The words of a text as typed: stretches of letters, digits and marks, runs of unspaced scripts whole."""
    return (ASCII_WORD if text.isascii() else _word_pattern()).findall(text)


def is_unspaced(text: str) -> bool:
    """Whether the text holds a character of a script that is written without spaces."""
    return not text.isascii() and RUN.search(text) is not None


def marks() -> str:
    """Combining marks and private characters as the inside of a character class: they are parts of words."""
    return _tables().marks


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    if not run.isalpha():
        run = GAP.sub("", run)
    return f" {' '.join(map(add, run, run[1:] + ' '))} "


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:[^\W_]|[{_tables().marks}])+")


def _composed(text: str, tables: Tables) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    return tables.cluster.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


@cache
def _tables() -> Tables:
    single: dict[str, str] = {}
    several = dict(LIGATURES)
    for first, last in FOLDED:
        for char in map(chr, range(first, last)):
            folded = _folded(char)
            (single if len(folded) == 1 else several)[char] = folded
    for table in (ARABIC, GREEK, CYRILLIC, LATIN):
        single |= table
    single |= dict.fromkeys(_expand(DROPPED), GONE)
    simplified = _simplified()
    single |= {char: simplified.get(folded, folded) for char, folded in single.items()}
    single = {char: folded for char, folded in (simplified | single).items() if char != folded}
    inside = PRIVATE + _class(
        char for char in _expand(MARKED) if unicodedata.category(char) in ("Mn", "Mc", "Me", "Co")
    )
    needed = re.compile(f"[{NEEDED}]")
    latin = {char for char in (*single, *several) if char < "\u0300"}
    plain = [char for char in map(chr, range(0x2E80)) if char not in latin and not needed.match(char)]
    return Tables(
        plain=re.compile(f"[{_class(plain)}]*"),
        cluster=re.compile(rf"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[^{inside}][{inside}]+"),
        several=re.compile(f"[{_class(several)}{SELECTORS}]"),
        expanded=several,
        single="".join(map(chr, range(PLANES))).translate({ord(char): folded for char, folded in single.items()}),
        marks=inside,
        article=re.compile(rf"[وفبكال](?<![^\W_].)(?<![{inside}].){ANY_ARTICLE}"),
    )


def _folded(char: str) -> str:
    """What a character of the folded blocks becomes; itself where it is not folded.

    Punctuation and symbols part words; what they stand for (™, …) would grow onto the word before. For the same
    reason superscripts, which are footnote marks, and numbers in circles are set apart.
    """
    category = unicodedata.category(char)
    if char > "\u058c" and (category[0] in "PS" or category == "Cf" or "\U0001f000" <= char <= "\U0001fbef"):
        return ","  # FTS5's tables are old: younger signs, such as emoji, would count as letters
    if category[0] not in "LMN" or "\u3131" <= char <= "\u318e":  # a lone Korean letter is no syllable
        return char
    if category == "Nd":
        return str(unicodedata.digit(char))
    folded = unicodedata.normalize("NFKC", char)
    if category == "No":
        how = unicodedata.decomposition(char).partition(" ")[0]
        return " " if how == "<super>" else folded if folded == char or how == "<sub>" else f" {folded} "
    if "\u0370" <= char <= "\u03ff" or "\u1f00" <= char <= "\u1fff":
        folded = _without_marks(folded)
    elif category == "Lu" and CAPITALS.match(char):
        folded = folded.lower()
    if folded == char or folded[:1] in ("", " "):
        return char  # folded or a spacing accent
    return "".join(LIGATURES.get(part, LATIN.get(part, ARABIC.get(part, GREEK.get(part, part)))) for part in folded)


def _without_marks(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", text) if unicodedata.category(part) != "Mn")


def _simplified() -> dict[str, str]:
    """Every Han character that OpenCC makes another one of, taken alone, with that one."""
    import opencc

    han = [*_expand(HAN)]
    converted = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {before: after for before, after in zip(han, converted, strict=True) if before != after and len(after) == 1}


def _expand(ranges: str) -> Iterable[str]:
    """The characters of the inside of a character class made of single characters and ranges."""
    for match in re.finditer(r"(.)(?:-(.))?", ranges, re.DOTALL):
        yield from map(chr, range(ord(match[1]), ord(match[2] or match[1]) + 1))


def _class(characters: Iterable[str]) -> str:
    """The inside of a character class for these characters."""
    parts: list[str] = []
    start = previous = -2
    for code in [*sorted(set(map(ord, characters))), -2]:
        if code != previous + 1:
            if start >= 0:
                parts.append(rf"\U{start:08x}-\U{previous:08x}")
            start = code
        previous = code
    return "".join(parts)
