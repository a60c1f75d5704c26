"""German compounds that begin with a word: Auslieferung finds Auslieferungsverfahren, the other part of which stands in
the archive as a word, too."""

from __future__ import annotations

from index import text as texts
from index.vocabulary import Vocabulary, as_kept
from index.widen.form import Form

LANGUAGE, WAY = "de", "compound"
LEAST, LONG = 4, 6
"""Letters of a word that compounds are looked for with, and from which on any letters may join the parts."""
JOINTS, ALL_JOINTS = ("", "s"), ("", "s", "es", "n", "en", "er", "e")
REST = 4
"""Letters of the other part; fewer are too often an ending."""
ENDINGS = frozenset(("schaft", "ismus", "isch", "ische", "ischen", "ischer", "chen", "lein", "heit", "keit", "tion"))
"""What stands by itself somewhere and is an ending here."""
MOST, SCANNED = 16, 1_000


def compounds(word: str, vocabulary: Vocabulary) -> list[Form]:
    """Up to MOST words of the index that are this one and another of its words behind it, the most frequent first."""
    kept = as_kept(word)
    if len(kept) < LEAST or not kept.isalpha() or kept > "\u024f" or texts.is_unspaced(kept):
        return []
    joints = ALL_JOINTS if len(kept) >= LONG else JOINTS
    rests: dict[str, list[str]] = {}
    for one in vocabulary.begun(kept, SCANNED):
        parts = [one[len(kept) + len(joint) :] for joint in joints if one.startswith(joint, len(kept))]
        rests[one] = [part for part in parts if len(part) >= REST and part not in ENDINGS]
    known = vocabulary.known({part for parts in rests.values() for part in parts})
    return [Form(one, WAY) for one, parts in rests.items() if any(part in known for part in parts)][:MOST]
