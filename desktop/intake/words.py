"""Says in words how far an import is and what came of it."""

from __future__ import annotations

from archive.intake.report import Progress, Report
from desktop.translate import number, size, tr, trn


def progress(now: Progress) -> str:
    """Files done, rate, time left, and the file at hand."""
    parts = [tr("{done} of {total} files", done=number(now.done), total=number(now.total))]
    if now.rate:
        parts.append(tr("{size} a second", size=size(round(now.rate))))
    if now.remaining is not None and is_known(now):
        parts.append(remaining(now.remaining))
    return "  ·  ".join([*parts, now.current])


def is_known(now: Progress) -> bool:
    """Whether the rate so far says anything of the rest: the first files take as long as the readers to start."""
    return now.bytes * 50 >= now.total_bytes or now.bytes >= now.rate * 30


def remaining(seconds: float) -> str:
    """How long it will take, as roughly as it is known."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 90:
        return tr("about {n} seconds left", n=round(seconds / 10) * 10)
    if seconds < 5400:
        return tr("about {n} minutes left", n=round(seconds / 60))
    return tr("about {n} hours left", n=round(seconds / 3600))


def summary(report: Report) -> str:
    """One line that accounts for everything."""
    parts = [trn("{n} record added", "{n} records added", report.added)]
    if report.duplicates:
        parts.append(trn("{n} was there already", "{n} were there already", report.duplicates))
    if report.reread:
        parts.append(trn("{n} was read again", "{n} were read again", report.reread))
    if report.barred:
        parts.append(
            trn("{n} was withdrawn before and stays out", "{n} were withdrawn before and stay out", len(report.barred))
        )
    if report.no_text:
        parts.append(trn("{n} without text", "{n} without text", len(report.no_text)))
    if report.unreadable:
        parts.append(trn("{n} could not be read", "{n} could not be read", len(report.unreadable)))
    if report.cancelled:
        parts.append(tr("stopped before the end"))
    return "  ·  ".join(parts)
