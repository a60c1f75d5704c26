"""The verb `import`: takes files and folders into an archive and accounts for every one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.records import Confidentiality
from desktop.cli import outcomes, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr, trn

if TYPE_CHECKING:
    from archive.intake.report import Report

_HELP = tr(
    """Import files and folders, hidden files and everything inside of archives and messages included.

    Every file is kept as it was received, read in a process of its own, and accounted for in the report. What is there
    already is not added twice; it is read again where a limit or a crash ended its reading. Ctrl+C stops within a
    second and keeps what was stored; the next import goes on.

    \b
      tamarisk import papers.tamarisk ~/Documents/reports
      tamarisk import papers.tamarisk mail.mbox scans.zip --jobs 4
      tamarisk import papers.tamarisk interviews --confidentiality confidential
    """
)


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
@click.option(
    "--withdrawn-too",
    is_flag=True,
    help=tr("Take in also what was withdrawn from this archive, as new records."),
)
@json_option
def import_(
    access: Access,
    paths: tuple[str, ...],
    jobs: int | None,
    confidentiality: str,
    withdrawn_too: bool,
    as_json: bool,
) -> int:
    with access.open(write=True) as workspace:
        with progress.work(tr("Importing"), as_json=as_json) as work:
            report = workspace.import_(
                [Path(path) for path in paths],
                jobs=jobs or outcomes.jobs(),
                confidentiality=Confidentiality(confidentiality),
                progress=work.imported,
                cancelled=work.cancelled,
                withdrawn_too=withdrawn_too,
            )
        searchable = not report.cancelled and outcomes.make_searchable(workspace, as_json)
    later = "" if searchable else tr("The new documents are made searchable by the next search.")
    return outcomes.tell(report, _say, later, as_json)


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
    if report.reread:
        terminal.say(
            trn(
                "1 that could not be read in full before was read again.",
                "{n} that could not be read in full before were read again.",
                report.reread,
            )
        )
    outcomes.list_failures(report)
    if report.cancelled:
        terminal.say()
        terminal.say(tr("Stopped before the end. What was stored is kept; run the same import again to go on."))
