"""What texts are compared by that may be nearly the same: a sketch of each, VALUES small numbers.

They are a MinHash of one permutation: of two texts, about the same share of the values is equal as of their shingles,
stretches of eight bytes. Sketches only say which texts are worth comparing (see `near.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sketches = NDArray[np.uint8]

VALUES = 24
"""Bytes of a sketch, each from 1 to 255; 0 where there is none to take."""
SHORT = 300
"""Bytes of plain text below which only the same text has the same sketch: some fifty words, or a hundred Han."""
LEAST = 40
"""Bytes of plain text below which there is no sketch: equal headings make no equal documents."""
SHINGLE = 8
PAD = bytes(SHINGLE)
STRETCH = 1 << 18
"""Letters looked at at once: they stay in the processor's cache."""
BEGINNING = 7
"""The last three bits of the byte that a shingle begins with: g, o and w, and an eighth of other scripts."""
ENOUGH = 128
"""Shingles of a text, about, of which the smallest are taken."""
SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
LOWER = bytes(code | 0x20 if 0x41 <= code <= 0x5A else 0x20 if code in b"\t\n\v\f\r" else code for code in range(256))
MIXED, AGAIN = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9


def plain(text: str) -> bytes:
    """What of a text counts: its letters and digits, small where they are Latin; no blanks, no signs of ASCII."""
    return text.encode().translate(LOWER, SIGNS)


def of(texts: Sequence[str]) -> Sketches:
    """The sketches of texts, a row of VALUES for each; zeros for one without text enough."""
    import numpy as np

    sketches = np.zeros((len(texts), VALUES), np.uint8)
    classes: dict[int, list[tuple[int, str]]] = {}
    for at, text in enumerate(texts):
        if len(text) < SHORT and (found := _short(text)) is not None:
            sketches[at] = np.frombuffer(found, np.uint8)
        else:
            # of a long text only the smallest hashes are looked at, a share that halves as the length doubles
            classes.setdefault((len(text) // (8 * ENOUGH)).bit_length(), []).append((at, text))
    for halvings, several in classes.items():
        for stretch in _stretches(several):
            sketches[[at for at, _ in stretch]] = _of_stretch([text for _, text in stretch], halvings)
    return sketches


def _short(text: str) -> bytes | None:
    """The sketch of a short text, made of all of it; None for one that is long enough for shingles."""
    letters = plain(text)
    if len(letters) >= SHORT:
        return None
    if len(letters) < LEAST:
        return bytes(VALUES)
    return bytes(max(1, value) for value in blake2b(letters, digest_size=VALUES).digest())


def _stretches(several: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    stretch: list[tuple[int, str]] = []
    size = 0
    for one in several:
        stretch.append(one)
        size += len(one[1])
        if size >= STRETCH:
            yield stretch
            stretch, size = [], 0
    if stretch:
        yield stretch


def _of_stretch(texts: Sequence[str], halvings: int) -> Sketches:
    """The sketches of texts by their shingles, of which those count that begin with BEGINNING: one in eight, about."""
    import numpy as np

    encoded = [text.encode() for text in texts]  # which a text that SQLite was given keeps beside its letters
    joined = PAD.join([*encoded, b""]).translate(LOWER)
    lengths = map(len, encoded)
    every: NDArray[np.uint64] = np.ndarray((len(joined) - SHINGLE + 1,), "<u8", joined, 0, (1,))
    starts = np.flatnonzero((np.frombuffer(joined, np.uint8) & 7) == BEGINNING)
    hashes = every[starts] * np.uint64(MIXED)
    if halvings:
        small = np.flatnonzero(hashes < np.uint64(1 << (64 - halvings)))
        starts, hashes = starts[small], hashes[small]
    ends = np.cumsum([length + SHINGLE for length in lengths])
    owner = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(starts, ends), prepend=0))
    mixed = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(AGAIN)
    bins = ((mixed >> np.uint64(40)).astype(np.int64) * VALUES) >> 24  # a product and a shift, for a remainder is slow
    values = np.maximum(mixed >> np.uint64(24) & np.uint64(255), np.uint64(1))
    smallest = np.zeros(len(texts) * VALUES, np.uint64)
    # the value rides in the low byte of the hash that it is taken with; the largest complement is the smallest hash
    np.maximum.at(smallest, owner * VALUES + bins, (~hashes & ~np.uint64(255)) | values)
    sketches: Sketches = (smallest & np.uint64(255)).astype(np.uint8).reshape(len(texts), VALUES)
    return sketches
