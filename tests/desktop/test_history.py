"""Back and forward over what was searched and read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.history import KEPT, History, Visit
from index.answers import Filter, Query


def test_what_was_only_typed_on_the_way_is_not_kept() -> None:
    history = History()
    for text in ("", "b", "ba", "ban"):
        history.go(Visit(Query(text)))
    history.go(Visit(Query("ban"), "one"))
    history.go(Visit(Query("boat")))
    assert history.back() == Visit(Query("ban"), "one")
    assert not history.can_go_back
    assert history.forward() == Visit(Query("boat"))


def test_a_filter_is_a_step_of_its_own() -> None:
    history = History()
    filtered = Query("ban", (Filter("type", "report"),))
    history.go(Visit(Query("ban")))
    history.go(Visit(filtered))
    assert history.back() == Visit(Query("ban"))


def test_going_somewhere_else_after_going_back_forgets_what_was_ahead() -> None:
    history = History()
    for record in ("one", "two", "three"):
        history.go(Visit(Query("x"), record))
    history.back()
    history.back()
    history.go(Visit(Query("x"), "four"))
    assert not history.can_go_forward
    assert history.back() == Visit(Query("x"), "one")


@given(st.lists(st.tuples(st.sampled_from(["go", "back", "forward"]), st.text("ab", max_size=2)), max_size=40))
def test_any_walk_stays_inside(steps: list[tuple[str, str]]) -> None:
    history, here = History(), None
    for step, record in steps:
        if step == "go":
            here = Visit(Query("x"), record)
            history.go(here)
        else:
            there = history.back() if step == "back" else history.forward()
            here = there or here
    if here is not None and history.can_go_back:
        history.back()
        assert history.forward() == here


def test_no_more_than_so_many_are_kept() -> None:
    history = History()
    for number in range(KEPT + 50):
        history.go(Visit(Query("x"), str(number)))
    steps = 0
    while history.back() is not None:
        steps += 1
    assert steps == KEPT - 1
