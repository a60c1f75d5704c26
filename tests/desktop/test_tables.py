"""Tables in dialogs: sorted and narrowed as wished, copied and saved as listed, and harmless to a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.tables import Line, TableDialog

LINES = [
    Line(("b.txt", "No text", "empty")),
    Line(("=1+1.csv", "Not kept", "damaged"), "record-of-b"),
    Line(("a\u202etxt.exe", "No text (a)", "empty")),
]


@pytest.fixture
def saved() -> list[tuple[str, bytes]]:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, saved: list[tuple[str, bytes]]) -> Iterator[TableDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = TableDialog(
        parent,
        "Report",
        "3 files given.",
        ("File", "Outcome", "Why"),
        LINES,
        by=1,
        save=lambda name, content: saved.append((name, content)),
    )
    dialog.show()
    yield dialog
    parent.close()  # until then it lives, and its dialog with it


def names(dialog: TableDialog) -> list[str]:
    return [line.cells[0] for line in dialog.listed()]


def test_rows_stand_as_given_until_a_column_sorts_them(dialog: TableDialog) -> None:
    assert names(dialog) == ["b.txt", "=1+1.csv", "a\ufffdtxt.exe"]
    dialog.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert names(dialog) == ["=1+1.csv", "a\ufffdtxt.exe", "b.txt"]


def test_one_outcome_is_listed_alone(dialog: TableDialog) -> None:
    offered = [dialog.choice.itemText(place) for place in range(dialog.choice.count())]
    assert offered == ["Everything (3)", "No text (1)", "No text (a) (1)", "Not kept (1)"]
    dialog.choice.setCurrentIndex(2)
    assert names(dialog) == ["a\ufffdtxt.exe"]
    dialog.choice.setCurrentIndex(1)
    assert names(dialog) == ["b.txt"]
    dialog.choice.setCurrentIndex(0)
    assert len(names(dialog)) == 3


def test_a_row_leads_to_its_record_wherever_it_stands(dialog: TableDialog, qtbot: QtBot) -> None:
    dialog.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    with qtbot.waitSignal(dialog.record_wanted) as signal:
        dialog.table.activated.emit(dialog.table.model().index(0, 0))
    assert signal.args == ["record-of-b"]


def test_what_is_listed_is_copied_and_saved_and_no_name_becomes_a_formula(
    dialog: TableDialog, saved: list[tuple[str, bytes]]
) -> None:
    dialog.choice.setCurrentIndex(3)
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == "File\tOutcome\tWhy\n'=1+1.csv\tNot kept\tdamaged\n"
    dialog.save_button.click()
    ((name, content),) = saved
    assert name == "Report.csv"
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["3 files given."], [], ["File", "Outcome", "Why"], ["'=1+1.csv", "Not kept", "damaged"]]
