"""Publishing in the window: every step by the keyboard, what is read before signing, and what is handed over."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pyrage
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from archive import documents, unlocking
from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Kind
from archive.connect import Database
from archive.container import Archive
from archive.errors import Busy
from archive.keys import ArchiveKey
from archive.records import Confidentiality
from archive.release import publish
from archive.release.choice import Choice
from archive.release.overview import Named, Overview, Paper, Unsourced
from archive.release.publish import Locks, Published
from archive.release.traces import Trace
from archive.signing.minisign import SecretKey
from archive.signing.receipt import State, Trusted, receipt
from archive.signing.statement import Statement
from archive.verify import Step
from desktop import leaving, releasing, trusting
from desktop.release import handing
from desktop.release.choosing import WhatPage, WhomPage
from desktop.release.handing import HandingDialog
from desktop.release.marking import Marks
from desktop.release.publishing import PublishController
from desktop.release.seen import Looked, SeenPage
from desktop.release.signing import NewKeyDialog
from desktop.release.wizard import SEEN, SIGN, PublishWizard
from desktop.releasing import Releases
from desktop.window import MainWindow
from desktop.work import WorkStrip
from tests.desktop.conftest import open_in

D = TypeVar("D", bound=QWidget)
WORDS = "lantern gravel oboe thirteen"
UYGHUR, HAN = "ئايگۈل", "陈小明"


def person(db: Database, document: str, name: str, *told: tuple[str, str]) -> str:
    """Somebody with a name and facts from the beginning of a document; gives the id."""
    made = subjects.create(db, Kind.PERSON, who="desk")
    entries = [Entry(made.id, "name", name), *(Entry(made.id, field, value) for field, value in told)]
    facts.record(db, Citation(document, 1, 0, 10), entries, who="desk")
    return made.id


@pytest.fixture
def peopled(archive: tuple[Path, ArchiveKey]) -> dict[str, str]:
    """The test's archive with persons in it: their ids by name."""
    with Archive(*archive, write=True) as opened:
        db = opened.db
        page = documents.resolve(db, _document(db, "The harbour report"))
        found = {name: person(db, page, name) for name in ("Mara Lind", HAN, "lighthouse keeper")}
        found[UYGHUR] = person(db, page, UYGHUR, ("sibling-of", found[HAN]))
        for one in (UYGHUR, HAN):  # the program has protected them; the desk judged otherwise
            subjects.protect(db, found[one], Confidentiality.PUBLIC, who="desk")
        subjects.protect(db, found["lighthouse keeper"], Confidentiality.CONFIDENTIAL, who="desk")
    return found


def _document(db: Database, title: str) -> str:
    return str(db.conn.execute("SELECT uuid FROM document WHERE title = ?", (title,)).fetchone()[0])


@pytest.fixture
def window(
    peopled: dict[str, str], new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> MainWindow:
    """A window on the archive with the persons in it."""
    window = new_window()
    open_in(window, archive[0], qtbot)
    return window


@pytest.fixture
def publishing(window: MainWindow) -> PublishController:
    return window.working.publishing


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """The file of a secret key."""
    file = tmp_path / "desk.key"
    trusting.new_key(file, WORDS)
    return file


def there(kind: type[D]) -> list[D]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def shown(qtbot: QtBot, kind: type[D]) -> D:
    qtbot.waitUntil(lambda: bool(there(kind)))
    return there(kind)[0]


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the keyboard is."""
    on = QApplication.focusWidget()
    assert on is not None
    qtbot.keyClick(on, key, modifier)


def begun(qtbot: QtBot, window: MainWindow) -> PublishWizard:
    window.commands["publish"].trigger()
    return shown(qtbot, PublishWizard)


def looked(qtbot: QtBot, wizard: PublishWizard) -> SeenPage:
    """The wizard brought to what is seen before signing, open for everybody."""
    wizard.what.publisher.setText("人权 desk")
    wizard.go_on()
    wizard.whom.open.setChecked(True)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.seen.looked is not None)
    return wizard.seen


def section(page: SeenPage, title: str) -> Marks:
    """Show a section; its rows."""
    for at in range(page.list.count()):
        if page.list.item(at).text().startswith(title):
            page.list.setCurrentRow(at)
            model = page.table.model()
            assert isinstance(model, Marks)
            return model
    raise AssertionError(title)


def cells(marks: Marks, column: int) -> list[str]:
    return [str(marks.data(marks.index(row, column))) for row in range(marks.rowCount())]


def signed(qtbot: QtBot, wizard: PublishWizard, out: Path, secret: Path) -> None:
    """Go on from what was seen, and have it published."""
    wizard.seen.read.setChecked(True)
    wizard.go_on()
    assert wizard.pages.currentIndex() == SIGN
    wizard.sign.folder.setText(str(out))
    wizard.sign.key.setText(str(secret))
    wizard.sign.passphrase.line.setText(WORDS)
    wizard.go_on()


def test_a_release_is_published_by_the_keyboard_alone(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, secret: Path, tmp_path: Path
) -> None:
    out = tmp_path / "stick"
    out.mkdir()
    wizard = begun(qtbot, window)
    qtbot.waitUntil(wizard.what.publisher.hasFocus)  # the name of the line is proposed
    qtbot.keyClicks(wizard.what.publisher, "Desk")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(wizard.whom.twice.first.line.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.said.text() == "Type a passphrase."
    qtbot.keyClicks(wizard.whom.twice.first.line, WORDS)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Tab)  # past the button that shows it
    qtbot.keyClicks(QApplication.focusWidget(), WORDS)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(wizard.seen.table.hasFocus)
    assert not wizard.next_button.isEnabled()  # nothing was read yet
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is wizard.seen.read
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(wizard.sign.folder.hasFocus)
    assert "It names 3 persons." in wizard.sign.recap.text()
    wizard.sign.folder.clear()
    qtbot.keyClicks(wizard.sign.folder, str(out))
    wizard.sign.key.setFocus()
    qtbot.keyClicks(wizard.sign.key, str(secret))
    wizard.sign.passphrase.setFocus()
    qtbot.keyClicks(wizard.sign.passphrase.line, WORDS)
    press(qtbot, Qt.Key.Key_Return)
    page = shown(qtbot, HandingDialog)
    folder = out / "Lanterns-0001.tamarisk"
    assert page.path.text() == str(folder)
    public = trusting.public_key(str(secret))
    assert page.digits.text() == public.fingerprint()
    found = receipt(folder, (Trusted(public, "Desk"),), full=True)
    assert (found.state, found.statement and found.statement.publisher) == (State.VALID, "Desk")
    key = unlocking.unlock(folder / "data", WORDS)
    with Archive(folder, key, write=False) as made:
        labels = {label for (label,) in made.db.conn.execute("SELECT label FROM subject")}
    assert labels == {"Mara Lind", HAN, UYGHUR}
    assert publishing.wizard is None
    strip = window.findChildren(WorkStrip)[-1]
    assert "is complete, verified and signed" in strip.words()


def test_everybody_named_is_listed_those_at_risk_first_and_may_be_left_out(
    publishing: PublishController,
    window: MainWindow,
    qtbot: QtBot,
    secret: Path,
    tmp_path: Path,
    peopled: dict[str, str],
) -> None:
    wizard = begun(qtbot, window)
    page = looked(qtbot, wizard)
    marks = section(page, "Persons named: 3")
    assert cells(marks, 1)[-1] == "Mara Lind"
    assert set(cells(marks, 1)[:2]) == {UYGHUR, HAN}
    assert cells(marks, 2) == ["Relative or minor"] * 2 + [""]
    assert cells(marks, 3) == ["Not recorded"] * 3
    assert "2 are relatives or minors" in page.sentence.text()
    page.read.setChecked(True)
    page.table.selectRow(2)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert not page.read.isChecked()  # what was read is no longer what goes
    assert wizard.next_button.text() == "Look again"
    wizard.go_on()
    qtbot.waitUntil(lambda: page.looked is not None)
    marks = section(page, "Persons named: 2")
    assert cells(marks, 1)[-1] == "Mara Lind"  # still there to be taken back in
    assert marks.data(marks.index(2, 0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    signed(qtbot, wizard, tmp_path, secret)
    shown(qtbot, HandingDialog)
    folder = tmp_path / "Lanterns-0001.tamarisk"
    with Archive(folder, unlocking.unlock(folder / "data"), write=False) as made:
        labels = {label for (label,) in made.db.conn.execute("SELECT label FROM subject")}
    assert labels == {HAN, UYGHUR}


def test_a_text_that_names_somebody_left_out_is_opened_and_left_out(
    publishing: PublishController, window: MainWindow, qtbot: QtBot
) -> None:
    wizard = begun(qtbot, window)
    page = looked(qtbot, wizard)
    assert cells(section(page, "Texts that name somebody left out: 1"), 1) == ["The harbour report"]
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    screen = window.archive
    assert screen is not None
    qtbot.waitUntil(lambda: screen.reading.is_open)
    assert wizard.pages.currentIndex() == SEEN
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    wizard.go_on()
    qtbot.waitUntil(lambda: page.looked is not None)
    assert page.looked is not None
    assert page.looked.overview.mentioning == ()
    # the only source of every fact lay in it
    unsourced = section(page, "Facts without a source that goes")
    assert ("Name", HAN) in list(zip(cells(unsourced, 2), cells(unsourced, 3), strict=True))
    assert "nobody who reads it can check it" in page.sentence.text()


def test_what_changed_since_it_was_looked_at_is_read_once_more(
    publishing: PublishController,
    window: MainWindow,
    qtbot: QtBot,
    secret: Path,
    tmp_path: Path,
    archive: tuple[Path, ArchiveKey],
) -> None:
    wizard = begun(qtbot, window)
    page = looked(qtbot, wizard)
    with Archive(*archive, write=True) as opened:
        person(opened.db, _document(opened.db, "The harbour report"), "Came Later")
    signed(qtbot, wizard, tmp_path, secret)
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == SEEN)
    assert wizard.isVisible()
    assert not publishing.is_busy
    assert "has changed since you looked" in wizard.said.text()
    assert "Came Later" in cells(section(page, "Persons named: 4"), 1)
    assert not page.read.isChecked()
    assert not list(tmp_path.glob("*-0001.tamarisk"))


def test_a_wrong_passphrase_of_the_key_is_said_before_anything_is_done(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, secret: Path, tmp_path: Path
) -> None:
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    wizard.seen.read.setChecked(True)
    wizard.go_on()
    wizard.sign.folder.setText(str(tmp_path))
    wizard.sign.key.setText(str(secret))
    wizard.sign.passphrase.line.setText("something else")
    wizard.go_on()
    assert not wizard.next_button.isEnabled()  # once is enough
    qtbot.waitUntil(lambda: wizard.next_button.isEnabled())
    assert "passphrase" in wizard.said.text()
    assert wizard.isVisible()
    assert not publishing.is_busy


def test_closed_while_the_key_is_opened_nothing_is_published(
    publishing: PublishController,
    window: MainWindow,
    qtbot: QtBot,
    secret: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    usual = trusting.open_secret

    def slow(path: Path, passphrase: str) -> SecretKey:
        reached.set()
        go_on.wait(20)
        return usual(path, passphrase)

    monkeypatch.setattr(trusting, "open_secret", slow)
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    signed(qtbot, wizard, tmp_path, secret)
    qtbot.waitUntil(reached.is_set)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    go_on.set()
    window.commands["publish"].trigger()  # what was chosen is still there
    qtbot.waitUntil(lambda: wizard.isVisible())
    qtbot.waitUntil(lambda: wizard.next_button.isEnabled())
    assert not publishing.is_busy


def test_publishing_can_be_stopped_and_leaves_nothing_but_what_was_chosen(
    publishing: PublishController,
    window: MainWindow,
    qtbot: QtBot,
    secret: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached, stopped = threading.Event(), threading.Event()
    usual = publish.content_root

    def slow(*args: object) -> str:
        reached.set()
        stopped.wait(20)
        return usual(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "content_root", slow)
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    signed(qtbot, wizard, tmp_path, secret)
    qtbot.waitUntil(reached.is_set)
    assert not wizard.isVisible()  # reading and recording go on
    window.commands["publish"].trigger()
    assert not wizard.isVisible()
    strip = window.findChildren(WorkStrip)[-1]
    strip.stop_button.click()
    stopped.set()
    qtbot.waitUntil(strip.report_button.isVisible)
    assert strip.words() == "Stopped. No release was made."
    assert not list(tmp_path.glob("*0001*"))
    strip.report_button.click()
    assert wizard.isVisible()
    assert wizard.what.publisher.text() == "人权 desk"


def test_a_look_can_be_stopped(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(archive: object, choice: Choice, progress: Callable[[Step], None], cancelled: Callable[[], bool]) -> None:
        from archive.errors import Cancelled

        while not cancelled():
            progress(Step("mentions", "a text", 1, 2))
        raise Cancelled

    monkeypatch.setattr(releasing.overview, "overview", slow)
    wizard = begun(qtbot, window)
    wizard.what.publisher.setText("Desk")
    wizard.go_on()
    wizard.whom.open.setChecked(True)
    wizard.go_on()
    qtbot.waitUntil(lambda: "names of those left out" in wizard.seen.far.text())
    assert wizard.stop_button.hasFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: wizard.said.text() == "Stopped.")
    assert wizard.next_button.isEnabled()
    assert wizard.next_button.text() == "Look again"


def test_a_line_that_is_there_goes_on_and_its_publisher_is_remembered(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, secret: Path, tmp_path: Path
) -> None:
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    signed(qtbot, wizard, tmp_path, secret)
    shown(qtbot, HandingDialog).close()
    again = begun(qtbot, window)
    assert again is not wizard
    assert again.what.line.currentText().startswith("Lanterns: release 1 was made on ")
    assert again.what.publisher.text() == "人权 desk"
    assert again.what.next_number() == 2
    assert not again.what.name.isVisible()
    again.what.line.setCurrentIndex(1)
    assert again.what.name.isVisible()
    again.go_on()
    assert "Give the line a name" in again.said.text()


def test_notes_that_name_who_stays_behind_are_told_before_they_are_signed(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, secret: Path, tmp_path: Path
) -> None:
    wizard = begun(qtbot, window)
    wizard.what.notes.setPlainText("Told by the lighthouse keeper, and by 李四.")
    looked(qtbot, wizard)
    publishing.learn_withdrawn(("李四",))
    signed(qtbot, wizard, tmp_path, secret)  # at once: it waits until the words were looked through
    assert not wizard._signing
    qtbot.waitUntil(lambda: "tell of what stays behind: lighthouse keeper, 李四." in wizard.said.text())
    assert wizard.said.isVisible()
    assert not wizard._signing
    wizard.turn_to(0)
    wizard.what.notes.setPlainText("Nobody is named here.")
    wizard.turn_to(SIGN)
    wizard.go_on()
    shown(qtbot, HandingDialog).close()


def test_a_new_line_that_is_called_after_who_stays_behind_is_told(
    publishing: PublishController, window: MainWindow, qtbot: QtBot
) -> None:
    wizard = begun(qtbot, window)
    wizard.what.name.setText("Lighthouse-keeper_2026")
    looked(qtbot, wizard)
    wizard.seen.read.setChecked(True)
    wizard.go_on()
    qtbot.waitUntil(lambda: "tell of what stays behind: lighthouse keeper." in wizard.said.text())
    wizard.close()


def test_what_is_missing_stays_said_when_the_words_were_looked_through(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    wizard.seen.read.setChecked(True)
    wizard.go_on()
    wizard.sign.folder.setText(str(tmp_path))
    wizard.go_on()
    assert wizard._reading
    assert wizard.said.text().startswith("Choose the file of your secret key")
    qtbot.waitUntil(lambda: not wizard._reading)
    assert wizard.said.text().startswith("Choose the file of your secret key")
    wizard.close()


def test_nothing_is_signed_for_whose_words_could_not_be_looked_through(
    publishing: PublishController,
    window: MainWindow,
    qtbot: QtBot,
    secret: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*given: object) -> None:
        raise Busy(path="archive.db")

    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    with monkeypatch.context() as patched:
        patched.setattr(Releases, "named", fail)
        signed(qtbot, wizard, tmp_path, secret)  # before that is known
        qtbot.waitUntil(lambda: "was not looked through" in wizard.said.text())
        qtbot.waitUntil(wizard.next_button.isEnabled)
    assert not wizard._signing
    assert list(tmp_path.glob("*.tamarisk/bagit.txt")) == []
    wizard.go_on()  # as it was said
    shown(qtbot, HandingDialog).close()


def test_words_are_looked_through_again_when_somebody_is_withdrawn_before_they_are_signed(
    publishing: PublishController, window: MainWindow, qtbot: QtBot
) -> None:
    wizard = begun(qtbot, window)
    wizard.what.notes.setPlainText("Told by 李四.")
    looked(qtbot, wizard)
    wizard.seen.read.setChecked(True)
    wizard.go_on()
    qtbot.waitUntil(lambda: not wizard._reading)
    assert not wizard.said.text()
    publishing.learn_withdrawn(("李四",))
    qtbot.waitUntil(lambda: "tell of what stays behind: 李四." in wizard.said.text())
    wizard.close()


def test_a_key_is_made_on_the_way(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = begun(qtbot, window)
    wizard.turn_to(SIGN)
    wizard.sign.new_button.click()
    dialog = wizard.findChild(NewKeyDialog)
    assert isinstance(dialog, NewKeyDialog)
    dialog.file.setText(str(tmp_path / "nowhere" / "a.key"))
    dialog.twice.first.line.setText(WORDS)
    dialog.submit()
    assert "does not exist" in dialog.said.text()
    dialog.file.setText(str(tmp_path / "a.key"))
    dialog.submit()
    assert dialog.said.text() == "The two passphrases differ."
    dialog.twice.second.line.setText(WORDS)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(wizard.sign.key.text()))
    assert trusting.open_secret(wizard.sign.key_file(), wizard.sign.passphrase.text())
    wizard.close()
    assert wizard.sign.passphrase.text() == ""  # no passphrase of the key stays in a closed window


def test_only_whoever_may_write_may_publish(
    archive: tuple[Path, ArchiveKey], new_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = new_window()
    open_in(window, archive[0], qtbot)
    assert window.commands["publish"].isEnabled()
    window.working.publishing.set_writable(False)
    assert not window.commands["publish"].isEnabled()
    assert not window.commands["publish"].isVisible()


@pytest.fixture
def page(qtbot: QtBot) -> SeenPage:
    page = SeenPage()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


SEEN_BEFORE = Overview(
    persons=tuple(Named(f"p{at}", f"Person {at}", at < 20, at % 7 == 0) for at in range(1_000)),
    going=(("documents", 12), ("facts", 1), ("subjects", 1_000)),
    staying=(("documents", 1), ("facts", 0), ("subjects", 2)),
    containers=(Paper("c1", "\u202eletters.mbox"),),
    mentioning=(Paper("m1", "河边的灯笼"),),
    rendering=(Paper("r1", "The lanterns, translated"),),
    telling=(Paper("t1", "A letter", (Trace.HEADERS, Trace.PATH)), Paper("t2", "", (Trace.PICTURE,))),
    unsourced=(Unsourced("f1", HAN, "name", HAN),),
    unconsented=(UYGHUR, UYGHUR),
)


def test_every_part_of_an_overview_is_told(page: SeenPage) -> None:
    page.end_looking(Looked(Choice("2026-11-28"), SEEN_BEFORE, 1))
    assert [page.list.item(at).text() for at in range(page.list.count())] == [
        "Persons named: 1,000",
        "Consent does not reach: 2",
        "Texts that name somebody left out: 1",
        "Versions of what stays behind: 1",
        "Originals that tell more: 2",
        "Facts without a source that goes: 1",
        "Containers that stay behind: 1",
    ]
    assert page.counts.text() == (
        "Goes: 12 documents, 1 fact, 1,000 persons, cases and other subjects. "
        "Stays behind: 1 document, 0 facts, 2 persons, cases and other subjects."
    )
    assert cells(section(page, "Originals"), 2) == [
        "senders and servers, a path on a computer",
        "time, device, place of a picture",
    ]
    assert "\u202e" not in cells(section(page, "Containers"), 0)[0]
    assert cells(section(page, "Consent"), 0) == [UYGHUR, UYGHUR]


def test_marks_go_into_the_choice_and_text_only_needs_no_other_look(page: SeenPage, qtbot: QtBot) -> None:
    chosen = Choice("2026-11-28")
    page.end_looking(Looked(chosen, SEEN_BEFORE, 1))
    section(page, "Originals")
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.choice(chosen).text_only == {"t1", "t2"}
    assert not page.is_stale(chosen)
    assert page.is_stale(replace(chosen, exclude="none"))
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.choice(chosen).text_only == {"t1"}
    section(page, "Facts")
    marks = page.table.model()
    box = marks.index(0, 0)
    assert marks.setData(box, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert page.choice(chosen).held == {"f1"}
    assert page.is_stale(chosen)
    assert not marks.setData(marks.index(0, 1), "x", Qt.ItemDataRole.EditRole)


def test_a_click_on_the_box_marks(page: SeenPage, qtbot: QtBot) -> None:
    page.end_looking(Looked(Choice("2026-11-28"), SEEN_BEFORE, 1))
    table = page.table
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect = table.visualRect(table.model().index(3, 0))
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    box = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, table)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.choice(Choice("2026-11-28")).left_out == {"p3"}


def test_what_has_no_boxes_is_not_marked(page: SeenPage, qtbot: QtBot) -> None:
    page.end_looking(Looked(Choice("2026-11-28"), SEEN_BEFORE, 1))
    marks = section(page, "Containers")
    assert not marks.flags(marks.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.choice(Choice("2026-11-28")) == Choice("2026-11-28")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda page: page.name.setText("a b"), "Give the line a name"),
        (lambda page: page.publisher.setText("  "), "Say who publishes"),
        (lambda page: page.day.setText("28.11.2026"), "such as 2026-11-28"),
        (lambda page: page.notes.setPlainText("x" * (releasing.NOTES_AT_MOST + 1)), "longer than 20,000"),
    ],
)
def test_what_is_amiss_is_said(qtbot: QtBot, spoil: Callable[[WhatPage], None], said: str) -> None:
    page = WhatPage((), "Desk", "Papers of 2026!")
    qtbot.addWidget(page)
    assert page.problem() == ""
    assert page.chosen_line() == "Papers-of-2026"
    spoil(page)
    assert said in page.problem()


def test_partners_may_open_it_by_a_key_alone(qtbot: QtBot) -> None:
    page = WhomPage()
    qtbot.addWidget(page)
    assert page.problem() == "Type a passphrase."
    public = str(pyrage.x25519.Identity.generate().to_public())
    page.recipients.setPlainText(f"{public}\n")
    assert page.problem() == ""
    assert page.locks() == Locks(None, (public,))
    page.recipients.setPlainText("age1nothing")
    assert "not a public key of age" in page.problem()
    page.recipients.setPlainText(public)
    page.twice.first.line.setText(WORDS)
    assert page.problem() == "The two passphrases differ."
    page.open.setChecked(True)
    assert (page.problem(), page.locks()) == ("", Locks(open=True))
    assert not page.warning.isHidden()


def test_a_passphrase_that_costs_too_much_and_an_open_release_are_warned_of() -> None:
    said = Statement(str(uuid.uuid4()), "partners", 4, "2026-11-28", "ab" * 32, 11, 9, (), False, "Desk")
    dear = handing.warnings(Published(Path("x"), said, 19), Locks(WORDS))
    assert len(dear) == 1
    assert "512 MB" in dear[0]
    assert handing.warnings(Published(Path("x"), said, 18), Locks(WORDS)) == ()
    (plain,) = handing.warnings(Published(Path("x"), said, 0), Locks(open=True))
    assert "not protected" in plain
    assert any("passphrase by another way" in words for words in handing.advice(Locks(WORDS)))
    assert not any("passphrase" in words for words in handing.advice(Locks(open=True)))


def test_a_release_itself_cannot_be_published(
    publishing: PublishController,
    window: MainWindow,
    new_window: Callable[[], MainWindow],
    qtbot: QtBot,
    secret: Path,
    tmp_path: Path,
) -> None:
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    signed(qtbot, wizard, tmp_path, secret)
    shown(qtbot, HandingDialog).close()
    other = new_window()
    other.open_path(tmp_path / "Lanterns-0001.tamarisk")
    qtbot.waitUntil(lambda: other.archive is not None or other.gate.comparing.isVisible())
    if other.archive is None:
        other.gate.comparing.later_button.click()
    qtbot.waitUntil(lambda: other.archive is not None)
    assert not other.commands["publish"].isEnabled()
    assert not other.commands["publish"].isVisible()
    assert not other.commands["withdraw"].isEnabled()


def test_closing_the_window_asks_before_a_release_is_broken_off(
    publishing: PublishController, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(parent: object, said: str, *words: str) -> bool:
        asked.append(said)
        return False

    monkeypatch.setattr(leaving, "sure", no)
    publishing.is_busy = True
    assert not window.close()
    assert asked == ["A release is being made."]
    assert window.session is not None
    publishing.is_busy = False
    assert window.close()
    assert len(asked) == 1


def test_a_number_that_was_given_before_is_named_and_gone_on_from(
    publishing: PublishController, window: MainWindow, qtbot: QtBot, secret: Path, tmp_path: Path
) -> None:
    """The archive was restored from a backup that is older than the release in the folder."""
    out = tmp_path / "out"
    out.mkdir()
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    signed(qtbot, wizard, out, secret)
    qtbot.waitUntil(lambda: publishing.wizard is None)
    assert window.session is not None
    with Archive(window.session.path, window.session.key, write=True) as archive:
        archive.db.conn.execute("UPDATE release_line SET number = 0, root = '', date = ''")
        (first,) = out.glob("*.tamarisk")
        subjects.create(archive.db, Kind.CASE, who="desk")
    wizard = begun(qtbot, window)
    looked(qtbot, wizard)
    signed(qtbot, wizard, out, secret)
    qtbot.waitUntil(lambda: "is release 1 of" in wizard.said.text())
    assert "tick the box" in wizard.said.text()
    publishing._show(wizard)
    assert wizard.sign.behind.isVisible()
    assert "Number it after release 1" in wizard.sign.behind.text()
    wizard.sign.behind.setChecked(True)
    assert "Release 2 of" in wizard.sign.recap.text()
    wizard.sign.passphrase.line.setText(WORDS)
    wizard.go_on()
    qtbot.waitUntil(lambda: publishing.wizard is None)
    assert sorted(path.name for path in out.glob("*.tamarisk")) == sorted(
        [first.name, first.name.replace("0001", "0002")]
    )
