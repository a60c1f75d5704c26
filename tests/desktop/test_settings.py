"""Settings: kept as they were, and never a reason not to start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import settings
from desktop.settings import Settings

SETTINGS = st.builds(
    Settings,
    zoom=st.floats(0.5, 3.0),
    appearance=st.sampled_from(["system", "light", "dark"]),
    language=st.text(),
    desk=st.text(),
    geometry=st.lists(st.integers(), max_size=4).map(tuple),
    columns=st.lists(st.integers(0, 5000), max_size=4).map(tuple),
    recents=st.lists(st.text(), max_size=9).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(SETTINGS)
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, kept: Settings) -> None:
    file = tmp_path_factory.getbasetemp() / "kept" / "settings.json"
    assert settings.save(kept, file)
    assert settings.load(file) == kept


@given(st.dictionaries(st.sampled_from(["zoom", "recents", "geometry", "appearance", "columns"]), JSON))
def test_whatever_stands_in_the_file_the_program_starts(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    file = tmp_path_factory.getbasetemp() / "odd.json"
    file.write_text(json.dumps(data), "utf-8")
    found = settings.load(file)
    assert 0.5 <= found.zoom <= 3.0
    assert all(isinstance(path, str) for path in found.recents)
    assert all(isinstance(number, int) for number in (*found.geometry, *found.columns))


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"null"])
def test_a_broken_file_means_defaults(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert settings.load(file) == Settings()


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    assert not settings.save(Settings(), tmp_path / "taken" / "settings.json")


def test_recents_are_what_was_chosen_newest_first_and_at_most_eight() -> None:
    kept = Settings()
    for name in "abcdefghij":
        kept = kept.with_recent(name)
    assert kept.with_recent("e").recents == ("e", "j", "i", "h", "g", "f", "d", "c")
    assert "j" not in kept.without_recent("j").recents
