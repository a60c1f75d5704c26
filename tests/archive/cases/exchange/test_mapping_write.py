"""What is written as a map reads as the same map, whatever words stand in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases.exchange import mapping, mapping_write
from archive.cases.exchange.mapping import ORDERS, Map, Part, Rule
from archive.cases.records import Kind, Stance
from archive.records import Confidentiality

MAPS = sorted((Path(__file__).parents[4] / "docs" / "maps").glob("*.toml"))

WORDS = st.text(min_size=1, max_size=12)
SEVERAL = st.lists(WORDS, max_size=2).map(tuple)
STANCE = st.sampled_from(list(Stance))
SYNONYMS = st.dictionaries(WORDS.map(str.casefold), WORDS, max_size=2)
PATTERNS = WORDS.map(re.escape)
TOLD = st.just("") | WORDS.map(lambda text: text.replace("\\", r"\\"))

OF_COLUMN = st.builds(
    Rule,
    st.sampled_from(["name", "position", "ethnicity", "gender"]),
    column=WORDS,
    separators=SEVERAL,
    synonyms=SYNONYMS,
    required=st.booleans(),
    stance=STANCE,
)
MATCHED = st.builds(Rule, st.just("position"), column=WORDS, matching=PATTERNS, value=TOLD)
DATED = st.builds(Rule, st.just("born"), column=WORDS, dates=st.sampled_from(["", *ORDERS]))
FIXED = st.builds(Rule, st.just("citizenship"), value=WORDS, stance=STANCE)
LEVEL = st.sampled_from(list(Confidentiality))


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """Maps of a person, a case about that person, and events of it."""
    rules = tuple(draw(st.lists(st.one_of(OF_COLUMN, MATCHED, DATED, FIXED), max_size=4)))
    each, identify = draw(st.sampled_from([("", ()), (draw(WORDS), ()), ("", ("the \u0085 number",))]))
    person = Part(
        "person",
        Kind.PERSON,
        rules,
        each=each,
        identify=identify,
        separators=draw(SEVERAL),
        confidentiality=draw(LEVEL),
    )
    about = Rule("person-concerned", subject="person")
    alone = draw(st.sampled_from([(), (Rule("unit", value="a group", unless="person"),)]))
    case = Part("case", Kind.CASE, (about, *alone), confidentiality=draw(LEVEL))
    events = tuple(
        Part(f"event-{at}", Kind.EVENT, (Rule("place", column=column),), parent="case")
        for at, column in enumerate(draw(st.lists(WORDS, max_size=2)))
    )
    return Map(
        (person, case, *events),
        sheet=draw(st.just("") | WORDS),
        header=draw(st.integers(1, 99)),
        empty=frozenset(draw(st.lists(WORDS.map(str.casefold), max_size=3))),
        language=draw(st.just("") | WORDS),
        origins=draw(SEVERAL),
    )


@given(maps())
def test_a_map_reads_as_it_was_written(told: Map) -> None:
    assert mapping.read(mapping_write.write(told)) == told


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_the_examples_come_back(path: Path) -> None:
    told = mapping.read(path.read_text("utf-8"))
    assert mapping.read(mapping_write.write(told)) == told
