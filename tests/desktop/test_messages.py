"""Sentences: one for every failure and reason, whole, and never a gap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archive
from archive import errors
from archive.errors import ArchiveError
from desktop import messages
from index import gazetteer
from index.answers import PLACE_NAME, Widened

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ArchiveError) and kind is not ArchiveError
]


def facts_of(kind: type[ArchiveError]) -> dict[str, str]:
    """The facts that the class's own docstring names."""
    found = re.search(r"Facts: ([^.]+)\.", kind.__doc__ or "")
    names = re.findall(r"\w+", found[1]) if found else []
    return {name: f"the-{name}" for name in names}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_failure_has_a_whole_sentence_that_uses_its_facts(kind: type[ArchiveError]) -> None:
    facts = facts_of(kind)
    said = messages.sentence(kind(**facts))
    assert said[0].isupper() or said.startswith(("the-", "“"))
    assert said.endswith((".", "?"))
    assert "…" not in said
    assert "{" not in said
    path = facts.get("path")
    if path and kind.code not in ("wrong-passphrase", "passphrase-needed", "newer-format"):
        assert path in said


def test_a_failure_without_its_facts_or_of_an_unknown_kind_is_still_said() -> None:
    class Odd(ArchiveError):
        code = "odd"

    assert "odd" in messages.sentence(Odd(where="here"))
    assert messages.sentence(errors.Damaged()).startswith("A file of the archive is damaged")


def test_a_failure_of_a_finer_kind_is_said_as_its_parent() -> None:
    class Flooded(errors.DiskFull):
        code = "flooded"

    assert "full" in messages.sentence(Flooded(path="/stick"))


def test_every_reason_that_a_reader_gives_is_said_in_words() -> None:
    folder = Path(archive.__file__).parent
    code = "\n".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    given = set(re.findall(r'(?:Unreadable\(|_Failed\(|reason=|Fault\()\s*"([a-z-]+)"', code))
    assert {"damaged", "password", "no-text-layer", "timeout"} <= given | {"no-text-layer", "timeout"}
    unsaid = {name for name in given if messages.reason(name) == name.replace("-", " ") and "-" in name}
    assert not unsaid


def test_a_reason_keeps_its_detail_and_an_unknown_one_its_name() -> None:
    assert messages.reason("charset-guessed:gb18030").endswith("(gb18030)")
    assert messages.reason("never-heard-of") == "never heard of"
    assert messages.reason("") == ""


def test_what_a_text_cannot_tell_of_a_place_is_said() -> None:
    def said(key: str, *names: str) -> list[str]:
        return messages.places([Widened(key, name, PLACE_NAME) for name in names])

    georgia = said("US-GA", "Georgia")
    assert georgia[0] == "Georgia (US): recorded there, or named in the text: Georgia"
    assert georgia[1] == "Not told apart in texts, because a name is shared: Georgia (country or territory)"
    medina = said("109223", "المدينة المنورة")
    assert medina[-1].startswith("Not looked for in texts, because they are ordinary words: ")
    assert "المدينة" in medina[-1]
    assert len(said("TH-10", "Bangkok", "曼谷")) == 1
    libya, lebanon = (one.key for one in gazetteer.called("Tripoli"))
    assert said(libya, "Tripoli")[1].endswith(": Tripoli, North (Lebanon)")
    both = messages.places([Widened(key, "Tripoli", PLACE_NAME) for key in (libya, lebanon)])
    assert len(both) == 2  # both were asked for
