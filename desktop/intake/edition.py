"""Lets importing begin where this edition of the program can do it, and has it said in words where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from archive import importers
from archive.errors import ArchiveError, EditorNeeded

P = ParamSpec("P")


def gated(step: Callable[P, None], refused: Callable[[ArchiveError], None]) -> Callable[P, None]:
    """`step` as it is in the editor edition; in the reading edition `refused` is told why it is not done."""

    def taken(*given: P.args, **named: P.kwargs) -> None:
        try:
            importers.require()
        except EditorNeeded as error:
            refused(error)
        else:
            step(*given, **named)

    return taken
