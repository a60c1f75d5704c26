"""Two persons stand side by side, are made one for a reason and taken apart again; or they are held for two."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.cases.lines import Shape
from desktop.casework import Casework
from desktop.review.choosing import ChooseDialog
from desktop.review.merging import AGREE, MergeDialog
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.review.conftest import change, dialog, press, shown_after


def open_person(qtbot: QtBot, screen: ArchiveScreen, person: str) -> None:
    shown_after(qtbot, screen, lambda: screen.going.open_subject(person))


def compared(qtbot: QtBot, screen: ArchiveScreen, pair: tuple[str, str]) -> MergeDialog:
    """The view of both persons, by keys from the page of the first."""
    open_person(qtbot, screen, pair[0])
    press(qtbot, screen, Qt.Key.Key_M)
    asked = dialog(qtbot, ChooseDialog)
    qtbot.waitUntil(lambda: asked.choices.list.count() > 0)
    first = asked.choices.list.item(0).text()
    assert "Test Person" in first
    assert "Born" in first
    qtbot.keyClicks(asked.choices.line, "test per")
    qtbot.keyClick(asked.choices.line, Qt.Key.Key_Return)
    return dialog(qtbot, MergeDialog)


def rows(asked: MergeDialog) -> list[list[str]]:
    table = asked.table
    cells = [[table.item(row, column) for column in range(4)] for row in range(table.rowCount())]
    return [[cell.text().split("\n")[0] if cell else "" for cell in row] for row in cells]


def is_merged(screen: ArchiveScreen, pair: tuple[str, str]) -> bool:
    found: list[bool] = []
    change(screen, lambda cases: found.append(bool(cases.merges(pair[1]))))
    return found[0]


def test_persons_are_compared_merged_and_taken_apart(
    pair: tuple[str, str], screen: ArchiveScreen, qtbot: QtBot
) -> None:
    asked = compared(qtbot, screen, pair)
    told = rows(asked)
    assert [row[1] == row[3] for row in told if row[2] == AGREE] == [True, True]
    assert next(row for row in told if row[2] != AGREE)[1] == ""
    assert all("\n" in asked.table.item(row, 3).text() for row in range(len(told)))  # the documents
    asked.submit()
    assert "reason" in asked.said.text()
    asked.reason.setText("the same passport")
    asked.kept.button(1).setChecked(True)
    with qtbot.waitSignal(screen.review.changed):
        asked.submit()
    assert is_merged(screen, pair)
    qtbot.waitUntil(lambda: screen.cases.record == pair[1])
    view = screen.case_view.page
    qtbot.waitUntil(lambda: view.lines()[-1].shape is Shape.FOLD)
    view.go_to_line(len(view.lines()) - 1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "the same passport" in view.lines()[-1].text
    shown_after(qtbot, screen, lambda: press(qtbot, screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert not is_merged(screen, pair)


def test_a_merge_is_undone_from_the_page_long_after(pair: tuple[str, str], screen: ArchiveScreen, qtbot: QtBot) -> None:
    change(screen, lambda cases: cases.merge(pair[1], pair[0], "the same passport"))
    open_person(qtbot, screen, pair[1])
    view = screen.case_view.page
    view.go_to_line(len(view.lines()) - 1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    shown_after(qtbot, screen, lambda: press(qtbot, screen, Qt.Key.Key_X))
    assert not is_merged(screen, pair)


def test_persons_are_held_for_two(pair: tuple[str, str], screen: ArchiveScreen, qtbot: QtBot) -> None:
    asked = compared(qtbot, screen, pair)
    asked.reason.setText("different parents")
    with qtbot.waitSignal(screen.review.changed):
        asked.apart_button.click()
    seen: list[bool] = []

    def look(cases: Casework) -> None:
        seen.append(cases.are_apart(*pair))

    change(screen, look)
    with qtbot.waitSignal(screen.entry.undone):
        press(qtbot, screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    change(screen, look)
    assert seen == [True, False]


def test_what_is_held_for_two_cannot_be_merged_here(pair: tuple[str, str], screen: ArchiveScreen, qtbot: QtBot) -> None:
    change(screen, lambda cases: cases.keep_apart(*pair, "different parents"))
    screen.review.persons.compare(*pair)
    asked = dialog(qtbot, MergeDialog)
    assert not asked.go_on.isEnabled()
    asked.reject()


def test_agreeing_values_stand_on_one_line(pair: tuple[str, str], screen: ArchiveScreen) -> None:
    from desktop.review.comparing import compare

    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        comparison = compare(workspace, *pair)
    assert [(row.field, row.agree) for row in comparison.rows] == [
        ("Name", True),
        ("Born", True),
        ("Citizenship", False),
    ]
