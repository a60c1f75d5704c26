"""What entering asks of the lanes, each as one function: gathering, checking, saving and taking back."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from archive import notes
from archive.cases import facts, fields
from archive.cases.recording import Done, Draft
from archive.cases.records import Citation, Entry, Fact, Kind, State
from archive.connect import writing
from archive.errors import ArchiveError, ChangedMeanwhile, InvalidValue
from archive.notes import Note
from archive.records import Document
from desktop import messages
from desktop.actions import NOW, SOON
from desktop.entry.draft import About, Row, handle
from desktop.entry.material import Checked, Gatherer, Material, Pin, Selected
from desktop.entry.names import Names
from desktop.session import Session
from desktop.workspace import Workspace

Failed = Callable[[ArchiveError], None]


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording: what is said, where, and about which subjects, those to be made by their handles."""

    citation: Citation
    drafts: tuple[Draft, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a recording. `problems` say, by row, why nothing was kept; then there is no `done`."""

    recording: Recording
    done: Done | None
    problems: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Armed:
    """A fact that further sources are sought for, and what it says."""

    fact: Fact
    words: str


def gather(
    session: Session,
    gatherer: Gatherer,
    selected: Selected,
    case: str,
    done: Callable[[Material], None],
    failed: Failed,
) -> None:
    """What a passage says and what may be chosen."""
    session.reading.submit(
        lambda w, _: gatherer.gather(w, selected, case), done, failed, topic="entry material", urgency=NOW
    )


def check(
    session: Session,
    gatherer: Gatherer,
    row: Row,
    selected: Selected,
    done: Callable[[Checked], None],
    failed: Failed,
) -> None:
    """Whether a value as typed can be kept."""
    session.reading.submit(
        lambda w, _: gatherer.check(w, row.field, row.value, selected.language, selected.published),
        done,
        failed,
        topic=f"entry check {selected.document} {selected.start} {row.key}",
        urgency=NOW,
    )


def look_up(session: Session, gatherer: Gatherer, done: Callable[[Names], None], failed: Failed) -> None:
    """The names of every subject, such as a case to be pinned."""
    session.reading.submit(lambda w, _: gatherer.names(w), done, failed, topic="entry names", urgency=NOW)


def find_case(session: Session, case: str, done: Callable[[Pin], None], failed: Failed) -> None:
    """What a case is called by now."""

    def work(workspace: Workspace) -> Pin:
        found = workspace.cases.subject(case)
        return Pin(found.id, found.code, found.label)

    session.reading.submit(lambda w, _: work(w), done, failed, topic="entry case", urgency=SOON)


def save(
    session: Session,
    gatherer: Gatherer,
    selected: Selected,
    citation: Citation,
    abouts: Sequence[About],
    rows: Sequence[Row],
    done: Callable[[Kept], None],
    failed: Failed,
) -> None:
    """Record what was accepted: all of it, or nothing where a value cannot be kept."""

    making = {about.id for about in abouts if about.is_new}

    def work(workspace: Workspace) -> Kept:
        checked, problems = [], []
        for row in rows:
            try:
                checked.append((row, _checked(gatherer, workspace, row, selected, making)))
            except InvalidValue as error:
                problems.append((row.key, why_not(error)))
        recording = _recording(citation, abouts, checked)
        if problems:
            return Kept(recording, None, tuple(problems))
        return Kept(recording, workspace.cases.record(citation, recording.drafts, recording.entries))

    session.recording.submit(lambda w, _: work(w), done, failed, urgency=NOW)


def arm(session: Session, fact: str, done: Callable[[Armed], None], failed: Failed) -> None:
    """Look up a fact that further sources are sought for."""

    def work(workspace: Workspace) -> Armed:
        found = facts.get(workspace.archive.db, fact)
        subject = workspace.cases.subject(found.subject)
        field = fields.field(found.field)
        return Armed(found, f"{subject.label}: {field.label}: {workspace.cases.label(field, found.value)}")

    session.reading.submit(lambda w, _: work(w), done, failed, topic="entry arm", urgency=NOW)


def add_source(
    session: Session, armed: Armed, citation: Citation, done: Callable[[Kept], None], failed: Failed
) -> None:
    """Let a passage be a further source of a fact. Fails with ChangedMeanwhile where the fact stands no longer."""
    fact = armed.fact
    entry = Entry(fact.subject, fact.field, fact.value, as_of=fact.as_of)
    recording = Recording(citation, (), (entry,))

    def work(workspace: Workspace) -> Kept:
        with writing(workspace.archive.db):
            if facts.get(workspace.archive.db, fact.id).state is not State.CURRENT:
                raise ChangedMeanwhile(id=fact.id)
            return Kept(recording, workspace.cases.record(citation, (), (entry,)))

    session.recording.submit(lambda w, _: work(w), done, failed, urgency=NOW)


def record(session: Session, recording: Recording, done: Callable[[Kept], None], failed: Failed) -> None:
    """Record once more what was taken back."""

    def work(workspace: Workspace) -> Kept:
        return Kept(recording, workspace.cases.record(recording.citation, recording.drafts, recording.entries))

    session.recording.submit(lambda w, _: work(w), done, failed, urgency=NOW)


def undo(session: Session, recorded: Done, done: Callable[[tuple[str, ...]], None], failed: Failed) -> None:
    """Take back one recording; `done` is given the UUIDs of the subjects that are gone with it."""
    session.recording.submit(lambda w, _: w.cases.undo(recorded), done, failed, urgency=NOW)


def add_note(session: Session, note: Note, done: Callable[[Document], None], failed: Failed) -> None:
    """Keep a note as a document."""
    session.recording.submit(lambda w, _: notes.add(w.archive, note, who=w.archive.desk), done, failed, urgency=NOW)


def why_not(error: ArchiveError) -> str:
    """What is wrong with a value, to stand at its field."""
    why = error.facts.get("why")
    return re.sub(r"\s+", " ", str(why)) if why else messages.sentence(error)


def _checked(
    gatherer: Gatherer, workspace: Workspace, row: Row, selected: Selected, making: Collection[str]
) -> Checked:
    """A row's value as it is kept; what is still to be made is named by its handle."""
    if row.making is not None or row.value in making:
        return Checked(row.value, row.shown)
    return gatherer.check(workspace, row.field, row.value, selected.language, selected.published)


def _recording(citation: Citation, abouts: Sequence[About], checked: Sequence[tuple[Row, Checked]]) -> Recording:
    """Drafts and entries of the rows; of subjects to be made only those that something is recorded of."""
    drafts: dict[str, Draft] = {}
    entries: list[Entry] = []
    held = {about.id: about for about in abouts}

    def make(identity: str) -> None:
        about = held.get(identity)
        if about is None or not about.is_new or identity in drafts:
            return
        make(about.parent)
        drafts[identity] = Draft(identity, about.kind, about.parent)
        if about.name:
            entries.append(Entry(identity, "name", about.name))

    made: dict[tuple[Kind, str], str] = {}
    for row, value in checked:
        make(row.about)
        text = value.value
        if row.making is not None:
            text = made.setdefault((row.making, row.value), handle())
            held.setdefault(text, About(text, row.making, row.value, name=row.value))
        make(text)
        field = fields.field(row.field)
        dated = field.type in (fields.Type.DATE, fields.Type.DURATION)
        said = value.words or row.words if dated else ""
        as_of = value.as_of or row.as_of
        entries.append(
            Entry(
                row.about, row.field, text, as_of=as_of, date_words=said, hedge=row.hedge or value.hedge, note=row.note
            )
        )
    return Recording(citation, tuple(drafts.values()), tuple(entries))


def renamed(recording: Recording, names: dict[str, str]) -> Recording:
    """The same with other UUIDs, for what is recorded once more after its subjects were."""
    return replace(
        recording,
        drafts=tuple(replace(one, parent=names.get(one.parent, one.parent)) for one in recording.drafts),
        entries=tuple(
            replace(one, subject=names.get(one.subject, one.subject), value=names.get(one.value, one.value))
            for one in recording.entries
        ),
    )
