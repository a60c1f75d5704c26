"""What `import` and `reread` share: how many read at a time, making it searchable, and the report of what failed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.errors import Cancelled, EnvironmentFault
from desktop import messages, reasons
from desktop.cli import failures, progress, terminal
from desktop.translate import number, tr
from desktop.withdrawal.why import withdrawn

if TYPE_CHECKING:
    from archive.intake.report import Report
    from desktop.workspace import Workspace

_JOBS_AT_MOST = 4  # each takes up to a gigabyte


def jobs() -> int:
    """How many files to read at a time where nobody says."""
    return min(os.cpu_count() or 1, _JOBS_AT_MOST)


def make_searchable(workspace: Workspace, as_json: bool) -> bool:
    """Bring the index up to the archive, anew where something was taken out of it. False where Ctrl+C ended that, or
    something was in the way, which is told: what was done to the archive is done, and is still to be reported."""
    try:
        with progress.work(tr("Making it searchable"), as_json=as_json) as work:
            workspace.catch_up(work.counted, work.cancelled)
    except Cancelled:
        return False
    except EnvironmentFault as error:
        terminal.remark(terminal.clean(messages.sentence(error)))
        return False
    return True


def still_in_index() -> str:
    """What to know where the index could not be made anew."""
    return tr("The index still holds words of it. It is made anew when the archive is next opened for writing.")


def list_failures(report: Report) -> None:
    """Name what stayed out, what has no text and what could not be read, with reasons."""
    if report.barred:
        terminal.say()
        terminal.say(tr("Not taken in, because it was withdrawn ({n}):", n=number(len(report.barred))))
        for one in report.barred:
            why = withdrawn(one.at, one.reason)
            terminal.say(f"  {terminal.clean(one.path)}: {why}")
    if report.no_text:
        terminal.say()
        terminal.say(tr("Kept, but without text that could be searched ({n}):", n=number(len(report.no_text))))
        for item in report.no_text:
            terminal.say(f"  {terminal.clean(item.path)}: {reasons.words(item.reason)}")
    if report.unreadable:
        terminal.say()
        terminal.say(tr("Could not be read ({n}):", n=number(len(report.unreadable))))
        for problem in report.unreadable:
            words = reasons.words(problem.code)
            fate = tr("kept as it is") if problem.kept else tr("not kept")
            terminal.say(f"  {terminal.clean(problem.path)}: {words}; {fate}")


def tell(report: Report, say: Callable[[Report], None], later: str, as_json: bool) -> int:
    """Give a report as JSON or let `say` say it, remark `later` where that is not empty, and return the exit status."""
    if as_json:
        terminal.emit(asdict(report))
    else:
        say(report)
    if later:
        terminal.remark(later)
    return failures.LISTED if report.unreadable or later else failures.DONE
