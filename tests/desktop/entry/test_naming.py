"""The names that are offered follow the archive: what is made, called otherwise, merged and taken back."""

from __future__ import annotations

from pathlib import Path

from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from archive.keys import ArchiveKey
from desktop.entry import naming
from desktop.entry.naming import Naming
from desktop.workspace import Workspace

Made = tuple[Path, ArchiveKey]


def test_names_follow_what_is_recorded_merged_and_taken_back(entered: Made) -> None:
    names = Naming()
    with Workspace(*entered, write=True) as workspace:
        db, cases = workspace.archive.db, workspace.cases
        document = next(row[0] for row in db.conn.execute("SELECT uuid FROM document"))
        cited = Citation(document, 1, 0, 10)

        def called(typed: str) -> list[str]:
            return [one.id for one in names.now(db).find(typed, (Kind.PERSON,), 9)]

        assert called("hill") == []
        done = cases.record(cited, [Draft("a", Kind.PERSON)], [Entry("a", "name", "Hill A")])
        other = cases.record(cited, [Draft("b", Kind.PERSON)], [Entry("b", "name", "Hill B")])
        first, second = done.made["a"], other.made["b"]
        assert called("hill") == [first, second]
        merge = cases.merge(first, second, "the same")
        assert called("hill") == [first]
        cases.unmerge(merge)
        assert called("hill") == [first, second]
        cases.undo(done)
        assert called("hill") == [second]
        assert names.now(db) is names.now(db)  # nothing changed, nothing is read


def test_many_changes_are_read_anew(entered: Made) -> None:
    names = Naming()
    with Workspace(*entered, write=True) as workspace:
        db = workspace.archive.db
        names.now(db)
        document = next(row[0] for row in db.conn.execute("SELECT uuid FROM document"))
        drafts = [Draft(str(at), Kind.ORGANISATION) for at in range(naming.FEW + 1)]
        entries = [Entry(one.handle, "name", f"Hill Post {one.handle}") for one in drafts]
        workspace.cases.record(Citation(document, 1, 0, 10), drafts, entries)
        assert names.now(db).later == 0
        assert len(names.now(db).find("hill", (Kind.ORGANISATION,), 9_000)) == naming.FEW + 1
