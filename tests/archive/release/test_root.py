"""The content root is what its description says, and tells every difference."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archive.container import Archive
from archive.errors import Cancelled
from archive.release import root
from archive.release.sections import SECTIONS
from tests.archive.conftest import Keep
from tests.archive.release.making import Content, contents
from tests.archive.release.test_content import written

texts = st.text(st.characters(exclude_categories=("Cs",)))
plain = texts | st.none() | st.integers(-(1 << 53) + 1, (1 << 53) - 1)
ascii_keys = st.dictionaries(st.text(st.characters(max_codepoint=126)), plain)


@given(st.recursive(plain | ascii_keys, lambda inner: st.lists(inner, max_size=4), max_leaves=12))
def test_canonical_json_is_that_of_the_standard(value: Any) -> None:
    assert root.canonical(value) == rfc8785.dumps(value)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_tree_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    def straight(some: list[bytes]) -> bytes:
        if len(some) < 2:
            return some[0] if some else hashlib.sha256().digest()
        left = 1 << (len(some) - 1).bit_length() - 1
        return hashlib.sha256(b"\1" + straight(some[:left]) + straight(some[left:])).digest()

    tree = root.Tree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == straight(leaves)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(contents(), st.data())
def test_one_changed_word_gives_another_root(found: Content, data: st.DataObject) -> None:
    holding = [name for name, several in found.items() if several and name != "original"]
    name = data.draw(st.sampled_from(holding))
    record = data.draw(st.sampled_from(found[name]))
    free = [
        column
        for column in SECTIONS[name].columns
        if column not in SECTIONS[name].key
        and isinstance(record[column], str)
        and column not in ("sha256", "salt")
        and column not in SECTIONS[name].references
        and not (name == "custody" and column == "content")
    ]
    assume(free)
    altered = copy.deepcopy(found)
    column = data.draw(st.sampled_from(free))
    altered[name][found[name].index(record)][column] += "x"
    with written(found) as one, written(altered) as other:
        assert root.content_root(one) != root.content_root(other)


def test_sections_without_records_do_not_count() -> None:
    assert root.of_sections({"fact": "aa", "later": ""}) == root.of_sections({"fact": "aa"})
    assert root.of_sections({"fact": "aa", "later": "bb"}) != root.of_sections({"fact": "aa"})


def test_it_can_be_stopped(archive: Archive, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root, "LOOKED", 2)
    keep("one")
    with pytest.raises(Cancelled):
        root.content_root(archive.db, cancelled=lambda: True)
