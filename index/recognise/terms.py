"""Terms of the archive's thesauri in a text, by their labels in its language and whatever endings their words have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from archive.connect import Database
from index import marks, text
from index.recognise.cover import Cover
from index.recognise.records import Candidate, Found

STEMMERS = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "id": "indonesian",
    "it": "italian", "nl": "dutch", "pt": "portuguese", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+")
APART = re.compile(r"\s+or\s+|\s*[/|;]\s*|、|或")
UNSAYING = re.compile(r"none|unknown|not-.*|other(-.*)?")
"""Codes of terms that say that nothing was found: their labels are everyday words."""
LONGEST = 8
ACTS = frozenset({"channel", "charge", "event-type", "method", "outcome"})
"""Vocabularies of what is done, so that `abducted` is `abduction`; a publisher is not what was published."""
FEW = 4
"""Words of a label up to which its alternatives stand by themselves; in longer ones they share words."""
Label = tuple[str, str, str]
Row = tuple[str, str, str, str]


def labels(db: Database) -> tuple[Row, ...]:
    """Vocabulary, code, language and text of every label of a term in use."""
    rows = db.conn.execute(
        "SELECT l.vocabulary, l.code, l.language, l.text FROM term_label AS l JOIN term AS t USING (vocabulary, code)"
        " WHERE t.status = 'current' AND l.role != 'definition' ORDER BY l.vocabulary, t.rowid, l.role DESC"
    )
    return tuple(rows)


class Terms:
    """The labels of one language, compiled: `of` are rows of `labels`."""

    def __init__(self, rows: Sequence[Row], language: str) -> None:
        self._stem = stemmer(language)
        self._worded: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self._plain = _singular if language == "en" else str
        self._run: list[Label] = []
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for whole in (True, False):  # a label's alternatives give way to a term that is called so
            for vocabulary, code, spoken, label in rows:
                if spoken.split("-")[0] != language or UNSAYING.fullmatch(code):
                    continue
                alone = whole or len(WORD.findall(label)) > FEW
                for part in (label,) if alone else APART.split(label):
                    stems = tuple(map(self._stem if vocabulary in ACTS else self._plain, _words(part)))
                    if not stems or len(stems) > LONGEST or (vocabulary, stems) in seen:
                        continue
                    seen.add((vocabulary, stems))
                    if text.is_unspaced(part):
                        self._run.append((marks.folded(part), vocabulary, code))
                    else:
                        self._worded.setdefault(stems[0], []).append((stems, vocabulary, code))

    def find(self, passage: str) -> Iterator[Candidate]:
        """Every term in a text; of several of one vocabulary that overlap the longest."""
        found = [*self._in_words(passage), *self._in_runs(passage)]
        taken: dict[str, Cover] = {}
        for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            cover = taken.setdefault(one.vocabulary, Cover())
            if not cover.meets(one):
                cover.add(one)
                yield one

    def _in_words(self, passage: str) -> Iterator[Candidate]:
        words = [(match.start(), match.end(), match[0].lower()) for match in WORD.finditer(passage)]
        for acts, reduced in ((True, self._stem), (False, self._plain)):
            forms = tuple(reduced(word) for _, _, word in words)
            for at, (start, _, _) in enumerate(words):
                for stems, vocabulary, code in self._worded.get(forms[at], ()):
                    if (vocabulary in ACTS) == acts and forms[at : at + len(stems)] == stems:
                        end = words[at + len(stems) - 1][1]
                        yield Candidate(start, end, Found.TERM, code, passage[start:end], vocabulary=vocabulary)

    def _in_runs(self, passage: str) -> Iterator[Candidate]:
        folded, positions = marks.follow(passage)
        for label, vocabulary, code in self._run:
            at = folded.find(label)
            while at >= 0:
                start, end = (positions[at], positions[at + len(label)]) if positions else (at, at + len(label))
                yield Candidate(start, end, Found.TERM, code, passage[start:end], vocabulary=vocabulary)
                at = folded.find(label, at + len(label))


def _words(label: str) -> list[str]:
    return [word.lower() for word in WORD.findall(label)]


def _singular(word: str) -> str:
    """An English word without the ending of the plural."""
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") and word[-2:] != "ss" else word


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """What takes a word's endings off; the word itself in a language without a stemmer."""
    if language not in STEMMERS:
        return str
    import snowballstemmer

    made = snowballstemmer.stemmer(STEMMERS[language])

    @lru_cache(maxsize=20_000)
    def stem(word: str) -> str:
        return str(made.stemWord(word))

    return stem
