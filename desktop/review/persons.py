"""Leads from a person, or from two who may be one, to the view of both, and does what is decided there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError
from desktop import changes, messages
from desktop.changes import Back, Change
from desktop.review import actions
from desktop.review.choices import Choice
from desktop.review.choosing import ChooseDialog
from desktop.review.comparing import Comparison
from desktop.review.facts import FactReview
from desktop.review.merging import MergeDialog
from desktop.session import Session
from desktop.translate import tr
from desktop.workspace import Workspace


class PersonReview(QObject):
    """Nothing is merged but by a person, with a reason; what was done can be taken back."""

    subject_wanted = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, facts: FactReview, window: QWidget) -> None:
        super().__init__()
        self._session, self._facts, self._window = session, facts, window
        facts.merge_wanted.connect(self.choose)

    def choose(self, person: str) -> None:
        """Ask which other person this one may be."""

        likely: list[Choice] = []  # found once: it takes longer than finding a name

        def seek(typed: str, take: Callable[[Sequence[Choice]], None]) -> None:
            def found(persons: tuple[Sequence[Choice], Sequence[Choice]]) -> None:
                likely[:] = persons[0]
                take(persons[1])

            actions.persons(self._session, person, typed, likely, found, self.failed.emit)

        sentence = tr("Those first who agree in name and in a second field.")
        dialog = ChooseDialog(
            self._window, tr("The same person as…"), sentence, tr("Compare"), seek, tr("Name of a person")
        )
        dialog.chosen.connect(lambda choice: self.compare(person, choice.id))
        dialog.finished.connect(lambda _: self._session.reading.drop("persons"))
        dialog.open()

    def compare(self, one: str, other: str) -> None:
        """Show two persons side by side."""
        actions.compare(self._session, one, other, self._show, self.failed.emit)

    def _show(self, comparison: Comparison) -> None:
        dialog = MergeDialog(self._window, comparison)

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error))

        def merge(kept: str, gone: str, reason: str) -> None:
            def do(workspace: Workspace) -> Back:
                identity = workspace.cases.merge(kept, gone, reason)
                return lambda w: w.cases.unmerge(identity)

            def done(change: Change | None) -> None:
                dialog.accept()
                self._facts.done(change)
                self.subject_wanted.emit(kept)  # instead of the page that was shown

            changes.make(self._session, tr("The two are one person now."), do, done, refuse)

        def hold_apart(one: str, other: str, reason: str) -> None:
            def do(workspace: Workspace) -> Back:
                workspace.cases.keep_apart(one, other, reason)
                return lambda w: w.cases.let_together(one, other)

            def done(change: Change | None) -> None:
                dialog.accept()
                self._facts.done(change)

            changes.make(self._session, tr("It is kept that they are not the same person."), do, done, refuse)

        dialog.merge_wanted.connect(merge)
        dialog.apart_wanted.connect(hold_apart)
        dialog.open()
