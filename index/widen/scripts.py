"""A stretch of a query in the other scripts and romanisations in which it stands in the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index import text as texts
from index.marks import folded, pieces
from index.widen import chinese, kana, korean, romanised, spelt, syllables, tibetan
from index.widen.form import Form

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

MOST = 24
"""Forms of one stretch."""
WORDS, LONGEST = 4, 64
"""Words and characters of a stretch; nothing is looked for beside longer ones."""
SYLLABLES = 3
"""A Chinese name of fewer syllables sounds like too many others to be widened unless that is asked for."""
HAN_RUN = re.compile(f"[{texts.HAN}]+")
HANGUL_RUN = re.compile(f"[{texts.HANGUL}]+")
LATIN = re.compile("[a-zà-öø-ɏḀ-ỿ0-9'’ʼ‘`\u0300-\u030c\u2010\u2011-]+", re.IGNORECASE)


def forms(text: str, vocabulary: Vocabulary) -> list[Form]:
    """The other forms of one word, or of two to four side by side, that stand in the archive: at most MOST, best first,
    none of them the text as typed.

    Empty for anything that is no word of a script, and for longer stretches. What only has the sound of the text comes
    last, and not at all for Chinese names of one or two syllables: see `same_sound`.
    """
    return _bounded(text, _found(text, vocabulary))


def same_sound(text: str, vocabulary: Vocabulary) -> list[Form]:
    """On request, whatever has the sound of the text: names of two syllables, Han words that are no names, spellings
    further off. All have `sound` set; at most MOST."""
    words = _words(text)
    found: list[Form] = []
    if not words:
        return found
    run = _han(words)
    if run:
        found += spelt.of_han(run, vocabulary, least=2)
    elif _are_latin(words):
        found += spelt.of_latin(words, vocabulary, least=2)
        found += chinese.found(words, vocabulary, least=2)
        found += chinese.anything(words, vocabulary)
    if not run and len(names := _pieces(words)) == 1:
        found += romanised.alike(names[0], vocabulary)
    return _bounded(text, (Form(one.words, one.way, sound=True) for one in found))


def _found(text: str, vocabulary: Vocabulary) -> list[Form]:
    words = _words(text)
    if not words:
        return []
    if run := _han(words):
        return spelt.of_han(run, vocabulary, SYLLABLES)
    if run := _run(words, HANGUL_RUN):
        return korean.of_hangul(run, vocabulary)
    if run := _run(words, kana.KANA):
        return kana.of_kana(run, vocabulary)
    if syllables_there := tibetan.syllables(words):
        return tibetan.of_tibetan(syllables_there, vocabulary)
    found: list[Form] = []
    if _are_latin(words):
        found += spelt.of_latin(words, vocabulary, SYLLABLES)
        found += chinese.found(words, vocabulary, SYLLABLES)
        found += korean.of_latin(words, vocabulary)
        found += kana.of_latin(words, vocabulary)
        found += tibetan.of_latin(words, vocabulary)
    names = _pieces(words)
    if 1 <= len(names) <= WORDS:
        found += romanised.forms(names, vocabulary)
    return sorted(found, key=lambda form: form.sound)


def _words(text: str) -> list[str]:
    """The words of a stretch; none where there are too many."""
    if len(text) > LONGEST:
        return []
    words = text.replace("\0", " ").split()
    return words if len(words) <= WORDS else []


def _han(words: list[str]) -> str:
    """The Han characters, folded, where the words are nothing else."""
    return _run(words, HAN_RUN)


def _run(words: list[str], script: re.Pattern[str]) -> str:
    """The characters, folded, where the words are nothing but these."""
    run = texts.fold("".join(words))
    return run if script.fullmatch(run) else ""


def _are_latin(words: list[str]) -> bool:
    return all(LATIN.fullmatch(word) for word in words)


def _pieces(words: list[str]) -> list[str]:
    """The words as the index keeps them; a hyphen parts them, an apostrophe does not."""
    joined = syllables.APOSTROPHES.sub("", " ".join(words))
    return [piece for piece in pieces(texts.bare(folded(joined))) if not texts.is_unspaced(piece)]


def _bounded(text: str, found: Iterable[Form]) -> list[Form]:
    """The first forms, no two of which say the same, nor what was typed."""
    said = {as_phrase(text)}
    kept: list[Form] = []
    for form in found:
        phrase = as_phrase(form.words)
        if phrase and phrase not in said:
            said.add(phrase)
            kept.append(form)
    return kept[:MOST]


def as_phrase(text: str) -> str:
    """A text as the index holds it side by side: two texts of which this is the same find the same."""
    return folded(texts.phrase(text)[0])
