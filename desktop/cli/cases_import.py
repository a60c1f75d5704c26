"""The verb `cases import`: takes in tables by a map, and the casework of another desk."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.records import Confidentiality
from desktop.cli import failures, outcomes, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr, trn

if TYPE_CHECKING:
    from archive.cases.exchange.json_import import Plan as Exchanged
    from archive.cases.exchange.table_import import Came
    from archive.cases.exchange.table_plan import Plan, Problem
    from desktop.workspace import Workspace

_HELP = tr(
    """Import a table (CSV, XLSX) as casework by a map, or the JSON of another desk.

    A table becomes a document of the archive, and every fact cites its row. MAP says which column becomes what;
    docs/maps has examples. A row with a problem is left out and listed. Persons are never taken for one by their name.

    From JSON, what is new comes as it is and what differs stands beside what is here; nothing is overwritten.

    \b
      tamarisk cases import papers.tamarisk list.csv --map list.toml --dry-run
      tamarisk cases import papers.tamarisk list.xlsx --map list.toml --with-problems
      tamarisk cases import papers.tamarisk other-desk.json --dry-run
    """
)


@click.command(name="import", help=_HELP, short_help=tr("Import a table, or the casework of another desk."))
@archive_argument
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "by",
    metavar="MAP",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=tr("A TOML file that says which column becomes what; without it FILE is the JSON of another desk."),
)
@click.option("--dry-run", is_flag=True, help=tr("Only say what would be imported, and every problem."))
@click.option(
    "--with-problems", is_flag=True, help=tr("Take rows with problems, too, without the cells that have one.")
)
@click.option(
    "--confidentiality",
    type=click.Choice([str(value) for value in Confidentiality]),
    default=str(Confidentiality.RESTRICTED),
    show_default=True,
    help=tr("Who may see the table itself; the map says who may see what is made of it."),
)
@json_option
def import_(
    access: Access,
    file: Path,
    by: Path | None,
    dry_run: bool,
    with_problems: bool,
    confidentiality: str,
    as_json: bool,
) -> int:
    if by is None and file.suffix.lower() != ".json":
        raise click.UsageError(tr("A table needs --map MAP; without it only the JSON of another desk is imported."))
    with access.open(write=True) as workspace:
        if by is None:
            return _exchange(workspace, file, dry_run, as_json)
        return _table(workspace, file, by, dry_run, with_problems, Confidentiality(confidentiality), as_json)


def _exchange(workspace: Workspace, file: Path, dry_run: bool, as_json: bool) -> int:
    from archive.cases.exchange import json_import

    plan = json_import.take(workspace.archive, _text(file), dry=dry_run)
    searchable = dry_run or _make_searchable(workspace, as_json)
    if as_json:
        terminal.emit({"dry_run": dry_run, "counts": plan.counts(), "records": _told(plan)})
    else:
        _say_exchanged(plan, dry_run)
    amiss = not searchable or any(one["what"] == "refused" for one in _told(plan))
    return failures.LISTED if amiss else failures.DONE


def _told(plan: Exchanged) -> list[dict[str, str]]:
    """Every record that is not simply new or the same."""
    return [asdict(item) for item in plan.items if item.what in ("differing", "refused")]


def _say_exchanged(plan: Exchanged, dry_run: bool) -> None:
    if dry_run:
        terminal.say(tr("Nothing was imported. This would come:"))
    for sort, counts in plan.counts().items():
        terminal.say(f"  {sort:<9} " + ", ".join(f"{number(count)} {what}" for what, count in counts.items()))
    for item in plan.items:
        if item.what in ("differing", "refused"):
            terminal.say(f"  {item.what}: {item.sort} {terminal.clean(item.id)}: {terminal.clean(item.why)}")


def _table(
    workspace: Workspace,
    file: Path,
    by: Path,
    dry_run: bool,
    with_problems: bool,
    confidentiality: Confidentiality,
    as_json: bool,
) -> int:
    from archive import documents
    from archive.cases.exchange import mapping, table, table_import, table_plan

    read_by = mapping.read(_text(by))
    db = workspace.archive.db
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    came: Came | None = None
    with progress.work(tr("Importing"), as_json=as_json) as work:
        if not dry_run:
            workspace.import_([file], confidentiality=confidentiality, progress=work.imported, cancelled=work.cancelled)
        document = documents.by_hash(db, sha256)
        rows = table.of_document(db, document.id) if document else table.of_file(file, work.cancelled)
        plan = table_plan.plan(db, read_by, rows, work.cancelled)
        if document and not dry_run:
            came = table_import.take(
                db,
                document.id,
                plan,
                who=workspace.archive.desk,
                with_problems=with_problems,
                progress=work.recorded,
                cancelled=work.cancelled,
            )
    searchable = came is None or _make_searchable(workspace, as_json)
    if as_json:
        terminal.emit(_json(plan, came))
    else:
        _say(plan, came)
    amiss = plan.every_problem() or (came is None and not dry_run) or (came and (came.refused or came.ahead))
    return failures.LISTED if amiss or not searchable else failures.DONE


def _make_searchable(workspace: Workspace, as_json: bool) -> bool:
    searchable = outcomes.make_searchable(workspace, as_json)
    if not searchable:
        terminal.remark(tr("What is new is made searchable by the next search."))
    return searchable


def _json(plan: Plan, came: Came | None) -> dict[str, object]:
    return {
        "dry_run": came is None,
        "rows": len(plan.rows),
        "unread_columns": plan.unread,
        "problems": [asdict(problem) for problem in (*plan.every_problem(), *(came.refused if came else ()))],
        "imported": {name: value for name, value in asdict(came).items() if name != "refused"} if came else None,
    }


def _say(plan: Plan, came: Came | None) -> None:
    from desktop.incoming.amiss import amiss

    terminal.say(trn("Read 1 row.", "Read {n} rows.", len(plan.rows)))
    if plan.unread:
        terminal.say(tr("Columns that the map does not name: {names}", names=terminal.clean(", ".join(plan.unread))))
    problems = (*plan.every_problem(), *(came.refused if came else ()))
    if problems:
        with_one = len({(problem.sheet, problem.row) for problem in problems if problem.row})
        within = " " + trn("in 1 row", "in {n} rows", with_one) if with_one else ""
        terminal.say(trn("1 problem", "{n} problems", len(problems)) + within + ":")
    for problem in problems:
        terminal.say("  " + terminal.clean(f"{_place(problem)}: {amiss(problem)}"))
    if came is None:
        terminal.say(tr("Nothing was imported."))
        return
    made = ", ".join(f"{number(count)} {kind}" for kind, count in came.subjects.items()) or tr("none")
    terminal.say(
        trn(
            "Imported 1 row, left out {left}.",
            "Imported {n} rows, left out {left}.",
            came.rows,
            left=number(came.left_out),
        )
        + " "
        + tr("New records: {made}.", made=made)
    )
    terminal.say(tr("Facts recorded: {new}; there already: {known}.", new=number(came.facts), known=number(came.known)))
    if came.ahead:
        terminal.say(
            trn(
                "Stopped before the last row. The same command goes on there.",
                "Stopped before the last {n} rows. The same command goes on there.",
                came.ahead,
            )
        )


def _place(problem: Problem) -> str:
    """Where in the file a problem is; row 0 stands for a sheet that is not there, or for the whole file."""
    places = [problem.sheet, tr("row {n}", n=problem.row) if problem.row else "", problem.column]
    value = f" “{problem.value}”" if problem.value and problem.row else ""
    return (", ".join(place for place in places if place) or tr("this file")) + value


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(tr("{file} cannot be read: {why}", file=str(file), why=error)) from error
