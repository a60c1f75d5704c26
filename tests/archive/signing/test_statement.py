"""The statement of a release: what it may say, and how it stands in bag-info and in the trusted comment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InvalidValue
from archive.signing import bag, minisign, seal, statement
from archive.signing.errors import NotARelease
from archive.signing.statement import Statement
from tests.archive.signing.conftest import SECRET, STATEMENT, Made, fill

_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60).filter(
    lambda text: text == text.strip()
)
_STATEMENTS = st.builds(
    Statement,
    archive=st.uuids().map(str),
    line=_TEXT,
    number=st.integers(1, 10**9 - 1),
    date=st.dates().map(lambda day: day.isoformat()),
    content_root=st.binary(min_size=32, max_size=32).map(bytes.hex),
    format=st.integers(20, 99),
    readable_from=st.integers(1, 20),
    counts=st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True), st.integers(0, 10**14)).map(
        lambda counts: tuple(sorted(counts.items()))
    ),
    slim=st.booleans(),
    publisher=_TEXT,
)


@given(_STATEMENTS)
def test_a_statement_comes_back_from_both_places(said: Statement) -> None:
    info, comment = statement.to_info(said), statement.to_comment(said)
    assert statement.from_info(info) == said
    assert statement.from_comment(comment) == said
    assert statement.agreed(info, comment) == said
    assert minisign.parse_signature(minisign.sign(b"", SECRET, comment)).trusted_comment == comment


def test_the_comment_can_be_read_by_people() -> None:
    assert statement.to_comment(STATEMENT).split("\t") == [
        "tamarisk release",
        "archive:7a1f5e0c-3d3b-4b57-9a5e-0d4f3c1b2a69",
        "line:partners",
        "number:3",
        "date:2026-11-28",
        "content-root:" + "ab" * 32,
        "format:11",
        "readable-from:9",
        "counts:cases=2 documents=5",
        "slim:no",
        "publisher:人权 desk: Genève",
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"archive": "x"},
        {"archive": "7A1F5E0C-3D3B-4B57-9A5E-0D4F3C1B2A69"},
        {"line": ""},
        {"line": "two\tparts"},
        {"number": 0},
        {"number": 10**9},
        {"date": "2026-11-31"},
        {"date": "20261128"},
        {"content_root": "ab"},
        {"format": 0},
        {"readable_from": 12},
        {"counts": (("documents", 5), ("cases", 2))},
        {"counts": (("cases", -1),)},
        {"counts": (("Cases", 1),)},
        {"publisher": "a\nb"},
        {"publisher": " a"},
        {"publisher": "x" * 201},
    ],
)
def test_what_no_release_can_say_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue) as caught:
        replace(STATEMENT, **changed)
    assert caught.value.facts["field"] == next(iter(changed))


@pytest.mark.parametrize("name", statement._LABELS)
def test_both_places_must_agree_in_every_part(name: str) -> None:
    other = Statement(
        "00000000-0000-0000-0000-000000000000", "all", 4, "2026-11-29", "cd" * 32, 12, 8, (), True, "somebody"
    )
    mixed = {**statement.to_info(STATEMENT), statement._LABELS[name]: statement.to_info(other)[statement._LABELS[name]]}
    with pytest.raises(NotARelease):
        statement.agreed(mixed, statement.to_comment(STATEMENT))
    parts = statement.to_comment(STATEMENT).split("\t")
    missing = [part for part in parts if not part.startswith(name + ":")]
    assert len(missing) == len(parts) - 1
    with pytest.raises(NotARelease):
        statement.from_comment("\t".join(missing))


def test_a_later_program_may_say_more_and_nobody_may_say_a_thing_twice() -> None:
    comment = statement.to_comment(STATEMENT)
    assert statement.from_comment(comment + "\tnew:thing") == STATEMENT
    for wrong in (
        comment + "\tnumber:3",
        comment.replace("tamarisk release", "tamarisk update"),
        comment + "\tnew:1\tnew:2",
    ):
        with pytest.raises(NotARelease):
            statement.from_comment(wrong)


_HOSTILE = st.one_of(
    st.text(),
    st.dictionaries(
        st.sampled_from(list(statement._LABELS)),
        st.text(max_size=20) | st.sampled_from(["1", "yes", "²", "१", "9" * 40]),
    ).map(lambda parts: "\t".join(["tamarisk release", *(f"{name}:{value}" for name, value in parts.items())])),
    st.tuples(st.sampled_from(list(statement._LABELS)), st.text()).map(
        lambda change: "\t".join(
            f"{change[0]}:{change[1]}" if part.startswith(change[0] + ":") else part
            for part in statement.to_comment(STATEMENT).split("\t")
        )
    ),
)


@given(_HOSTILE)
def test_any_comment_is_a_statement_or_refused(comment: str) -> None:
    try:
        said = statement.from_comment(comment)
    except NotARelease:
        return
    assert statement.from_comment(statement.to_comment(said)) == said


@given(st.dictionaries(st.sampled_from(list(statement._LABELS.values())), st.text(max_size=40)))
def test_any_bag_info_is_a_statement_or_refused(info: dict[str, str]) -> None:
    whole = {**statement.to_info(STATEMENT), **info}
    try:
        said = statement.from_info(whole)
    except NotARelease:
        return
    assert statement.from_info(statement.to_info(said)) == said


def test_a_sealed_release_says_the_same_twice_and_holds_the_key(made: Made) -> None:
    read = bag.read(made.folder)
    text = (made.folder / bag.SIGNATURE).read_text(encoding="utf-8")
    comment = minisign.verify(made.folder / bag.TAGMANIFEST, text, SECRET.public)
    assert statement.agreed(read.info, comment) == STATEMENT
    assert minisign.parse_public(read.info[seal.KEY]) == SECRET.public


def test_what_cannot_be_sealed_has_no_signature(made: Made, tmp_path: Path) -> None:
    folder = fill(tmp_path / "r")
    with pytest.raises(InvalidValue):
        seal.seal(folder, STATEMENT, SECRET, more={"no label": "x"})
    assert not (folder / bag.SIGNATURE).exists()
    seal.seal(folder, STATEMENT, SECRET, more={"Bag-Software-Agent": "tamarisk 0.1"})
    assert bag.read(folder).info["Bag-Software-Agent"] == "tamarisk 0.1"
    assert (folder / bag.SIGNATURE).exists()
