"""Chips: one for each filter, one for years in a row, all removable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.find.chips import Chips, caption, grouped
from index.answers import FACETS, Filter

FILTERS = st.lists(
    st.one_of(
        st.builds(Filter, st.just("year"), st.integers(1990, 2010).map(str), st.booleans()),
        st.builds(Filter, st.sampled_from(FACETS), st.text(max_size=4), st.booleans()),
    ),
    unique_by=lambda f: (f.field, f.value),
    max_size=12,
).map(tuple)


@given(FILTERS)
def test_every_filter_has_exactly_one_chip(filters: tuple[Filter, ...]) -> None:
    groups = grouped(filters)
    assert sorted((f for group in groups for f in group), key=repr) == sorted(filters, key=repr)
    assert all(caption(group) for group in groups)


def test_years_in_a_row_share_a_chip_but_not_one_left_out() -> None:
    years = [Filter("year", str(year)) for year in (2016, 2014, 2015, 2019)]
    groups = grouped((*years, Filter("year", "2017", exclude=True)))
    assert [caption(group) for group in groups] == ["without 2017  ×", "2014–2016  ×", "2019  ×"]


def test_a_click_removes_what_the_chip_stands_for(qtbot: QtBot) -> None:
    chips = Chips()
    qtbot.addWidget(chips)
    filters = (Filter("country", "TH"), Filter("type", "", exclude=True))
    chips.show_filters(filters)
    first, second, everything = chips.buttons()
    assert [b.text() for b in (first, second)] == ["Thailand  ×", "Type: recorded  ×"]
    for button, removed in ((first, filters[:1]), (second, filters[1:]), (everything, filters)):
        with qtbot.waitSignal(chips.removed) as signal:
            button.click()
        assert signal.args == [removed]
    chips.show_filters(())
    assert not chips.buttons()
