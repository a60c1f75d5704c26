"""What an editor does with the fact one stands on: judge it, set it apart, protect it; each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from archive.cases.records import Assessment, Fact, Kind, Source, State
from archive.errors import ArchiveError
from archive.records import Confidentiality
from desktop import changes, messages
from desktop.cases.controller import CaseController
from desktop.cases.lines import Shape
from desktop.cases.view import CaseView
from desktop.casework import Casework
from desktop.changes import Back, Change
from desktop.review.asking import ApartDialog, Asked, JudgeDialog, ProtectDialog
from desktop.session import Session
from desktop.translate import tr
from desktop.workspace import Workspace

Levels = tuple[Confidentiality | None, Confidentiality]
"""Who may see a fact, if one stands on any, and its record."""


class FactReview(QObject):
    """The commands of a page, which readers do not see."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    changed = Signal()  # the archive holds something else by now
    made = Signal(object)  # Change
    merge_wanted = Signal(str)  # a person

    def __init__(self, session: Session, view: CaseView, cases: CaseController, window: QWidget) -> None:
        super().__init__()
        self._session, self._page, self._cases, self._window = session, view.page, cases, window
        self._writable = False
        self.judge_action = self._action(tr("Judge…"), "J", self.judge)
        self.apart_action = self._action(tr("Set apart…"), "X", self.turn_apart, "Del")
        self.protect_action = self._action(tr("Who may see it…"), "P", self.protect)
        self.follow_action = self._action(tr("Cite the newest text"), "F", self.follow)
        self.merge_action = self._action(tr("The same person as…"), "M", self.merge)
        self._page.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._page.selectionModel().currentChanged.connect(lambda *_: self._allow())
        cases.shown.connect(self._allow)
        self.set_writable(session.writable)

    def set_writable(self, writable: bool) -> None:
        """Readers see none of the commands."""
        self._writable = writable
        for action in self._all():
            action.setVisible(writable)
        self._allow()

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

        def back(followed: Sequence[tuple[str, str]], workspace: Workspace) -> None:
            with workspace.cases.at_once():
                for old, newer in followed:
                    workspace.cases.go_back(old, newer)

        def do(workspace: Workspace) -> Back:
            with workspace.cases.at_once():
                followed = [(source.id, workspace.cases.follow(source)) for source in moved]
            return partial(back, followed)

        changes.make(self._session, tr("The fact cites the newest text."), do, self.done, self.failed.emit)

    def merge(self) -> None:
        """Ask which other person this one is."""
        if self._cases.page is not None and self._writable:
            self.merge_wanted.emit(self._cases.page.subject.id)

    def done(self, change: Change | None) -> None:
        """Something was changed that can be taken back."""
        if change is not None:
            self.made.emit(change)
        self.changed.emit()

    def _restore(self, fact: str, merge: str) -> None:
        shown = self._cases.fact_shown(fact) if fact else None
        if shown is not None:
            self._keep(
                lambda cases: cases.restore(shown.id),
                lambda cases, _: cases.set_apart(shown.id, shown.state, shown.state_reason, shown.replaced_by),
                tr("The fact stands again."),
            )
        elif merge:
            self._part(merge)

    def _part(self, merge: str) -> None:
        """Let two persons that were one be two again."""
        page = self._cases.page
        if page is None:
            return
        kept = page.subject.id

        def do(workspace: Workspace) -> Back | None:
            standing = {one: (gone, reason) for one, gone, reason in workspace.cases.merges(kept)}
            identity = merge if merge in standing else again.get(merge, merge)
            gone, reason = standing.get(identity, ("", ""))
            workspace.cases.unmerge(identity)
            return partial(back, gone, reason) if gone else None

        def back(gone: str, reason: str, workspace: Workspace) -> None:
            again[merge] = workspace.cases.merge(kept, gone, reason)  # what is parted once more has another id by then

        again: dict[str, str] = {}
        changes.make(self._session, tr("The two are two persons again."), do, self.done, self.failed.emit)

    def _keep(
        self,
        work: Callable[[Casework], object],
        back: Callable[[Casework, Fact | None], object],
        sentence: str,
        dialog: Asked | None = None,
    ) -> None:
        """Do it; `back` is given the fact as it is afterwards. What is refused is said where it was asked for."""
        fact = self._fact()

        def do(workspace: Workspace) -> Back:
            work(workspace.cases)
            now = workspace.cases.fact(fact.id) if fact is not None else None
            return lambda w: back(w.cases, now)

        def done(change: Change | None) -> None:
            if dialog is not None:
                dialog.accept()
            self.done(change)

        def refuse(error: ArchiveError) -> None:
            if dialog is not None:
                dialog.refuse(messages.sentence(error))
            else:
                self.failed.emit(error)

        changes.make(self._session, sentence, do, done, refuse)

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
