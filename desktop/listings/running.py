"""Runs a list search over an open archive: what it rests on first, then line by line what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from index import listing
from index.answers import Filter, Query
from index.coverage import Coverage
from index.listing import Line, LineCounts
from index.statement import OPEN, Made, made_by, same_state

if TYPE_CHECKING:
    from desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Head:
    """What a list search rests on: the archive and the program, the `file` with its `column` (empty for a text file),
    how many `lines` it has, and how they are searched; `coverage` is the same for every line."""

    made: Made
    file: str
    column: str
    lines: int
    filters: tuple[Filter, ...]
    sound: bool
    confidential: bool
    coverage: Coverage

    @property
    def searched(self) -> tuple[Filter, ...]:
        """The filters that every line is searched under."""
        return self.filters if self.confidential else (*self.filters, OPEN)


@dataclass(frozen=True, slots=True)
class Tail:
    """How it ended: whether somebody stopped it, and whether the index stayed the same all the while."""

    stopped: bool
    settled: bool


class Run:
    """One list search. `head` is known at once; `results` come one at a time and may be gone through once."""

    def __init__(
        self,
        workspace: Workspace,
        name: str,
        file: str,
        column: str,
        lines: Sequence[Line],
        *,
        filters: Sequence[Filter] = (),
        sound: bool = False,
        confidential: bool = False,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = bool,
    ) -> None:
        """`name` is the archive's; `progress` gets lines done and to be done."""
        self._workspace, self._name, self._lines = workspace, name, lines
        self._progress, self._cancelled = progress, cancelled
        self.stopped = False
        """Whether somebody stopped it before its end."""
        self._searched = tuple(filters) if confidential else (*filters, OPEN)
        self.head = Head(
            self._made(),
            file,
            column,
            len(lines),
            tuple(filters),
            sound,
            confidential,
            workspace.searcher.coverage(Query("", self._searched)),
        )

    def results(self) -> Iterator[LineCounts]:
        """What comes of each line, until the end or until it is stopped. Raises what `Searcher` raises."""
        found = listing.search(self._workspace.searcher, self._lines, self._searched, sound=self.head.sound)
        for done, one in enumerate(found, 1):
            yield one
            self._progress(done, len(self._lines))
            if self._cancelled():
                self.stopped = done < len(self._lines)
                return

    def tail(self) -> Tail:
        """How it ended, once its results were gone through."""
        return Tail(self.stopped, same_state(self.head.made, self._made()))

    def _made(self) -> Made:
        return made_by(self._workspace.archive, self._workspace.index, self._name, version("tamarisk"))
