"""What a widening hands on: one other way in which a text may hold what was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """Another way in which a text may hold what was asked for.

    `words` as they would be typed, `way` the code of the widening that leads there (name, pinyin, wade-giles,
    cantonese, uyghur, korean, kana, wylie, tibetan, romanised, stem, ...), `sound` where only the sound agrees, so that
    it may be somebody or something else.
    """

    words: str
    way: str
    sound: bool = False
