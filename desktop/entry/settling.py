"""What becomes of the work in hand when something was recorded, or taken back, that it shares subjects with; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from archive.cases.recording import Done
from archive.cases.records import Kind
from desktop.entry import proposing
from desktop.entry.actions import Recording
from desktop.entry.draft import About, Row, renamed, renamed_about
from desktop.entry.material import Material, Pin
from desktop.entry.work import Work
from desktop.translate import tr


@dataclass(frozen=True, slots=True)
class Made:
    """A subject that a recording made: its handle, its UUID, what it belongs to by handle or UUID, and its name."""

    handle: str
    id: str
    kind: Kind
    parent: str
    name: str


def made_by(recording: Recording, done: Done) -> tuple[Made, ...]:
    """The subjects that a recording made."""
    names = {one.subject: one.value for one in recording.entries if one.field == "name"}
    return tuple(
        Made(one.handle, done.made[one.handle], one.kind, one.parent, names.get(one.handle, ""))
        for one in recording.drafts
        if one.handle in done.made
    )


def settle(work: Work, editing: Collection[int] = ()) -> bool:
    """Keep of a work that was recorded what was changed since it was given to be; whether something was taken out.

    `editing` are the keys of rows that are being edited, which stay.
    """
    before = {row.key: row for row in work.saving or ()}
    now = {row.key: row for row in work.draft.rows}

    def is_out(old: Row) -> bool:
        """Whether a row was dropped, or no longer accepted, when it was on its way already."""
        return old.accepted and now.get(old.key) in (None, replace(old, accepted=False))

    out = any(map(is_out, before.values()))
    stays = [
        row
        for row in work.draft.rows
        if row.key in editing or not (row == before.get(row.key) or (row.key in before and is_out(before[row.key])))
    ]
    for row in work.draft.rows:  # what happened is what an event is called once it is there
        if row.field == proposing.EVENT_TYPE and row.shown:
            work.call(row.about, row.shown)
    work.draft.rows, work.saving = stays, None
    return out


def take_over(work: Work, made: Sequence[Made], label: str) -> None:
    """Mean the subjects that another recording made where those to be made are the same ones.

    Those are the same that have the same handle; and, but for persons, whom nothing but a name makes one, those that
    are called the same. `label` is what the case is called that was made, if one was.
    """
    cases = [one for one in made if one.kind is Kind.CASE]
    if cases:  # what it began with is recorded by now, and its other passages were not asked about that
        begun = [replace(row, accepted=True) for row in work.draft.begun]
        _each(work, lambda rows: [row for row in rows if replace(row, accepted=True) not in begun])
    named: dict[tuple[Kind, str], str] = {
        (one.kind, one.name): one.id for one in made if one.name and one.kind is not Kind.PERSON
    }

    def known(row: Row) -> Row:
        identity = named.get((row.making, row.value)) if row.making is not None else None
        return replace(row, value=identity, making=None) if identity else row

    _each(work, lambda rows: [known(row) for row in rows])
    _rename(work, {one.handle: one.id for one in made})
    for one in cases:
        work.call(one.id, label)


def give_up(work: Work, gone: Sequence[Made], pin: Pin | None) -> None:
    """Mean subjects to be made where those are gone that a recording had made, which was taken back.

    `pin` is the new case that the recording had begun, if it had.
    """
    if work.material is not None:
        work.material = _without(work.material, {one.id for one in gone})
    began = pin is not None and any(work.case is not None and one.id == work.case.id for one in gone)
    _rename(work, {one.id: one.handle for one in gone})
    meant = {each for row in work.draft.rows for each in (row.about, row.value)}
    meant |= {about.parent for about in work.draft.abouts if about.id in meant}
    for one in gone:
        if one.handle in meant and not (began and pin is not None and one.handle in (pin.case, pin.person)):
            work.draft.hold(About(one.handle, one.kind, one.name or tr("not named yet"), one.parent, one.name))
    if began and pin is not None:
        there = {(row.about, row.field) for row in work.draft.rows}
        work.pin, work.case = pin, proposing.begin_new(work.draft, pin)
        work.call(pin.case, tr("New case"))
        added = {row.key for row in work.draft.begun if (row.about, row.field) in there}
        work.draft.rows = [row for row in work.draft.rows if row.key not in added]


def _without(material: Material, gone: Collection[str]) -> Material:
    """The material without subjects that are not there any more."""
    case = None if material.case is not None and material.case.id in gone else material.case
    persons = tuple(one for one in material.persons if one.id not in gone)
    return replace(material, case=case, persons=persons, events=tuple(e for e in material.events if e.id not in gone))


def _rename(work: Work, names: dict[str, str]) -> None:
    """Have subjects by other ids, wherever the work names them."""
    work.draft.rename(names)
    if work.saving is not None:
        work.saving = tuple(renamed(work.saving, names))

    def again(about: About | None) -> About | None:
        return renamed_about(about, names) if about is not None else None

    work.primary, work.case = again(work.primary), again(work.case)


def _each(work: Work, change: Callable[[Sequence[Row]], list[Row]]) -> None:
    """Change the rows, those that are on their way included."""
    work.draft.rows = change(work.draft.rows)
    if work.saving is not None:
        work.saving = tuple(change(work.saving))
