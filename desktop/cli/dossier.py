"""The verb `dossier`: cases with all their facts and sources as one file for a reader without the archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli import failures, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

if TYPE_CHECKING:
    from archive.cases.dossier.gather import Dossier

_HELP = tr(
    """Write cases with all their facts, sources and contradictions into one file, as HTML or PDF by the ending of its
    name. CASE is a code such as C-7K3F2, or the beginning of an id.

    The file is not protected. How many persons it names is said first, and asked for unless --yes is given.

    \b
      tamarisk dossier papers.tamarisk C-7K3F2 --out case.pdf
      tamarisk dossier papers.tamarisk C-7K3F2 C-Q8M4X --out cases.html --say-withheld
    """
)


@click.command(name="dossier", help=_HELP, short_help=tr("Write cases with all sources into one file."))
@archive_argument
@click.argument("cases", metavar="CASE...", nargs=-1, required=True)
@click.option(
    "--out",
    "destination",
    type=click.Path(),
    metavar="FILE",
    required=True,
    help=tr("Where to write; the name ends in .html or .pdf, and the file must not exist."),
)
@click.option("--confidential", is_flag=True, help=tr("Take in what is confidential: facts, persons and documents."))
@click.option("--say-withheld", is_flag=True, help=tr("Say in the file how many facts were kept out."))
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def dossier(
    access: Access,
    cases: tuple[str, ...],
    destination: str,
    confidential: bool,
    say_withheld: bool,
    yes: bool,
    as_json: bool,
) -> int:
    path = Path(destination)
    from desktop import dossiers, new_file
    from desktop.cli.remembering import remember

    form = path.suffix.lower()
    if form not in dossiers.FORMS:
        raise click.UsageError(tr("The name of the file must end in .html or .pdf: {file}", file=destination))
    with access.open() as workspace:
        gathered = dossiers.gathered(
            workspace.archive,
            access.path.resolve().stem,
            [workspace.cases.resolve(words) for words in cases],
            confidential=confidential,
            say_withheld=say_withheld,
        )
        terminal.remark(dossiers.warning(gathered))
        if not yes:
            _ask()
        content = dossiers.rendered(gathered, form)
        new_file.write(path, [content])
        remember(workspace, "dossier", form, dossiers.records(gathered))
    if as_json:
        terminal.emit(_json(gathered, destination, len(content)))
    else:
        terminal.say(tr("Written to {path}. This copy is not protected.", path=terminal.clean(destination)))
    return failures.DONE


def _ask() -> None:
    if not terminal.is_watched(sys.stdin):
        raise click.UsageError(tr("There is no terminal to ask at. Give --yes to write the file all the same."))
    click.confirm(tr("Write it?"), abort=True, err=True)


def _json(gathered: Dossier, destination: str, size: int) -> dict[str, object]:
    return {
        "path": destination,
        "bytes": size,
        "cases": [one.case.subject.code for one in gathered.cases],
        "facts": sum(len(part.facts) for part in gathered.parts()),
        "exhibits": len(gathered.exhibits),
        "persons": len(gathered.named),
        "relatives": len(gathered.relatives),
        "withheld": gathered.withheld,
    }
