"""Drives the strip: opens it at a passage, offers, checks what is typed, and records what was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from archive.cases import fields
from archive.cases.passages import LONGEST
from archive.cases.records import Citation, Kind
from archive.errors import ArchiveError, NoSuchRecord
from desktop import messages
from desktop.entry import actions, offers
from desktop.entry.actions import Kept
from desktop.entry.draft import About, Draft
from desktop.entry.material import Checked, Gatherer, Material, Pin, Selected
from desktop.entry.offers import Offer, Store
from desktop.entry.rows import Editing, Edits
from desktop.entry.strip import Strip
from desktop.entry.work import CHOSEN, Work
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
        self.strip = Strip(self._suggest, self._suggest_adding)
        self.strip.hide()
        self._work: Work | None = None
        self._put_away: dict[tuple[str, int, int, int], Work] = {}
        self._known: offers.Known = ()
        self._language_of = ""
        self._filling = 0  # the row that is being filled in from the line that adds
        rows = self.strip.rows
        rows.accept_wanted.connect(self._accept)
        rows.drop_wanted.connect(self._drop)
        rows.value_chosen.connect(self._set_value)
        rows.field_chosen.connect(self._set_field)
        rows.about_chosen.connect(self._set_about)
        self.strip.added.connect(self._add)
        self.strip.accept_all_wanted.connect(self._accept_all)
        self.strip.save_wanted.connect(self.save)
        self.strip.back_wanted.connect(self._arrive)
        self.strip.left.connect(self.leave)

    @property
    def is_open(self) -> bool:
        """Whether the strip is open."""
        return self._work is not None

    @property
    def is_ready(self) -> bool:
        """Whether the strip is open and what was recognised stands in it."""
        return self._work is not None and self._work.material is not None

    @property
    def is_touched(self) -> bool:
        """Whether something was accepted, typed or changed."""
        return self._work is not None and self._work.touched

    @property
    def document(self) -> str:
        """The UUID of the document the strip is open for; empty for none."""
        return self._work.selected.document if self._work else ""

    @property
    def draft(self) -> Draft | None:
        """What is in hand."""
        return self._work.draft if self._work else None

    def open(self, selected: Selected) -> None:
        """Open the strip for a passage, with what was in hand for it before."""
        if selected.end - selected.start > LONGEST:
            self.told.emit(tr("A passage has at most {n} characters.", n=number(LONGEST)))
            return
        self._put_by()
        self._work = self._put_away.pop(_key(selected), None) or Work(selected)
        self.show_language(selected.document, selected.language)
        self.strip.show_passage(selected.text)
        self.strip.say("")
        self.strip.set_busy(False)
        self.strip.show()
        self.strip.rows.setFocus()
        if self._work.material is None:
            self._gather()
        else:
            self._show()
            self._arrive()
        QTimer.singleShot(0, self.opened.emit)  # when the text has the height that is left to it

    def begin_again(self) -> None:
        """Another case is pinned: propose anew for it, unless something was entered already."""
        if self._work is not None and not self._work.touched:
            self._work = Work(self._work.selected)
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
        self.strip.keep_typed()
        work = self._work
        if work is None:
            return
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
        citation = self.citation(work.selected)
        pin = self.pin if self.pin is not None and not self.pin.id else None

        def done(kept: Kept) -> None:
            self.strip.set_busy(False)
            if kept.problems:
                work.draft.problems(kept.problems)
                self._show()
                self._say_wrong(kept.problems[0][0])
                return
            if self._work is work:
                self._work = None
                self.strip.hide()
            made = any(draft.kind is Kind.CASE for draft in kept.recording.drafts)
            self.saved.emit(kept, pin if made else None, go_on)

        actions.save(
            self._session, self._gatherer, work.selected, citation, work.draft.abouts, rows, done, self._refuse
        )

    # -- what is shown

    def _gather(self) -> None:
        work = self._work
        if work is None:
            return
        self.strip.show_rows((), tr("Looking for dates, places and names…"))

        def done(material: Material) -> None:
            work.propose(self.pin, material)
            if self._work is work:
                self._show()
                self._arrive()

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
        self._known = known
        self.strip.attribution.show_known(known)

    def _show(self) -> None:
        work = self._work
        if work is None:
            return
        hint = tr("Add a field, a value or an event")
        if work.primary is None and work.material is not None:
            hint = tr("What is this about? A name, or: person, figure, statement … Ctrl+K pins a case")
        self.strip.show_rows(work.draft.order(), hint)

    def _arrive(self) -> None:
        """Go to the first row that waits; to the line that adds where none does."""
        if self.strip.adding.text() or self.strip.rows.editing is not None:
            return
        if self.strip.rows.go_to_first():
            self.strip.rows.setFocus()
        else:
            self.strip.adding.setFocus()

    def _advance(self) -> None:
        """Go on after a row was dealt with."""
        if self._filling or not self.strip.rows.go_on():
            self.strip.adding.setFocus()
        else:
            self.strip.rows.setFocus()
        self._filling = 0

    def _current(self) -> About | None:
        """The subject one stands at."""
        line = self.strip.rows.current()
        return line.about if line else None

    # -- what is offered

    def _suggest(self, editing: Editing, typed: str) -> Sequence[Offer]:
        work = self._work
        if work is None or work.material is None:
            return ()
        if editing.what is Edits.ABOUT:
            return offers.subjects(typed, work.at_hand(), self._known, work.case)
        row = work.draft.row(editing.key)
        if row is None:
            return ()
        if editing.what is Edits.VALUE:
            return offers.values(fields.field(row.field), typed, Store(work.material.choices, self._known))
        kind = fields.field(row.field).type if row.field else row.type
        return offers.targets(typed, work.at_hand(self._current()), kind)

    def _suggest_adding(self, typed: str) -> Sequence[Offer]:
        work = self._work
        if work is None or work.material is None:
            return ()
        if work.primary is None:
            return offers.subjects(typed, work.at_hand(), self._known, work.case)
        at_hand, store = work.at_hand(self._current()), Store(work.material.choices, self._known)
        found = offers.adding(typed, at_hand, store, work.case, work.typeless())
        if typed.strip() and len(found) < offers.MOST:
            held = {about.id for about in at_hand}
            others = offers.subjects(typed, (), [one for one in self._known if one[1].value not in held], None)
            found += [replace(one, lead=tr("record about it")) for one in others]
        return found

    # -- what was done

    def _accept(self, key: int) -> None:
        work = self._work
        if work is None:
            return
        work.touched = True
        if not work.draft.accept(key):
            self.strip.rows.edit_row(key)
            return
        self._show()
        self.strip.rows.go_to(key)
        if any(row.key == key for row in work.draft.accepted):
            self._advance()

    def _accept_all(self) -> None:
        work = self._work
        if work is None:
            return
        self.strip.rows.keep_edited()
        work.accept_all()
        self._show()
        if self.strip.rows.go_to_first():  # what is uncertain is left, each to be decided
            self.strip.rows.setFocus()
        else:
            self.strip.rows.go_to_last()
            self.strip.adding.setFocus()

    def _drop(self, key: int) -> None:
        work = self._work
        if work is None:
            return
        work.touched = True
        self.strip.rows.go_to(key)
        row = self.strip.rows.currentIndex().row()
        work.draft.drop(key)
        self._show()
        self.strip.rows.go_near(row)
        if not work.draft.rows:
            self.strip.adding.setFocus()

    def _set_value(self, key: int, taken: Offer | str) -> None:
        if self._work is not None:
            self._follow(key, self._work.set_value(key, taken))

    def _set_field(self, key: int, taken: object) -> None:
        if self._work is not None and isinstance(taken, Offer):
            self._follow(key, self._work.set_field(key, taken, self._current()))

    def _follow(self, key: int, check: bool) -> None:
        """A row was changed: show it, have it checked, and go on."""
        if check:
            self._check(key)
        self._show()
        self.strip.rows.go_to(key)
        self._advance()

    def _check(self, key: int) -> None:
        """Look whether a value as typed can be kept, while the person goes on."""
        work = self._work
        row = work.draft.row(key) if work else None
        if work is None or row is None:
            return

        def done(checked: Checked) -> None:
            work.checked(row, checked)
            self._show()

        def failed(error: ArchiveError) -> None:
            work.refused(row, actions.why_not(error))
            self._show()

        actions.check(self._session, self._gatherer, row, work.selected, done, failed)

    def _set_about(self, old: str, taken: object) -> None:
        work = self._work
        about = work.taken_about(taken, self._known) if work and isinstance(taken, Offer) else None
        if work is None or about is None:
            return
        if work.primary is not None and work.primary.id == old:
            work.record_about(about)
        else:
            work.touched = True
            work.draft.refer(old, about)
        self._begin_new(work, about)

    def _add(self, taken: object) -> None:
        """Something was chosen in the line that adds."""
        work = self._work
        if work is None:
            return
        if not isinstance(taken, Offer):
            self.strip.adding.setText(str(taken))
            self.strip.say(tr("Nothing fits that. Type the name of a field, a value, or an event."), warning=True)
            return
        self.strip.say("")
        if not taken.field and (taken.making is not Kind.EVENT or work.primary is None):
            about = work.taken_about(taken, self._known)
            if about is not None:
                if work.primary is None:
                    work.record_about(about)
                self._begin_new(work, about)
            return
        row = work.add(taken, self._current())
        if row is None:
            return
        self._show()
        if not row.value:
            self._filling = row.key
            self.strip.rows.edit_row(row.key)
            return
        if fields.field(row.field).type not in CHOSEN:
            self._check(row.key)
        self.strip.rows.go_to(row.key)
        self.strip.adding.setFocus()

    def _begin_new(self, work: Work, about: About) -> None:
        """Go to where one begins with a subject: a new one's first field, else the line that adds."""
        work.touched = True
        work.draft.hold(about)
        row = work.begin_new(about)
        self._show()
        if row is not None:
            self._filling = row.key
            self.strip.rows.edit_row(row.key)
            return
        self.strip.rows.go_to_about(about.id)
        if about.is_new and self.strip.rows.go_on():
            self.strip.rows.setFocus()
        else:
            self.strip.adding.setFocus()

    def _put_by(self) -> None:
        """Keep what is in hand for when its passage is chosen again."""
        work, self._work = self._work, None
        if work is not None and work.touched:
            self._put_away[_key(work.selected)] = work

    def _say_wrong(self, key: int) -> None:
        self.strip.say(tr("Nothing was recorded yet: one value cannot be kept as it is."), warning=True)
        self.strip.rows.setFocus()
        self.strip.rows.go_to(key)

    def _refuse(self, error: ArchiveError) -> None:
        self.strip.set_busy(False)
        self.strip.say(messages.sentence(error), warning=True)


def _key(selected: Selected) -> tuple[str, int, int, int]:
    return selected.document, selected.version, selected.start, selected.end
