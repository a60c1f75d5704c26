"""The verb `index`: brings the index up to the archive, or builds it anew."""

from __future__ import annotations

import time

import click

from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr, trn

_HELP = tr(
    """Make everything in the archive searchable. `import` and `search` do this by themselves where it is needed.

    The index is derived from the archive: it can be deleted and built anew at any time, and nothing is lost.

    \b
      tamarisk index papers.tamarisk
      tamarisk index papers.tamarisk --rebuild
    """
)


@click.command(name="index", help=_HELP, short_help=tr("Bring the index up to the archive."))
@archive_argument
@click.option("--rebuild", is_flag=True, help=tr("Build it anew from the archive."))
@json_option
def index(access: Access, rebuild: bool, as_json: bool) -> int:
    began = time.monotonic()
    with access.open() as workspace:
        frozen = workspace.archive.mode == "frozen"
    with access.open(write=not frozen) as workspace, progress.work(tr("Indexing"), as_json=as_json) as work:
        (workspace.rebuild if rebuild else workspace.catch_up)(work.counted, work.cancelled)
        state = workspace.index.state()
    if as_json:
        terminal.emit(
            {
                "records": state.records,
                "behind": state.behind,
                "rebuilt": rebuild,
                "seconds": time.monotonic() - began,
            }
        )
    else:
        terminal.say(trn("1 record is searchable.", "{n} records are searchable.", state.records))
        if state.behind:
            terminal.say(trn("1 is still to come.", "{n} are still to come.", state.behind))
    return failures.DONE
