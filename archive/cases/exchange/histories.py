"""Brings over what desks decided on persons: who is not the same, and which merges were made."""

from __future__ import annotations

import json
from collections.abc import Collection

from archive import custody
from archive.cases import people, subjects
from archive.cases.exchange.arrivals import Tell, What
from archive.cases.exchange.json_read import Record
from archive.cases.records import Kind
from archive.connect import Database
from archive.errors import NoSuchRecord


def not_same(db: Database, told: Record, tell: Tell, who: str) -> None:
    """Keep that two persons are not the same. Where they were merged here it is kept as well, and said."""
    one, other = sorted((told["one"], told["other"]))
    identity = f"{one} {other}"
    try:
        first, second = subjects.get(db, one), subjects.get(db, other)
    except NoSuchRecord:
        return tell(What.REFUSED, "not same", identity, "one of them is not there")
    if people.apart(db, one, other):
        return tell(What.SAME, "not same", identity, "")
    row = {"one": one, "other": other}
    db.table("not_same").insert({**row, **{name: told[name] for name in ("reason", "created", "who")}})
    custody.record(db, "not the same", one, {"other": other}, who)
    merged = db.conn.execute(
        "SELECT 1 FROM subject WHERE (row = ?1 AND merged = ?2) OR (row = ?2 AND merged = ?1)", (first.row, second.row)
    ).fetchone()
    return tell(What.DIFFERING if merged else What.NEW, "not same", identity, "merged here" if merged else "")


def merge(db: Database, told: Record, made: Collection[str], tell: Tell, who: str) -> None:
    """Keep a merge of persons of whom the one that went came with this file; persons of ours are never merged by it,
    and no record of ours is among those that undoing it would move. `made` are the ids of all that the file brought."""
    identity = told["id"]
    if db.conn.execute("SELECT 1 FROM merge WHERE id = ?", (identity,)).fetchone():
        return tell(What.SAME, "merge", identity, "")
    stands = not told["undone"]
    if told["gone"] not in made or (stands and people.apart(db, told["kept"], told["gone"])):
        return tell(What.DIFFERING, "merge", identity, "merged there, left as they are here")
    rows = {table: dict(db.conn.execute(f"SELECT uuid, row FROM {table}")) for table in ("subject", "fact", "source")}
    if told["kept"] not in rows["subject"]:
        return tell(What.REFUSED, "merge", identity, "one of them is not there")
    kinds = {subjects.get(db, one).kind for one in (told["kept"], told["gone"])}
    if kinds != {Kind.PERSON} or subjects.followed(db, told["kept"]) == told["gone"]:
        return tell(What.REFUSED, "merge", identity, "not two persons, or merged the other way round")
    moved = []
    for one in told["moved"]:
        at = rows[one["record"]].get(one["id"])
        before = rows["subject" if one["record"] == "fact" else "fact"].get(one["from"])
        if at is None or before is None:
            return tell(What.REFUSED, "merge", identity, "a record that it moved is not there")
        if one["id"] not in made or not _was_so(db, told, one, made):
            return tell(What.REFUSED, "merge", identity, "a record that it moved did not come with it")
        moved.append([one["record"], at, before, one["value"]])
    names = ("id", "kept", "gone", "reason", "created", "who", "undone")
    db.table("merge").insert({**{name: told[name] for name in names}, "moved": json.dumps(moved)})
    if stands:
        db.table("subject").update(rows["subject"][told["gone"]], {"merged": rows["subject"][told["kept"]]})
    custody.record(db, "merged" if stands else "merge undone", told["kept"], {"other": told["gone"]}, who)
    return tell(What.NEW, "merge", identity, "")


def _was_so(db: Database, told: Record, moved: Record, made: Collection[str]) -> bool:
    """Whether a record may have been, before a merge, what the file says: about or naming the one that went."""
    if moved["record"] == "source":
        return moved["from"] in made
    about, value = db.conn.execute(
        "SELECT s.uuid, f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject WHERE f.uuid = ?", (moved["id"],)
    ).fetchone()
    return moved["from"] in (about, told["gone"]) and moved["value"] in (value, told["gone"])
