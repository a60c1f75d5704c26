"""Writes to the terminal: text of archives made harmless first, hits marked, and JSON that carries no live escapes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import click

from archive.errors import AnswerCut

# C0 and C1 controls move the cursor, retitle the window or type for the reader; lone surrogates cannot be written;
# embeddings, overrides and isolates of writing direction make words appear in another order than they stand.
_LIVE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ISOLATES = re.compile("[\u2068\u2069]")
_LIVE_IN_TEXT = re.compile(_LIVE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
_LIVE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def prepare() -> None:
    """Have both streams write UTF-8 whatever the console is set to; what cannot be written is replaced."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def clean(text: str) -> str:
    """`text` on one line, whatever could command the terminal replaced by a visible mark. Isolates, which sentences of
    ours put around names, are left out: terminals do not know them."""
    return _LIVE.sub(_visible, _ISOLATES.sub("", text))


def clean_text(text: str) -> str:
    """The same for running text, which keeps its lines and tabs."""
    return _LIVE_IN_TEXT.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def say(words: str = "") -> None:
    """A line of the answer, on standard output. Raises AnswerCut, as all do that write there."""
    write(words)


def remark(words: str) -> None:
    """A line about the work, on standard error."""
    click.echo(words, err=True)


def stream(pieces: Iterable[str]) -> None:
    """An answer as JSON that comes piece by piece, made harmless in the same way."""
    for piece in pieces:
        write(_LIVE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", piece), end=False)
    write("")


def emit(value: Any) -> None:
    """The answer as JSON; directional and control characters are escaped, so that no terminal obeys them."""
    words = json.dumps(value, ensure_ascii=False, indent=2)
    write(_LIVE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", words))


def marked(text: str, marks: Iterable[tuple[int, int]], *, bold: bool = False) -> str:
    """`text` on one line with its marked stretches coloured; click drops the colours where no terminal reads them."""
    parts, last = [], 0
    for start, end in marks:
        parts += [click.style(clean(text[last:start]), bold=bold), click.style(clean(text[start:end]), **_HIT)]
        last = end
    return "".join((*parts, click.style(clean(text[last:]), bold=bold)))


def is_watched(stream: TextIO) -> bool:
    """Whether a person sees this stream as it is written."""
    return stream.isatty()


def write(words: str | bytes, *, end: bool = True) -> None:
    """A piece of the answer as it is, with the end of a line. Raises AnswerCut."""
    try:
        click.echo(words, nl=end)
    except BrokenPipeError:  # whoever reads it has enough
        raise
    except OSError as error:
        raise AnswerCut(why=str(error.strerror)) from error


_HIT: dict[str, Any] = {"fg": "yellow", "bold": True, "underline": True}


def _visible(match: re.Match[str]) -> str:
    return " " if match[0] in "\t\n\r\u2028\u2029" else "\ufffd"
