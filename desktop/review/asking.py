"""Dialogs about one fact: how we judge it, why it is set apart, and who may see it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from archive.cases.records import Assessment, State
from archive.records import Confidentiality
from desktop import shown
from desktop.forms import Form, confidentiality_box, growing_form, level_of, plain_label
from desktop.review import words
from desktop.translate import tr

APART = (State.SUPERSEDED, State.CORRECTED)


class Asked(Form):
    """Stays open, with all that was typed, until it could be kept."""

    def refuse(self, problem: str) -> None:
        """Say why it cannot be kept."""
        super().refuse(problem)
        self.go_on.setEnabled(True)


class JudgeDialog(Asked):
    """Our own assessment of a fact, with its reason."""

    save_wanted = Signal(object, str)  # Assessment, reason

    def __init__(self, parent: QWidget, fact: str, assessment: Assessment, reason: str) -> None:
        """`fact` is the fact in words."""
        super().__init__(parent, tr("Our assessment"), tr("Save"), width=480)
        self.choice = QComboBox()
        for one in Assessment:
            self.choice.addItem(words.assessment(one), str(one))
        self.choice.setCurrentIndex(list(Assessment).index(assessment))
        self.reason = QLineEdit(shown.line(reason))
        self.reason.setPlaceholderText(tr("what makes us judge it so"))
        form = growing_form()
        form.addRow(tr("Our assessment"), self.choice)
        form.addRow(tr("Reason"), self.reason)
        self.lay_out(plain_label(shown.line(fact)), form)
        self.choice.setFocus()

    def submit(self) -> None:
        """Ask for it to be kept; a judgement wants a reason."""
        assessment, reason = Assessment(self.choice.currentData()), self.reason.text().strip()
        if assessment is not Assessment.NONE and not reason:
            self.refuse(tr("An assessment wants a reason."))
            self.reason.setFocus()
            return
        self.go_on.setEnabled(False)
        self.save_wanted.emit(assessment, reason)


class ApartDialog(Asked):
    """Why a fact stands no longer, and which one stands instead."""

    save_wanted = Signal(object, str, str)  # State, reason, UUID of the fact that replaces it or empty

    def __init__(self, parent: QWidget, fact: str, others: Sequence[tuple[str, str]]) -> None:
        """`fact` is the fact in words, `others` the facts that may replace it: UUID and words."""
        super().__init__(parent, tr("Set a fact apart"), tr("Set apart"), width=480)
        self.choice = QComboBox()
        for one in APART:
            self.choice.addItem(words.state(one), str(one))
        self.reason = QLineEdit()
        self.instead = QComboBox()
        self.instead.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.instead.setMinimumContentsLength(30)
        self.instead.addItem(tr("none"), "")
        for identity, name in others:
            self.instead.addItem(shown.line(name), identity)
        form = growing_form()
        form.addRow(tr("Why"), self.choice)
        form.addRow(tr("Reason"), self.reason)
        form.addRow(tr("Replaced by"), self.instead)
        more = plain_label(tr("It is kept with its sources under “set apart” and can be let stand again."))
        self.lay_out(plain_label(shown.line(fact)), form, more)
        self.reason.setFocus()

    def submit(self) -> None:
        """Ask for it to be done; it wants a reason."""
        reason = self.reason.text().strip()
        if not reason:
            self.refuse(tr("A fact is set apart for a reason."))
            self.reason.setFocus()
            return
        self.go_on.setEnabled(False)
        self.save_wanted.emit(State(self.choice.currentData()), reason, self.instead.currentData())


class ProtectDialog(Asked):
    """Who may see a fact, and the record it is about."""

    save_wanted = Signal(object, object)  # Confidentiality of the fact, or None; Confidentiality of the record

    def __init__(
        self, parent: QWidget, fact: str, level: Confidentiality | None, record: str, record_level: Confidentiality
    ) -> None:
        """`fact` and `record` are words; `level` is None where one stands on no fact."""
        super().__init__(parent, tr("Who may see it"), tr("Save"), width=480)
        self.fact = confidentiality_box(level) if level is not None else None
        self.record = confidentiality_box(record_level)
        form = growing_form()
        if self.fact is not None:
            form.addRow(tr("This fact"), self.fact)
        form.addRow(tr("The whole record"), self.record)
        parts = [plain_label(shown.line(record)), *([plain_label(shown.line(fact))] if self.fact is not None else [])]
        more = plain_label(tr("What is confidential stays out of dossiers and copies unless it is chosen."))
        self.lay_out(*parts, form, more)
        (self.fact or self.record).setFocus()

    def submit(self) -> None:
        """Ask for it to be kept."""
        self.go_on.setEnabled(False)
        self.save_wanted.emit(level_of(self.fact) if self.fact is not None else None, level_of(self.record))
