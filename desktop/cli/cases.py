"""The verb `cases`: lists them, and takes casework in and out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from desktop import labels, noted
from desktop.cli import failures, terminal
from desktop.cli.cases_export import export
from desktop.cli.cases_import import import_
from desktop.cli.search import catch_up
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr, trn
from index.answers import Filter, Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.cases.exchange.shown import Shown
    from archive.cases.summaries import Summary
    from desktop.workspace import Workspace

_HELP = tr(
    """List cases, or with a QUERY as in `search` those that it finds; take casework in and out.

    \b
      tamarisk cases papers.tamarisk
      tamarisk cases papers.tamarisk 'outcome:returned country:TH' --json
      tamarisk cases import papers.tamarisk list.xlsx --map list.toml --dry-run
      tamarisk cases import papers.tamarisk other-desk.json --dry-run
      tamarisk cases export papers.tamarisk --format csv --out cases.csv

    An archive by the name of import or export is given as ./import or ./export.
    """
)
_MOST = 10_000


class _Group(click.Group):
    """A group that lists cases where no verb of its own comes first."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] in (*self.commands, *self.get_help_option_names(ctx)):
            return super().resolve_command(ctx, args)
        return "cases", _list, args


@click.group(
    name="cases",
    cls=_Group,
    help=_HELP,
    short_help=tr("List cases; take casework in and out."),
    context_settings={"ignore_unknown_options": True},
    subcommand_metavar="ARCHIVE [QUERY]... [--json] | import … | export …",
)
def cases() -> None:
    pass


cases.add_command(import_)
cases.add_command(export)


@click.command(name="cases", context_settings={"ignore_unknown_options": True})
@archive_argument
@click.argument("query", nargs=-1, type=click.UNPROCESSED, metavar="QUERY...")
@json_option
def _list(access: Access, query: tuple[str, ...], as_json: bool) -> int:
    from archive.cases import summaries
    from archive.cases.exchange.shown import Shown

    for word in (str(access.path), *query):
        if word.startswith("--"):  # passed through because a query may hold -word
            raise click.NoSuchOption(word)
    with access.open() as workspace:
        db = workspace.archive.db
        wanted = found(access, workspace, " ".join(query), as_json) if query else summaries.everything(db)
        listed = list(summaries.of(db, wanted))
        if as_json:
            terminal.emit({"total": len(listed), "cases": [_json(one) for one in listed]})
        else:
            _say(listed, Shown(db))
    return failures.DONE


def found(access: Access, workspace: Workspace, query: str, as_json: bool) -> Sequence[str]:
    """The UUIDs of the cases that a query finds, best first; how it was read is said beside the answer."""
    catch_up(access, workspace, as_json)
    answer = workspace.search(Query(query, (Filter("kind", "case"),), limit=_MOST))
    if answer.interpretation and answer.interpretation != query:
        terminal.remark(tr("searched for: {words}", words=terminal.clean(answer.interpretation)))
    if answer.relaxed:
        terminal.remark(tr("No record has all the words; these have some of them."))
    for note in answer.notes:
        terminal.remark(noted.words(note))
    return [hit.id for hit in answer.hits]


def _json(one: Summary) -> dict[str, object]:
    about = asdict(one)
    case = about.pop("case")
    kept = ("id", "code", "label", "confidentiality", "created", "who")
    return {**{name: case[name] for name in kept}, **about}


def _say(listed: Sequence[Summary], shown: Shown) -> None:
    terminal.say(trn("1 case", "{n} cases", len(listed)))
    for one in listed:
        terminal.say()
        terminal.say(terminal.marked(one.case.label, (), bold=True))
        days = " – ".join(dict.fromkeys(day for day in (one.earliest, one.latest) if day))
        outcome = shown.term("outcome", one.outcome) if one.outcome else tr("outcome not recorded")
        countries = ", ".join(labels.country(code) for code in one.countries)
        counts = [trn("1 fact", "{n} facts", one.facts), trn("1 event", "{n} events", one.events)]
        if one.contradictions:
            counts.append(trn("1 contradiction", "{n} contradictions", one.contradictions))
        parts = (one.case.code, outcome, countries, days, *counts)
        terminal.say("  " + terminal.clean(" · ".join(part for part in parts if part)))
    if len(listed) == _MOST:
        terminal.remark(tr("The list ends at {n} cases.", n=number(_MOST)))
