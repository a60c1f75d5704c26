"""The years along a timeline: where each begins across the width, and which of them are worth a label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Axis:
    """The years `first` to `last`, whole, from `left` over `width` pixels."""

    first: int
    last: int
    left: float
    width: float

    @property
    def step(self) -> float:
        """The width of a year."""
        return self.width / (self.last - self.first + 1)

    def x(self, iso: str) -> float:
        """Where an ISO day lies."""
        day = date.fromisoformat(iso)
        return self.left + (day.year - self.first + (day.timetuple().tm_yday - 1) / 366) * self.step

    def start(self, year: int) -> float:
        """Where a year begins."""
        return self.left + (year - self.first) * self.step

    def year(self, x: float) -> int | None:
        """The year there; None beside the axis."""
        if not self.left <= x < self.left + self.width:
            return None
        return self.first + int((x - self.left) / self.step)

    def labelled(self, least: float) -> Iterator[int]:
        """Round years that are at least so many pixels apart."""
        every = next((step for step in STEPS if step * self.step >= least), STEPS[-1])
        yield from range(-(-self.first // every) * every, self.last + 1, every)
