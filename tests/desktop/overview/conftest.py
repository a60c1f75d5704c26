"""A real archive with a few cases of nobody, and the overview of it as the window holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive import container
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from archive.keys import ArchiveKey
from desktop.overview.controller import OverviewController
from desktop.overview.view import OverviewView
from desktop.session import Session
from desktop.unlocked import unlocked
from desktop.workspace import Workspace
from index.answers import Filter, Query

PEOPLE = ("Person A", "人物乙", "شەخس ج", "Person D")
DRAFTS = (
    *(Draft(f"person {at}", Kind.PERSON) for at in range(len(PEOPLE))),
    *(Draft(f"case of {name}", Kind.CASE) for name in PEOPLE),
    Draft("group", Kind.CASE),
    Draft("flight", Kind.EVENT, "case of Person A"),
    Draft("return", Kind.EVENT, "case of Person A"),
    Draft("arrest", Kind.EVENT, "case of 人物乙"),
    Draft("handover", Kind.EVENT, "group"),
)
ENTRIES = (
    *(Entry(f"person {at}", "name", name) for at, name in enumerate(PEOPLE)),
    *(Entry(f"case of {name}", "person-concerned", f"person {at}") for at, name in enumerate(PEOPLE)),
    Entry("case of Person A", "outcome", "sentenced", as_of="2018-07"),
    Entry("flight", "event-type", "departure"),
    Entry("flight", "date", "2014"),
    Entry("flight", "origin", "CN"),
    Entry("return", "event-type", "transfer"),
    Entry("return", "date", "2015-11-13"),
    Entry("return", "host", "TH"),
    Entry("arrest", "event-type", "detention"),
    Entry("arrest", "date", "2010-02"),
    Entry("arrest", "host", "TH"),
    Entry("case of شەخس ج", "host", "SG"),
    Entry("case of شەخس ج", "outcome", "released"),
    Entry("group", "unit", "a group"),
    Entry("group", "name", "=1+1"),
    Entry("handover", "event-type", "group-transfer"),
    Entry("handover", "date", "2015-07"),
    Entry("handover", "host", "LA"),
)


@dataclass
class Seen:
    """The overview, with what it asked of the window."""

    view: OverviewView
    controller: OverviewController
    made: dict[str, str]
    records: list[str] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    saved: list[tuple[str, bytes]] = field(default_factory=list)
    warned: list[tuple[str, bytes]] = field(default_factory=list)
    left: list[bool] = field(default_factory=list)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ArchiveKey, dict[str, str]]:
    """An archive with cases in it, and their UUIDs by handle."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / "page.txt").write_text("A page that says all of this about nobody.\n")
    path = folder / "Cases.tamarisk"
    key = container.create(path)
    with Workspace(path, key, write=True) as workspace:
        workspace.import_([folder / "page.txt"])
        workspace.catch_up()
        document = workspace.search(Query("")).hits[0].id
        made = workspace.cases.record(Citation(document, 1, 0, 20), DRAFTS, ENTRIES).made
        workspace.catch_up()
    return path, key, made


@pytest.fixture
def overview(
    recorded: tuple[Path, ArchiveKey, dict[str, str]], bugs: list[BaseException], qapp: QApplication, qtbot: QtBot
) -> Iterator[Seen]:
    """The overview of that archive, nothing asked yet."""
    path, key, made = recorded
    session = Session(unlocked(path, key), bugs.append)
    yield from _opened(session, made, qtbot)


@pytest.fixture
def without_cases(
    made: tuple[Path, ArchiveKey], bugs: list[BaseException], qapp: QApplication, qtbot: QtBot
) -> Iterator[Seen]:
    """The overview of an archive of documents alone."""
    yield from _opened(Session(unlocked(*made), bugs.append), {}, qtbot)


def _opened(session: Session, made: dict[str, str], qtbot: QtBot) -> Iterator[Seen]:
    view = OverviewView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    saved: list[tuple[str, bytes]] = []
    warned: list[tuple[str, bytes]] = []
    controller = OverviewController(
        session, view, lambda *copy: saved.append(copy[:2]), lambda *copy: warned.append(copy[:2])
    )
    seen = Seen(view, controller, made, saved=saved, warned=warned)
    controller.record_wanted.connect(seen.records.append)
    controller.filter_wanted.connect(seen.filters.append)
    controller.left.connect(lambda: seen.left.append(True))
    controller.failed.connect(lambda error: pytest.fail(str(error)))
    yield seen
    session.close()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., None]:
    """Shows the cases of a query and waits until they are there."""

    def shown(seen: Seen, text: str = "", *filters: Filter) -> None:
        with qtbot.waitSignal(seen.controller.shown):
            seen.controller.show(Query(text, filters))

    return shown
