"""Words from outside in questions and reports: shown as they are, with no picture of theirs loaded."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from archive.notebook.watching import Watched
from desktop.forms import say, sure
from desktop.notebook.editor import ask_delete
from desktop.notebook.searches import SearchList
from desktop.release.update_controller import UpdateChanges
from desktop.status import StatusLine

HOSTILE = 'a <img src="//elsewhere/share/x.png"> b'


def is_plain(box: QMessageBox) -> bool:
    said = [label for label in box.findChildren(QLabel) if label.text()]
    return bool(said) and all(label.textFormat() is Qt.TextFormat.PlainText for label in said)


def test_a_question_quotes_a_passage_as_it_is(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = ask_delete(parent, HOSTILE, lambda: None)
    assert is_plain(box)
    box.reject()


def test_a_report_tells_names_as_they_are(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = say(parent, "Title", HOSTILE, HOSTILE)
    assert box.isVisible()
    assert is_plain(box)
    box.close()


def test_what_was_told_last_can_be_read_in_full_in_a_narrow_window(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.tell(HOSTILE)
    assert "elsewhere/share" in line.telling.toolTip()
    assert "<img" not in line.telling.toolTip()
    line.tell("")
    assert not line.telling.toolTip()


def test_a_warning_names_records_as_they_are(qtbot: QtBot) -> None:
    parent, seen = QWidget(), []
    qtbot.addWidget(parent)

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(is_plain(box))
        box.reject()

    QTimer.singleShot(0, look)
    assert not sure(parent, HOSTILE, HOSTILE, "Go on", "Stop")
    assert seen == [True]


def test_what_an_update_changed_is_told_as_it_is(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert is_plain(UpdateChanges(parent, None))


def test_a_search_that_a_colleague_handed_over_is_shown_as_it_is(qtbot: QtBot) -> None:
    listed = SearchList()
    qtbot.addWidget(listed)
    listed.show_searches((Watched("one", HOSTILE, HOSTILE, (), "relevance", "", "2026-01-02T03:04:05Z"),), {})
    assert "<img" not in listed.list.item(0).toolTip()
