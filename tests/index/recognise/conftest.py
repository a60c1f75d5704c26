"""An archive that knows some names, and what recognises with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive import container
from archive.container import Archive
from index.recognise.recogniser import Recogniser
from tests.archive.cases.conftest import document, make, say
from tests.archive.conftest import archive, keep

__all__ = ["archive", "document", "keep", "make", "say"]


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recogniser]:
    """What recognises with the shipped thesauri and no name at all."""
    path = tmp_path_factory.mktemp("plain") / "desk.tamarisk"
    with Archive(path, container.create(path), write=True) as opened:
        yield Recogniser(opened.db)
