"""Tells the custody log anew for a release: what happened to the records that go, in words that hold for them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from archive.cases import sources
from archive.connect import Database
from archive.release import content
from archive.release.admitting import Admission, redigested
from archive.release.content import Record

TOLD = frozenset(
    {
        "received",
        "received again",
        "read again",
        "corrected",
        "linked",
        "subject made",
        "fact recorded",
        "superseded",
        "restored",
        "assessed",
        "source added",
        "source repeated",
        "source followed",
        "merged",
        "not the same",
    }
)
"""What is told; other entries are about records that were taken back, or about the desk's own doings."""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
STANDING = {
    "linked": "SELECT 1 FROM document_link AS l JOIN document AS d ON d.row = l.document"
    " WHERE d.uuid = :about AND l.relation = :relation AND l.other = :other",
    "merged": "SELECT 1 FROM merge WHERE kept = :about AND gone = :other",
    "not the same": "SELECT 1 FROM not_same WHERE one = :about AND other = :other",
}
"""What is told only while it stands: how each is found that was not taken back."""
KEPT = {"received": ("name", "sha256", "size"), "received again": ("name", "sha256"), "read again": ("sha256",)}
"""Of what was said of a file, what is told: the rest may since have been corrected."""


class Retelling:
    """Retells entries for one release, whose other records are in `made` by now."""

    def __init__(self, made: Database, admission: Admission) -> None:
        self._made, self._admission = made, admission
        self._about, self._nth = "", 0

    def retell(self, record: Record) -> Record | None:
        """The entry as it goes out; None where it stays behind. Entries about one record come one after another."""
        if record["content"] is None or record["action"] not in TOLD or not self._is_there(record["document"]):
            return None
        said = self._said(record["action"], record["document"], json.loads(record["content"]))
        if said is None:
            return None
        words = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if self._admission.names(words) or not all(map(self._is_there, UUID.findall(words))):
            return None
        if record["document"] != self._about:
            self._about, self._nth = record["document"], 0
        self._nth += 1
        return {**record, "nth": self._nth, "who": self._admission.editor(record["who"]), "content": words}

    def _said(self, action: str, about: str, said: dict[str, str | int]) -> dict[str, str | int] | None:
        tell: Callable[[str], dict[str, str | int] | None] | None = {
            "fact recorded": self._fact,
            "source added": self._source,
        }.get(action)
        if tell is not None:
            return tell(about)
        if action in STANDING and not self._stands(STANDING[action], {"about": about, "relation": "", **said}):
            return None
        if action == "corrected" and "replaced_by" not in said:
            fields = ", ".join(sorted(set(said) - {"confidentiality"}))
            return {"fields": fields} if fields else None
        if action in KEPT:
            said = {name: said[name] for name in KEPT[action] if name in said}
            if "name" in said:
                said["name"] = self._admission.shown_name(str(said["name"]), str(said.get("sha256", "")))
        return said

    def _fact(self, identity: str) -> dict[str, str | int] | None:
        fact = content.get(self._made, "fact", (identity,))
        if fact is None:
            return None
        words = (fact["subject"], fact["field"], fact["value"], fact["as_of"])
        return {"subject": fact["subject"], "hash": sources.digest(bytes.fromhex(fact["salt"]), *words)}

    def _source(self, identity: str) -> dict[str, str | int] | None:
        source = content.get(self._made, "source", (identity,))
        if source is None:
            return None
        return {"fact": source["fact"], "document": source["document"], "hash": redigested(source)}

    def _stands(self, statement: str, what: dict[str, str | int]) -> bool:
        return self._made.conn.execute(statement, what).fetchone() is not None

    def _is_there(self, identity: str) -> bool:
        found = self._made.conn.execute(
            "SELECT EXISTS (SELECT 1 FROM document WHERE uuid = ?1) OR EXISTS (SELECT 1 FROM source WHERE uuid = ?1)"
            " OR EXISTS (SELECT 1 FROM fact WHERE uuid = ?1) OR EXISTS (SELECT 1 FROM subject WHERE uuid = ?1)",
            (identity,),
        ).fetchone()
        return bool(found[0])
