"""Notes of answers: each that the index knows has a sentence."""

from __future__ import annotations

import re

import pytest

from desktop import noted
from index.answers import Answer

NOTES = re.findall(r"`([a-z]+(?:-[a-z]+)*)(?::[A-Z/]+)?`", (Answer.__doc__ or "").partition("`notes`")[2])
"""The notes that an answer may bear, by its own docstring."""


def test_the_notes_are_found() -> None:
    assert {"question", "cut", "behind", "building", "not-indexed"} <= set(NOTES)


@pytest.mark.parametrize("note", NOTES)
def test_every_note_of_an_answer_is_said_in_words(note: str) -> None:
    assert noted.words(note) != note.replace("-", " ")


def test_how_much_is_searchable_by_now_is_said() -> None:
    assert noted.words("building:3/12") == "only a part can be searched so far (3/12)"
