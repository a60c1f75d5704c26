"""One thing that the self-test checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is what was checked, in a word or two; `detail` says what was found."""

    check: str
    ok: bool
    detail: str
