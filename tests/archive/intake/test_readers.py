"""The readers: closing them ends what they are at."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.container import Archive
from archive.errors import Cancelled
from archive.intake.readers import Readers, Task, Tree
from archive.records import Name


def test_closing_ends_what_is_being_read(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "long.bin"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # takes no room, and hours to read
    readers = Readers(1, archive.originals, lambda sha256: False, lambda: False)
    future = readers.submit(Task(Name("long.bin", None, ""), path, Tree()))
    while not future.running():
        pass
    readers.close()
    with pytest.raises(Cancelled):
        future.result()
