"""What of a text is taken already, so that of candidates that overlap one is kept, however many there are."""

from __future__ import annotations

from collections.abc import Iterable

from index.recognise.records import Candidate


class Cover:
    """The stretches of a text that candidates stand on."""

    def __init__(self, held: Iterable[Candidate] = ()) -> None:
        self._taken = bytearray()
        for one in held:
            self.add(one)

    def add(self, one: Candidate) -> None:
        """Take a candidate's stretch."""
        self._taken.extend(bytes(max(0, one.end - len(self._taken))))
        self._taken[one.start : one.end] = b"\1" * (one.end - one.start)

    def meets(self, one: Candidate) -> bool:
        """Whether any of a candidate's stretch is taken."""
        return self._taken.find(1, one.start, one.end) >= 0
