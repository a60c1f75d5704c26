"""Copies of the overview: what is confidential stays out of values and pictures unless it is chosen."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from archive.records import Confidentiality
from desktop.overview.copying import CopyDialog
from desktop.session import Session
from desktop.unlocked import unlocked
from desktop.workspace import Workspace
from tests.desktop.overview.conftest import PEOPLE, Seen, _opened

Show = Callable[..., None]


@pytest.fixture
def at_risk(
    recorded: tuple[Path, ArchiveKey, dict[str, str]],
    tmp_path: Path,
    bugs: list[BaseException],
    qapp: QApplication,
    qtbot: QtBot,
    show: Show,
) -> Iterator[Seen]:
    """The overview of an archive in which one case, and the person whom another concerns, are confidential."""
    path, key, made = recorded
    copy = tmp_path / path.name
    shutil.copytree(path, copy)
    with Workspace(copy, key, write=True) as workspace:
        for handle in ("case of Person A", "person 1"):
            workspace.cases.protect(made[handle], Confidentiality.CONFIDENTIAL)
        workspace.catch_up()
    for seen in _opened(Session(unlocked(copy, key), bugs.append), made, qtbot):
        show(seen)
        yield seen


def dialog(qtbot: QtBot) -> CopyDialog:
    """The question, once it is put."""

    def put() -> list[CopyDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, CopyDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(put()))
    return put()[0]


def rows(copy: tuple[str, bytes]) -> list[list[str]]:
    """What a CSV file tells, without its headings."""
    return list(csv.reader(io.StringIO(copy[1].decode("utf-8-sig"))))[1:]


def copied(seen: Seen, qtbot: QtBot, *, take: bool, picture: bool = False) -> tuple[str, bytes]:
    """What is saved when the question is answered with the keyboard."""
    (seen.view.picture_wanted if picture else seen.view.values_wanted).emit()
    question = dialog(qtbot)
    if take:
        QTest.keyClick(question.confidential, Qt.Key.Key_Space)
    QTest.keyClick(question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen.warned))
    assert not question.isVisible()
    assert not seen.saved  # that it is unprotected was said here already
    return seen.warned.pop()


def test_the_table_leaves_out_cases_with_what_is_confidential(at_risk: Seen, qtbot: QtBot) -> None:
    at_risk.view.values_wanted.emit()
    question = dialog(qtbot)
    words = " ".join(label.text() for label in question.findChildren(type(question.warning)))
    assert "2 of these 5 cases are confidential" in words
    assert "tells of 3 cases with nothing confidential" in question.warning.text()
    question.reject()
    assert not at_risk.saved + at_risk.warned
    assert {row[0] for row in rows(copied(at_risk, qtbot, take=False))} == {*PEOPLE[2:], "'=1+1 (group)"}
    assert {row[0] for row in rows(copied(at_risk, qtbot, take=True))} == {*PEOPLE, "'=1+1 (group)"}


def test_countries_and_years_are_counted_without_them(at_risk: Seen, qtbot: QtBot) -> None:
    at_risk.view._choose("map")
    countries = rows(copied(at_risk, qtbot, take=False))
    assert not any("TH" in row or "CN" in row for row in countries)
    assert ["Host country or territory", "SG", "Singapore", "1"] in countries
    at_risk.view._choose("timeline")
    assert rows(copied(at_risk, qtbot, take=False)) == [["2015", "1", "1"], ["not recorded", "2", "0"]]
    assert rows(copied(at_risk, qtbot, take=True))[0] == ["2010", "1", "1"]


@pytest.mark.parametrize("mode", ["table", "map", "timeline"])
def test_pictures_show_them_only_where_they_were_chosen(at_risk: Seen, qtbot: QtBot, mode: str) -> None:
    at_risk.view._choose(mode)
    without, whole = (QImage.fromData(copied(at_risk, qtbot, take=take, picture=True)[1]) for take in (False, True))
    assert without.size() == whole.size()
    assert without != whole


def test_nothing_confidential_is_asked_about(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    overview.view.picture_wanted.emit()
    qtbot.waitUntil(lambda: bool(overview.saved))
    image = QImage.fromData(overview.saved[0][1], "PNG")
    table = overview.view.table
    assert (image.width(), image.height()) == (table.horizontalHeader().length() * 2, table.height() * 2)
    assert not overview.warned
