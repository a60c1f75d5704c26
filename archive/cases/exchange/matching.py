"""Finds the regular expressions of maps in cells, within limits of size and time that no map and no cell can break.

The library `regex` is used because it alone has a time limit and yet knows everything that Python's `re` does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import regex

from archive.errors import Cancelled, InvalidValue

SECONDS = 0.25
"""So long one expression is looked for in one cell."""
PATIENCE = 3
"""An expression that took longer than that in so many cells is looked for in no other."""
LARGEST = 500_000
"""Most characters of an expression, its repetitions written out: of each the library keeps some hundred bytes."""
SLOW, GIVEN_UP = "it took too long to look for the expression", "the expression took too long in cells before"

_TIMES = re.compile(r"\{(\d+)|\)\+")


def check(expression: str, told: str = "") -> None:
    """Raise InvalidValue for an expression that cannot be looked for, or whose groups do not give what is `told`."""
    try:
        compiled = _compiled(expression)
        names = {number: name for name, number in compiled.groupindex.items()}
        groups = (f"(?P<{names[at]}>)" if at in names else "()" for at in range(1, compiled.groups + 1))
        re.compile("".join(groups)).sub(told, "")
    except (regex.error, re.error, IndexError, RecursionError, OverflowError, MemoryError) as error:
        raise InvalidValue(field="matching", value=expression, why=str(error) or "too large") from error


def _compiled(expression: str) -> Any:
    times = math.prod(int(found[1]) or 1 if found[1] else 2 for found in _TIMES.finditer(expression))
    if len(expression) * times > LARGEST:
        raise InvalidValue(field="matching", value=expression[:80], why="too large, with all its repetitions")
    return regex.compile(expression)


class Matching:
    """Looks for expressions that were checked; remembers what it found in the cell before, and which took too long."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled
        self._compiled: dict[str, Any] = {}
        self._slow: dict[str, int] = {}
        self._found: dict[tuple[str, str], Any] = {}

    def forget(self) -> None:
        """Forget what was found: other cells follow."""
        self._found.clear()

    def found(self, expression: str, cell: str) -> bool:
        """Whether it is found anywhere in a cell. Raises InvalidValue with SLOW or GIVEN_UP, and Cancelled."""
        return self._look(expression, cell) is not None

    def told(self, expression: str, cell: str, template: str) -> str | None:
        """What its groups found, put into a template; the cell itself without one, None where it is not found.

        Raises as `found` does.
        """
        found = self._look(expression, cell)
        if found is None:
            return None
        return str(found.expand(template)) if template else cell

    def _look(self, expression: str, cell: str) -> Any:
        key = (expression, cell)
        if key not in self._found:
            self._found[key] = self._search(expression, cell)
        found = self._found[key]
        if isinstance(found, InvalidValue):
            raise found
        return found

    def _search(self, expression: str, cell: str) -> Any:
        if self._cancelled():
            raise Cancelled
        if self._slow.get(expression, 0) >= PATIENCE:
            return InvalidValue(field="matching", value=expression, why=GIVEN_UP)
        if expression not in self._compiled:
            self._compiled[expression] = _compiled(expression)
        try:
            return self._compiled[expression].search(cell, timeout=SECONDS)
        except TimeoutError:
            self._slow[expression] = self._slow.get(expression, 0) + 1
            return InvalidValue(field="matching", value=expression, why=SLOW)
        except MemoryError:
            return InvalidValue(field="matching", value=expression, why=SLOW)
