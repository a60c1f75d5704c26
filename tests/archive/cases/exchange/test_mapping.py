"""Maps say where they are wrong; the examples that ship are right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases.exchange import mapping
from archive.cases.records import Kind
from archive.errors import InvalidValue

MAPS = sorted((Path(__file__).parents[4] / "docs" / "maps").glob("*.toml"))
PERSON = '[subject.person]\nkind = "person"\n[[subject.person.field]]\nfield = "name"\ncolumn = "Name"\n'


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_the_examples_are_maps(path: Path) -> None:
    found = mapping.read(path.read_text("utf-8"))
    assert {part.kind for part in found.parts} == {Kind.PERSON, Kind.CASE, Kind.EVENT}
    assert found.origins
    assert set(found.origins) < set(found.columns)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no subject"),
        ("[[[", ""),
        ('sheets = "x"\n' + PERSON, "no such key"),
        (PERSON.replace('"person"', '"ship"'), "not one of"),
        (PERSON.replace('"name"', '"colour"'), "no such field"),
        (PERSON.replace('field = "name"', 'field = "outcome"'), "a person has no field outcome"),
        (PERSON + 'matching = "("', "missing )"),
        (PERSON + "matching = '(a)'\nvalue = '\\2'", "invalid group reference"),
        (PERSON + 'matching = "a{99999999}"', "too large"),
        (PERSON + 'separators = [""]', "an empty separator"),
        (PERSON + 'unless = "person"', "names another subject"),
        (PERSON + '[[subject.person.field]]\nfield = "position"\nvalue = "x"\nunless = "y"', "names another subject"),
        (PERSON + 'dates = "ymd"', "no date"),
        (PERSON + 'value = "x"', "needs matching"),
        (PERSON + '[subject.event]\nkind = "event"', "needs a parent"),
        (PERSON + '[subject.event]\nkind = "event"\nparent = "nobody"', "no subject named before"),
        (PERSON.replace("[[", 'identify = ["Name"]\n[[', 1), "by their name alone"),
        (PERSON.replace("[[", 'parent = "x"\n[[', 1), "nothing else has one"),
        (PERSON + '[[subject.person.field]]\nfield = "spouse-of"\nsubject = "person"', "no fitting subject"),
        (PERSON + '[[subject.person.field]]\nfield = "spouse-of"\ncolumn = "Name"', "needs a subject"),
        (PERSON.replace("subject.person", "subject.Person-1"), "called by small letters"),
    ],
)
def test_a_wrong_map_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        mapping.read(text)
    assert why in str(caught.value.facts["why"])


@given(
    st.dictionaries(
        st.sampled_from(["kind", "field", "each", "identify", "separators", "parent"]),
        st.one_of(st.booleans(), st.integers(), st.just("person"), st.just([]), st.just(["x"]), st.just([{}])),
        max_size=4,
    )
)
def test_no_map_breaks_the_reader(table: dict[str, object]) -> None:
    def written(value: object) -> str:
        if isinstance(value, list):
            return "[" + ", ".join("{}" if one == {} else f'"{one}"' for one in value) + "]"
        return f'"{value}"' if isinstance(value, str) else str(value).lower()

    text = "[subject.one]\n" + "".join(f"{key} = {written(value)}\n" for key, value in table.items())
    try:
        assert mapping.read(text).parts
    except InvalidValue as error:
        assert error.code == "invalid-value"  # noqa: PT017
