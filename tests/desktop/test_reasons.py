"""Words of reasons: one for every reason that a reader gives."""

from __future__ import annotations

import re
from pathlib import Path

import archive
from desktop import reasons

GIVEN = re.compile(r"(?:Unreadable\(|_Failed\(|Fault\(|reason=|reason = |Verdict\.[A-Z]+, )\s*\"([a-z]+(?:-[a-z]+)*)\"")
"""How a reason is given in the code of readers."""


def test_every_reason_that_a_reader_gives_is_said_in_words() -> None:
    folder = Path(archive.__file__).parent
    given = set(GIVEN.findall("\n".join(file.read_text("utf-8") for file in folder.rglob("*.py"))))
    assert {"damaged", "password", "no-text-layer", "timeout", "encrypted"} <= given
    assert not {code for code in given if not reasons.words(f"{code}:x").endswith(" (x)")}  # with a detail, as it is


def test_a_guessed_character_set_is_named() -> None:
    assert reasons.words("charset-guessed:gb18030").endswith("(gb18030)")
