"""Handles the rows of the strip: offers, takes what is chosen and typed, shows it, and goes on to what waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from archive.cases import fields
from archive.cases.records import Kind
from desktop.entry import offers
from desktop.entry.draft import About
from desktop.entry.edits import BESIDE, Editing, Edits
from desktop.entry.names import Names
from desktop.entry.offers import Offer, Store
from desktop.entry.strip import Strip
from desktop.entry.work import CHOSEN, Work
from desktop.translate import tr


class Handling(QObject):
    """`work` is what is in hand, `known` the names of what may be named; `check` has a row's value looked at."""

    def __init__(self, check: Callable[[int], None]) -> None:
        super().__init__()
        self.strip = Strip(self._suggest, self._suggest_adding)
        self.work: Work | None = None
        self.known = Names()
        self._check = check
        self._filling = 0  # the row that is being filled in from the line that adds
        rows = self.strip.rows
        rows.accept_wanted.connect(self._accept)
        rows.drop_wanted.connect(self._drop)
        rows.value_chosen.connect(self._set_value)
        rows.field_chosen.connect(self._set_field)
        rows.about_chosen.connect(self._set_about)
        rows.beside_typed.connect(self._set_beside)
        self.strip.added.connect(self._add)
        self.strip.accept_all_wanted.connect(self._accept_all)
        self.strip.back_wanted.connect(self.arrive)

    def show(self) -> None:
        """Show what is in hand."""
        work = self.work
        if work is None:
            return
        hint = tr("Add a field, a value or an event")
        if work.primary is None and work.material is not None:
            hint = tr("What is this about? A name, or: person, figure, statement … Ctrl+K pins a case")
        self.strip.show_rows(work.draft.order(), hint)

    def arrive(self) -> None:
        """Go to the first row that waits; to the line that adds where none does."""
        if self.work is None or self.strip.adding.text() or self.strip.rows.editing is not None:
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
        work = self.work
        if work is None or work.material is None:
            return ()
        if editing.what is Edits.ABOUT:
            return self._subjects(work, typed)
        row = work.draft.row(editing.key)
        if row is None or editing.what in BESIDE:
            return ()
        if editing.what is Edits.VALUE:
            return offers.values(fields.field(row.field), typed, Store(work.material.choices, self.known))
        kind = fields.field(row.field).type if row.field else row.type
        return offers.targets(typed, work.at_hand(self._current()), kind)

    def _suggest_adding(self, typed: str) -> Sequence[Offer]:
        work = self.work
        if work is None or work.material is None:
            return ()
        if work.primary is None:
            return self._subjects(work, typed)
        at_hand, store = work.at_hand(self._current()), Store(work.material.choices, self.known)
        found = offers.adding(typed, at_hand, store, work.case, work.typeless())
        if typed.strip() and len(found) < offers.MOST:
            held = {about.id for about in at_hand}
            others = offers.subjects(typed, (), offers.known(typed, self.known, held), None)
            found += [replace(one, lead=tr("record about it")) for one in others]
        return found

    def _subjects(self, work: Work, typed: str) -> Sequence[Offer]:
        at_hand = work.at_hand()
        return offers.subjects(typed, at_hand, offers.known(typed, self.known, (one.id for one in at_hand)), work.case)

    # -- what was done

    def _accept(self, key: int) -> None:
        work = self.work
        if work is None:
            return
        work.touched = True
        if not work.draft.accept(key):
            self.strip.rows.edit_row(key)
            return
        self.show()
        self.strip.rows.go_to(key)
        if any(row.key == key for row in work.draft.accepted):
            self._advance()

    def _accept_all(self) -> None:
        work = self.work
        if work is None:
            return
        self.strip.rows.keep_edited()
        work.accept_all()
        self.show()
        if self.strip.rows.go_to_first():  # what is uncertain is left, each to be decided
            self.strip.rows.setFocus()
        else:
            self.strip.rows.go_to_last()
            self.strip.adding.setFocus()

    def _drop(self, key: int) -> None:
        work = self.work
        if work is None:
            return
        work.touched = True
        self.strip.rows.go_to(key)
        row = self.strip.rows.currentIndex().row()
        work.draft.drop(key)
        self.show()
        self.strip.rows.go_near(row)
        if not work.draft.rows:
            self.strip.adding.setFocus()

    def _set_value(self, key: int, taken: Offer | str) -> None:
        if self.work is not None:
            self._follow(key, self.work.set_value(key, taken))

    def _set_beside(self, what: Edits, key: int, text: str) -> None:
        if self.work is not None:
            self.work.set_beside(key, what.value, text)
            self._follow(key, check=False)

    def _set_field(self, key: int, taken: object) -> None:
        if self.work is not None and isinstance(taken, Offer):
            self._follow(key, self.work.set_field(key, taken, self._current()))

    def _follow(self, key: int, check: bool) -> None:
        """A row was changed: show it, have it checked, and go on."""
        if check:
            self._check(key)
        self.show()
        self.strip.rows.go_to(key)
        self._advance()

    def _set_about(self, old: str, taken: object) -> None:
        work = self.work
        about = work.taken_about(taken, self.known) if work and isinstance(taken, Offer) else None
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
        work = self.work
        if work is None:
            return
        if not isinstance(taken, Offer):
            self.strip.adding.setText(str(taken))
            self.strip.say(tr("Nothing fits that. Type the name of a field, a value, or an event."), warning=True)
            return
        self.strip.say("")
        if not taken.field and (taken.making is not Kind.EVENT or work.primary is None):
            about = work.taken_about(taken, self.known)
            if about is not None:
                if work.primary is None:
                    work.record_about(about)
                self._begin_new(work, about)
            return
        row = work.add(taken, self._current())
        if row is None:
            return
        self.show()
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
        self.show()
        if row is not None:
            self._filling = row.key
            self.strip.rows.edit_row(row.key)
            return
        self.strip.rows.go_to_about(about.id)
        if about.is_new and self.strip.rows.go_on():
            self.strip.rows.setFocus()
        else:
            self.strip.adding.setFocus()
