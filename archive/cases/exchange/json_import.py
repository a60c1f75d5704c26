"""Takes in the JSON of another desk: what is new comes as it is, what is known stays, what differs stands beside it.

Nothing of ours is overwritten, no persons are merged, and what either desk holds apart stays apart. A document that is
not here leaves the record of a work under its id, and of each passage a quotation (see `quotations`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from archive import custody, documents
from archive.cases import labels, links, subjects, vocabularies
from archive.cases.exchange import histories, json_read
from archive.cases.exchange.arrivals import Arrivals, What
from archive.cases.exchange.json_read import Bundle, Record
from archive.cases.exchange.stand_ins import StandIns
from archive.cases.links import Link
from archive.cases.records import Kind
from archive.cases.vocabularies import Term
from archive.connect import Database, writing
from archive.container import Archive
from archive.errors import Cancelled, InvalidValue, NoSuchRecord
from archive.records import Confidentiality
from archive.withdrawal import tombstones

WITHDRAWN = "withdrawn here"


@dataclass(frozen=True, slots=True)
class Item:
    """One record of the file and what becomes of it; `sort` is term, subject, fact, source, document, link, not same
    or merge."""

    what: What
    sort: str
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of every record of the file, in its order."""

    items: tuple[Item, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each sort are new, same, differing and refused."""
        counted = Counter((item.sort, item.what) for item in self.items)
        sorts = dict.fromkeys(item.sort for item in self.items)
        return {sort: {str(what): counted[sort, what] for what in What if counted[sort, what]} for sort in sorts}


def take(archive: Archive, text: str, *, dry: bool = False, cancelled: Callable[[], bool] = bool) -> Plan:
    """Take in a file, all of it or nothing; with `dry` say what would become of it and change nothing.

    A record that cannot be kept (a fact without a source, a value that no field takes) is refused and listed.
    Raises InvalidValue where the file is not what it must be, Cancelled, and environment faults.
    """
    bundle = json_read.read(text)
    work = _Import(archive, bundle, dry, cancelled)
    try:
        with writing(archive.db):
            work.run(hashlib.sha256(text.encode()).hexdigest())
            if dry:
                raise _Nothing
    except _Nothing:
        pass
    return Plan(tuple(work.items))


class _Nothing(Exception):
    """Ends a transaction without keeping any of it."""


class _Import:
    """One file coming in, within a transaction."""

    def __init__(self, archive: Archive, bundle: Bundle, dry: bool, cancelled: Callable[[], bool]) -> None:
        self._db, self._bundle = archive.db, bundle
        self._who, self._cancelled = archive.desk, cancelled
        self.items: list[Item] = []
        # what ids of the file mean here: documents by their bytes, merged persons as who they were merged into
        self._meant: dict[str, str] = {}
        self._named = {one["id"] for one in bundle.documents.values()}
        self._stand_ins = StandIns(archive, bundle, self._meant, dry=dry)
        self._made: set[str] = set()
        self._withdrawn: set[str] = set()  # hashes of documents that were withdrawn here

    def run(self, sha256: str) -> None:
        """Take everything in, in the order in which records need each other."""
        for one in self._bundle.documents.values():
            held = documents.by_hash(self._db, one["sha256"])
            if not held and (tombstones.barred(self._db, one["sha256"]) or tombstones.find(self._db, one["id"])):
                self._withdrawn.add(one["sha256"])
                self._tell(What.REFUSED, "document", one["id"], WITHDRAWN)
                continue
            if held:
                self._meant[one["id"]] = held.id
            self._tell(What.SAME if held else What.NEW, "document", one["id"], "" if held else "not held")
        self._terms()
        for one in self._bundle.subjects:
            self._subject(one)
        taking = Arrivals(self._db, self._meant, self._stand_ins.hold, self._tell, self._who)
        for one in self._bundle.facts:
            if _is_document(self._db, one["subject"]):
                self._tell(What.SAME, "fact", one["id"], "the document itself is here")
            elif tombstones.find(self._db, one["id"]):
                self._tell(What.REFUSED, "fact", one["id"], WITHDRAWN)
            else:
                taking.take(self._without_withdrawn(one))
        for row in taking.touched:
            labels.refresh(self._db, row)
        for one in self._bundle.links:
            self._link(one)
        for one in self._bundle.not_same:
            histories.not_same(self._db, one, self._tell, self._who)
        for one in self._bundle.merges:
            histories.merge(self._db, one, self._made | taking.made, self._tell, self._who)
        brought = sum(item.what in (What.NEW, What.DIFFERING) for item in self.items)
        custody.record(self._db, "casework received", "", {"sha256": sha256, "records": brought}, self._who)

    def _without_withdrawn(self, fact: Record) -> Record:
        """A fact without the sources in documents that were withdrawn here."""
        kept = [one for one in fact["sources"] if one["document"] not in self._withdrawn]
        return fact if len(kept) == len(fact["sources"]) else {**fact, "sources": kept}

    def _tell(self, what: What, sort: str, identity: str, why: str) -> None:
        if self._cancelled():
            raise Cancelled
        self.items.append(Item(what, sort, identity, why))

    def _terms(self) -> None:
        told = {(term.vocabulary, term.code): term for term in self._bundle.terms}
        for term in told.values():
            self._term(term, told, 0)

    def _term(self, term: Term, told: dict[tuple[str, str], Term], depth: int) -> None:
        name = f"{term.vocabulary}/{term.code}"
        try:
            kept = vocabularies.get(self._db, term.vocabulary, term.code)
        except NoSuchRecord:
            kept = None
        if kept and any(item.sort == "term" and item.id == name for item in self.items):
            return
        if kept:
            self._tell(
                What.SAME if kept == term else What.DIFFERING, "term", name, "" if kept == term else "ours stays"
            )
            return
        above = told.get((term.vocabulary, term.broader))
        if above and depth < vocabularies.DEEPEST:
            self._term(above, told, depth + 1)
        try:
            vocabularies.put(self._db, term)
        except InvalidValue as error:
            self._tell(What.REFUSED, "term", name, str(error.facts["why"]))
            return
        self._tell(What.NEW, "term", name, "")

    def _subject(self, told: Record) -> None:
        identity = told["id"]
        if _is_document(self._db, identity):
            return self._tell(What.SAME, "subject", identity, "the document itself is here")
        if tombstones.find(self._db, identity):
            return self._tell(What.REFUSED, "subject", identity, WITHDRAWN)
        kept = self._db.conn.execute(
            "SELECT s.kind, s.code, coalesce(p.uuid, ''), s.confidentiality, m.uuid FROM subject AS s"
            " LEFT JOIN subject AS p ON p.row = s.parent LEFT JOIN subject AS m ON m.row = s.merged WHERE s.uuid = ?",
            (identity,),
        ).fetchone()
        if kept is None:
            return self._make(told)
        if kept[0] != told["kind"]:
            return self._tell(What.REFUSED, "subject", identity, f"a {kept[0]} here, a {told['kind']} there")
        if kept[4]:
            self._meant[identity] = kept[4]
        differs = [name for name, ours in zip(("code", "parent", "confidentiality"), kept[1:4], strict=True)
                   if ours != told[name]]  # fmt: skip
        why = f"ours stays: {', '.join(differs)}" if differs else ""
        return self._tell(What.DIFFERING if differs else What.SAME, "subject", identity, why)

    def _make(self, told: Record) -> None:
        code = told["code"]
        taken = code and (
            not subjects.CODE.fullmatch(code)
            or self._db.conn.execute("SELECT 1 FROM subject WHERE code = ? AND code != ''", (code,)).fetchone()
        )
        try:
            subjects.create(
                self._db,
                Kind(told["kind"]),
                parent=told["parent"],
                confidentiality=Confidentiality(told["confidentiality"]),
                identity=told["id"],
                code="" if taken else code,
                who=self._who,
            )
        except NoSuchRecord:
            return self._tell(What.REFUSED, "subject", told["id"], "what it belongs to is not there")
        except InvalidValue as error:
            return self._tell(What.REFUSED, "subject", told["id"], str(error.facts["why"]))
        about = {"created": told["created"], "who": told["who"]}
        self._db.table("subject").update(subjects.get(self._db, told["id"]).row, about)
        self._made.add(told["id"])
        return self._tell(What.NEW, "subject", told["id"], f"the code {code[:20]} cannot be kept here" if taken else "")

    def _link(self, told: Record) -> None:
        identity, held = f"{told['document'][:12]} {told['relation']}", documents.by_hash(self._db, told["document"])
        if tombstones.find(self._db, str(told["other"])):
            return self._tell(What.REFUSED, "link", identity, WITHDRAWN)
        if held is None:
            return self._tell(What.LEFT, "link", identity, "the document is not held")
        if told["relation"] not in tuple(Link):
            return self._tell(What.REFUSED, "link", identity, "no such relation")
        other = str(self._meant.get(told["other"], told["other"]))
        if any((one.document, one.relation, one.other) == (held.id, told["relation"], other)
               for one in links.of_document(self._db, held.id)):  # fmt: skip
            return self._tell(What.SAME, "link", identity, "")
        try:
            if other in self._named and not _is_document(self._db, other):
                self._stand_ins.work(other)
            links.add(self._db, held.id, Link(told["relation"]), other, who=self._who)
        except NoSuchRecord:
            return self._tell(What.REFUSED, "link", identity, "what it leads to is not there")
        except InvalidValue as error:
            return self._tell(What.REFUSED, "link", identity, str(error.facts["why"]))
        self._db.conn.execute(
            "UPDATE document_link SET created = ?, who = ? WHERE document = ? AND relation = ? AND other = ?",
            (told["created"], told["who"], held.row, told["relation"], other),
        )
        return self._tell(What.NEW, "link", identity, "")


def _is_document(db: Database, identity: str) -> bool:
    return db.conn.execute("SELECT 1 FROM document WHERE uuid = ?", (identity,)).fetchone() is not None
