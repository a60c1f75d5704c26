"""The custody chain: whole as written, broken by any change, and whole again after content is erased."""

from __future__ import annotations

import pytest

from archive import custody
from archive.connect import writing
from archive.container import Archive


@pytest.fixture
def chain(archive: Archive) -> Archive:
    with writing(archive.db):
        for number in range(5):
            custody.record(archive.db, "received", f"document-{number % 2}", {"name": f"{number}.txt"}, "desk")
    return archive


def test_as_written_it_verifies(chain: Archive) -> None:
    assert list(custody.breaks(chain.db)) == []
    assert [entry.content for entry in custody.entries(chain.db, "document-1")] == [
        {"name": "1.txt"},
        {"name": "3.txt"},
    ]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE custody SET who = 'another desk' WHERE seq = 3",
        "UPDATE custody SET at = '2001-01-01T00:00:00Z' WHERE seq = 3",
        "UPDATE custody SET document = 'document-9' WHERE seq = 3",
        "UPDATE custody SET hash = previous WHERE seq = 3",
        'UPDATE custody_content SET content = \'{"name":"other.txt"}\' WHERE seq = 3',
        "UPDATE custody_content SET salt = x'00' WHERE seq = 3",
        "DELETE FROM custody WHERE seq = 3",
    ],
)
def test_tampering_shows(chain: Archive, tampering: str) -> None:
    chain.db.conn.execute(tampering)
    assert set(custody.breaks(chain.db)) & {3, 4}


def test_content_can_be_erased(chain: Archive) -> None:
    chain.db.conn.execute("DELETE FROM custody_content WHERE seq = 3")
    assert list(custody.breaks(chain.db)) == []
    assert custody.entries(chain.db, "document-1")[0].content is None


def test_the_chain_holds_no_words(chain: Archive) -> None:
    words = chain.db.conn.execute("SELECT group_concat(commitment || previous || hash) FROM custody").fetchone()[0]
    assert "txt" not in words
