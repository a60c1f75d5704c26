"""Sentences: one for every failure, whole, and never a gap."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import archive
from archive import errors
from archive.errors import ArchiveError
from desktop import messages

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(archive.__path__, "archive.")
    if found.name.rpartition(".")[2] == "errors"
]
"""Where failures are defined."""
KIND = re.compile(r'^    code = "[a-z-]+"$', re.MULTILINE)
KINDS = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, ArchiveError) and kind.__module__ == module.__name__
    if kind is not ArchiveError
]


def facts_of(kind: type[ArchiveError]) -> dict[str, str]:
    """The facts that the class's own docstring names."""
    found = re.search(r"Facts: ([^.]+)\.", kind.__doc__ or "")
    names = re.findall(r"\w+", found[1]) if found else []
    return {name: f"the-{name}" for name in names}


def test_failures_are_defined_where_they_are_looked_for() -> None:
    named = {file for file in Path(archive.__path__[0]).rglob("*.py") if re.search(KIND, file.read_text("utf-8"))}
    assert named == {Path(module.__file__ or "") for module in MODULES}
    assert len({kind.code for kind in KINDS}) == len(KINDS) > 50


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
