"""The verb `backup`: makes a verified, encrypted copy of an archive."""

from __future__ import annotations

import time
from pathlib import Path

import click

from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

_HELP = tr(
    """Copy an archive to DEST, a new name or a folder to put it in. The copy is verified in full before it appears, is
    encrypted like the archive, and opens with the same passphrases. The archive may be in use meanwhile.

    \b
      tamarisk backup papers.tamarisk /media/stick
      tamarisk backup papers.tamarisk /media/stick/papers-2024-05-01.tamarisk
    """
)


@click.command(name="backup", help=_HELP, short_help=tr("Make a verified, encrypted copy."))
@archive_argument
@click.argument("destination", metavar="DEST", type=click.Path())
@json_option
def backup(access: Access, destination: str, as_json: bool) -> int:
    began = time.monotonic()
    with access.open() as workspace, progress.work(tr("Backing up"), as_json=as_json) as work:
        made = workspace.backup(Path(destination), work.stepped, work.cancelled)
    if as_json:
        terminal.emit({"path": str(made), "seconds": time.monotonic() - began})
    else:
        terminal.say(tr("The copy is complete and verified: {path}", path=terminal.clean(str(made))))
    return failures.DONE
