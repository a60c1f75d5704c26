"""The verb `import`: takes files and folders into an archive and accounts for every one."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import Cancelled
from archive.records import Confidentiality
from desktop import messages
from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr, trn

if TYPE_CHECKING:
    from archive.intake.report import Report
    from desktop.workspace import Workspace

_HELP = tr(
    """Import files and folders, hidden files and everything inside of archives and messages included.

    Every file is kept as it was received, read in a process of its own, and accounted for in the report. What is there
    already is not added twice. Ctrl+C stops within a second and keeps what was stored; the next import goes on.

    \b
      tamarisk import papers.tamarisk ~/Documents/reports
      tamarisk import papers.tamarisk mail.mbox scans.zip --jobs 4
      tamarisk import papers.tamarisk interviews --confidentiality confidential
    """
)
_JOBS_AT_MOST = 4  # each takes up to a gigabyte


@click.command(name="import", help=_HELP, short_help=tr("Import files and folders."))
@archive_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help=tr("Read N files at a time."))
@click.option(
    "--confidentiality",
    type=click.Choice([str(value) for value in Confidentiality]),
    default=str(Confidentiality.RESTRICTED),
    show_default=True,
    help=tr("Who may see the documents that are added."),
)
@json_option
def import_(access: Access, paths: tuple[str, ...], jobs: int | None, confidentiality: str, as_json: bool) -> int:
    with access.open(write=True) as workspace:
        with progress.work(tr("Importing"), as_json=as_json) as work:
            report = workspace.import_(
                [Path(path) for path in paths],
                jobs=jobs or min(os.cpu_count() or 1, _JOBS_AT_MOST),
                confidentiality=Confidentiality(confidentiality),
                progress=work.imported,
                cancelled=work.cancelled,
            )
        searchable = not report.cancelled and _make_searchable(workspace, as_json)
    if as_json:
        terminal.emit(asdict(report))
    else:
        _say(report)
    if not searchable:
        terminal.remark(tr("The new documents are made searchable by the next search."))
    return failures.LISTED if report.unreadable or not searchable else failures.DONE


def _make_searchable(workspace: Workspace, as_json: bool) -> bool:
    """Bring the index up to the archive; False where Ctrl+C ended that, which loses nothing."""
    try:
        with progress.work(tr("Making it searchable"), as_json=as_json) as work:
            workspace.catch_up(work.counted, work.cancelled)
    except Cancelled:
        return False
    return True


def _say(report: Report) -> None:
    terminal.say(trn("Read 1 file.", "Read {n} files.", report.inputs))
    terminal.say(
        trn("1 document was added.", "{n} documents were added.", report.added)
        + " "
        + trn("1 was there already.", "{n} were there already.", report.duplicates)
    )
    if report.members:
        terminal.say(
            trn("Of these, 1 was found inside a file.", "Of these, {n} were found inside files.", report.members)
        )
    if report.no_text:
        terminal.say()
        terminal.say(tr("Kept, but without text that could be searched ({n}):", n=number(len(report.no_text))))
        for item in report.no_text:
            terminal.say(f"  {terminal.clean(item.path)}: {messages.reason(item.reason)}")
    if report.unreadable:
        terminal.say()
        terminal.say(tr("Could not be read ({n}):", n=number(len(report.unreadable))))
        for problem in report.unreadable:
            words = messages.reason(problem.code)
            fate = tr("kept as it is") if problem.kept else tr("not kept")
            terminal.say(f"  {terminal.clean(problem.path)}: {words}; {fate}")
    if report.cancelled:
        terminal.say()
        terminal.say(tr("Stopped before the end. What was stored is kept; run the same import again to go on."))
