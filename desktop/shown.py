"""Makes text from outside fit to be shown: no sign of it reorders, hides or breaks what stands around it."""

from __future__ import annotations

import re
import unicodedata

INSTEAD, UNSEEN = "\ufffd", "\u2060"
NAME_BYTES = 200  # of UTF-8; file systems take 255, and an ending may be added
# Overrides make letters appear in another order than they stand: what looks like `exe.pdf` may end in `.exe`. They and
# controls are replaced by a sign that is seen. Embeddings and isolates occur in honest text from right to left; they
# are replaced by one that is not seen and has no direction, but for isolates that begin and end on the same line, which
# move nothing beyond themselves. Each for one, so that offsets hold.
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_SEEN = {
    **{chr(code): INSTEAD for code in (*range(0x20), *range(0x7F, 0xA0), 0x202D, 0x202E)},
    **dict.fromkeys("\u202a\u202b\u202c", UNSEEN),
}
_RUNNING = str.maketrans(_SEEN | dict.fromkeys(_BLANKS, " ") | {"\t": "\t", "\n": "\n", "\u2029": "\n"})
_LINE = str.maketrans(_SEEN | dict.fromkeys(_BLANKS, " "))
_SURROGATE = re.compile("[\ud800-\udfff]")
_ISOLATES = re.compile("[\u2066-\u2069]")
# What Windows and Linux do not take in a name, and every sign of direction, the honest ones too.
_UNNAMED = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def line(text: str) -> str:
    """The text as it may stand in a label, a cell or a tip: as long as before, on one line, in its own order."""
    return _balanced(_SURROGATE.sub(INSTEAD, text.translate(_LINE)))


def isolated(text: str) -> str:
    """The same within a sentence: where it runs from right to left, it moves no word of the sentence."""
    leftward = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN", "RLI") for sign in text)
    return f"\u2068{line(text)}\u2069" if leftward else line(text)


def running(text: str) -> str:
    """The same for text of several lines, which keeps its lines and tabs."""
    return "\n".join(map(_balanced, _SURROGATE.sub(INSTEAD, text.translate(_RUNNING)).split("\n")))


def file_name(name: str, otherwise: str) -> str:
    """A name to suggest for a copy: what every system takes, hidden from nobody; `otherwise` where nothing is left."""
    kept = _UNNAMED.sub("_", name).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    tail = dot + ending if stem and len(ending) <= 10 else ""
    head = kept.removesuffix(tail).encode()[: NAME_BYTES - len(tail.encode())].decode(errors="ignore")
    kept = (head.rstrip(" .") or otherwise) + tail if kept else otherwise
    return f"_{kept}" if _DEVICE.match(kept) else kept


def _balanced(text: str) -> str:
    """One line without the isolates that are not ended on it, and without ends of what was not begun."""
    open_at: list[int] = []
    stray: list[int] = []
    for match in _ISOLATES.finditer(text):
        if match[0] != "\u2069":
            open_at.append(match.start())
        elif open_at:
            open_at.pop()
        else:
            stray.append(match.start())
    if not open_at and not stray:
        return text
    signs = list(text)
    for place in (*open_at, *stray):
        signs[place] = UNSEEN
    return "".join(signs)
