"""The verb `similar`: records like a document, a passage of one, or a case."""

from __future__ import annotations

import re
from dataclasses import replace

import click

from desktop.cli import answers, failures, terminal
from desktop.cli.answers import Found
from desktop.cli.search import catch_up
from desktop.cli.session import Access, archive_argument, json_option
from desktop.cli.show import resolved
from desktop.translate import number, tr

PLACE = re.compile("[0-9]{1,12}-[0-9]{1,12}")
_HELP = tr(
    """Show records like a document or case. ID is what `search` shows, the SHA-256 of a file, the beginning of either,
    or the code of a case.

    The words that tell most of it are searched, any of them, and shown; the record itself is left out.

    \b
      tamarisk similar papers.tamarisk 3f2a9c1b
      tamarisk similar papers.tamarisk C-7K3F2 --limit 5
      tamarisk similar papers.tamarisk 3f2a9c1b --passage 1200-1850
    """
)


@click.command(name="similar", help=_HELP, short_help=tr("Show records like a document or case."))
@archive_argument
@click.argument("identity", metavar="ID")
@click.option(
    "--passage",
    metavar="START-END",
    help=tr("Only what is like this passage of the text, in characters; `search --json` gives such places."),
)
@click.option(
    "--limit",
    type=click.IntRange(0, 10_000),
    default=20,
    show_default=True,
    metavar="N",
    help=tr("Show N records at most."),
)
@click.option("--offset", type=click.IntRange(0), default=0, metavar="N", help=tr("Leave out the first N."))
@json_option
def similar(access: Access, identity: str, passage: str | None, limit: int, offset: int, as_json: bool) -> int:
    place = _place(passage) if passage is not None else None
    with access.open() as workspace:
        found, is_document = resolved(workspace, identity)
        if place and not is_document:
            raise click.UsageError(tr("Only documents have passages."))
        if place and place[0] >= (length := len(workspace.documents.text(found).text)):
            said = tr("The text ends before {passage}: it has {n} characters.", passage=passage, n=number(length))
            raise click.UsageError(said)
        catch_up(access, workspace, as_json)
        query = replace(workspace.aids.similar(found, place), limit=limit, offset=offset)
        if not query.text:
            terminal.remark(tr("No word of it stands in any other record."))
            if as_json:
                terminal.emit({"query": "", "total": 0, "hits": []})
            return failures.DONE
        answer, totals = workspace.search(query), workspace.totals(query, ())
    if as_json:
        terminal.emit(answers.as_json(Found(answer, totals)))
    else:
        terminal.say(tr("any of these words: {words}", words=terminal.clean(answer.interpretation)))
        answers.say(Found(answer, totals))
    return failures.DONE


def _place(words: str) -> tuple[int, int]:
    start, _, end = words.partition("-")
    if not (PLACE.fullmatch(words) and int(start) < int(end)):
        raise click.BadParameter(tr("{words} is not START-END.", words=words), param_hint="--passage")
    return int(start), int(end)
