"""Gives every passage of another desk a document here: the one it stands in, or a quotation where that is not held."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from archive import documents, texts
from archive.cases import facts, links, subjects
from archive.cases.exchange import arrivals, quotations
from archive.cases.exchange.json_read import Bundle, Record
from archive.cases.exchange.quotations import Original
from archive.cases.links import RENDERS, Link
from archive.cases.records import Citation, Entry, Kind
from archive.container import Archive
from archive.errors import NoSuchRecord
from archive.records import Confidentiality, Document


class StandIns:
    """Works within the caller's transaction. `meant` says which document or subject an id of the file stands for here;
    a `dry` run writes no originals, and must not be committed."""

    def __init__(self, archive: Archive, bundle: Bundle, meant: Mapping[str, str], *, dry: bool) -> None:
        self._archive, self._db, self._bundle = archive, archive.db, bundle
        self._meant, self._dry, self._who = meant, dry, archive.desk
        self._hashes = {one["id"]: one["sha256"] for one in bundle.documents.values()}

    def hold(self, told: Record, fact: Record) -> tuple[Document, int, int, int]:
        """The document, version, start and end of a source's passage. Where the document is not here, or has no such
        words, the passage becomes a quotation."""
        named = self._bundle.documents.get(told["document"], {})
        held = documents.by_hash(self._db, told["document"]) or self._given(named, fact, told["language"])
        where = arrivals.place(self._db, held, told) if held else None
        if held and where:
            return held, *where
        title = named.get("title", "") or (held.metadata.title if held else "")
        original = Original(named.get("id", ""), told["document"], title)
        spot = f"characters {told['start']} to {told['end']} of text version {told['version']}"
        spot += f", page {told['page']}" if told["page"] else ""
        quote = told["quote"] or "(no words)"
        note = self._quotation(quotations.worded(quote, original, spot), title, fact, told["language"])
        self._link(note, held.id if held else self._rendered(original), original)
        return note, 1, 0, len(quote)

    def work(self, identity: str) -> bool:
        """Let a record of a work stand for a document under the document's own id; False where one does already."""
        try:
            subjects.get(self._db, identity)
        except NoSuchRecord:
            subjects.create(self._db, Kind.WORK, identity=identity, who=self._who)
            return True
        return False

    def _given(self, named: Record, fact: Record, language: str) -> Document | None:
        """A quotation that the file brings along, word for word."""
        text = str(named.get("text", ""))
        if named.get("type") != quotations.QUOTATION or hashlib.sha256(text.encode()).hexdigest() != named["sha256"]:
            return None
        return self._quotation(text, named["title"], fact, language)

    def _quotation(self, text: str, title: str, fact: Record, language: str) -> Document:
        about = subjects.get(self._db, self._meant.get(fact["subject"], fact["subject"]))
        levels = {Confidentiality(fact["confidentiality"]), about.confidentiality}
        level = Confidentiality.RESTRICTED
        if Confidentiality.CONFIDENTIAL in levels:
            level = Confidentiality.CONFIDENTIAL
        return quotations.keep(self._archive, text, title, level, language=language, dry=self._dry)

    def _link(self, note: Document, target: str, original: Original) -> None:
        """Link a quotation to what it is taken from, so that several of one document count as one."""
        if not target or any(one.relation is Link.QUOTATION for one in links.of_document(self._db, note.id)):
            return
        if not self._is_document(target) and self.work(target) and target == original.id and original.title:
            head = "Quoted from: "
            text_before = self._text(note).index(head + original.title) + len(head)
            citation = Citation(note.id, 1, text_before, text_before + len(original.title))
            facts.record(self._db, citation, [Entry(target, "title", original.title)], who=self._who)
        links.add(self._db, note.id, Link.QUOTATION, target, who=self._who)

    def _rendered(self, original: Original) -> str:
        """What a document that is not here renders in the end by the links of the file: the id it has here."""
        renders = {one["document"]: one["other"] for one in self._bundle.links if one["relation"] in RENDERS}
        identity, seen = original.id, {original.id}
        while (further := renders.get(self._hashes.get(identity, ""), "")) and further not in seen:
            identity = further
            seen.add(further)
        return self._meant.get(identity, identity)

    def _is_document(self, identity: str) -> bool:
        return self._db.conn.execute("SELECT 1 FROM document WHERE uuid = ?", (identity,)).fetchone() is not None

    def _text(self, note: Document) -> str:
        return texts.read(self._db, note.row, 1)
