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
    """The notebook beside its archive; close it. Raises what opening either may raise."""
    from archive import keys
    from desktop.notebook.desk import Desk

    key = access.key()
    return Desk(access.path, key, protected=keys.is_protected(access.path))


def ask(question: str, unasked: str) -> None:
    """Ask, and end the verb unless the answer is yes; `unasked` is said where there is nobody to ask."""
    if not terminal.is_watched(sys.stdin):
        raise click.UsageError(unasked)
    click.confirm(question, abort=True, err=True)
