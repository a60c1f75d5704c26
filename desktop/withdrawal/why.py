"""Says in a few words why, and when, something was withdrawn."""

from __future__ import annotations

from desktop import codes, shown
from desktop.translate import tr


def why_withdrawn(code: str) -> str:
    """Why a record was withdrawn, in a few words; an unknown code as it is."""
    return _REASONS[code]() if code in _REASONS else shown.line(code)


def withdrawn(at: str, code: str) -> str:
    """When and why something was withdrawn."""
    return tr("withdrawn on {at}, {reason}", at=at, reason=why_withdrawn(code))


_REASONS: codes.Words = {
    "person": lambda: tr("at the request of a person concerned"),
    "error": lambda: tr("because it was an error"),
    "legal": lambda: tr("for a legal reason"),
    "replaced": lambda: tr("because something else replaces it"),
}
