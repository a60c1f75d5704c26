"""Figures are compared only where they count the same."""

from __future__ import annotations

from archive.cases import facts, figures
from archive.cases.figures import Figure
from archive.cases.records import Kind, Stance, Subject
from archive.container import Archive
from tests.archive.cases.conftest import Make, Say


def read(archive: Archive, *subjects: Subject) -> list[Figure]:
    return [Figure(one, facts.of_subject(archive.db, one)) for one in subjects]


def test_only_what_counts_the_same_stands_together(archive: Archive, make: Make) -> None:
    same = {"counts": "returns", "unit_counted": "persons", "period": "2014/.."}
    nearly = make(Kind.FIGURE, value="nearly 10000", **same)
    over = make(Kind.FIGURE, value="over 10000", **same)
    forced = make(Kind.FIGURE, value="nearly 10000", **{**same, "counts": "returns-forced"})
    unknown = [make(Kind.FIGURE, value="7") for _ in range(2)]
    found = figures.compare(archive.db, read(archive, nearly, over, forced, *unknown))
    assert [[one.subject.id for one in group.figures] for group in found] == [
        [nearly.id, over.id],
        [forced.id],
        [unknown[0].id],
        [unknown[1].id],
    ]
    assert [len(group.opposed) for group in found] == [2, 0, 0, 0]
    assert figures.differences(*read(archive, nearly, forced)) == ("counts",)
    assert figures.ends(found[0].figures[0]) == ("2014-01-01", "9999-12-31")


def test_a_denied_value_opposes_none(archive: Archive, make: Make, say: Say) -> None:
    figure = make(Kind.FIGURE, counts="returns", value="80")
    say(figure, ("value", "62"), stance=Stance.DENIES)
    (group,) = figures.compare(archive.db, read(archive, figure))
    assert not group.opposed
