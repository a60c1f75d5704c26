"""What is said of a notebook after a withdrawal, in sentences that stand by themselves."""

from __future__ import annotations

import pytest

from archive.notebook.purging import NOTHING, Purged
from archive.notebook.records import Export
from desktop.withdrawal import purged
from desktop.withdrawal.purged import Found


@pytest.mark.parametrize(
    ("what", "form", "said"),
    [
        ("dossier", "pdf", "You exported a dossier (PDF) with"),
        ("notebook package", "package", "You exported a package of your notes with"),
        ("list", "csv", "You exported a list of searches (CSV) with"),
        ("citation", "text", "You exported a citation with"),
        ("original", "file", "You exported an original with"),
    ],
)
def test_what_was_exported_is_said_in_words(what: str, form: str, said: str) -> None:
    sentence = purged.export(Export("i", what, form, ("r",), "2026-05-03T10:00:00Z"))
    assert sentence.startswith(said)
    assert sentence.endswith("this record on 3 May 2026. Please destroy it and tell whoever received it.")


def test_every_sentence_ends_so_that_the_next_can_follow() -> None:
    held = Purged(
        ("n",), (Export("i", "dossier", "pdf", ("r",), "2026-05-03T10:00:00Z"),), ("port",), ("Desk",), 1, 0, 1, 0
    )
    said = purged.sentences(Found(held, ("words",), 2))
    assert len(said) == 5
    assert all(one.endswith(".") for one in said)
    assert purged.sentences(Found(NOTHING, ())) == ()
