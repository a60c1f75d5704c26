"""More like this, from the keyboard: of a document, of the passage selected, and where nothing is read."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from tests.desktop.notebook.conftest import select


def like(window: MainWindow, qtbot: QtBot) -> str:
    """Ask for more like this, and give the query it became."""
    screen = window.archive
    assert screen is not None
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: bool(query.text)):
        window.commands["similar"].trigger()
    return screen.finding.query.text


def read(screen: ArchiveScreen, qtbot: QtBot, title: str) -> str:
    hits = screen.results.hits
    record = next(hit.id for n in range(hits.rowCount()) if (hit := hits.hit(n)) and hit.title.text == title)
    with qtbot.waitSignal(screen.reading.opened):
        screen.going.open_record(record)
    qtbot.waitUntil(lambda: bool(screen.pane.text.whole_text()))
    return record


def test_a_document_and_a_passage_find_what_is_like_them(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.archive
    assert screen is not None
    record = read(screen, qtbot, "The harbour report")
    assert "lantern" in like(window, qtbot).split(" OR ")
    found = {hit.id for n in range(screen.results.hits.rowCount()) if (hit := screen.results.hits.hit(n))}
    assert found
    assert record not in found
    assert screen.chips.buttons()[0].text() == "without The harbour report  ×"
    screen.pane.text.setFocus()
    select(screen, "carried a lantern")
    assert like(window, qtbot) == "lantern"


def test_where_nothing_is_read_or_alike_that_is_told(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.archive
    assert screen is not None
    with qtbot.waitSignal(screen.told) as told:
        window.commands["similar"].trigger()
    assert "Choose a record" in told.args[0]
    read(screen, qtbot, "The harbour report")
    select(screen, "wrote that down twice")
    with qtbot.waitSignal(screen.told) as told:
        window.commands["similar"].trigger()
    assert "No word" in told.args[0]
