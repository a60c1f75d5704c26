"""What is in hand for one passage, and what becomes of it when something is chosen, typed or dropped; free of Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from archive.cases import fields
from archive.cases.fields import Field, Type
from archive.cases.records import Kind
from desktop.entry import offers, proposing
from desktop.entry.draft import About, Draft, Row
from desktop.entry.material import Checked, Material, Pin, Selected
from desktop.entry.names import Names
from desktop.entry.offers import Offer
from desktop.translate import tr

TOLD_OF = (Kind.PROGRAMME, Kind.ORGANISATION, Kind.PERSON)
"""What a passage is taken to be about, in this order, where no case is pinned and it names one."""
CHOSEN = (Type.TERM, Type.CHOICE, Type.COUNTRY, Type.SUBJECT)
"""Types whose values are chosen: an offer's value needs no check."""
FIRST = {**offers.NAMED, **offers.TITLED, Kind.EVENT: proposing.EVENT_TYPE}
"""The field that a new subject of a kind begins with."""


@dataclass(slots=True)
class Work:
    """`pin` is the case it is for, `primary` what facts are recorded about first of all, `touched` whether a person has
    done anything yet, `typed` what stands in the line that adds while it is set aside.

    `saving` are all rows as they were when it was given to be recorded, until the answer comes.
    """

    selected: Selected
    draft: Draft = field(default_factory=Draft)
    material: Material | None = None
    pin: Pin | None = None
    primary: About | None = None
    case: About | None = None
    touched: bool = False
    typed: str = ""
    saving: tuple[Row, ...] | None = None

    def propose(self, material: Material) -> None:
        """Propose rows: about a new event of the pinned case, else about what the passage names."""
        self.material = material
        self.case = proposing.begin(self.draft, self.pin, material)
        if self.case is not None:
            self.primary = self._new_event(self.case)
        else:
            named = [one.subject for one in material.found if one.subject is not None and one.subject.kind in TOLD_OF]
            self.primary = min(named, key=lambda one: TOLD_OF.index(one.kind), default=None)
        if self.primary is not None:
            proposing.propose(self.draft, self.primary, self.case, material, self.selected.text)

    def at_hand(self, current: About | None = None) -> list[About]:
        """Whom facts may be recorded about: `current` first, then what the draft holds and what belongs to the case."""
        material = self.material
        more = (*material.events, *material.persons) if material else ()
        first = [one for one in (current, self.primary) if one is not None]
        return list({about.id: about for about in (*first, *self.draft.abouts, *more)}.values())

    def typeless(self) -> frozenset[str]:
        """New events that do not say yet what happened."""
        typed = {row.about for row in self.draft.rows if row.field == proposing.EVENT_TYPE and row.value}
        events = {one.id for one in self.draft.abouts if one.kind is Kind.EVENT and one.is_new}
        return frozenset(events - typed)

    def set_value(self, key: int, taken: Offer | str) -> bool:
        """Take a chosen or typed value for a row and accept it; whether it is to be checked."""
        row = self.draft.row(key)
        if row is None:
            return False
        self.touched = True
        if isinstance(taken, Offer):
            words = taken.value if taken.making else taken.words
            self.draft.change(key, value=taken.value, shown=words, making=taken.making, **_ACCEPTED)
            return False
        text = taken.strip()
        if not text:
            if not row.value:
                self.draft.drop(key)
            return False
        if text == row.shown and row.is_ready and not row.problem:
            self.draft.change(key, accepted=True)
            return False
        self.draft.change(key, value=text, shown=text, making=None, **_ACCEPTED)
        return True

    def set_field(self, key: int, taken: Offer, current: About | None) -> bool:
        """Put a row's value into another field, and accept it; whether it is to be checked."""
        row = self.draft.row(key)
        about = next((one for one in self.at_hand(current) if one.id == taken.about), None)
        if row is None or about is None:
            return False
        self.touched = True
        self.draft.hold(about)
        old, new = fields.field(row.field) if row.field else None, fields.field(taken.field)
        fits = (old.type if old else row.type) is new.type
        value = row.value if fits else row.words or row.shown
        shown = row.shown if fits else value
        self.draft.change(key, about=about.id, field=new.code, value=value, shown=shown, **_ACCEPTED)
        return not fits or new.type in (Type.TERM, Type.SUBJECT)

    def set_beside(self, key: int, what: str, text: str) -> None:
        """Take what was typed beside a row's value, as its `hedge` or `note`; the row is accepted by that."""
        row = self.draft.row(key)
        if row is not None and getattr(row, what) != text.strip():
            self.touched = True
            accepted = row.accepted or (row.is_ready and not row.problem and bool(text.strip()))
            self.draft.change(key, accepted=accepted, **{what: text.strip()})

    def leave_typed(self, key: int, typed: str, what: str = "value") -> None:
        """Keep what was being typed for a row when its passage was left; nobody has accepted it."""
        row, text = self.draft.row(key), typed.strip()
        if row is not None and what != "value":
            if text != getattr(row, what):
                self.touched = True
                self.draft.change(key, **{what: text})
        elif row is not None and text and text != row.shown:
            self.touched = True
            self.draft.change(key, value=text, shown=text, making=None, accepted=False, problem="")

    def checked(self, row: Row, checked: Checked) -> None:
        """A value was found to be one; nothing happens where it is another by now."""
        now = self.draft.row(row.key)
        if now is not None and now.value == row.value:
            words, as_of = checked.words or now.words, checked.as_of or now.as_of
            hedge = checked.hedge or now.hedge
            self._note(row.key, value=checked.value, shown=checked.shown, words=words, as_of=as_of, hedge=hedge)

    def refused(self, row: Row, problem: str) -> None:
        """A value cannot be kept; nothing happens where it is another by now."""
        now = self.draft.row(row.key)
        if now is not None and now.value == row.value:
            self._note(row.key, problem=problem, accepted=False)

    def call(self, identity: str, label: str) -> None:
        """Have a subject under another label."""
        self.draft.call(identity, label)
        if self.case is not None and self.case.id == identity:
            self.case = replace(self.case, label=label)
        if self.primary is not None and self.primary.id == identity:
            self.primary = replace(self.primary, label=label)

    def accept_all(self) -> None:
        """Accept what is certain."""
        self.touched = True
        self.draft.accept_all()

    def taken_about(self, taken: Offer, known: Names) -> About | None:
        """The subject that was chosen; a new one is made when the draft is saved."""
        if taken.making is Kind.EVENT:
            return self._new_event(self.case) if self.case else None
        if taken.making is not None:
            return self.draft.new(taken.making, taken.value or tr("not named yet"))
        held = next((one for one in self.at_hand() if one.id == taken.about), None)
        found = known.get(taken.about)
        return held or (About(found.id, found.kind, found.label) if found is not None else None)

    def record_about(self, about: About) -> None:
        """Propose anew for another subject; what was accepted of others stays."""
        if self.material is None:
            return
        self.touched = True
        old = self.primary.id if self.primary else ""
        self.draft.rows = [row for row in self.draft.rows if row.accepted and row.about != old]
        self.primary = self.draft.hold(about)
        proposing.propose(self.draft, about, self.case, self.material, self.selected.text)

    def add(self, taken: Offer, current: About | None) -> Row | None:
        """A row for a field, or a field and its value, or a new event of a kind; with a value it is accepted."""
        self.touched = True
        if taken.making is Kind.EVENT and self.case is not None:
            about: About | None = self._new_event(self.case)
            made_of = fields.field(proposing.EVENT_TYPE)
        else:
            about = next((one for one in self.at_hand(current) if one.id == taken.about), None)
            made_of = fields.field(taken.field)
        if about is None:
            return None
        self.draft.hold(about)
        # one value of a field that has one takes the place of another that the passage was thought to say
        for row in self.draft.of(about.id):
            stays = made_of.many or (made_of.history and row.accepted)
            if row.field == made_of.code and not (row.value and stays):
                self.draft.drop(row.key)
        making = taken.making if made_of.type is Type.SUBJECT else None
        shown = taken.value if making or made_of.type not in CHOSEN else taken.words.split(": ", 1)[-1]
        shown = shown if taken.value else ""
        return self.draft.add(
            about.id,
            made_of,
            taken.value,
            shown,
            making=making,
            as_of=self._as_of(made_of),
            accepted=bool(taken.value),
        )

    def begin_new(self, about: About) -> Row | None:
        """The row that a new subject begins with, to be filled in; none where its name is known already."""
        code = FIRST.get(about.kind, "")
        if not about.is_new or not code or any(row.field == code for row in self.draft.of(about.id)):
            return None
        named = about.label if about.kind in offers.NAMED and about.label != tr("not named yet") else ""
        row = self.draft.add(about.id, fields.field(code), named, named, accepted=bool(named))
        return None if named else row

    def _note(self, key: int, **found: object) -> None:
        """What was found out about a row's value is no change of it, also while it is on its way."""
        old = self.draft.row(key)
        self.draft.change(key, **found)
        new = self.draft.row(key)
        if self.saving is not None and new is not None:
            self.saving = tuple(new if one == old else one for one in self.saving)

    def _new_event(self, case: About) -> About:
        return self.draft.new(Kind.EVENT, tr("New event"), case.id)

    def _as_of(self, of: Field) -> str:
        """The day that a value of a history holds from: that of the passage, where it names just one."""
        dates = {row.value for row in self.draft.rows if row.field == "date" and row.value}
        return dates.pop() if of.history and len(dates) == 1 else ""


_ACCEPTED = {"accepted": True, "problem": "", "uncertain": False}
