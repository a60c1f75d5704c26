"""Words that a reader types into the notebook, made fit for keeping."""

from __future__ import annotations

import re
import unicodedata

from archive.errors import InvalidValue

RECORD = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LONGEST = 200_000
LONGEST_NAME = 200


def records_in(*texts: str) -> set[str]:
    """The UUIDs that stand in texts such as queries and filters."""
    return {one for text in texts for one in RECORD.findall(text)}


def kept(text: str) -> str:
    """Text of several lines as it is kept: NFC, no control characters. Raises InvalidValue where it is too long."""
    text = unicodedata.normalize("NFC", CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if len(text) > LONGEST:
        raise InvalidValue(field="text", value=text[:40] + "…", why=f"longer than {LONGEST} characters")
    return text


def name(text: str) -> str:
    """A name or tag of one line. Raises InvalidValue where it is empty or too long."""
    text = " ".join(kept(text).split())
    if not text or len(text) > LONGEST_NAME:
        raise InvalidValue(field="name", value=text[:40], why=f"not 1 to {LONGEST_NAME} characters")
    return text
