"""What `search` needs to write a statement of a search: its options, and the writing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli import progress, terminal
from desktop.cli.session import Access, Verb
from desktop.translate import tr
from index.answers import Query

if TYPE_CHECKING:
    from desktop.workspace import Workspace

FORMS = (".json", ".pdf")
"""How the name of the file may end; as in `desktop.statements.making`, which is loaded only where it is needed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The statement that is to be written: where, who signs it off, and whether confidential records are taken in."""

    destination: Path
    signed_by: str
    confidential: bool


def options(verb: Verb) -> Verb:
    """Let a verb write a statement; it gets `destination`, `signed_by` and `confidential`."""
    verb = click.option("--confidential", is_flag=True, help=tr("Take confidential records into the statement."))(verb)
    verb = click.option("--signed-by", default="", metavar="NAME", help=tr("Who signs the statement off."))(verb)
    return click.option(
        "--statement",
        "destination",
        type=click.Path(),
        metavar="FILE",
        help=tr("Also write a statement of the search with every hit: a new file that ends in .json or .pdf."),
    )(verb)


def wanted(destination: str | None, signed_by: str, confidential: bool) -> Wanted | None:
    """What the options ask for; None for no statement. A usage error where they do not fit together."""
    if destination and Path(destination).suffix.lower() not in FORMS:
        raise click.UsageError(tr("The name of the file must end in .json or .pdf: {file}", file=destination))
    if not destination and (signed_by or confidential):
        raise click.UsageError(tr("--signed-by and --confidential are for a statement: give --statement FILE, too."))
    return Wanted(Path(destination), signed_by, confidential) if destination else None


def state(access: Access, workspace: Workspace, asked: Query, stated: Wanted, as_json: bool) -> None:
    """Write a statement of the search."""
    from desktop import new_file
    from desktop.cli.remembering import remember
    from desktop.statements import making

    with progress.work(tr("Writing the statement"), as_json=as_json) as work:
        made = making.made(
            workspace,
            access.path.resolve().stem,
            asked,
            signed_by=stated.signed_by,
            confidential=stated.confidential,
            progress=work.counted,
            cancelled=work.cancelled,
        )
        content = making.rendered(made, stated.destination.suffix.lower(), work.paged, work.cancelled)
    new_file.write(stated.destination, [content])
    remember(workspace, "statement", stated.destination.suffix.lower(), (hit.id for hit in made.hits))
    terminal.remark(
        tr(
            "The statement was written to {path}. It is not protected, and names what was searched for.",
            path=terminal.clean(str(stated.destination)),
        )
    )
