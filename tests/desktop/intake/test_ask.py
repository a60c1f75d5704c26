"""The question before an import: what it is about, and restricted unless chosen otherwise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from archive.records import Confidentiality
from desktop.intake.ask import ImportDialog, named


def test_it_is_restricted_unless_chosen_and_says_what_that_means(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ImportDialog(parent, (Path("/a/b.txt"),))
    assert dialog.chosen() is Confidentiality.RESTRICTED
    meanings = set()
    for level in Confidentiality:
        dialog.level.setCurrentIndex(dialog.level.findData(str(level)))
        assert dialog.chosen() is level
        meanings.add("\n".join(label.text() for label in dialog.findChildren(QLabel)))
    assert len(meanings) == len(Confidentiality)


def test_a_few_are_named_and_all_are_counted() -> None:
    words = named(tuple(Path(f"/a/{n}\u202e.txt") for n in range(9)))
    assert words.startswith("9 ")
    assert words.endswith("and 5 more")
    assert "\u202e" not in words
