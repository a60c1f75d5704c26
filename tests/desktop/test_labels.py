"""What values are called: the same in the window as in what leaves it."""

from __future__ import annotations

import pytest

from archive import countries
from desktop import labels


@pytest.mark.parametrize("code", ["HK", "MM", "US", "TH", "XX"])
def test_countries_and_territories_have_their_short_names(code: str) -> None:
    assert labels.country(code) == labels.value("host", code) == countries.name(code)


def test_languages_are_named_with_what_cldr_does_not_know() -> None:
    assert labels.language("zh-Hans") == "Simplified Chinese"
    assert labels.language("en-x-desk") == "English (x-desk)"
