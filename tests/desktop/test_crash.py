"""Bugs are shown, once at a time, and nothing of them is stored."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.crash import CrashDialog, CrashReporter


@pytest.fixture
def reporter(qapp: QApplication) -> Iterator[CrashReporter]:
    kept = sys.excepthook, threading.excepthook
    reporter = CrashReporter()
    reporter.install()
    yield reporter
    sys.excepthook, threading.excepthook = kept


def shown() -> list[CrashDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]


def test_a_bug_in_any_thread_is_shown_and_the_program_goes_on(
    reporter: CrashReporter, qtbot: QtBot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug() -> None:
        raise ZeroDivisionError("in a thread")

    thread = threading.Thread(target=bug)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(shown()) == 1)
    (dialog,) = shown()
    assert "ZeroDivisionError: in a thread" in dialog.text.toPlainText()
    try:
        raise ValueError("and another")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        QApplication.processEvents()
    assert capsys.readouterr().err == ""  # no terminal: a log on the disk would keep it
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    reporter.show(ValueError("at a terminal"))
    assert "at a terminal" in capsys.readouterr().err
    assert len(shown()) == 1
    dialog.copy_button.click()
    assert "in a thread" in QApplication.clipboard().text()
    dialog.accept()
    assert not shown()
