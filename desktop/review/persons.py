"""Leads from a person, or from two who may be one, to the view of both, and does what is decided there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError
from desktop import messages
from desktop.review import actions
from desktop.review.choices import Choice
from desktop.review.choosing import ChooseDialog
from desktop.review.comparing import Comparison
from desktop.review.facts import FactReview
from desktop.review.merging import MergeDialog
from desktop.session import Session
from desktop.translate import tr


class PersonReview(QObject):
    """Nothing is merged but by a person, with a reason; what was done is taken back through `facts`."""

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
            def done(identity: str) -> None:
                dialog.accept()
                self._facts.done(tr("The two are one person now."), lambda cases: cases.unmerge(identity))
                self.subject_wanted.emit(kept)  # instead of the page that was shown

            actions.keep(self._session, lambda cases: cases.merge(kept, gone, reason), done, refuse)

        def hold_apart(one: str, other: str, reason: str) -> None:
            def done(_: None) -> None:
                dialog.accept()
                said = tr("It is kept that they are not the same person.")
                self._facts.done(said, lambda cases: cases.let_together(one, other))

            actions.keep(self._session, lambda cases: cases.keep_apart(one, other, reason), done, refuse)

        dialog.merge_wanted.connect(merge)
        dialog.apart_wanted.connect(hold_apart)
        dialog.open()
