"""Opens the reader's notebook for a verb of the command line, and asks before something is done with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from desktop.cli import terminal
from desktop.cli.session import Access
from desktop.translate import tr

if TYPE_CHECKING:
    from desktop.notebook.desk import Desk

OUT = tr("Where to write; FILE must not exist.")


def open_desk(access: Access) -> Desk:
    """The notebook, purged of what was withdrawn without it. Raises as opening the archive does, too."""
    from archive import slots
    from desktop.notebook.desk import Desk
    from desktop.withdrawal import purged

    access = access.in_use()
    key = access.key()
    access.require_unaltered(key)
    desk = Desk(access.path, key, protected=slots.is_protected(access.path))
    try:
        found = purged.purge_pending(desk.notebook, desk.archive)
    except BaseException:
        desk.close()
        raise
    if found is not None and not found.purged.nothing:
        for sentence in (purged.meanwhile(), *purged.sentences(found), *found.own):
            terminal.remark(terminal.clean(sentence))
    return desk


def ask(question: str, unasked: str) -> None:
    """Ask, and end the verb unless the answer is yes; `unasked` is said where there is nobody to ask."""
    if not terminal.is_watched(sys.stdin):
        raise click.UsageError(unasked)
    click.confirm(question, abort=True, err=True)
