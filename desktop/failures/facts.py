"""What a sentence about a failure is made of: the failure's facts, and the shape of a table of sentences."""

from __future__ import annotations

from collections.abc import Callable


class Facts(dict[str, str]):
    """Facts by name, fit to be shown; one that the error lacks reads as an ellipsis, so that a sentence stands."""

    def __missing__(self, key: str) -> str:
        return "…"

    def why(self) -> str:
        """The reason in brackets, with a blank before it; empty where the error names none."""
        return f" ({self['why']})" if self.get("why") else ""


Sentences = dict[str, Callable[[Facts], str]]
"""By the code of a failure: what happened, what was kept and what to do."""
