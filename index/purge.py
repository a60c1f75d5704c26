"""Makes an index anew in which nothing of what was withdrawn is left: deleting leaves words in the blocks of FTS5."""

from __future__ import annotations

from collections.abc import Callable

from archive import feed
from archive.container import Archive
from archive.errors import Busy
from index.sync import Index, Progress

TRIES = 3
"""Builds of other programs that may have begun before the withdrawal and come to an end meanwhile."""


def purge(
    archive: Archive,
    index: Index,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = bool,
) -> None:
    """Take out what went, so that no search lists it, and then build another file from what the archive holds now.

    The older files go. Raises Busy where one stays because another program has it open, Cancelled, and environment
    faults: then it is to be done again.
    """
    wanted = feed.position(archive.db)
    index.update(progress, cancelled)
    for _ in range(TRIES):
        index.rebuild(progress, cancelled)
        if index.began() >= wanted and not index.older():
            return
    raise Busy(path=str(archive.path))
