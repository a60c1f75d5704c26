"""The verb `search`: finds records and shows each with its best passage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from archive.errors import ArchiveError, Cancelled, Damaged, NotAnArchive
from desktop import labels, messages
from desktop.cli import answers, failures, progress, stating, terminal
from desktop.cli.answers import PLACES, Found
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr, trn
from index import countries, folding, gazetteer
from index.answers import FACETS, FILTERS, Filter, Query, Sort, Widen
from index.beyond import PLACE
from index.complete import COUNTRIES

if TYPE_CHECKING:
    from desktop.workspace import Workspace

_HELP = tr(
    """Search an archive. Any text is a valid query; the words of it are all to be found in a record.

    \b
      thailand returned          both words; where no record has both, any of them, and that is said
      "red notice"               a phrase                     "exit ban"~5   near each other
      kidnap*  wo?d  word~       beginnings, gaps, similar spelling
      =word  ="two words"        exactly so, not in other forms, names or scripts
      AND OR NOT -word ( )       as usual; put a query with special signs in single quotes
      title: author: publisher: language: country: place: type: kind: searchable:
      date:2015  date:[2014 to 2016]  date:>2020-05

    \b
      tamarisk search papers.tamarisk 'kidnap* AND thailand'
      tamarisk search papers.tamarisk 红色通报 --where language=zh
      tamarisk search papers.tamarisk passport --where country=TH --where year!=2014 --sort newest
      tamarisk search papers.tamarisk --where type=pdf --facets
      tamarisk search papers.tamarisk 桂民海 --statement search.pdf --signed-by 'Documentation desk'

    Records that are not searchable yet are made so first. Without a query all records are listed.
    """
)
where_option = click.option(
    "--where",
    multiple=True,
    metavar="FIELD=VALUE",
    help=tr(
        "Only records with this value, or without it: FIELD!=VALUE. Several values of one field widen, several fields "
        "narrow. Fields: {fields}.",
        fields=", ".join(FILTERS),
    ),
)


@click.command(
    name="search", help=_HELP, short_help=tr("Find records."), context_settings={"ignore_unknown_options": True}
)
@archive_argument
@click.argument("query", nargs=-1, type=click.UNPROCESSED, metavar="QUERY...")
@click.option(
    "--limit",
    type=click.IntRange(0, 10_000),
    default=20,
    show_default=True,
    metavar="N",
    help=tr("Show N records at most."),
)
@click.option("--offset", type=click.IntRange(0), default=0, metavar="N", help=tr("Leave out the first N."))
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    default="relevance",
    show_default=True,
    help=tr("The order: the best first, or by date."),
)
@where_option
@click.option(
    "--widen",
    type=click.Choice(get_args(Widen)),
    default="all",
    show_default=True,
    help=tr(
        "Search other forms too: none; other names and spellings of what is named; or forms of words as well. Or only "
        "for what has the same sound in other characters: of names of three syllables and more, or of any."
    ),
)
@stating.options
@click.option("--facets", is_flag=True, help=tr("Count the values of every field among what was found."))
@click.option("--unfolded", is_flag=True, help=tr("List documents that are nearly the same each in its own place."))
@click.option("--explain", is_flag=True, help=tr("Say of each hit what its place comes from."))
@json_option
def search(
    access: Access,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    sort: Sort,
    widen: Widen,
    where: tuple[str, ...],
    destination: str | None,
    signed_by: str,
    confidential: bool,
    facets: bool,
    unfolded: bool,
    explain: bool,
    as_json: bool,
) -> int:
    for word in (str(access.path), *query):
        if word.startswith("--"):  # passed through because a query may hold -word
            raise click.NoSuchOption(word)
    stated = stating.wanted(destination, signed_by, confidential)
    filters = tuple(map(filter_of, where))
    asked = Query(" ".join(query), filters, sort, limit, offset, widen, fold=not unfolded)
    with access.open() as workspace:
        try:
            found = _ask(access, workspace, asked, facets, explain, stated, as_json)
        except (Damaged, NotAnArchive) as error:
            if Path(str(error.facts.get("path"))).name != "index.db" or workspace.archive.mode == "frozen":
                raise
            terminal.remark(tr("The index is damaged; making it anew. Nothing of the archive is lost."))
            _make_anew(access, workspace, as_json)
            with type(workspace)(access.path, workspace.archive.key, write=False) as again:
                found = _ask(access, again, asked, facets, explain, stated, as_json)
    if as_json:
        terminal.emit(answers.as_json(found))
    else:
        answers.say(found)
    return failures.DONE


def filter_of(words: str) -> Filter:
    """A filter as it is typed after --where; a usage error where it is none."""
    name, separator, value = words.partition("=")
    exclude = name.endswith("!")
    name = name.removesuffix("!").strip().lower()
    if not separator or name not in FILTERS:
        raise click.BadParameter(
            tr("{words} is not FIELD=VALUE with one of the fields {fields}.", words=words, fields=", ".join(FILTERS)),
            param_hint="--where",
        )
    value = value.strip()
    if name in COUNTRIES and value:  # by code or by any name
        value = countries.country(value) or value.upper()
    if name == PLACE and value:
        value = _place(value)
    return Filter(name, value, exclude)


def _place(words: str) -> str:
    """The key of the region or city that is meant by words; a usage error where none is, or where several are."""
    found = gazetteer.understood(words)
    if len(found) == 1:
        return found[0].key
    if not found:
        said = tr("No region or city is known as {words}. Search for it as words.", words=words)
        raise click.BadParameter(said, param_hint="--where")
    several = "; ".join(f"place={one.key} {labels.place(one.key)}" for one in found)
    said = tr("{words} is the name of several places. Say which one: {places}.", words=words, places=several)
    raise click.BadParameter(said, param_hint="--where")


def _ask(
    access: Access,
    workspace: Workspace,
    asked: Query,
    facets: bool,
    explain: bool,
    stated: stating.Wanted | None,
    as_json: bool,
) -> Found:
    catch_up(access, workspace, as_json)
    answer = workspace.search(asked)
    why = {hit.id: workspace.explain(asked, hit.id) for hit in answer.hits} if explain else {}
    totals = workspace.totals(asked, FACETS if facets else ())
    # what only sounds alike is asked for by itself, or comes behind the last of the others
    ends = asked.offset + len(answer.hits) >= totals.listed and asked.widen in ("names", "all") and asked.text.strip()
    alike = workspace.search(replace(asked, widen="sound", offset=0)).hits if ends else ()
    if stated is not None:
        stating.state(access, workspace, asked, stated, as_json)
    most = folding.MOST if as_json else PLACES
    counts = {one.record: one for one in workspace.searcher.beneath(asked, answer.hits)}
    under = {
        hit.id: (counts[hit.id], workspace.searcher.unfolded(asked, hit, most))
        for hit in answer.hits
        if hit.id in counts
    }
    coverage = workspace.searcher.coverage(asked)
    meant = workspace.aids.suggest(asked)
    reasons = {identity: found for identity, found in why.items() if found}
    return Found(answer, totals, alike, meant, coverage, reasons, under)


def _make_anew(access: Access, workspace: Workspace, as_json: bool) -> None:
    with (
        progress.work(tr("Making it searchable"), as_json=as_json) as work,
        type(workspace)(access.path, workspace.archive.key, write=True) as writer,
    ):
        writer.rebuild(work.counted, work.cancelled)


def catch_up(access: Access, workspace: Workspace, as_json: bool) -> None:
    """Make records searchable that are not; where that cannot be done, say so and search the others."""
    behind = workspace.index.state().behind
    if not behind:
        return
    terminal.remark(
        trn(
            "1 record is not searchable yet; making it so.",
            "{n} records are not searchable yet; making them so.",
            behind,
        )
    )
    try:
        with progress.work(tr("Making it searchable"), as_json=as_json) as work:
            if workspace.archive.mode == "frozen":
                workspace.catch_up(work.counted, work.cancelled)
            else:
                from desktop.workspace import Workspace

                with Workspace(access.path, workspace.archive.key, write=True) as writer:
                    writer.catch_up(work.counted, work.cancelled)
    except Cancelled:
        raise
    except ArchiveError as error:
        terminal.remark(messages.sentence(error))
        terminal.remark(tr("The search goes on without these records."))
