"""The recorder: turns what was read into records, and tells which members, or stored documents, are to be read next."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from archive import documents, meta
from archive.container import Archive
from archive.errors import OriginalAbsent
from archive.intake import again, kinds
from archive.intake.again import Came
from archive.intake.readers import Container, Outcome, Purpose, Task, Tree
from archive.intake.report import Tally
from archive.originals import Staged
from archive.reading.result import Reading
from archive.records import Confidentiality, Document, Name
from archive.withdrawal import containers, tombstones
from archive.withdrawal.tombstones import Bar


class Recorder:
    """Records the outcomes of one import, each within the caller's transaction, and counts them in `tally`.

    `in_hand` are the hashes of containers whose members are being read: the same bytes need no reading meanwhile.
    Bytes that were withdrawn stay out, unless they are to come in `withdrawn_too`.
    """

    def __init__(
        self, archive: Archive, confidentiality: Confidentiality, tally: Tally, *, withdrawn_too: bool = False
    ) -> None:
        self._archive, self._db, self._tally = archive, archive.db, tally
        self._confidentiality, self._withdrawn_too = confidentiality, withdrawn_too
        self._embedding: dict[int, tuple[set[str], Bar]] = {}  # containers with what they call what was withdrawn
        self._tried: set[str] = set()  # what a limit ended is read again once in an import, not at each of its names
        self.in_hand: set[str] = set()

    def unfinished(self) -> Iterator[Task]:
        """Containers that an interrupted import left open, to be read again from their originals."""
        for document in list(documents.iterate(self._db, documents.unfinished(self._db))):
            task = self._stored(document, Tree(given=False), Purpose.RESUME)
            if task is not None:
                self.in_hand.add(document.sha256)
                yield task

    def stored(self, identities: Iterable[str]) -> Iterator[Task]:
        """Documents to be read again from their originals."""
        for document in documents.iterate(self._db, identities):
            task = self._stored(document, Tree(document.size), Purpose.REREAD)
            if task is None:
                self._tally.input_done(document.size, document.metadata.title)
            else:
                self._tried.add(document.sha256)
                self.in_hand.add(document.sha256)
                yield task

    def record(self, outcome: Outcome) -> list[Task]:
        """Record one outcome; returns what is to be read because of it."""
        task = outcome.task
        document = documents.by_hash(self._db, outcome.sha256) if outcome.sha256 else None
        barred = None if document or not outcome.sha256 else self._barred(outcome.sha256)
        if outcome.problem:
            tasks = self._problem(outcome)
        elif barred is not None:
            tasks = self._keep_out(outcome, barred)
        elif document is None:
            document, tasks = self._add(outcome)
        elif task.purpose is Purpose.NEW:
            retry = self._known(outcome, document)
            if retry is not None:
                return [retry]  # which has its place in the container, too
            tasks = self._go_on(outcome, document)
        else:
            tasks = self._again(outcome, document)
        if task.container is not None:
            if document is not None and task.container.row != document.row:
                documents.add_parent(self._db, document.row, task.container.row, task.relation, task.name_there)
            self._member_done(task.container)
        return tasks

    def close_containers(self) -> None:
        """Take the originals of those containers away that embed what was withdrawn; within a transaction, when their
        members are recorded. One that is not complete goes when the next import has gone on with it."""
        for row, (named, bar) in self._embedding.items():
            for container in (row, *containers.above(self._db, [row])):
                (is_open,) = self._db.conn.execute("SELECT open FROM document WHERE row = ?", (container,)).fetchone()
                if not is_open:
                    cuts = containers.named_cuts(self._db, container, sorted(named) if container == row else [])
                    containers.strip(self._db, container, cuts, bar.at, bar.reason)
        self._embedding.clear()

    def _barred(self, sha256: str) -> Bar | None:
        found = tombstones.barred(self._db, sha256)
        if found is not None and self._withdrawn_too:
            tombstones.let_in(self._db, sha256)
            return None
        return found

    def _keep_out(self, outcome: Outcome, bar: Bar) -> list[Task]:
        """Say that bytes were withdrawn, and keep nothing of them."""
        task = outcome.task
        for staged in (outcome.staged, *(part.staged for part in outcome.parts)):
            if staged is not None:
                self._archive.originals.discard(staged)
        self._tally.barred(task.name.shown, bar.at, str(bar.reason), member=task.member)
        if task.container is not None:
            self._embedding.setdefault(task.container.row, (set(), bar))[0].add(task.name_there)
        return []

    def _problem(self, outcome: Outcome) -> list[Task]:
        task = outcome.task
        if task.purpose is Purpose.RETRY:
            self._tally.duplicate(member=task.member)
        self._tally.unreadable(task.name.shown, outcome.problem, outcome.message, kept=task.stored)
        return []

    def _add(self, outcome: Outcome) -> tuple[Document, list[Task]]:
        """Record new bytes."""
        assert outcome.reading is not None
        assert outcome.staged is not None
        task, reading = outcome.task, outcome.reading
        self._archive.originals.register(outcome.staged)
        document = documents.add(
            self._db,
            kinds.completed(reading, task.name.shown),
            sha256=outcome.sha256,
            size=outcome.size,
            name=task.name,
            confidentiality=task.container.confidentiality if task.container else self._confidentiality,
            who=self._archive.desk,
            open_container=any(part.staged for part in outcome.parts),
        )
        self._tally.added(task.name.shown, reading, member=task.member)
        if again.limited(reading):
            self._tried.add(outcome.sha256)
        tasks = self._descend(outcome, document)
        if tasks:
            self.in_hand.add(outcome.sha256)
        return document, tasks

    def _known(self, outcome: Outcome, document: Document) -> Task | None:
        """Record that bytes came again; where a limit ended their reading, the task to read them once more."""
        task = outcome.task
        documents.add_name(self._db, document, task.name, self._archive.desk)
        if outcome.staged is not None:
            self._archive.originals.discard(outcome.staged)
        if outcome.reading is None and outcome.sha256 not in self._tried and again.is_provisional(self._db, document):
            staged = self._locate(document)
            if staged is not None:
                self._tried.add(outcome.sha256)
                self.in_hand.add(outcome.sha256)
                task.tree.pending += 1
                return dataclasses.replace(task, origin=staged, purpose=Purpose.RETRY)
        self._tally.duplicate(member=task.member)
        return None

    def _go_on(self, outcome: Outcome, document: Document) -> list[Task]:
        """The tasks for the members of bytes that were read though they are known: as twins, or a container that an
        earlier import left open.
        """
        if outcome.reading is None or not outcome.parts:
            return []
        if outcome.sha256 in self.in_hand:
            for part in outcome.parts:
                if part.staged is not None:
                    self._archive.originals.discard(part.staged)
            return []
        return self._again(outcome, document)

    def _again(self, outcome: Outcome, document: Document) -> list[Task]:
        """Record another reading of known bytes; returns the tasks for the members."""
        assert outcome.reading is not None
        came = again.take(self._db, document, outcome.reading, self._archive.desk)
        self._tell(outcome.task, outcome.reading, came)
        lacking = came is Came.WORSE and document.id in documents.unfinished(self._db)
        if lacking:
            self.in_hand.discard(outcome.sha256)  # the same bytes may be among the files given
        elif not any(part.staged for part in outcome.parts):
            documents.set_open(self._db, document.row, False)
        return self._descend(outcome, document, complete=not lacking)

    def _tell(self, task: Task, reading: Reading, came: Came) -> None:
        """Say in the report what came of reading again."""
        shown, asked = task.name.shown, task.purpose in (Purpose.RETRY, Purpose.REREAD)
        failed = came is Came.WORSE or (asked and again.limited(reading))
        if asked and came is Came.TAKEN and not failed:
            self._tally.reread(shown, reading, member=task.member)
            return
        if task.purpose is Purpose.RETRY:
            self._tally.duplicate(member=task.member)
        if failed:
            self._tally.unreadable(shown, reading.reason, reading.detail, kept=True)
        elif task.purpose is Purpose.REREAD:
            self._tally.without_text(shown, reading)

    def _descend(self, outcome: Outcome, document: Document, *, complete: bool = True) -> list[Task]:
        """The tasks for a document's members; those that could not be taken out are reported.

        The document is open until they are recorded, and stays so where the reading is not `complete`.
        """
        task = outcome.task
        wanted = [part for part in outcome.parts if part.staged is not None]
        container = Container(document.row, len(wanted), complete, document.confidentiality)
        if wanted:
            documents.set_open(self._db, document.row, True)
        tasks = []
        for part in outcome.parts:
            name = Name(f"{task.name.shown}/{part.member.name}", part.member.raw_name, meta.now())
            if part.staged is None:
                self._tally.unreadable(name.shown, part.reason, member=True)
            else:
                task.tree.pending += 1
                kin, depth = part.member, task.depth + 1
                tasks.append(Task(name, part.staged, task.tree, depth, container, kin.relation, kin.name))
        return tasks

    def _member_done(self, container: Container) -> None:
        container.left -= 1
        if not container.left and container.complete:
            documents.set_open(self._db, container.row, False)

    def _stored(self, document: Document, tree: Tree, purpose: Purpose) -> Task | None:
        """The task to read a document from its original; where that is absent, the report says so."""
        name = documents.names(self._db, document.id)[0]
        staged = self._locate(document)
        if staged is None:
            self._tally.unreadable(name.shown, OriginalAbsent.code, kept=True)
            return None
        return Task(name, staged, tree, purpose=purpose)

    def _locate(self, document: Document) -> Staged | None:
        try:
            return self._archive.originals.locate(document.sha256)
        except OriginalAbsent:
            return None
