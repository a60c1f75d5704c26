"""Custody entries and corrections: whole sentences, and no word of theirs from outside that moves the others."""

from __future__ import annotations

import pytest

from archive.corrections import HIDDEN, Correction
from archive.custody import Entry
from desktop.read import entries

HASH = "0123456789ab" + "c" * 52


def said(action: str, content: dict[str, str | int] | None) -> str:
    words = entries.custody(Entry(1, "2026-01-02T03:04:05Z", "desk", action, "id", content, "h"))
    return words.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("action", "content", "sentence"),
    [
        (
            "received",
            {"name": "a.txt", "sha256": HASH, "size": 12},
            "Received by desk as “a.txt”: 12 bytes, SHA-256 0123456789ab.",
        ),
        (
            "received again",
            {"name": "b.txt", "sha256": HASH},
            "Received again by desk as “b.txt”: the same bytes, SHA-256 0123456789ab.",
        ),
        (
            "corrected",
            {"authors": '["A. One", "B. Two"]', "countries": '["TH"]', "language": "ug"},
            "Corrected by desk. Recorded since: Authors “A. One; B. Two”; "
            "Countries or territories “Thailand”; Language “Uyghur”.",
        ),
        ("received", None, "Received by desk. What was recorded of it was erased later."),
        ("sealed", {"by": "x"}, "An entry of the kind “sealed” by desk. by: x"),
        ("received", {"unlike": "before"}, "An entry of the kind “received” by desk. unlike: before"),
    ],
)
def test_every_entry_is_a_sentence(action: str, content: dict[str, str | int] | None, sentence: str) -> None:
    assert said(action, content) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[]", '["A"]', "Authors: “A” was added by desk."),
        ('["A"]', "[]", "Authors: “A” was removed by desk."),
        ('["A"]', '["B"]', "Authors: “A” was changed to “B” by desk."),
        (
            HIDDEN,
            '["B"]',
            "Authors: it was changed to “B” by desk. For safety the earlier value is not kept.",
        ),
        (HIDDEN, "[]", "Authors: it was removed by desk. For safety the earlier value is not kept."),
        (HIDDEN, HIDDEN, "Authors: it was changed by desk. For safety the values of then are not kept."),
    ],
)
def test_a_correction_says_what_became_of_what(old: str, new: str, sentence: str) -> None:
    words = entries.correction(Correction("authors", old, new, "2026-01-02T03:04:05Z", "desk"))
    assert words.replace("\u2068", "").replace("\u2069", "") == sentence


def test_an_override_in_a_name_turns_nothing_round() -> None:
    assert "\u202e" not in said("received", {"name": "a\u202etxt.exe", "sha256": HASH, "size": 1})
