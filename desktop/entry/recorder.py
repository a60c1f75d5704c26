"""Opens the strip at a passage, has what is typed checked, and records what was accepted, each in its lane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from archive.cases.passages import LONGEST
from archive.cases.records import Citation, Kind
from archive.errors import ArchiveError, NoSuchRecord
from desktop import messages
from desktop.entry import actions, settling
from desktop.entry.actions import Kept
from desktop.entry.draft import Draft
from desktop.entry.edits import BESIDE, Edits
from desktop.entry.handling import Handling
from desktop.entry.material import Checked, Gatherer, Material, Pin, Selected
from desktop.entry.saving import Saving
from desktop.entry.settling import Made
from desktop.entry.work import Work
from desktop.session import Session
from desktop.translate import number, tr


class Recorder(QObject):
    """Nothing is recorded that a person has not accepted, and nothing typed is lost but by recording it."""

    opened = Signal()
    closed = Signal()
    turned = Signal()  # the strip is seen by now, or no longer
    saved = Signal(object, object, bool)  # Kept; the Pin of a new case that it made, else None; go on
    told = Signal(str)
    pin_lost = Signal()

    def __init__(self, session: Session, gatherer: Gatherer) -> None:
        super().__init__()
        self._session, self._gatherer = session, gatherer
        self.pin: Pin | None = None
        self._handling = Handling(self._check)
        self.strip = self._handling.strip
        self.strip.hide()
        self._put_away: dict[tuple[str, int, int, int], Work] = {}
        self._language_of = ""
        self._saving = Saving(session, gatherer)
        self._saving.answered.connect(self._answer)
        self._saving.failed.connect(self._fail)
        self.strip.save_wanted.connect(self.save)
        self.strip.left.connect(self.leave)

    @property
    def is_open(self) -> bool:
        """Whether the strip is open."""
        return self._handling.work is not None

    @property
    def is_ready(self) -> bool:
        """Whether the strip is open and what was recognised stands in it."""
        return self._handling.work is not None and self._handling.work.material is not None

    @property
    def is_touched(self) -> bool:
        """Whether something was accepted, typed or changed."""
        return self._handling.work is not None and self._handling.work.touched

    @property
    def is_saving(self) -> bool:
        """Whether something is being recorded."""
        return self._saving.is_busy

    @property
    def document(self) -> str:
        """The UUID of the document the strip is open for; empty for none."""
        return self._handling.work.selected.document if self._handling.work else ""

    @property
    def draft(self) -> Draft | None:
        """What is in hand."""
        return self._handling.work.draft if self._handling.work else None

    def open(self, selected: Selected) -> None:
        """Open the strip for a passage, with what was in hand for it before."""
        if selected.end - selected.start > LONGEST:
            self.told.emit(tr("A passage has at most {n} characters.", n=number(LONGEST)))
            return
        self._put_by()
        self._handling.work = self._put_away.pop(_key(selected), None) or Work(selected, pin=self.pin)
        self.show_language(selected.document, selected.language)
        self.strip.show_passage(selected.text)
        self.strip.say("")
        self.strip.set_busy(self._handling.work.saving is not None)
        self.strip.adding.setText(self._handling.work.typed)
        self.show_strip(True)
        self.strip.rows.setFocus()
        if self._handling.work.material is None:
            self._gather()
        else:
            self._handling.show()
            self._handling.arrive()
        QTimer.singleShot(0, self.opened.emit)  # when the text has the height that is left to it

    def begin_again(self) -> None:
        """Another case is pinned: propose anew for it, unless something was entered already."""
        if self._handling.work is not None and not self._handling.work.touched:
            self.strip.rows.let_go()
            self._handling.work = Work(self._handling.work.selected, pin=self.pin)
            self._gather()

    def leave(self) -> None:
        """Close the strip on demand; what was done in it is kept."""
        if self.is_touched or (self.is_open and self.strip.adding.text().strip()):
            self.told.emit(tr("What you entered is kept: R on this passage brings it back."))
        self.close()
        self.closed.emit()

    def close(self) -> None:
        """Close the strip; what was done in it comes back with its passage."""
        self._put_by()
        self.show_strip(False)

    def show_strip(self, visible: bool) -> None:
        """Show the strip, or hide it without closing it, where no text is seen."""
        self.strip.setVisible(visible)
        self.turned.emit()

    def show_language(self, document: str, language: str) -> None:
        """Preset the language when another document is read."""
        if document != self._language_of:
            self._language_of = document
            self.strip.attribution.show_language(language)

    def citation(self, selected: Selected) -> Citation:
        """The passage with what the strip says of it: language, chain and stance."""
        about = self.strip.attribution
        return Citation(
            selected.document,
            selected.version,
            selected.start,
            selected.end,
            about.tag(),
            about.steps(),
            about.chosen_stance(),
        )

    def save(self, go_on: bool) -> None:
        """Record what was accepted, all of it or nothing."""
        work = self._handling.work
        if work is None or work.saving is not None:  # a key pressed twice records once
            return
        self.strip.keep_typed()
        wrong = next((row for row in work.draft.rows if row.problem), None)
        if wrong is not None:
            self._say_wrong(wrong.key)
            return
        if not work.draft.accepted:
            self.strip.say(tr("Nothing is accepted yet: Enter accepts a row, Shift+Enter all of them."), warning=True)
            return
        self.strip.say(tr("Saving…"))
        self.strip.set_busy(True)
        self._saving.save(work, self.citation(work.selected), go_on)

    def take_over(self, made: Sequence[Made], pin: Pin | None) -> None:
        """Subjects were made that other passages mean, too; `pin` is the new case among them, if there is one."""
        case = next((one.id for one in made if one.kind is Kind.CASE), "")
        now = Pin(case, "", pin.name, pin.name) if pin is not None and case else None
        for work in self._works():
            settling.take_over(work, made, (pin.name if pin else "") or tr("New case"))
            work.pin = now if now is not None and work.pin is pin else work.pin
        if now is not None and self.pin is pin:
            self.pin = now
        self._follow()

    def give_up(self, gone: Sequence[Made], pin: Pin | None) -> None:
        """Subjects are gone that passages may mean; `pin` is the new case among them, if there is one."""
        for work in self._works():
            settling.give_up(work, gone, pin)
        self._follow()

    def show_pin(self, pin: Pin) -> None:
        """The pinned case is called so by now."""
        self.pin = pin
        for work in self._works():
            work.call(pin.id, f"{pin.label} ({pin.code})")
        self._handling.show()

    # -- what is shown

    def _gather(self) -> None:
        work = self._handling.work
        if work is None:
            return
        self.strip.show_rows((), tr("Looking for dates, places and names…"))

        def done(material: Material) -> None:
            self._handling.known = material.names
            self.strip.attribution.show_known(material.names)
            work.propose(material)
            if self._handling.work is work:
                self._handling.show()
                self._handling.arrive()

        def failed(error: ArchiveError) -> None:
            if isinstance(error, NoSuchRecord) and work.pin is not None and work.pin.id:
                self.pin_lost.emit()  # which begins anew without the case
                self.strip.say(tr("The pinned case is not there any more; another window may have taken it back."))
            else:
                self._refuse(error)

        case = work.pin.id if work.pin else ""
        actions.gather(self._session, self._gatherer, work.selected, case, done, failed)

    def _check(self, key: int) -> None:
        """Look whether a value as typed can be kept, while the person goes on."""
        work = self._handling.work
        row = work.draft.row(key) if work else None
        if work is None or row is None:
            return

        def done(checked: Checked) -> None:
            work.checked(row, checked)
            self._handling.show()

        def failed(error: ArchiveError) -> None:
            work.refused(row, actions.why_not(error))
            self._handling.show()

        actions.check(self._session, self._gatherer, row, work.selected, done, failed)

    def _put_by(self) -> None:
        """Keep what is in hand for when its passage is chosen again."""
        work, self._handling.work = self._handling.work, None
        left = self.strip.rows.let_go()  # its row is of this passage: the next has rows of the same keys
        if work is not None and left is not None and left[0].what in (Edits.VALUE, *BESIDE):
            work.leave_typed(left[0].key, left[1], left[0].what.value)
        typed = self.strip.adding.text().strip()
        self.strip.adding.clear()
        if work is not None:
            work.typed = typed
            if work.touched or typed:
                self._put_away[_key(work.selected)] = work

    def _works(self) -> list[Work]:
        """What is in hand and what is set aside."""
        return [*self._put_away.values(), *([self._handling.work] if self._handling.work is not None else [])]

    def _follow(self) -> None:
        """What is in hand means other subjects by now."""
        work = self._handling.work
        if work is not None and work.material is None:
            self._gather()
        self._handling.show()
        self.strip.offer_again()

    def _answer(self, work: Work, kept: Kept, go_on: bool) -> None:
        """A work was recorded, or something of it is wrong; what was changed meanwhile stays in hand."""
        in_hand = self._handling.work is work
        if in_hand:
            self.strip.set_busy(False)
        if kept.done is None:
            work.saving = None
            work.draft.problems(kept.problems)
            if in_hand:
                self._handling.show()
                self._say_wrong(kept.problems[0][0])
            else:
                self.told.emit(_wrong())
            return
        out = settling.settle(work, self._edited() if in_hand else ())
        made = settling.made_by(kept.recording, kept.done)
        pin = work.pin if any(one.kind is Kind.CASE for one in made) else None
        self.take_over(made, pin)
        stays = bool(work.draft.rows or (self.strip.adding.text().strip() if in_hand else work.typed))
        if not in_hand and not stays:
            self._put_away = {key: each for key, each in self._put_away.items() if each is not work}
        elif in_hand and stays:
            self.strip.say(tr("What you changed while it was being saved is still here."))
        elif in_hand:
            self._handling.work = None
            self.strip.rows.let_go()
            self.show_strip(False)
            self.closed.emit()
        self.saved.emit(kept, pin, go_on and in_hand and not stays)
        if out:
            self.told.emit(tr("What you took out while it was being saved was recorded, too. Ctrl+Z takes it back."))

    def _edited(self) -> tuple[int, ...]:
        """The row that is being edited."""
        editing = self.strip.rows.editing
        if editing is not None and editing.what is Edits.ABOUT:
            self.strip.rows.let_go()
        return (editing.key,) if editing is not None else ()

    def _fail(self, work: Work, error: ArchiveError) -> None:
        if self._handling.work is work:
            self._refuse(error)
        else:
            self.told.emit(messages.sentence(error))

    def _say_wrong(self, key: int) -> None:
        self.strip.say(_wrong(), warning=True)
        self.strip.rows.setFocus()
        self.strip.rows.go_to(key)

    def _refuse(self, error: ArchiveError) -> None:
        self.strip.set_busy(False)
        self.strip.say(messages.sentence(error), warning=True)


def _wrong() -> str:
    return tr("Nothing was recorded yet: one value cannot be kept as it is.")


def _key(selected: Selected) -> tuple[str, int, int, int]:
    return selected.document, selected.version, selected.start, selected.end
