"""The verb `cases export`: writes casework for other programs and other desks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli import failures, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr, trn

if TYPE_CHECKING:
    from archive.connect import Database
    from desktop.workspace import Workspace

_HELP = tr(
    """Write casework as CSV (for spreadsheets), JSON (for another desk: every record with every source),
    FollowTheMoney entities (a JSON object per line) or HTML (a dossier of all cases, to be read). What is confidential
    stays out unless --confidential is given.

    The copy is not protected, and passages are quoted as they stand.

    \b
      tamarisk cases export papers.tamarisk --format csv --out cases.csv
      tamarisk cases export papers.tamarisk --format csv --table facts --out facts.csv
      tamarisk cases export papers.tamarisk --format json --confidential --out casework.json
      tamarisk cases export papers.tamarisk --format ftm --out entities.ftm.json
      tamarisk cases export papers.tamarisk --format html --out cases.html
    """
)
_FORMATS = ("csv", "json", "ftm", "html")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8


@click.command(name="export", help=_HELP, short_help=tr("Write casework as CSV, JSON, HTML or FollowTheMoney."))
@archive_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    required=True,
    help=tr("JSON for another desk, CSV and FollowTheMoney for other programs, HTML to be read."),
)
@click.option(
    "--table",
    type=click.Choice(["cases", "facts"]),
    default="cases",
    show_default=True,
    help=tr("For CSV: a row for each case, or for each source of each fact."),
)
@click.option("--out", metavar="FILE", type=click.Path(), help=tr("Where to write; FILE must not exist."))
@click.option("--confidential", is_flag=True, help=tr("Take in what is confidential."))
@json_option
def export(access: Access, form: str, table: str, out: str | None, confidential: bool, as_json: bool) -> int:
    if as_json and not out:
        raise click.UsageError(tr("With --json the casework itself needs --out FILE."))
    from archive.cases.exchange import selection

    with access.open() as workspace:
        db = workspace.archive.db
        withheld = 0 if confidential else selection.withheld(db)
        if form == "html":
            content = _page(workspace, access.path.resolve().stem, confidential)
        else:
            content = _content(db, form, table, confidential)
        _write(content, form, out)
        if out or not terminal.is_watched(sys.stdout):  # what goes to a pipe lies in a file afterwards
            from archive.cases.exchange import told
            from desktop.cli.remembering import remember

            remember(workspace, "cases", form, told.everything(db, confidential=confidential))
    if as_json:
        terminal.emit({"path": out, "bytes": len(content), "withheld": withheld})
    elif out:
        terminal.say(tr("Written to {path}. This copy is not protected.", path=terminal.clean(out)))
    if withheld:
        terminal.remark(
            trn("1 confidential fact was left out.", "{n} confidential facts were left out.", withheld)
            + " "
            + tr("--confidential takes in all.")
        )
    return failures.DONE


def _write(content: bytes, form: str, out: str | None) -> None:
    """Raises AlreadyExists and environment faults."""
    if out:
        from desktop import new_file

        new_file.write(Path(out), [_BYTE_ORDER_MARK if form == "csv" else b"", content])
    elif terminal.is_watched(sys.stdout):
        terminal.say(terminal.clean_text(content.decode()))
    else:
        terminal.write(content, end=False)


def _page(workspace: Workspace, name: str, confidential: bool) -> bytes:
    """All cases as one page, with what names how many persons said beside it."""
    from archive.cases import summaries
    from desktop import dossiers

    every = summaries.everything(workspace.archive.db)
    gathered = dossiers.gathered(workspace.archive, name, every, confidential=confidential)
    terminal.remark(dossiers.warning(gathered))
    return dossiers.rendered(gathered, ".html")


def _content(db: Database, form: str, table: str, confidential: bool) -> bytes:
    if form == "json":
        from archive.cases.exchange import json_export

        return json_export.text(db, confidential=confidential).encode()
    if form == "ftm":
        from archive.cases.exchange import ftm

        return "".join(ftm.lines(db, confidential=confidential)).encode()
    from archive.cases.exchange import csv_export

    write = csv_export.cases if table == "cases" else csv_export.facts_with_sources
    return write(db, confidential=confidential).encode()
