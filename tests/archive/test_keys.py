"""Keys: what a slot may hold, the salts of volumes, and that no key is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import keys
from archive.errors import Damaged


@given(st.binary(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_slot_is_a_key_or_damage(tmp_path_factory: pytest.TempPathFactory, payload: bytes | str) -> None:
    content = payload.encode() if isinstance(payload, str) else payload
    with pytest.raises(Damaged):
        keys.parse(Path("archive"), content)


def test_a_slot_of_nothing_but_brackets_is_damage() -> None:
    with pytest.raises(Damaged):
        keys.parse(Path("archive"), b"[" * 500_000)


def test_volumes_have_salts_of_their_own() -> None:
    key = keys.generate("x")
    salts = {key.secret("originals", number).salt for number in range(1, 50)}
    assert len(salts) == 49
    assert key.secret("originals", 7) == key.secret("originals", 7)


def test_keys_are_not_printed() -> None:
    key = keys.generate("x")
    assert key.key.hex() not in repr(key)
    assert repr(key.key) not in repr(key)
    assert repr(key.secret("archive").key) not in repr(key.secret("archive"))
