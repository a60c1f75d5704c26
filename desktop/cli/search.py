"""The verb `search`: finds records and shows each with its best passage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from archive.errors import ArchiveError, Cancelled, Damaged, NotAnArchive
from desktop import labels, messages
from desktop.cli import failures, progress, suggestions, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr, trn
from index import countries
from index.answers import FACETS, Answer, Filter, Hit, Query, Sort, Totals
from index.complete import COUNTRIES
from index.suggest import Suggestion

if TYPE_CHECKING:
    from desktop.workspace import Workspace

_HELP = tr(
    """Search an archive. Any text is a valid query; the words of it are all to be found in a record.

    \b
      thailand returned          both words; where no record has both, any of them, and that is said
      "red notice"               a phrase                     "exit ban"~5   near each other
      kidnap*  wo?d  word~       beginnings, gaps, similar spelling
      AND OR NOT -word ( )       as usual; put a query with special signs in single quotes
      title: author: publisher: language: country: type: kind:
      date:2015  date:[2014 to 2016]  date:>2020-05

    \b
      tamarisk search papers.tamarisk 'kidnap* AND thailand'
      tamarisk search papers.tamarisk 红色通报 --where language=zh
      tamarisk search papers.tamarisk passport --where country=TH --where year!=2014 --sort newest
      tamarisk search papers.tamarisk --where type=pdf --facets

    Records that are not searchable yet are made so first. Without a query all records are listed.
    """
)
_FACET_VALUES = 10


@click.command(
    name="search", help=_HELP, short_help=tr("Find records."), context_settings={"ignore_unknown_options": True}
)
@archive_argument
@click.argument("query", nargs=-1, type=click.UNPROCESSED, metavar="QUERY...")
@click.option("--limit", type=click.IntRange(0, 10_000), default=20, show_default=True, metavar="N")
@click.option("--offset", type=click.IntRange(0), default=0, metavar="N", help=tr("Leave out the first N."))
@click.option("--sort", type=click.Choice(get_args(Sort)), default="relevance", show_default=True)
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=VALUE",
    help=tr(
        "Only records with this value, or without it: FIELD!=VALUE. Several values of one field widen, several fields "
        "narrow. Fields: {fields}.",
        fields=", ".join(FACETS),
    ),
)
@click.option("--facets", is_flag=True, help=tr("Count the values of every field among what was found."))
@json_option
def search(
    access: Access,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    sort: Sort,
    where: tuple[str, ...],
    facets: bool,
    as_json: bool,
) -> int:
    for word in (str(access.path), *query):
        if word.startswith("--"):  # passed through because a query may hold -word
            raise click.NoSuchOption(word)
    filters = tuple(_filter(words) for words in where)
    asked = Query(" ".join(query), filters, sort, limit, offset)
    with access.open() as workspace:
        try:
            answer, totals, meant = _ask(access, workspace, asked, facets, as_json)
        except (Damaged, NotAnArchive) as error:
            if Path(str(error.facts.get("path"))).name != "index.db" or workspace.archive.mode == "frozen":
                raise
            terminal.remark(tr("The index is damaged; making it anew. Nothing of the archive is lost."))
            _make_anew(access, workspace, as_json)
            with type(workspace)(access.path, workspace.archive.key, write=False) as again:
                answer, totals, meant = _ask(access, again, asked, facets, as_json)
    if as_json:
        terminal.emit({**answer_json(answer, totals), "suggestions": suggestions.as_json(meant)})
    else:
        suggestions.say(meant)
        say_answer(answer, totals)
    return failures.DONE


def _filter(words: str) -> Filter:
    name, separator, value = words.partition("=")
    exclude = name.endswith("!")
    name = name.removesuffix("!").strip().lower()
    if not separator or name not in FACETS:
        raise click.BadParameter(
            tr("{words} is not FIELD=VALUE with one of the fields {fields}.", words=words, fields=", ".join(FACETS)),
            param_hint="--where",
        )
    value = value.strip()
    if name in COUNTRIES and value:  # by code or by any name
        value = countries.country(value) or value.upper()
    return Filter(name, value, exclude)


def _ask(
    access: Access, workspace: Workspace, asked: Query, facets: bool, as_json: bool
) -> tuple[Answer, Totals, tuple[Suggestion, ...]]:
    catch_up(access, workspace, as_json)
    answer, totals = workspace.search(asked), workspace.totals(asked, FACETS if facets else ())
    return answer, totals, workspace.aids.suggest(asked)


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


def answer_json(answer: Answer, totals: Totals) -> dict[str, object]:
    """An answer for programs."""
    return {
        "query": answer.query.text,
        "interpretation": answer.interpretation,
        "relaxed": answer.relaxed,
        "notes": answer.notes,
        "total": totals.total,
        "took_ms": round(answer.took_ms, 2),
        "hits": [_hit_json(hit) for hit in answer.hits],
        "facets": {
            name: [{"value": each.value, "count": each.count} for each in values]
            for name, values in totals.facets.items()
        },
    }


def _hit_json(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title.text,
        "date": hit.date,
        "language": hit.language,
        "countries": hit.countries,
        "type": hit.type,
        "score": hit.score,
        "snippet": hit.snippet.text,
        "snippet_marks": hit.snippet.marks,
        "page": hit.page,
        "passage": {"version": hit.passage.version, "start": hit.passage.start, "end": hit.passage.end},
        "matched_by": hit.matched_by,
    }


def say_answer(answer: Answer, totals: Totals) -> None:
    """An answer for people."""
    if answer.interpretation and answer.interpretation != answer.query.text:
        terminal.say(tr("searched for: {words}", words=terminal.clean(answer.interpretation)))
    if answer.relaxed:
        terminal.say(tr("No record has all the words; these have some of them."))
    for note in answer.notes:
        terminal.say(messages.reason(note))
    terminal.say(trn("1 record", "{n} records", totals.total))
    for hit in answer.hits:
        terminal.say()
        _say_hit(hit)
    left = totals.total - answer.query.offset - len(answer.hits)
    if answer.hits and left > 0:
        terminal.say()
        onward = answer.query.offset + len(answer.hits)
        terminal.say(tr("{n} more: --offset {onward}", n=number(left), onward=onward))
    for name, values in totals.facets.items():
        if values:
            terminal.say()
            terminal.say(labels.field(name))
            for each in values[:_FACET_VALUES]:
                terminal.say(f"  {number(each.count):>8}  {terminal.clean(labels.value(name, each.value))}")


def _say_hit(hit: Hit) -> None:
    terminal.say(terminal.marked(hit.title.text or tr("Untitled"), hit.title.marks, bold=True))
    facts = [hit.id[:13], hit.date, hit.language, " ".join(hit.countries), hit.type]
    facts += [messages.reason(code) for code in hit.matched_by]
    terminal.say("  " + terminal.clean(" · ".join(fact for fact in facts if fact)))
    if hit.snippet.text:
        terminal.say("  " + terminal.marked(hit.snippet.text, hit.snippet.marks))
