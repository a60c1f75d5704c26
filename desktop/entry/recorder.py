"""Opens the strip at a passage, has what is typed checked, and records what was accepted, each in its lane."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from archive.cases.passages import LONGEST
from archive.cases.records import Citation, Kind
from archive.errors import ArchiveError, NoSuchRecord
from desktop import messages
from desktop.entry import actions, offers
from desktop.entry.actions import Kept
from desktop.entry.draft import Draft
from desktop.entry.handling import Handling
from desktop.entry.material import Checked, Gatherer, Material, Pin, Selected
from desktop.entry.rows import Edits
from desktop.entry.work import Work
from desktop.session import Session
from desktop.translate import number, tr

KNOWN = (Kind.PERSON, Kind.ORGANISATION, Kind.PROGRAMME, Kind.LAW, Kind.WORK, Kind.FIGURE, Kind.STATEMENT,
         Kind.RESPONSE, Kind.TERM)  # fmt: skip
"""Kinds of subject that values, chains and strips may name."""


class Recorder(QObject):
    """Nothing is recorded that a person has not accepted, and nothing typed is lost but by recording it."""

    opened = Signal()
    closed = Signal()
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
        self._handling.work = self._put_away.pop(_key(selected), None) or Work(selected)
        self.show_language(selected.document, selected.language)
        self.strip.show_passage(selected.text)
        self.strip.say("")
        self.strip.set_busy(False)
        self.strip.show()
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
            self._handling.work = Work(self._handling.work.selected)
            self._gather()

    def leave(self) -> None:
        """Close the strip on demand; what was done in it is kept."""
        if self.is_touched:
            self.told.emit(tr("What you entered is kept: R on this passage brings it back."))
        self.close()
        self.closed.emit()

    def close(self) -> None:
        """Close the strip; what was done in it comes back with its passage."""
        self._put_by()
        self.strip.hide()

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
        if work is None or work.saving:  # a key pressed twice records once
            return
        self.strip.keep_typed()
        wrong = next((row for row in work.draft.rows if row.problem), None)
        if wrong is not None:
            self._say_wrong(wrong.key)
            return
        rows = work.draft.accepted
        if not rows:
            self.strip.say(tr("Nothing is accepted yet: Enter accepts a row, Shift+Enter all of them."), warning=True)
            return
        self.strip.say(tr("Saving…"))
        self.strip.set_busy(True)
        work.saving = True
        citation = self.citation(work.selected)
        # where another case was pinned meanwhile, that one stays pinned
        pin = self.pin if self.pin is not None and not self.pin.id and self.pin is work.pin else None

        def done(kept: Kept) -> None:
            work.saving = False
            self.strip.set_busy(False)
            in_hand = self._handling.work is work
            if kept.problems:
                work.draft.problems(kept.problems)
                if in_hand:
                    self._handling.show()
                    self._say_wrong(kept.problems[0][0])
                else:
                    self.told.emit(_wrong())
                return
            if in_hand:
                self._handling.work = None
                self.strip.rows.let_go()
                self.strip.hide()
            elif self._put_away.get(_key(work.selected)) is work:  # closed meanwhile: it must not come back
                del self._put_away[_key(work.selected)]
            made = any(draft.kind is Kind.CASE for draft in kept.recording.drafts)
            self.saved.emit(kept, pin if made else None, go_on)

        def failed(error: ArchiveError) -> None:
            work.saving = False
            if self._handling.work is work:
                self._refuse(error)
            else:
                self.told.emit(messages.sentence(error))

        actions.save(self._session, self._gatherer, work.selected, citation, work.draft.abouts, rows, done, failed)

    # -- what is shown

    def _gather(self) -> None:
        work = self._handling.work
        if work is None:
            return
        self.strip.show_rows((), tr("Looking for dates, places and names…"))

        def done(material: Material) -> None:
            work.propose(self.pin, material)
            if self._handling.work is work:
                self._handling.show()
                self._handling.arrive()

        def failed(error: ArchiveError) -> None:
            if isinstance(error, NoSuchRecord) and self.pin is not None and self.pin.id:
                self.pin_lost.emit()  # which begins anew without the case
                self.strip.say(tr("The pinned case is not there any more; another window may have taken it back."))
            else:
                self._refuse(error)

        case = self.pin.id if self.pin else ""
        actions.gather(self._session, self._gatherer, work.selected, case, done, failed)
        actions.look_up(self._session, KNOWN, self._take_known, self._refuse)

    def _take_known(self, known: offers.Known) -> None:
        self._handling.known = known
        self.strip.attribution.show_known(known)

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
        if work is not None and left is not None and left[0].what is Edits.VALUE:
            work.leave_typed(left[0].key, left[1])
        if work is not None and work.touched:
            self._put_away[_key(work.selected)] = work

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
