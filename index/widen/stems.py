"""The other forms of a word, by the Snowball stemmers of the languages that it is used in.

Nothing is stemmed in the index: the forms are looked for among its words, by their common beginning, when somebody
asks. So the unstemmed word can always come first, and the widening can be switched off.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from index import text as texts
from index.vocabulary import Vocabulary, as_kept
from index.widen import letters
from index.widen.form import Form

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Languages whose words have their forms found, with the names of their stemmers."""
ANYWHERE = ("ar", "el", "en", "es", "fr", "hi", "hy", "ru", "ta")
"""Languages whose words are known wherever they stand, such as in a document recorded under another one: those of a
script of their own all, of Latin letters the long ones."""
OTHERS = frozenset(
    ("az", "ba", "be", "bg", "bho", "ckb", "grc", "kk", "ku", "ky", "mai", "mk", "mn", "mr", "ps", "sa", "sd", "tg",
     "tt", "ug", "uk", "ur", "uz")
)  # fmt: skip
"""Languages without a stemmer that are written like some that have one: their words are not to be taken for those."""
PREFIXES = {"ar": "وفبلك"}
"""Letters that are written together with the word after them."""
READINGS = {"tr": (str.maketrans("ou", "öü"), str.maketrans("i", "ı"))}
"""Letters that the index keeps without their marks, where endings follow the marks."""
PLAIN = str.maketrans("öüı", "oui")
LATIN = "\u024f"
LONG = 6
"""Letters from which a word is hardly another word of another language."""
SHORTEST = 3
MOST = 16
SCANNED = 1_000


def stemmed(language: str) -> bool:
    """Whether forms of words are found in a language (a BCP 47 tag)."""
    return language.split("-")[0] in STEMMERS


class Stems:
    """Word forms in one state of the index. `languages` are those of the archive's documents."""

    def __init__(self, vocabulary: Vocabulary, languages: Iterable[str]) -> None:
        self._vocabulary = vocabulary
        self._languages = {tag.split("-")[0] for tag in languages}

    def forms(self, word: str, used_in: Iterable[str]) -> list[Form]:
        """Up to MOST other words of the index with the same stem as `word`, the most frequent first.

        The stemmers are those of the languages it is `used_in` (BCP 47 tags); of a word of LONG letters or more, of one
        that stands nowhere, or only in documents of languages with another script, those of all the archive's
        languages. Words of unspaced scripts have no forms.
        """
        kept = as_kept(word)
        if len(kept) < SHORTEST or not _is_word(kept) or texts.is_unspaced(kept):
            return []
        used = {tag.split("-")[0] for tag in used_in}
        # a paragraph may be in a language in which its document is not recorded: its script tells
        writing = {one for one in used & STEMMERS.keys() if _writes(one, kept)}
        if not writing and used & OTHERS and kept[0] > LATIN:
            return []
        if not writing or len(kept) >= LONG:
            writing = {one for one in (*used, *self._languages, *ANYWHERE) if one in STEMMERS and _writes(one, kept)}
        found: dict[str, None] = {}
        for language in sorted(writing):
            found |= dict.fromkeys(self._same(language, kept))
        found.pop(kept, None)
        ranked = sorted(found, key=lambda form: (-self._vocabulary.often(form), form))
        return [Form(form, "stem") for form in ranked[:MOST]]

    def _same(self, language: str, word: str) -> list[str]:
        """The words of the index that share a stem in one language."""
        own = _stems(language, [word])[0]
        before = ("", *PREFIXES.get(language, ""))
        # the end of a stem may be written otherwise in another form (policy, policies)
        beginnings = {stem[:-1] if len(stem) > SHORTEST + 1 else stem for stem in own if len(stem) >= SHORTEST - 1}
        near = [
            one
            for beginning in sorted(beginnings)
            if not any(beginning != other and beginning.startswith(other) for other in beginnings)
            for prefix in before
            for one in self._vocabulary.begun(prefix + beginning, SCANNED)
        ]
        stems = _stems(language, near)
        return [one for one, its in zip(near, stems, strict=True) if _is_word(one) and not own.isdisjoint(its)]


def _stems(language: str, words: list[str]) -> list[frozenset[str]]:
    """The stems of words as the index keeps them; several where it is not known which letters were written."""
    stemmer = _stemmer(language)
    ways = [stemmer.stemWords(words)]
    for reading in READINGS.get(language, ()):
        read = [word.translate(reading) for word in words]
        ways.append([stem.translate(PLAIN) for stem in stemmer.stemWords(read)])
    return [frozenset(stems) for stems in zip(*ways, strict=True)]


def _writes(language: str, word: str) -> bool:
    """Whether a language is written in the script of a word."""
    first = word[0]
    if language in ("ar", "fa"):
        return "\u0600" <= first <= "\u08ff" and not letters.is_uyghur(word)
    if language in ("ru", "sr"):
        return "\u0400" <= first <= "\u052f" or (language == "sr" and first <= LATIN)
    others = {"el": ("\u0370", "\u03ff"), "hi": ("\u0900", "\u097f"), "ne": ("\u0900", "\u097f"),
              "hy": ("\u0530", "\u058f"), "ta": ("\u0b80", "\u0bff"), "yi": ("\u0590", "\u05ff")}  # fmt: skip
    if language in others:
        return others[language][0] <= first <= others[language][1]
    return first <= LATIN


def _is_word(text: str) -> bool:
    """Whether a text is letters and the marks on them: signs of vowels stand for themselves in Indian scripts."""
    return text.isalpha() or all(char.isalpha() or unicodedata.category(char)[0] == "M" for char in text)


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(STEMMERS[language])
