"""Writes the readings of Han characters anew, from the tables in pypinyin and cantonese-romanisation (extra `dev`).

What ships is the small part of them that the program uses: pypinyin alone takes 0.8 seconds to come up.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path

import opencc
from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

FEW = 4
"""A character in fewer words may have readings that none of them shows: 焘 in 张国焘."""
HERE = Path(__file__).parent


def readings() -> str:
    """A line per character, simplified, from the most used on: its Mandarin readings (`gui4`; `v` for ü), most used
    first, and how Hong Kong spells it."""
    simplified = opencc.OpenCC("t2s")
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in phrases_dict.items():
        for char, options in zip(word, syllables, strict=False):
            used[char][_numbered(options[0])] += 1
    cantonese = json.loads((resources.files("cantoroman") / "data" / "charToRoman.json").read_bytes())
    mandarin: dict[str, Counter[str]] = defaultdict(Counter)
    spelt: dict[str, dict[str, None]] = defaultdict(dict)
    for code, known in pinyin_dict.items():
        char = chr(code)
        if char not in used and char not in cantonese and not "\u4e00" <= char <= "\u9fff":
            continue
        own = simplified.convert(char)
        own = own if len(own) == 1 else char
        for rank, syllable in enumerate(map(_numbered, known.split(","))):
            # where few words show which readings are usual, the order of the dictionary does
            if rank == 0 or used[char][syllable] or used[char].total() + used[own].total() < FEW:
                mandarin[own][syllable] += 100 * used[char][syllable] + (9 if rank == 0 else 0)
        spelt[own] |= dict.fromkeys(cantonese.get(char, ()))
    lines = []
    for char, counted in sorted(mandarin.items(), key=lambda one: (-one[1].total(), one[0])):
        ordered = sorted(counted, key=lambda syllable: (-counted[syllable], syllable))
        lines.append(f"{char}\t{' '.join(ordered)}\t{' '.join(spelt[char])}")
    return "\n".join(lines) + "\n"


def _numbered(syllable: str) -> str:
    """A syllable with its tone as a number, 5 for none."""
    return str(to_tone3(syllable, v_to_u=False, neutral_tone_with_five=True))


if __name__ == "__main__":
    (HERE / "han.tsv.gz").write_bytes(gzip.compress(readings().encode(), 9, mtime=0))
