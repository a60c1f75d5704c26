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

_HELP = tr(
    """Write casework as CSV (for spreadsheets), JSON (for another desk: every record with every source) or
    FollowTheMoney entities (a JSON object per line). What is confidential stays out unless --confidential is given.

    The copy is not protected, and passages are quoted as they stand.

    \b
      tamarisk cases export papers.tamarisk --format csv --out cases.csv
      tamarisk cases export papers.tamarisk --format csv --table facts --out facts.csv
      tamarisk cases export papers.tamarisk --format json --confidential --out casework.json
      tamarisk cases export papers.tamarisk --format ftm --out entities.ftm.json
    """
)
_FORMATS = ("csv", "json", "ftm")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8


@click.command(name="export", help=_HELP, short_help=tr("Write casework as CSV, JSON or FollowTheMoney entities."))
@archive_argument
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True)
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
        content = _content(db, form, table, confidential)
    if out:
        from desktop import new_file

        new_file.write(Path(out), [_BYTE_ORDER_MARK if form == "csv" else b"", content])
    elif terminal.is_watched(sys.stdout):
        terminal.say(terminal.clean_text(content.decode()))
    else:
        click.echo(content, nl=False)
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
