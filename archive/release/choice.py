"""What an editor chooses about a release: how far it goes, and what of single records stays behind."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from archive.errors import InvalidValue
from archive.records import Confidentiality

ABOVE = {
    "none": frozenset[str](),
    "confidential": frozenset({str(Confidentiality.CONFIDENTIAL)}),
    "restricted": frozenset({str(Confidentiality.CONFIDENTIAL), str(Confidentiality.RESTRICTED)}),
}
"""The levels that stay behind, by what is excluded."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes into a release. Raises InvalidValue where a part is not what it says here.

    `date` is its ISO day, by which consent has ended or not. `exclude` is a key of ABOVE. `slim` leaves every original
    behind, `text_only` those of some documents by UUID. `left_out` are further documents and subjects that stay behind
    as if they were above the level. `held` are facts that go though all their sources stay behind, with "Source held
    by the publisher" in their place. `notes` is what the publisher says of the release.
    """

    date: str
    exclude: str = "confidential"
    slim: bool = False
    text_only: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    notes: str = ""

    def __post_init__(self) -> None:
        if self.exclude not in ABOVE:
            raise InvalidValue(field="exclude", value=self.exclude, why=f"not one of: {', '.join(ABOVE)}")
        try:
            right = datetime.date.fromisoformat(self.date).isoformat() == self.date
        except ValueError:
            right = False
        if not right:
            raise InvalidValue(field="date", value=self.date, why="not a day such as 2026-11-28")

    @property
    def above(self) -> frozenset[str]:
        """The levels of confidentiality that stay behind."""
        return ABOVE[self.exclude]
