"""The rolling share of originals: in turn all of them, and what is damaged is named."""

from __future__ import annotations

import hashlib

import pytest

from archive.connect import writing
from archive.container import Archive
from archive.errors import Cancelled
from archive.signing.rolling import check_share
from archive.verify import Step


def keep(archive: Archive, contents: list[bytes]) -> list[str]:
    for content in contents:
        with archive.originals.stage() as staging:
            staging.write(content)
            staged = staging.finish()
            with writing(archive.db):
                archive.originals.register(staged)
            archive.originals.commit()
    return [hashlib.sha256(content).hexdigest() for content in contents]


def test_all_shares_together_read_each_original_once_and_begin_again(archive: Archive) -> None:
    held = keep(archive, [b"", *(bytes([n]) * n * 1000 for n in range(1, 12))])
    for of in (1, 3, 7, 50):
        rounds: list[list[str]] = []
        for nth in range(2 * of):
            steps: list[Step] = []
            assert check_share(archive, nth, of, steps.append) == ()
            rounds.append([step.where for step in steps])
        read = [where for share in rounds[:of] for where in share]
        assert sorted(read) == sorted(sha256[:12] for sha256 in held)
        assert rounds[of:] == rounds[:of]


def test_damage_is_found_in_the_share_that_it_lies_in(archive: Archive) -> None:
    held = keep(archive, [bytes([n]) * 5000 for n in range(9)])
    volume = archive.originals.database(1).conn
    token = archive.db.conn.execute("SELECT token FROM original WHERE sha256 = ?", (held[4],)).fetchone()[0]
    data = volume.execute("SELECT data FROM chunk WHERE token = ?", (token,)).fetchone()[0]
    volume.execute("UPDATE chunk SET data = ? WHERE token = ?", (data[:-1] + bytes([data[-1] ^ 1]), token))
    found = [check_share(archive, nth, 3) for nth in range(3)]
    assert [fault.where for faults in found for fault in faults] == [held[4][:12]]


def test_it_can_be_stopped(archive: Archive) -> None:
    keep(archive, [b"a"])
    with pytest.raises(Cancelled):
        check_share(archive, 0, 1, cancelled=lambda: True)
