"""Details: what is too much to be shown at once is counted, and all of it can be seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from archive.corrections import Correction
from archive.custody import Entry
from archive.records import Confidentiality, Document, Kin, Metadata, Name, Relation, Verdict
from desktop.documents import Details
from desktop.read.details import AT_MOST, DetailsView
from desktop.review.hanging import Hanging
from desktop.tables import TableDialog

MANY = AT_MOST + 30
AT = "2026-01-02T03:04:05Z"


@pytest.fixture
def view(qtbot: QtBot) -> DetailsView:
    document = Document(
        "id", 1, "0" * 64, Metadata(title="A\u202eB"), "", "", Confidentiality.PUBLIC, AT, "text/plain", 1,
        1, "x", Verdict.GOOD, "", 0, 0,
    )  # fmt: skip
    details = Details(
        document,
        tuple(Name(f"name-{n}.txt", None, AT) for n in range(MANY)),
        (),
        tuple(Kin(f"child-{n}", f"Title {n}", Relation.MEMBER, f"{n}.txt") for n in range(MANY)),
        tuple(Correction("title", f"old-{n}", f"new-{n}", AT, "desk") for n in range(MANY)),
        tuple(Entry(n, AT, "desk", "corrected", "id", {"title": f"new-{n}"}, "h") for n in range(MANY)),
    )
    view = DetailsView()
    qtbot.addWidget(view)
    view.show_details(details, Hanging(), writable=True)
    view.show()
    return view


def ways_to_all(view: DetailsView) -> list[QPushButton]:
    return [button for button in view.findChildren(QPushButton) if "show all" in button.text()]


def test_every_long_list_says_how_many_more_there_are(view: DetailsView) -> None:
    assert [button.text() for button in ways_to_all(view)] == [f"and 30 more: show all {MANY}"] * 4
    assert "new-199" in view.words()
    assert "new-200" not in view.words()


@pytest.mark.parametrize(("which", "last"), [(0, "name-229.txt"), (1, "Title 229"), (2, "new-229"), (3, "new-229")])
def test_all_of_a_long_list_can_be_seen(view: DetailsView, which: int, last: str) -> None:
    ways_to_all(view)[which].click()
    (dialog,) = view.findChildren(TableDialog)
    lines = dialog.listed()
    dialog.close()
    assert len(lines) == MANY
    assert any(last in cell for cell in lines[-1].cells)


def test_a_title_turns_nothing_round(view: DetailsView) -> None:
    assert "A\ufffdB" in view.words()
    assert "\u202e" not in view.words()
