"""The list of shortcuts: those of the commands under the headings of the menu, then those of a place in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.commands import ELSEWHERE, GROUPS, MENU, Commands, headings
from desktop.theme import current_theme, scaled
from desktop.translate import tr

Rows = list[tuple[str, str]]


def listed(commands: Commands) -> list[tuple[str, Rows]]:
    """Headings, and under each the keys and what they do, as people read them; every command with a key stands once."""
    named = headings()
    alone = _rows(commands, ("menu", *(name for name in MENU if name not in named)))
    groups = [(named[group], _rows(commands, (*ELSEWHERE.get(group, ()), *GROUPS[group]))) for group in GROUPS]
    return [(tr("Everywhere"), alone), *(one for one in groups if one[1]), *_local()]


def _rows(commands: Commands, names: tuple[str, ...]) -> Rows:
    native = QKeySequence.SequenceFormat.NativeText
    actions = [commands[name] for name in names if name in commands.names()]
    return [
        (", ".join(keys.toString(native) for keys in action.shortcuts()), action.text().rstrip("…"))
        for action in actions
        if action.shortcuts()
    ]


def _local() -> list[tuple[str, Rows]]:
    return [
        (
            tr("In the bar"),
            [
                (tr("Enter"), tr("Read the first hit; once more: go to its text")),
                (tr("Down, Tab"), tr("Choose what is offered; Enter searches, Esc gives back what was typed")),
                (tr("Down"), tr("Go to the list; where nothing is typed: past searches")),
                (tr("Tab"), tr("Go to what may have been meant, and to other spellings")),
                (tr("Esc"), tr("Clear the text; once more: remove the filters")),
            ],
        ),
        (
            tr("In the list and the filters"),
            [
                (tr("Enter in the list"), tr("Go to the text")),
                (tr("Shift+Up, Shift+Down, Ctrl+A in the list"), tr("Mark several records")),
                (tr("Esc in the list"), tr("Go back to the bar")),
                (tr("Space in the filters"), tr("Include a value, or give it up")),
                (tr("Delete in the filters"), tr("Leave a value out")),
                (tr("Left, Right in the years"), tr("Walk the years; with Shift a range")),
            ],
        ),
        (
            tr("In a document"),
            [
                (tr("Space in the text"), tr("A page on; with Shift back")),
                (tr("Ctrl+Home, Ctrl+End in the text"), tr("Beginning and end of the text")),
                (tr("PageUp, PageDown in the original"), tr("Walk the pages")),
                (tr("+, − in the original"), tr("Larger and smaller")),
            ],
        ),
        (
            tr("In the notebook"),
            [
                (tr("Enter, Delete"), tr("Open; delete, after a question")),
                (tr("Esc in a note"), tr("Leave it; it is kept as you type")),
            ],
        ),
        (
            tr("In the strip under the text, where facts are recorded"),
            [
                (tr("Enter"), tr("Accept, and go on")),
                (tr("Shift+Enter"), tr("Accept all that is certain")),
                (tr("Letters"), tr("Add a field, a value or an event")),
                (tr("F2"), tr("Edit the value")),
                (tr("F4"), tr("Choose another field")),
                (tr("F8"), tr("The hedge of a value, as the source words it")),
                (tr("F9"), tr("A note on a value")),
                (tr("Delete"), tr("Drop what was proposed")),
                (tr("Ctrl+Enter"), tr("Save; with Shift go on with the next sentence")),
            ],
        ),
        (
            tr("On the page of a case or a person"),
            [
                (tr("J on a fact"), tr("Judge it, with a reason")),
                (tr("X or Delete on a fact"), tr("Set it apart, or let it stand again")),
                (tr("F on a fact"), tr("Cite the newest text, where its passage moved")),
                (tr("P"), tr("Who may see the fact and its record")),
                (tr("M on the page of a person"), tr("The same person as another")),
            ],
        ),
    ]


class ShortcutsDialog(QDialog):
    """The list of shortcuts."""

    def __init__(self, parent: QWidget, commands: Commands) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(620, 640)
        inner = QWidget()
        form = QFormLayout(inner)
        form.setHorizontalSpacing(24)
        for heading, rows in listed(commands):
            title = QLabel(heading)
            title.setFont(scaled(title.font(), 0.95, bold=True))
            title.setStyleSheet(f"color: {current_theme().muted.name()}; padding-top: 10px")
            form.addRow(title)
            for keys, words in rows:
                label, said = QLabel(keys), QLabel(words)
                label.setFont(scaled(label.font(), 1.0, bold=True))
                said.setWordWrap(True)
                form.addRow(label, said)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        area.setFocus()  # Up, Down and the pages scroll; Esc closes
