"""Start, unlock and new-archive views: what they ask, refuse and say."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from archive import container, slots
from desktop.unlock.new import ChangeDialog, NewDialog
from desktop.unlock.passphrase import ENOUGH, PassphraseLine, strength
from desktop.unlock.views import StartView, UnlockView


def test_a_passphrase_is_hidden_unless_shown(qtbot: QtBot) -> None:
    line = PassphraseLine("Passphrase")
    qtbot.addWidget(line)
    assert line.line.echoMode() == QLineEdit.EchoMode.Password
    line.show_button.click()
    assert line.line.echoMode() == QLineEdit.EchoMode.Normal


def test_caps_lock_is_hinted_at_by_a_letter_that_should_be_small(qtbot: QtBot) -> None:
    line = PassphraseLine("Passphrase")
    qtbot.addWidget(line)
    line.show()
    qtbot.keyClick(line.line, "a")
    assert not line.hint.isVisible()
    qtbot.keyClick(line.line, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not line.hint.isVisible()
    pressed = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, "B")
    QApplication.sendEvent(line.line, pressed)
    assert line.hint.isVisible()
    qtbot.keyClick(line.line, "c")
    assert not line.hint.isVisible()


@pytest.mark.parametrize(
    ("passphrase", "good"),
    [("", False), ("password1", False), ("aaaaaaaaaaaaaaaaaaaaaa", False), ("lantern gravel oboe thirteen", True)],
)
def test_strength_tells_easy_from_hard(passphrase: str, good: bool) -> None:
    score, words = strength(passphrase)
    assert (score >= ENOUGH) == good
    assert words


def test_a_very_long_passphrase_is_judged_at_once(qtbot: QtBot) -> None:
    assert strength("lantern gravel oboe " * 500)[0] == 4


def test_unlocking_is_asked_for_once_and_a_refusal_lets_type_anew(qtbot: QtBot) -> None:
    view = UnlockView()
    qtbot.addWidget(view)
    view.show()
    view.begin(Path("/stick/Boats.tamarisk"), listed=False)
    qtbot.keyClick(view.passphrase.line, Qt.Key.Key_Return)
    view.passphrase.line.setText("nine")
    with qtbot.waitSignal(view.unlock_wanted) as signal:
        qtbot.keyClick(view.passphrase.line, Qt.Key.Key_Return)
    assert signal.args == ["nine", False]
    view.set_busy(True)
    with qtbot.assertNotEmitted(view.unlock_wanted):
        view.button.click()
    view.set_busy(False)
    view.say("No.", warning=True)
    assert view.passphrase.line.selectedText()


def test_an_archive_without_a_passphrase_asks_for_a_key_file_alone(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "kept.tamarisk"
    holder = pyrage.x25519.Identity.generate()
    container.create(path, recipients=(str(holder.to_public()),))
    view = UnlockView()
    qtbot.addWidget(view)
    view.show()
    view.begin(path, False, by_passphrase=bool(slots.names(path)))
    qtbot.waitUntil(view.identity_button.hasFocus)
    assert not view.passphrase.isVisible()
    assert not view.button.isVisible()
    assert "a key file opens it" in view.words()
    with qtbot.waitSignal(view.identity_wanted):
        qtbot.keyClick(view.identity_button, Qt.Key.Key_Return)
    view.say("It did not fit.", warning=True)
    qtbot.waitUntil(view.identity_button.hasFocus)
    view.begin(path, False)
    assert view.passphrase.isVisible()


def test_the_start_lists_only_what_was_chosen_and_forgets_on_demand(qtbot: QtBot) -> None:
    view = StartView()
    qtbot.addWidget(view)
    view.show_recents(("/a/One.tamarisk", "/b/Two.tamarisk"))
    (one, two) = view.recents()
    assert [button.text() for button in (one[0], two[0])] == ["One", "Two"]
    with qtbot.waitSignal(view.recent_chosen) as chosen:
        one[0].click()
    with qtbot.waitSignal(view.recent_forgotten) as forgotten:
        two[1].click()
    assert chosen.args == ["/a/One.tamarisk"]
    assert forgotten.args == ["/b/Two.tamarisk"]


def test_what_came_with_the_program_is_the_first_way_to_begin(qtbot: QtBot) -> None:
    came = (Path("/usr/share/R&D-0001.tamarisk"), Path("/usr/share/Two-0003.tamarisk"))
    view = StartView(came=came)
    qtbot.addWidget(view)
    assert [button.text() for button in view.buttons[:3]] == [
        "Open R&&D-0001",
        "Open Two-0003",
        "Open what I was given",
    ]
    assert view.buttons[0].description() == "It came with the program"
    for button, path in zip(view.buttons, came, strict=False):
        with qtbot.waitSignal(view.recent_chosen) as chosen:
            button.click()
        assert chosen.args == [str(path)]
    with qtbot.waitSignal(view.open_wanted):
        view.buttons[2].click()
    assert len(view.buttons) == 5


class TestNewDialog:
    @pytest.fixture
    def dialog(self, qtbot: QtBot, tmp_path: Path) -> NewDialog:
        parent = QWidget()
        qtbot.addWidget(parent)
        dialog = NewDialog(parent, tmp_path)
        dialog.parent_kept = parent  # type: ignore[attr-defined]
        dialog.name.setText("Boats")
        return dialog

    def test_a_passphrase_must_be_typed_twice(self, dialog: NewDialog, tmp_path: Path) -> None:
        dialog.go_on.click()
        assert dialog.said.text()
        dialog.twice.first.line.setText("nine boats")
        dialog.twice.second.line.setText("nine boat")
        dialog.go_on.click()
        assert "differ" in dialog.said.text()
        dialog.twice.second.line.setText("nine boats")
        dialog.go_on.click()
        assert dialog.result() == NewDialog.DialogCode.Accepted
        choice = dialog.choice()
        assert (choice.path, choice.passphrase) == (tmp_path / "Boats.tamarisk", "nine boats")

    def test_unprotected_needs_none_and_says_what_it_means(self, dialog: NewDialog) -> None:
        dialog.unprotected.setChecked(True)
        assert "anyone" in dialog.unprotected.text()
        dialog.go_on.click()
        assert dialog.result() == NewDialog.DialogCode.Accepted
        assert dialog.choice().passphrase is None

    @pytest.mark.parametrize("name", ["", " ", "a/b", "..", 'a"b', ".hidden"])
    def test_a_name_that_is_no_folder_is_refused(self, dialog: NewDialog, name: str) -> None:
        dialog.unprotected.setChecked(True)
        dialog.name.setText(name)
        dialog.go_on.click()
        assert dialog.said.text()
        assert dialog.result() != NewDialog.DialogCode.Accepted

    def test_what_is_there_already_is_refused(self, dialog: NewDialog, tmp_path: Path) -> None:
        (tmp_path / "Boats.tamarisk").mkdir()
        dialog.unprotected.setChecked(True)
        dialog.go_on.click()
        assert "already" in dialog.said.text()


def test_changing_needs_the_old_passphrase_and_the_new_one_twice(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ChangeDialog(parent)
    dialog.go_on.click()
    assert dialog.said.text()
    dialog.old.line.setText("old")
    dialog.twice.first.line.setText("new")
    dialog.twice.second.line.setText("new")
    with qtbot.waitSignal(dialog.change_wanted) as asked:
        dialog.go_on.click()
    assert asked.args == ["old", "new"]
    assert not dialog.go_on.isEnabled()
    dialog.refuse("It does not open the archive.")
    assert dialog.go_on.isEnabled()
