"""Compares a section of two archives record by record, with one record of each in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.connect import Database
from archive.release import content
from archive.release.content import Key, Record


def differences(
    old: Database, new: Database, section: str, seen: Callable[[bool, Record], None] = lambda newer, record: None
) -> Iterator[tuple[Record | None, Record | None]]:
    """Pairs of a section's records that differ, ascending by key: the old one, the new one, None where there is none.

    `seen` hears every record of both sides, with whether it is of the newer. One record of each side is in memory.
    """
    befores, afters = content.records(old, section), content.records(new, section)

    def following(records: Iterator[Record], newer: bool) -> tuple[Key, Record] | None:
        record = next(records, None)
        if record is None:
            return None
        seen(newer, record)
        return content.key(section, record), record

    before, after = following(befores, False), following(afters, True)
    while before or after:
        if after is None or (before is not None and before[0] < after[0]):
            assert before is not None
            yield before[1], None
            before = following(befores, False)
        elif before is None or after[0] < before[0]:
            yield None, after[1]
            after = following(afters, True)
        else:
            if before[1] != after[1]:
                yield before[1], after[1]
            before, after = following(befores, False), following(afters, True)
