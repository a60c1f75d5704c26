"""Shows in whole sentences what a withdrawal would take, asks for the reason, and has it confirmed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from archive.withdrawal.preview import Preview
from archive.withdrawal.tombstones import Reason
from desktop import shown
from desktop.forms import growing_form, plain_label
from desktop.review.asking import Asked
from desktop.translate import tr
from desktop.withdrawal import words
from desktop.withdrawal.why import why_withdrawn

MOST = 2_000
"""Records under each sentence: all that anybody reads through."""
RIGHTWARD = "\u200e"


class WithdrawDialog(Asked):
    """Nothing can be withdrawn before what goes was shown, a reason chosen, and the box ticked."""

    looked = Signal(bool)  # with what was found inside: say what would go
    withdraw_wanted = Signal(object, object, str, str)  # Preview, Reason, note, the right value of a fact or nothing

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Withdraw"), tr("Withdraw for good"), width=640)
        self._seen: Preview | None = None
        self.title = plain_label("")
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.what = QPlainTextEdit()
        self.what.setReadOnly(True)
        self.what.setTabChangesFocus(True)
        self.what.setAccessibleName(tr("What goes and what stays"))
        self.members = QCheckBox(tr("Also what was found inside it and nowhere else"))
        self.members.setChecked(True)
        self.members.hide()
        self.members.toggled.connect(self._look)
        self.reasons = QButtonGroup(self)
        choices = QVBoxLayout()
        choices.setSpacing(2)
        for at, reason in enumerate(Reason):
            button = QRadioButton(_sentence(why_withdrawn(str(reason))))
            button.setAccessibleDescription(tr("Why (partners see this)"))  # a row of several has no name otherwise
            self.reasons.addButton(button, at)
            choices.addWidget(button)
        self.reasons.idToggled.connect(lambda *_: self._allow())
        self.note = QLineEdit()
        self.note.setPlaceholderText(tr("name nobody; it stays in this archive and is in no release"))
        self.instead = QLineEdit()
        self.instead.setPlaceholderText(tr("the right value; empty to record nothing"))
        self.instead.setAccessibleName(tr("Record instead"))
        self.more = plain_label(
            tr(
                "The right value is recorded in the same step, on the same passages, which may still quote the wrong "
                "one. The record that it is about then stays, and no list of changes tells what stood here."
            )
        )
        self.sure = QCheckBox(tr("I have read what goes. I know that it cannot be taken back."))
        self.sure.toggled.connect(lambda _: self._allow())
        self._form = form = growing_form()
        form.addRow(tr("Why (partners see this)"), choices)
        form.addRow(tr("Note for this desk"), self.note)
        form.addRow(tr("Record instead"), self.instead)
        self._offer_value(False)
        self.lay_out(self.title, self.what, self.members, form, self.more, self.sure)
        self.resize(760, 640)
        self._buttons.button(self._buttons.StandardButton.Cancel).setDefault(True)
        self._allow()

    def open(self) -> None:
        """Show it, and ask what would go."""
        super().open()
        self._look()

    def tell(self, seen: Preview) -> None:
        """Show what would go."""
        if seen.members and not self.members.isVisible():
            self.members.setVisible(len(seen.documents) > 1)
        self._seen = seen
        self._offer_value(seen.sort == "fact")
        self.refuse("")
        self.title.setText(shown.line(seen.title) or tr("Without a title"))
        parts = []
        for sentence, lines in words.paragraphs(seen, most=MOST):
            # each a line of ours, which what it names does not turn round
            parts.append("\n".join([sentence, *(f"{RIGHTWARD}    {line}" for line in lines)]))
        self.what.setPlainText("\n\n".join(parts))
        self._allow()

    def refuse(self, problem: str) -> None:
        """Say why it cannot be done."""
        super().refuse(problem)
        self._allow()

    def submit(self) -> None:
        """Ask for it to be done."""
        if self._is_ready() and self._seen is not None:
            reason = list(Reason)[self.reasons.checkedId()]
            self.go_on.setEnabled(False)  # until it is said whether the value can be kept
            self.withdraw_wanted.emit(self._seen, reason, self.note.text().strip(), self.instead.text().strip())

    def _offer_value(self, offered: bool) -> None:
        self._form.setRowVisible(self.instead, offered)
        self.more.setVisible(offered)

    def _look(self) -> None:
        self._seen = None
        self.sure.setChecked(False)  # what was read is no longer what goes
        self.what.setPlainText(tr("Looking what goes with it…"))
        self._allow()
        self.looked.emit(self.members.isChecked())

    def _is_ready(self) -> bool:
        return self._seen is not None and self.reasons.checkedId() >= 0 and self.sure.isChecked()

    def _allow(self) -> None:
        self.go_on.setEnabled(self._is_ready())


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
