"""Codes in words: the detail of one is kept, and one that no table knows is shown as it is."""

from __future__ import annotations

from desktop import codes

KNOWN: codes.Words = {"guessed": lambda: "it was guessed"}


def test_a_code_keeps_its_detail_and_an_unknown_one_its_name() -> None:
    assert codes.words(KNOWN, "guessed") == "it was guessed"
    assert codes.words(KNOWN, "guessed:gb18030") == "it was guessed (gb18030)"
    assert codes.words(KNOWN, "never-heard-of") == "never heard of"
    assert codes.words(KNOWN, "") == ""


def test_what_comes_from_outside_cannot_turn_the_line_around() -> None:
    assert "\u202e" not in codes.words(KNOWN, "guessed:\u202egb18030")
    assert "\u202e" not in codes.words(KNOWN, "never-\u202eheard")
