"""The verb `cite`: by id or its beginning, in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive import documents
from archive.container import Archive
from archive.unlocking import unlock
from desktop.cli.cite import FORMATS
from tests.desktop.cli.conftest import Tamarisk


@pytest.fixture
def identity(built_sample: Path) -> str:
    with Archive(built_sample, unlock(built_sample), write=False) as archive:
        every = documents.iterate(archive.db, documents.identities(archive.db))
        return next(one.id for one in every if one.metadata.published == "2022-01-19")


def test_a_document_is_cited_as_text(tamarisk: Tamarisk, built_sample: Path, identity: str) -> None:
    said = tamarisk("cite", built_sample, identity[:8], identity)
    assert said.status == 0
    (line,) = said.out.splitlines()  # the same one twice is cited once
    assert line.startswith("The Report Desk, “")
    assert "19 January 2022" in line


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_names_the_document(tamarisk: Tamarisk, built_sample: Path, identity: str, form: str) -> None:
    said = tamarisk("cite", built_sample, identity, "--format", form)
    assert said.status == 0
    assert "The Report Desk" in said.out
    if form == "csl":
        assert json.loads(said.out)[0]["id"] == identity
    told = tamarisk("cite", built_sample, identity, "--format", form, "--json").json()
    assert told["format"] == form
    assert told["text"].strip() == said.out.strip()
    assert told["citations"][0]["issued"] == {"date-parts": [[2022, 1, 19]]}


def test_what_is_not_there_is_a_usage_error(tamarisk: Tamarisk, built_sample: Path) -> None:
    said = tamarisk("cite", built_sample, "0" * 32, "--json")
    assert said.status == 2
    assert said.json()["error"]["code"] == "no-such-record"
