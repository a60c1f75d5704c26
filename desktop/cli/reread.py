"""The verb `reread`: reads stored originals again with the readers of this version of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from desktop.cli import outcomes, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr, trn

if TYPE_CHECKING:
    from archive.intake.report import Report

_HELP = tr(
    """Read documents again from their originals: those named, or all of them.

    Worth it after an update of the program, or where a file took too long or too much memory. Where the text is another
    now it becomes a new version, and the old one stays. What was recorded or corrected stays too; only fields that were
    empty are filled. Files that come out of containers now are added. A reading that gives less than before is listed
    and not taken. Ctrl+C stops within a second and keeps what was stored.

    \b
      tamarisk reread papers.tamarisk --failed
      tamarisk reread papers.tamarisk 3f2a9c1b 77e0d21c
    """
)


@click.command(name="reread", help=_HELP, short_help=tr("Read documents again from their originals."))
@archive_argument
@click.argument("identities", nargs=-1, metavar="[ID...]")
@click.option(
    "--failed", is_flag=True, help=tr("Only those whose text was not obtained well (info --unsearchable lists them).")
)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help=tr("Read N files at a time."))
@json_option
def reread(access: Access, identities: tuple[str, ...], failed: bool, jobs: int | None, as_json: bool) -> int:
    from archive import documents

    with access.open(write=True) as workspace:
        found = [documents.resolve(workspace.archive.db, identity) for identity in identities]
        with progress.work(tr("Reading again"), as_json=as_json) as work:
            report = workspace.reread(
                found or None,
                failed=failed,
                jobs=jobs or outcomes.jobs(),
                progress=work.imported,
                cancelled=work.cancelled,
            )
        searchable = not report.cancelled and outcomes.make_searchable(workspace, as_json)
    later = "" if searchable else tr("The new text is made searchable by the next search.")
    return outcomes.tell(report, _say, later, as_json)


def _say(report: Report) -> None:
    terminal.say(trn("Read 1 document again.", "Read {n} documents again.", report.inputs))
    terminal.say(
        trn("1 has a new version of its text.", "{n} have a new version of their text.", report.reread)
        + " "
        + trn("1 document was found inside of them.", "{n} documents were found inside of them.", report.added)
    )
    outcomes.list_failures(report)
    if report.cancelled:
        terminal.say()
        terminal.say(tr("Stopped before the end. What was stored is kept; the same command begins again."))
