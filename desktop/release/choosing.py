"""The first steps of publishing: which line, what stays behind and what is said of it; and for whom it is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from archive.errors import InvalidValue
from archive.release import lines
from archive.release.choice import Choice
from archive.release.lines import Line
from archive.release.publish import Locks
from desktop import shown
from desktop.forms import growing_form, plain_label
from desktop.releasing import NOTES_AT_MOST
from desktop.theme import current_theme
from desktop.translate import number, tr
from desktop.unlock.new import INDENT, TwicePassphrase

LONGEST_NAME = 120


class WhatPage(QWidget):
    """Which line, who publishes, and what stays behind."""

    def __init__(self, known: Sequence[Line], publisher: str, otherwise: str) -> None:
        """`known` are the lines there are; `otherwise` is what the first one may be called."""
        super().__init__()
        self._known = {line.name: line for line in known}
        self.line = QComboBox()
        for line in known:
            self.line.addItem(
                tr("{line}: release {n} was made on {day}", line=line.name, n=number(line.number), day=line.date),
                line.name,
            )
        self.line.addItem(tr("A new line"), "")
        self.name = QLineEdit(lines.shortened(otherwise) if not known else "")
        self.name.setMaxLength(lines.LONGEST)
        self.name.setPlaceholderText(tr("letters, digits, hyphens: it is part of the folder's name"))
        self.publisher = QLineEdit(shown.line(publisher))
        self.publisher.setMaxLength(LONGEST_NAME)
        self.publisher.setPlaceholderText(tr("as partners know you; it stands in the release"))
        self.day = QLineEdit(datetime.datetime.now(datetime.UTC).date().isoformat())
        self.levels = QButtonGroup(self)
        self._codes: list[str] = []
        levels = QVBoxLayout()
        levels.setSpacing(2)
        for at, (code, words) in enumerate(
            (
                ("confidential", tr("Confidential records")),
                ("restricted", tr("Confidential and restricted records")),
                ("none", tr("No record because of its level: confidential ones go, too")),
            )
        ):
            button = QRadioButton(words)
            button.setChecked(at == 0)
            self.levels.addButton(button, at)
            levels.addWidget(button)
            self._codes.append(code)
        self.slim = QCheckBox(tr("Leave all originals out: texts and facts only"))
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setPlaceholderText(tr("what partners should know of this release; name nobody who is at risk"))
        self.notes.setMinimumHeight(self.fontMetrics().lineSpacing() * 3 + 14)
        form = growing_form()
        form.addRow(tr("Line"), self.line)
        form.addRow(tr("Name of the line"), self.name)
        form.addRow(tr("Publisher"), self.publisher)
        form.addRow(tr("Day"), self.day)
        form.addRow(tr("Stay behind"), levels)
        form.addRow(tr("Originals"), self.slim)
        form.addRow(tr("Notes"), self.notes)
        self._form = form
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            plain_label(
                tr(
                    "Releases of one line follow one another for the same partners: what opens one of them opens the "
                    "next. Make another line for whoever must not read the same."
                )
            )
        )
        column.addLayout(form, 1)
        self.line.currentIndexChanged.connect(lambda _: self._show_name())
        self._show_name()

    def chosen_line(self) -> str:
        """The name of the line."""
        return str(self.line.currentData() or self.name.text().strip())

    def next_number(self) -> int:
        """The number that the release will have where anything has changed since the last."""
        known = self._known.get(self.chosen_line())
        return known.number + 1 if known else 1

    def choice(self) -> Choice:
        """What was chosen. Raises InvalidValue (the day)."""
        return Choice(
            date=self.day.text().strip(),
            exclude=self._codes[self.levels.checkedId()],
            slim=self.slim.isChecked(),
            notes=self.notes.toPlainText().strip(),
        )

    def problem(self) -> str:
        """Why one cannot go on yet; empty where one can."""
        name = self.chosen_line()
        if not name or name != lines.shortened(name):
            self.name.setFocus()
            return tr("Give the line a name of letters from a to z, digits, hyphens and underscores.")
        if not self.publisher.text().strip():
            self.publisher.setFocus()
            return tr("Say who publishes the release, as partners know you.")
        if len(self.notes.toPlainText()) > NOTES_AT_MOST:
            self.notes.setFocus()
            return tr("The notes are longer than {n} characters. Shorten them.", n=number(NOTES_AT_MOST))
        try:
            self.choice()
        except InvalidValue:
            self.day.setFocus()
            return tr("Write the day as year, month and day, such as 2026-11-28.")
        return ""

    def begin(self) -> None:
        """Put the keyboard where one begins."""
        (self.line if self._known else self.name if not self.name.text() else self.publisher).setFocus()

    def _show_name(self) -> None:
        self._form.setRowVisible(self.name, not self.line.currentData())
        self._form.setRowVisible(self.line, bool(self._known))


class WhomPage(QWidget):
    """Who may open the release."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.protected = QRadioButton(tr("Protected: by a passphrase, by keys of partners, or by both"))
        self.protected.setChecked(True)
        self.twice = TwicePassphrase(tr("Passphrase of the release"))
        self.recipients = QPlainTextEdit()
        self.recipients.setPlaceholderText(tr("age1… one to a line; empty for none"))
        self.recipients.setTabChangesFocus(True)
        self.recipients.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 14)
        keys = plain_label(tr("Public keys of partners, who then need no passphrase:"))
        keys.setBuddy(self.recipients)
        self.recipients.setAccessibleName(keys.text())
        self.open = QRadioButton(tr("Open: whoever has the folder can read everything in it"))
        self.warning = plain_label(
            tr("A stick that is lost or copied is then as good as published. Choose this only for what is public.")
        )
        secret = QWidget()
        inner = QVBoxLayout(secret)
        inner.setContentsMargins(INDENT, 0, 0, 8)
        note = plain_label(
            tr(
                "Use another passphrase than that of your archive, and tell it to partners by another way than the "
                "folder. It does not open your archive."
            )
        )
        for part in (self.twice, note, keys, self.recipients):
            inner.addWidget(part)
        self.protected.toggled.connect(secret.setEnabled)
        self.open.toggled.connect(self.warning.setVisible)
        self.warning.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        secret.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for widget in (self.protected, secret, self.open, self.warning):
            column.addWidget(widget)
        column.addStretch()
        self.repaint_warning()

    def locks(self) -> Locks:
        """What was chosen."""
        if self.open.isChecked():
            return Locks(open=True)
        return Locks(self.twice.text() or None, tuple(self.recipients.toPlainText().split()))

    def problem(self) -> str:
        """Why one cannot go on yet; empty where one can."""
        if self.open.isChecked():
            return ""
        recipients = self.recipients.toPlainText().split()
        wrong = next((one for one in recipients if not _is_recipient(one)), "")
        if wrong:
            self.recipients.setFocus()
            return tr("This is not a public key of age: {key}", key=shown.isolated(wrong))
        if not self.twice.text() and not self.twice.second.text() and recipients:
            return ""
        problem = self.twice.problem()
        if problem:
            self.twice.setFocus()
        return problem

    def begin(self) -> None:
        """Put the keyboard where one begins."""
        (self.open if self.open.isChecked() else self.twice).setFocus()

    def words(self) -> str:
        """Who may open it, within a sentence."""
        locks = self.locks()
        if locks.open:
            return tr("open for whoever has the folder")
        keys = len(locks.recipients)
        if locks.passphrase and keys:
            return tr("for whoever knows its passphrase, and by {n} keys", n=number(keys))
        return tr("for whoever knows its passphrase") if locks.passphrase else tr("by {n} keys", n=number(keys))

    def repaint_warning(self) -> None:
        """In the colours of now."""
        self.warning.setStyleSheet(f"color: {current_theme().warning.name()}; margin-left: {INDENT}px")


def _is_recipient(text: str) -> bool:
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True
