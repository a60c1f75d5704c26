"""What an editor does with the fact one stands on: judge it, set it apart, protect it; each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from archive.cases.records import Assessment, Fact, Kind, Source, State
from archive.errors import ArchiveError
from archive.records import Confidentiality
from desktop import messages
from desktop.cases.controller import CaseController
from desktop.cases.lines import Shape
from desktop.cases.view import CaseView
from desktop.casework import Casework
from desktop.review import actions
from desktop.review.asking import ApartDialog, Asked, JudgeDialog, ProtectDialog
from desktop.session import Session
from desktop.translate import tr

Work = Callable[[Casework], object]
Levels = tuple[Confidentiality | None, Confidentiality]
"""Who may see a fact, if one stands on any, and its record."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, and what takes it back."""

    sentence: str
    back: Work


class FactReview(QObject):
    """The commands of a page, which readers do not see. What was done here can be taken back with Ctrl+Z here."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    changed = Signal()  # the archive holds something else by now
    merge_wanted = Signal(str)  # a person

    def __init__(self, session: Session, view: CaseView, cases: CaseController, window: QWidget) -> None:
        super().__init__()
        self._session, self._page, self._cases, self._window = session, view.page, cases, window
        self._steps: list[Step] = []
        self._writable = False
        self.judge_action = self._action(tr("Judge…"), "J", self.judge)
        self.apart_action = self._action(tr("Set apart…"), "X", self.turn_apart, "Del")
        self.protect_action = self._action(tr("Who may see it…"), "P", self.protect)
        self.follow_action = self._action(tr("Cite the newest text"), "F", self.follow)
        self.merge_action = self._action(tr("The same person as…"), "M", self.merge)
        self._page.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._page.installEventFilter(self)
        self._page.selectionModel().currentChanged.connect(lambda *_: self._allow())
        cases.shown.connect(self._allow)
        self.set_writable(session.writable)

    def set_writable(self, writable: bool) -> None:
        """Readers see none of the commands."""
        self._writable = writable
        for action in self._all():
            action.setVisible(writable)
        self._allow()

    def forget(self) -> None:
        """Something newer can be taken back elsewhere: Ctrl+Z is for that now."""
        self._steps.clear()

    def judge(self) -> None:
        """Ask how we judge the fact."""
        fact = self._fact()
        if fact is None or fact.state is not State.CURRENT:
            return
        dialog = JudgeDialog(self._window, self._said(fact), fact.assessment, fact.assessment_reason)

        def save(assessment: Assessment, reason: str) -> None:
            self._keep(
                lambda cases: cases.assess(fact.id, assessment, reason, fact),
                lambda cases, now: cases.assess(fact.id, fact.assessment, fact.assessment_reason, now),
                tr("The assessment was kept."),
                dialog,
            )

        dialog.save_wanted.connect(save)
        dialog.open()

    def turn_apart(self) -> None:
        """Set the fact apart, or let stand again what was."""
        line = self._cases.line
        if line is None:
            return
        if line.shape is Shape.APART:
            self._restore(line.fact, line.target)
            return
        fact = self._fact()
        if fact is None:
            return
        others = [
            (one.id, self._said(one))
            for one in self._cases.facts_shown()
            if one.subject == fact.subject and one.id != fact.id and one.state is State.CURRENT
        ]
        near = {one.id: one.field != fact.field for one in self._cases.facts_shown()}
        dialog = ApartDialog(self._window, self._said(fact), sorted(others, key=lambda other: near[other[0]]))

        def save(state: State, reason: str, instead: str) -> None:
            self._keep(
                lambda cases: cases.set_apart(fact.id, state, reason, instead),
                lambda cases, _: cases.restore(fact.id),
                tr("The fact was set apart."),
                dialog,
            )

        dialog.save_wanted.connect(save)
        dialog.open()

    def protect(self) -> None:
        """Ask who may see the fact and its record."""
        page, fact = self._cases.page, self._fact()
        if fact is not None and fact.state is not State.CURRENT:
            return
        if page is None:
            return
        subject = page.subject
        level = fact.confidentiality if fact else None
        said = self._said(fact) if fact else ""
        dialog = ProtectDialog(self._window, said, level, subject.label or subject.code, subject.confidentiality)

        def save(of_fact: Confidentiality | None, of_record: Confidentiality) -> None:
            before = (fact.confidentiality if fact else None, subject.confidentiality)
            after = (of_fact, of_record)

            def change(cases: Casework, old: Levels, new: Levels) -> None:
                with cases.at_once():
                    if old[1] is not new[1]:
                        cases.protect(subject.id, new[1], old[1])
                    if fact is not None and new[0] is not None and old[0] is not new[0]:
                        cases.protect_fact(fact.id, new[0], old[0])

            self._keep(
                lambda cases: change(cases, before, after),
                lambda cases, _: change(cases, after, before),
                tr("Who may see it was changed."),
                dialog,
            )

        dialog.save_wanted.connect(save)
        dialog.open()

    def follow(self) -> None:
        """Cite the passages of the fact where they stand in the newest texts."""
        moved = self._moved()
        if not moved:
            return

        def work(cases: Casework) -> list[tuple[str, str]]:
            with cases.at_once():
                return [(source.id, cases.follow(source)) for source in moved]

        def done(followed: list[tuple[str, str]]) -> None:
            def back(cases: Casework) -> None:
                with cases.at_once():
                    for old, newer in followed:
                        cases.go_back(old, newer)

            self.done(tr("The fact cites the newest text."), back)

        actions.keep(self._session, work, done, self.failed.emit)

    def merge(self) -> None:
        """Ask which other person this one is."""
        if self._cases.page is not None and self._writable:
            self.merge_wanted.emit(self._cases.page.subject.id)

    def done(self, sentence: str, back: Work) -> None:
        """Something was changed that can be taken back here."""
        self._steps.append(Step(sentence, back))
        self.told.emit(tr("{what} Ctrl+Z on a page takes that back.", what=sentence))
        self.changed.emit()

    def undo(self) -> None:
        """Take back what was done last."""
        if not self._steps:
            return
        step = self._steps.pop()

        def told(_: object) -> None:
            self.told.emit(tr("Taken back: {what}", what=step.sentence))
            self.changed.emit()

        actions.keep(self._session, step.back, told, self.failed.emit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z takes back what was done on pages, before anything that was recorded elsewhere."""
        is_key = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and bool(self._steps)
        if is_key and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.undo()
            return True
        return super().eventFilter(watched, event)

    def _restore(self, fact: str, merge: str) -> None:
        shown = self._cases.fact_shown(fact) if fact else None
        if shown is not None:
            self._keep(
                lambda cases: cases.restore(shown.id),
                lambda cases, _: cases.set_apart(shown.id, shown.state, shown.state_reason, shown.replaced_by),
                tr("The fact stands again."),
            )
        elif merge:
            actions.keep(
                self._session, lambda cases: cases.unmerge(merge), lambda _: self._unmerged(), self.failed.emit
            )

    def _unmerged(self) -> None:
        self.told.emit(tr("The two are two persons again."))
        self.changed.emit()

    def _keep(
        self,
        work: Callable[[Casework], object],
        back: Callable[[Casework, Fact | None], object],
        sentence: str,
        dialog: Asked | None = None,
    ) -> None:
        """Do it; `back` is given the fact as it is afterwards. What is refused is said where it was asked for."""
        fact = self._fact()

        def both(cases: Casework) -> Fact | None:
            work(cases)
            return cases.fact(fact.id) if fact is not None else None

        def done(now: Fact | None) -> None:
            if dialog is not None:
                dialog.accept()
            self.done(sentence, lambda cases: back(cases, now))

        def refuse(error: ArchiveError) -> None:
            if dialog is not None:
                dialog.refuse(messages.sentence(error))
            else:
                self.failed.emit(error)

        actions.keep(self._session, both, done, refuse)

    def _fact(self) -> Fact | None:
        return self._cases.fact_shown(self._cases.fact)

    def _moved(self) -> list[Source]:
        """The sources of the fact whose passage stands in a newer text."""
        weighed = self._cases.weighed(self._cases.fact)
        cited = weighed.sources if weighed is not None else ()
        return [one.source for one in cited if one.anchor.moved and not one.anchor.lost]

    def _said(self, fact: Fact) -> str:
        weighed = self._cases.weighed(fact.id)
        return f"{weighed.heading}: {weighed.value}" if weighed is not None else fact.value

    def _allow(self) -> None:
        line, page = self._cases.line, self._cases.page
        on_fact = self._writable and line is not None and line.shape is Shape.FACT
        on_apart = self._writable and line is not None and line.shape is Shape.APART
        self.judge_action.setEnabled(on_fact)
        self.apart_action.setEnabled(on_fact or on_apart)
        self.apart_action.setText(tr("Let it stand again") if on_apart else tr("Set apart…"))
        self.protect_action.setEnabled(self._writable and page is not None and not on_apart)
        self.follow_action.setVisible(on_fact and bool(self._moved()))
        self.follow_action.setEnabled(on_fact and bool(self._moved()))
        is_person = self._writable and page is not None and page.subject.kind is Kind.PERSON
        self.merge_action.setVisible(is_person)
        self.merge_action.setEnabled(is_person)

    def _all(self) -> tuple[QAction, ...]:
        return self.judge_action, self.apart_action, self.protect_action, self.follow_action, self.merge_action

    def _action(self, words: str, key: str, do: Callable[[], None], other: str = "") -> QAction:
        action = QAction(words, self._page)
        action.setShortcuts([QKeySequence(one) for one in (key, other) if one])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: do())
        self._page.addAction(action)
        return action
