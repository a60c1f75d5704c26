"""Many words in little room: one text, where each begins and how often it stands; what begins or is spelled so.

A list of strings would take ten times the memory, and to compare a slip with each of 300,000 words takes too long for
a key press: words that cannot be near are told apart by their letters, which stand as bits in one number for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.connect import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 1_000_000
"""Words that are kept, some 40 bytes each; where there are more, the rarest are left out."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word with how many slips away it is, and in how many passages it stands, about."""

    word: str
    distance: int
    passages: int


@dataclass(frozen=True)
class Words:
    """Words in the order of their code points. `starts` has one place more than there are words, `letters` the bits of
    each word's letters. `complete` where none was left out."""

    text: str
    starts: NDArray[np.int32]
    passages: NDArray[np.int64]
    letters: NDArray[np.uint64]
    complete: bool = True

    @staticmethod
    def load(db: Database, most: int = MOST) -> Words:
        """The words of one state of an index, at most so many, the rarest left out."""
        least, kept = 1, int(db.conn.execute("SELECT count(*) FROM word").fetchone()[0])
        if kept > most:
            for passages, count in db.conn.execute(
                "SELECT passages, count(*) FROM word GROUP BY passages ORDER BY passages"
            ).fetchall():
                least, kept = passages + 1, kept - count
                if kept <= most:
                    break
        terms, numbers = db.conn.execute(
            "SELECT group_concat(term, char(10)), json_group_array(passages) FROM word WHERE passages >= ?", (least,)
        ).fetchone()
        import numpy as np

        return _packed(terms or "", np.fromstring(numbers[1:-1], np.int64, sep=","), complete=least == 1)

    @staticmethod
    def of(words: Sequence[str]) -> Words:
        """Words that are given in order, each as often as another."""
        import numpy as np

        return _packed("\n".join(words), np.ones(len(words), np.int64))

    def __len__(self) -> int:
        return len(self.passages)

    def __getitem__(self, at: int) -> str:
        return self.text[self.starts[at] : self.starts[at + 1] - 1]

    def near(self, word: str, distance: int, most: int) -> list[Near]:
        """Words at most so many slips away (a missing, added or wrong letter, two swapped), without itself: those
        first that are nearest and most frequent."""
        import numpy as np
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cdist

        if not len(self) or not word:
            return []
        lengths = np.diff(self.starts) - 1
        may = (lengths >= len(word) - distance) & (lengths <= len(word) + distance)
        # each slip takes one letter away and adds another at most
        may &= np.bitwise_count(self.letters ^ np.uint64(_bits(word))) <= 2 * distance
        places = np.flatnonzero(may)
        words = [self[at] for at in places.tolist()]
        if not words:
            return []
        distances = cdist([word], words, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
        found = [
            Near(words[at], int(distances[at]), int(self.passages[places[at]]))
            for at in np.flatnonzero(distances <= distance).tolist()
        ]
        found.sort(key=lambda one: (one.distance, one.word[0] != word[0], -one.passages, one.word))
        return [one for one in found if one.word != word][:most]

    def beginning(self, start: str) -> range:
        """The places of the words that begin so."""
        return range(self._place(start), self._place(start + "\U0010ffff"))

    def _place(self, word: str) -> int:
        """How many words come before this one."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < word:
                low = middle + 1
            else:
                high = middle
        return low


def _packed(text: str, passages: NDArray[np.int64], *, complete: bool = True) -> Words:
    import numpy as np

    if not len(passages):
        return Words("", np.zeros(1, np.int32), passages, np.zeros(0, np.uint64), complete)
    letters = np.frombuffer(f"{text}\n".encode("utf-32-le"), np.uint32)
    ends = np.flatnonzero(letters == ord("\n")) + 1
    starts = np.concatenate(([0], ends)).astype(np.int32)
    bits = np.uint64(1) << (letters & 63).astype(np.uint64)
    bits[ends - 1] = 0
    return Words(text + "\n", starts, passages, np.bitwise_or.reduceat(bits, starts[:-1]), complete)


def _bits(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
