"""The verb `rerun`: asks the search of a statement again, and says what differs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli import failures, progress, terminal
from desktop.cli.search import catch_up
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr, trn

if TYPE_CHECKING:
    from index.comparison import Comparison
    from index.statement import Found

_LISTED = 20


_HELP = tr(
    """Ask the search of a statement again, as it was asked, and say what differs: hits, counts, how the query was
    understood, what could not be searched, the archive and the program. FILE is what `search --statement FILE.json`
    wrote.

    A statement that was altered is refused. Exit status: 0 where the search finds the same and could look into the
    same, 1 where it does not.

    \b
      tamarisk rerun papers.tamarisk search.json
    """
)


@click.command(name="rerun", help=_HELP, short_help=tr("Ask the search of a statement again."))
@archive_argument
@click.argument("file", type=click.Path(), metavar="FILE")
@json_option
def rerun(access: Access, file: str, as_json: bool) -> int:
    from desktop.statements import making, told

    with access.open() as workspace:
        catch_up(access, workspace, as_json)
        with progress.work(tr("Searching"), as_json=as_json) as work:
            found = making.asked_again(workspace, access.path.resolve().stem, Path(file), work.counted, work.cancelled)
    if as_json:
        terminal.emit(_json(found))
    else:
        for sentence in told.sentences(found):
            terminal.say(terminal.clean(sentence))
        _list(tr("New"), found.new)
        _list(tr("Gone"), found.gone)
    return failures.DONE if found.same else failures.LISTED


def _list(heading: str, hits: tuple[Found, ...]) -> None:
    if not hits:
        return
    terminal.say()
    terminal.say(heading)
    for hit in hits[:_LISTED]:
        terminal.say("  " + terminal.clean(" · ".join(filter(None, (hit.id[:13], hit.date, hit.title)))))
    if len(hits) > _LISTED:
        terminal.say("  " + trn("{n} more: --json lists all", "{n} more: --json lists all", len(hits) - _LISTED))


def _json(found: Comparison) -> dict[str, object]:
    return {
        "same": found.same,
        "query": found.before.query.text,
        "made": found.before.made.at,
        "total": {"before": found.before.total, "now": found.now.total},
        "changes": [asdict(change) for change in found.changes],
        "new": [asdict(hit) for hit in found.new],
        "gone": [asdict(hit) for hit in found.gone],
        "moved": found.moved,
    }
