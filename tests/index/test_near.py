"""Documents nearly the same: which are, that they fold under one another and are never lost, whatever changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import corrections
from archive.connect import writing
from archive.records import Metadata
from index import near, schema, sketches
from index.answers import Filter, Query, Sort
from tests.index.conftest import Desk

SYLLABLES = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u")]
HAN = [chr(code) for code in range(0x4E00, 0x5600)]


def story(seed: int, words: int = 150) -> list[str]:
    """Made-up words that no other seed has in this order."""
    draw = random.Random(seed)
    return ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(words)]


def edited(words: list[str], share: float, seed: int = 0) -> str:
    draw = random.Random(f"{seed} {share}")
    return " ".join("".join(draw.choices(SYLLABLES, k=3)) if draw.random() < share else word for word in words)


def han(seed: int, length: int = 400) -> str:
    return "".join(random.Random(seed).choices(HAN, k=length))


def listed(desk: Desk, text: str, *filters: Filter, limit: int = 100, offset: int = 0) -> list[str]:
    desk.index.update()
    query = Query(text, filters, limit=limit, offset=offset, widen="none", fold=True)
    return [hit.id for hit in desk.index.searcher().first(query).hits]


def under(desk: Desk, text: str, *filters: Filter) -> dict[str, set[str]]:
    """What stands under each hit, once for sure: the counts say the same."""
    desk.index.update()
    searcher, query = desk.index.searcher(), Query(text, filters, limit=100, widen="none", fold=True)
    hits = searcher.first(query).hits
    found = {hit.id: {one.id for one in searcher.unfolded(query, hit).near} for hit in hits}
    assert {one.record: one.near for one in searcher.beneath(query, hits) if one.near} == {
        record: len(others) for record, others in found.items() if others
    }
    totals = searcher.totals(query, ())
    assert totals.listed == len(hits)
    assert totals.total == len(hits) + sum(map(len, found.values()))
    return {record: others for record, others in found.items() if others}


def groups(desk: Desk) -> set[frozenset[str]]:
    """The groups in the index, as sets of ids."""
    desk.index.update()
    found: dict[int, set[str]] = {}
    for identity, leader in desk.index._db.conn.execute(
        "SELECT hex(d.id), n.leader FROM near AS n JOIN document AS d ON d.number = n.document"
    ):
        found.setdefault(leader, set()).add(identity.lower())
    assert all(len(group) > 1 for group in found.values())
    return {frozenset(group) for group in found.values()}


def bare(*identities: str) -> frozenset[str]:
    return frozenset(identity.replace("-", "") for identity in identities)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.03, 0.05])
def test_edited_texts_are_nearly_the_same_and_others_are_not(share: float) -> None:
    texts = [" ".join(story(seed)) for seed in range(40)] + [han(seed) for seed in range(20)]
    changed = [edited(story(seed), share, seed) for seed in range(40)]
    for seed in range(20):
        letters, draw = list(han(seed)), random.Random(seed)
        for at in draw.sample(range(len(letters)), int(share * len(letters))):
            letters[at] = draw.choice(HAN)
        changed.append("".join(letters))
    every = sketches.of(texts + changed)
    pairs = {tuple(pair) for pair in near._by_bands(every, lambda: None).tolist()}
    plain = [(sketches.plain(one), sketches.plain(other)) for one, other in zip(texts, changed, strict=True)]
    assert sum((at, at + 60) in pairs and near.same(*both) for at, both in enumerate(plain)) >= 58
    assert not [(a, b) for a, b in pairs if b != a + 60]


def test_blanks_case_and_signs_do_not_matter_to_sameness() -> None:
    words = story(1)
    one, other = " ".join(words), "\r\n".join(words).upper().replace("A", "a") + "."
    assert near.same(sketches.plain(one), sketches.plain(other))


def test_a_sketch_is_the_same_whatever_is_sketched_beside_it() -> None:
    texts = [" ".join(story(seed, 20 * seed)) for seed in range(1, 60)]
    together = sketches.of(texts)
    assert all((sketches.of([text])[0] == together[at]).all() for at, text in enumerate(texts))
    assert not sketches.of([""]).any()
    assert not sketches.of(["A heading"]).any()


def test_short_texts_are_the_same_only_where_they_are_equal(desk: Desk) -> None:
    words = story(1, 20)
    one, two = (desk.add("gull " + " ".join(words)) for _ in range(2))
    desk.add("gull " + " ".join([*words[:-1], "otherwise"]))
    desk.add("gull")
    desk.add("gull")
    assert groups(desk) == {bare(one, two)}


def test_the_others_fold_under_the_best_and_nothing_is_lost(desk: Desk) -> None:
    stories = {n: [desk.add(f"gull {edited(story(n), 0.02, at)}") for at in range(n)] for n in (1, 2, 4)}
    found = under(desk, "gull")
    assert {frozenset({record, *others}) for record, others in found.items()} == {
        frozenset(stories[2]), frozenset(stories[4])
    }  # fmt: skip
    assert len(listed(desk, "gull")) == 3
    assert set(desk.found("gull")) == {one for several in stories.values() for one in several}
    everything = listed(desk, "")
    assert len(everything) == 3


def test_one_that_passes_a_filter_is_listed_where_the_first_of_its_group_does_not(desk: Desk) -> None:
    text = " ".join(story(1))
    french, english, other = (desk.add(f"gull {text}", language=language) for language in ("fr", "en", "en"))
    desk.index.update()
    wanted = Filter("language", "en")
    (hit,) = listed(desk, "gull", wanted)
    assert hit in (english, other)
    assert under(desk, "gull", wanted) == {hit: {english, other} - {hit}}
    assert listed(desk, "gull", Filter("language", "fr")) == [french]


def test_what_differs_and_is_sought_is_found_for_itself(desk: Desk) -> None:
    text = " ".join(story(1))
    one = desk.add(f"{text} heron")
    desk.add(f"{text} gull")
    assert len(listed(desk, text.split()[3])) == 1
    assert listed(desk, "heron") == [one]
    assert not under(desk, "heron")


@settings(max_examples=20)
@given(
    sizes=st.lists(st.integers(1, 5), min_size=1, max_size=8),
    limit=st.integers(1, 7),
    sort=st.sampled_from(["relevance", "newest"]),
)
def test_pages_hold_each_record_once_and_all_together_with_what_is_folded(
    make_desk: Callable[[], Desk], sizes: list[int], limit: int, sort: Sort
) -> None:
    desk = make_desk()
    kept = []
    for number, size in enumerate(sizes):
        texts = ("gull " * (1 + at % 3) + edited(story(number), 0.01, at) for at in range(size))
        kept.append({desk.add(text, published=f"20{10 + at}") for at, text in enumerate(texts)})
    desk.index.update()
    searcher = desk.index.searcher()
    asked = Query("gull", sort=sort, limit=limit, widen="none", fold=True)
    pages = []
    while page := searcher.first(replace(asked, offset=limit * len(pages))).hits:
        pages.append(page)
    hits = [hit for page in pages for hit in page]
    every = [hit.id for hit in hits] + [one.id for hit in hits for one in searcher.unfolded(asked, hit).near]
    assert len(every) == len(set(every))
    assert set(every) == set().union(*kept)
    assert len(hits) == searcher.totals(asked, ()).listed
    searcher.forget()  # pages do not depend on the ones before
    assert [hit.id for hit in searcher.first(replace(asked, offset=limit)).hits] == [
        hit.id for hit in hits[limit:][:limit]
    ]


def test_groups_follow_what_is_added_changed_and_removed(desk: Desk) -> None:
    words = story(1)
    first, second = desk.add(edited(words, 0)), desk.add(edited(words, 0.02))
    other = desk.add(" ".join(story(2)))
    assert groups(desk) == {bare(first, second)}
    third = desk.add(edited(words, 0.03))
    assert groups(desk) == {bare(first, second, third)}
    _remove(desk, first)  # the one that the group began with
    assert groups(desk) == {bare(second, third)}
    _remove(desk, third)
    assert groups(desk) == set()
    fourth = desk.add(edited(story(2), 0.02))
    assert groups(desk) == {bare(other, fourth)}
    before = groups(desk)
    desk.index.rebuild()
    assert groups(desk) == before


def test_a_correction_of_what_is_recorded_leaves_the_groups_as_they_are(desk: Desk) -> None:
    one, two = (desk.add(" ".join(story(1))) for _ in range(2))
    before = groups(desk)
    assert before == {bare(one, two)}
    _correct(desk, one, Metadata(title="Another title"))
    desk.index.update()
    assert not near.are_outdated(desk.index._db)
    assert groups(desk) == before


def test_many_at_once_are_grouped_like_one_by_one(
    make_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [edited(story(number), share, number) for number in range(12) for share in (0, 0.01, 0.04)]
    whole, by_one = make_desk(), make_desk()
    together = [whole.add(text) for text in texts]
    apart = []
    for at, text in enumerate(texts):
        if at == 20:
            monkeypatch.setattr(near, "FEW", 0)  # the rest by bands
        apart.append(by_one.add(text))
        if at % 5 == 0:
            by_one.index.update()
    named = {one.replace("-", ""): at % len(texts) for at, one in enumerate(together + apart)}
    expected = {frozenset(named[one] for one in group) for group in groups(whole)}
    assert expected == {frozenset((at, at + 1, at + 2)) for at in range(0, 36, 3)}
    assert {frozenset(named[one] for one in group) for group in groups(by_one)} == expected


def test_only_documents_have_sketches(desk: Desk) -> None:
    desk.add(" ".join(story(1)))
    desk.index.update()
    every = near.load(desk.index._db)
    assert np.count_nonzero(every.any(axis=1)) == 1
    assert schema.read(desk.index._db, "grouped") == "1"


def _remove(desk: Desk, identity: str) -> None:
    document = desk.document(identity)
    with writing(desk.archive.db):
        conn = desk.archive.db.conn
        for table in ("text_row", "text_version", "document_name"):
            conn.execute(f"DELETE FROM {table} WHERE document = ?", (document.row,))
        conn.execute("DELETE FROM document WHERE row = ?", (document.row,))


def _correct(desk: Desk, identity: str, metadata: Metadata) -> None:
    corrections.correct(desk.archive.db, desk.document(identity), metadata, who="desk")
