"""The real window over a real archive: from the start view to the hit, and back."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from archive import container
from archive.keys import ArchiveKey
from archive.records import Confidentiality
from desktop import shortcuts
from desktop.commands import Commands
from desktop.intake.ask import ImportDialog
from desktop.read.correct import CorrectDialog
from desktop.read.pane import DETAILS, ORIGINAL, TEXT
from desktop.screen import ArchiveScreen
from desktop.tables import TableDialog
from desktop.window import MainWindow
from desktop.work import WorkStrip
from index.answers import Filter
from tests.desktop.conftest import FILES, open_in


def screen_of(window: MainWindow) -> ArchiveScreen:
    assert window.archive is not None
    return window.archive


def titles(screen: ArchiveScreen) -> list[str]:
    hits = [screen.results.hits.hit(row) for row in range(screen.results.hits.rowCount())]
    return sorted(hit.title.text for hit in hits if hit is not None)


def search(qtbot: QtBot, screen: ArchiveScreen, text: str) -> None:
    """Type a query into the bar, letter by letter, and wait for its second answer."""
    screen.bar.line.clear()
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == text):
        if text.isascii():
            qtbot.keyClicks(screen.bar.line, text)
        else:
            screen.bar.line.insert(text)  # no keyboard of QtTest has these keys; an input method inserts them too


def dialog_of(kind: type[QDialog]) -> QDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)


def test_typing_searches_and_enter_opens_the_hit_at_its_sentence(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "boats")
    assert titles(screen) == ["The harbour report"]
    text = screen.pane.text
    with qtbot.waitSignal(text.hit_reached) as reached:  # before the key: the answer may be there at once
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    assert reached.args == [1, 2]
    assert text.textCursor().block().text().startswith("The lighthouse keeper counted nine boats")
    with qtbot.waitSignal(text.hit_reached) as reached:
        window.commands["next_hit"].trigger()
    assert reached.args == [2, 2]
    assert "of the boats" in text.textCursor().block().text()


def test_what_is_being_typed_is_never_overwritten(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    for change in (screen.refresh, lambda: screen.filters.toggled.emit(Filter("type", "report"))):
        screen.bar.line.clear()
        with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == "boats"):
            qtbot.keyClicks(screen.bar.line, "boats")
            change()
        assert screen.bar.text() == "boats"


def test_the_title_names_the_archive_and_never_a_record(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "mountain")
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen.reading.record))
    assert window.windowTitle() == "Lanterns — Tamarisk"


def test_simplified_and_traditional_find_the_same(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    for text in ("大陆", "大陸"):
        search(qtbot, screen, text)
        assert titles(screen) == ["河边的灯笼"]


def test_filters_narrow_leave_out_and_stand_as_chips(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "lantern")
    found = titles(screen)
    assert len(found) == 4
    for chosen, kept in (
        (Filter("country", "TH"), ["Notes from the mountain"]),
        (Filter("country", "TH", exclude=True), [title for title in found if title != "Notes from the mountain"]),
    ):
        with qtbot.waitSignal(screen.counted_hits):
            screen.filters.toggled.emit(chosen)
        assert titles(screen) == sorted(kept)
        (chip,) = screen.chips.buttons()
        assert "Thailand" in chip.text()
        with qtbot.waitSignal(screen.counted_hits):
            chip.click()
        assert titles(screen) == found


def test_escape_clears_the_text_and_then_the_filters(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "lantern")
    with qtbot.waitSignal(screen.counted_hits):
        screen.filters.toggled.emit(Filter("language", "en"))
    with qtbot.waitSignal(screen.counted_hits):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Escape)
    assert (screen.finding.query.text, len(screen.finding.query.filters)) == ("", 1)
    with qtbot.waitSignal(screen.counted_hits):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Escape)
    assert not screen.finding.query.filters


def test_nothing_found_offers_ways_on(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "lightouse")
    nothing = screen.results.nothing
    assert nothing.isVisible()
    similar = next(button for button in nothing.buttons() if "similar" in button.text())
    with qtbot.waitSignal(screen.counted_hits):
        similar.click()
    assert titles(screen) == ["The harbour report"]


def test_back_and_forward_bring_query_and_record_back(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    for word in ("boats", "mountain"):
        search(qtbot, screen, word)
        with qtbot.waitSignal(screen.pane.text.hit_reached):
            qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    second = screen.reading.record
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        window.commands["back"].trigger()
    assert screen.bar.text() == "boats"
    assert "boats" in screen.pane.text.whole_text()
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        window.commands["forward"].trigger()
    assert (screen.bar.text(), screen.reading.record) == ("mountain", second)


def test_details_are_shown_and_corrected_with_history(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "mountain")
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    screen.pane.tabs.setCurrentIndex(DETAILS)
    qtbot.waitUntil(lambda: "Hill Post" in screen.pane.details.words())
    window.commands["correct"].trigger()
    dialog = dialog_of(CorrectDialog)
    assert isinstance(dialog, CorrectDialog)
    dialog.lines["published"].setText("the other day")
    dialog.go_on.click()
    qtbot.waitUntil(lambda: "the other day" in dialog.said.text())
    dialog.lines["published"].setText("2021-06")
    dialog.go_on.click()
    qtbot.waitUntil(lambda: "was changed to “2021-06”" in screen.pane.details.words())
    qtbot.waitUntil(lambda: (hit := screen.results.hits.hit(0)) is not None and hit.date == "2021-06")


def test_a_saved_page_is_shown_when_its_tab_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "miller")
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    assert not screen.pane.original.page.toPlainText()
    screen.pane.tabs.setCurrentIndex(ORIGINAL)
    qtbot.waitUntil(lambda: "old mill" in screen.pane.original.page.toPlainText())
    assert "example.org" not in screen.pane.original.page.toHtml()
    search(qtbot, screen, "boats")
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    assert screen.pane.tabs.currentIndex() == TEXT


def test_what_could_not_be_searched_is_counted_and_leads_to_the_record(window: MainWindow, qtbot: QtBot) -> None:
    status = window.status
    qtbot.waitUntil(lambda: status.documents.text() == f"{len(FILES)} documents")
    assert status.unsearchable.text() == "1 could not be searched"
    assert status.protection.text() == "Not protected"
    status.unsearchable.click()
    qtbot.waitUntil(lambda: dialog_of(TableDialog) is not None)
    dialog = dialog_of(TableDialog)
    assert isinstance(dialog, TableDialog)
    dialog.copy_button.click()
    assert "empty" in QApplication.clipboard().text()
    dialog.table.activated.emit(dialog.table.model().index(0, 0))
    qtbot.waitUntil(lambda: bool(screen_of(window).reading.record))


def test_what_is_dropped_is_imported_reported_and_found(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    given = tmp_path / "dropped"
    given.mkdir()
    (given / "new.txt").write_text("A weather vane was seen.\n" * 5, "utf-8")
    (given / "again.txt").write_text(FILES["harbour.md"], "utf-8")
    (given / "odd.bin").write_bytes(bytes(range(256)) * 8)
    screen = screen_of(window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(given))])
    flags = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert window.working is not None
    screen.dropEvent(QDropEvent(QPoint(5, 5), *flags))
    asking = dialog_of(ImportDialog)
    assert isinstance(asking, ImportDialog)
    assert asking.chosen() is Confidentiality.RESTRICTED
    asking.level.setCurrentIndex(asking.level.findData("confidential"))
    # it says so once more while it runs, where it runs for long
    with qtbot.waitSignal(window.working.intake.changed, check_params_cb=bool, timeout=60_000):
        asking.go_on.click()
    (strip,) = (strip for strip in screen.strips.findChildren(WorkStrip) if strip.isVisible())
    assert strip.words() == "2 records added  ·  1 was there already  ·  1 without text"
    strip.report_button.click()
    dialog = dialog_of(TableDialog)
    assert isinstance(dialog, TableDialog)
    dialog.copy_button.click()
    assert "dropped/odd.bin" in QApplication.clipboard().text()
    dialog.close()
    search(qtbot, screen, "weather vane")
    assert len(titles(screen)) == 1
    screen.bar.entered.emit()
    screen.pane.tabs.setCurrentIndex(DETAILS)
    qtbot.waitUntil(lambda: "Confidential" in screen.pane.details.words())


def test_an_empty_archive_says_what_to_do(new_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "Empty.tamarisk"
    container.create(path)
    window = new_window()
    nothing = open_in(window, path, qtbot).results.nothing
    qtbot.waitUntil(lambda: nothing.words() == "Nothing here yet. Drop files or a folder.")
    assert [button.text() for button in nothing.buttons()] == ["Import…", "Look at the sample"]


def test_a_protected_archive_asks_refuses_and_opens(
    new_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "Locked.tamarisk"
    container.create(path, passphrase="nine boats")
    window = new_window()
    window.open_path(path)
    view = window.unlock
    qtbot.waitUntil(view.isVisible)
    qtbot.keyClicks(view.passphrase.line, "ten boats")
    qtbot.keyClick(view.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in view.words(), timeout=60_000)
    qtbot.keyClicks(view.passphrase.line, "nine boats")
    qtbot.keyClick(view.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.archive is not None, timeout=60_000)
    assert window.status.protection.text() == "Protected"
    assert not view.passphrase.text()
    assert window.preferences.settings.recents == ()


def test_what_is_no_archive_is_said_at_the_start(
    new_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = new_window()
    window.open_path(tmp_path / "gone.tamarisk")
    qtbot.waitUntil(lambda: "There is no archive at" in window.start.words())
    window.open_path(tmp_path)
    qtbot.waitUntil(lambda: "is not a Tamarisk archive" in window.start.words())
    assert window.start.isVisible()


def test_zoom_and_shape_are_kept_and_nothing_of_the_archive(
    window: MainWindow, archive: tuple[Path, ArchiveKey], tmp_path: Path, qtbot: QtBot
) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "lighthouse")
    before = QApplication.font().pointSizeF()
    window.commands["larger"].trigger()
    assert QApplication.font().pointSizeF() > before
    window.close()
    kept = (tmp_path / "config" / "settings.json").read_text("utf-8")
    assert '"zoom": 1.15' in kept
    for word in ("lighthouse", "harbour", archive[0].stem):
        assert word not in kept


def test_every_command_has_a_shortcut_of_its_own_or_a_place_in_the_menu(window: MainWindow) -> None:
    commands: Commands = window.commands
    keys = [key.toString() for name in commands.names() for key in commands[name].shortcuts()]
    assert len(keys) == len(set(keys))
    rows = [row for _, rows in shortcuts.listed(commands) for row in rows]
    for name in commands.names():  # those with a key are in the list of shortcuts, and once
        if commands[name].shortcuts():
            first = commands[name].shortcuts()[0].toString(QKeySequence.SequenceFormat.NativeText)
            said = [keys for keys, words in rows if words == commands[name].text().rstrip("…")]
            assert [keys.split(", ")[0] for keys in said] == [first], name
    menu = commands.menu(window.appearance_menu)
    words = {action.text() for part in (menu, *menu.findChildren(QMenu)) for action in part.actions()}
    for name in commands.names():
        assert commands[name].shortcuts() or commands[name].text() in words, name


def test_no_part_of_the_menu_is_higher_than_a_small_screen(window: MainWindow) -> None:
    menu = window.commands.menu(window.appearance_menu)
    groups = [action.menu() for action in menu.actions() if action.menu() is not None]
    assert len(groups) >= 5
    for part in (menu, *groups):
        assert isinstance(part, QMenu)
        assert part.sizeHint().height() < 600, part.title()  # of 768 pixels, those below the menu's button
    listed = [a.text() for part in (menu, *groups) for a in part.actions() if a.text() and a.menu() is None]
    assert len(listed) == len(set(listed))


def test_a_document_that_is_long_in_coming_is_not_mistaken_for_the_one_before(window: MainWindow, qtbot: QtBot) -> None:
    screen, session = window.archive, window.session
    assert screen is not None
    assert session is not None
    screen.results.choose_first()
    qtbot.waitUntil(lambda: bool(screen.pane.text.whole_text()))
    held = threading.Event()
    session.reading.submit(lambda w, errand: held.wait(20), lambda _: None, lambda _: None, urgency=9)
    screen.results.list.setCurrentIndex(screen.results.hits.index(1))
    qtbot.waitUntil(lambda: not screen.pane.text.whole_text())
    held.set()
    qtbot.waitUntil(lambda: bool(screen.pane.text.whole_text()))


@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_damaged_index_is_made_anew_while_one_searches(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot, place: int
) -> None:
    file = archive[0] / "index.db"
    content = bytearray(file.read_bytes())
    content[place * 4096 :] = os.urandom(len(content) - place * 4096)
    file.write_bytes(content)
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == len(FILES))
    search(qtbot, screen, "boats")
    assert titles(screen) == ["The harbour report"]


def test_years_can_be_left_out(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    screen.filters.years_left_out.emit(("2019", "2020"))
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == len(FILES) - 3)
    assert {(f.value, f.exclude) for f in screen.finding.query.filters} == {("2019", True), ("2020", True)}
    assert "The harbour report" not in titles(screen)
    screen.chips.removed.emit(screen.finding.query.filters)
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == len(FILES))


def test_what_is_done_with_a_document_can_be_done_while_one_is_open(window: MainWindow, qtbot: QtBot) -> None:
    screen = screen_of(window)
    commands = [window.commands[name] for name in ("correct", "save_copy")]
    assert not any(command.isEnabled() for command in commands)
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        screen.results.choose_first()
    assert all(command.isEnabled() for command in commands)
    screen.set_writable(False)
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        screen.results.list.setCurrentIndex(screen.results.hits.index(1))
    assert [command.isEnabled() for command in commands] == [False, True]
