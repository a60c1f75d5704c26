"""A record that may be chosen, as lists offer it; free of Qt."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 200
"""Records listed at once; typing narrows them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Its UUID, what it is called, and what is said of it behind that."""

    id: str
    words: str
    lead: str = ""
