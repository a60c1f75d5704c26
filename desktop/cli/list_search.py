"""The verb `list-search`: searches a list of names or words line by line, and counts each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import covering, reasons
from desktop.cli import failures, progress, terminal
from desktop.cli.search import catch_up, filter_of, where_option
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

if TYPE_CHECKING:
    from desktop.listings.running import Run
    from index.listing import LineCounts

_WIDE = 60
_HELP = tr(
    """Search a list of names or words, one on each line of a text file or in a column of a table (CSV, TSV, XLSX,
    ODS). For each line it is counted how many records hold it exactly as written, how many by another known name of
    the same person, and, with --sound, how many by what only sounds alike.

    A hit is a text match, not an identification. A line is literal: quotes and operators in it mean nothing. Without
    --column the first column is searched, the first row too; with it the first row names the columns.

    \b
      tamarisk list-search papers.tamarisk names.txt
      tamarisk list-search papers.tamarisk names.csv --column Name --csv found.csv
      tamarisk list-search papers.tamarisk names.xlsx --column 2 --where language=zh --json
    """
)


@click.command(name="list-search", help=_HELP, short_help=tr("Search a list of names, line by line."))
@archive_argument
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option(
    "--column",
    default="",
    metavar="NAME",
    help=tr("The column of a table: its name in the first row, or its number."),
)
@click.option("--sound", is_flag=True, help=tr("Count what only sounds alike too: possibly somebody else."))
@where_option
@click.option("--confidential", is_flag=True, help=tr("Search confidential records too."))
@click.option("--csv", "destination", type=click.Path(), metavar="FILE", help=tr("Write the table to a new CSV file."))
@json_option
def list_search(
    access: Access,
    file: str,
    column: str,
    sound: bool,
    where: tuple[str, ...],
    confidential: bool,
    destination: str | None,
    as_json: bool,
) -> int:
    from desktop import new_file
    from desktop.cli.remembering import remember
    from desktop.listings import reading, writing
    from desktop.listings.running import Run

    filters = tuple(map(filter_of, where))
    with access.open() as workspace, progress.work(tr("Searching the list"), as_json=as_json) as work:
        names = reading.read(Path(file), work.cancelled)
        for code in names.notes:
            terminal.remark(tr("{file}: {note}", file=terminal.clean(file), note=reasons.words(code)))
        lines = names.lines(column)
        catch_up(access, workspace, as_json)
        run = Run(
            workspace,
            access.path.resolve().stem,
            Path(file).name,
            column,
            lines,
            filters=filters,
            sound=sound,
            confidential=confidential,
            progress=work.listed,
            cancelled=work.cancelled,
        )
        found: dict[str, None] = {}

        def shown() -> Iterator[LineCounts]:
            for one in run.results():
                found.update(dict.fromkeys(hit.id for hit in one.counted.best))
                yield one

        if destination:
            new_file.write(Path(destination), writing.as_csv(run.head, shown(), run.tail))
            terminal.remark(tr("Written to {path}. This copy is not protected.", path=terminal.clean(destination)))
            if as_json:
                terminal.emit({"path": destination, "lines": len(lines), "stopped": run.stopped})
        elif as_json:
            terminal.stream(writing.as_json(run.head, shown(), run.tail))
        else:
            _say(run)
        if destination or (as_json and not terminal.is_watched(sys.stdout)):
            remember(workspace, "list", "csv" if destination else "json", found)
    return failures.LISTED if run.stopped else failures.DONE


def _say(run: Run) -> None:
    """The table, a line at a time, and under it what it rests on."""
    from desktop.listings import writing
    from index.statement import BANNER

    terminal.say(BANNER)
    terminal.say()
    _, _, *heads, _ = writing.headings()
    terminal.say("  ".join((f"{tr('Line'):>8}", *(f"{head:>12}" for head in heads), tr("Name or word"))))
    for one in run.results():
        place, text, *counts, note = writing.cells(one)
        words = [_cut(text)]
        words += [f"({note})"] if note else []
        words += [_cut(hit.title or tr("Untitled")) for hit in one.counted.best[:1]]
        terminal.say("  ".join((f"{terminal.clean(place):>8}", *(f"{each:>12}" for each in counts), " · ".join(words))))
    terminal.say()
    terminal.say(covering.sentence(run.head.coverage))
    for sentence in writing.ends(run.head, run.tail()):
        terminal.say(sentence)


def _cut(text: str) -> str:
    """A text in one short line; exports and JSON have the whole."""
    return terminal.clean(text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…")
