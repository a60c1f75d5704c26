"""The verb `cite`: documents and cited works as citations, for reference managers and for print."""

from __future__ import annotations

import sys

import click

from archive.connect import Database
from desktop.cli import failures, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

FORMATS = ("text", "csl", "bibtex", "ris")
_HELP = tr(
    """Cite documents, or works that the archive does not hold. ID is what `search` shows, the SHA-256 of the file, or
    the beginning of either.

    \b
      tamarisk cite papers.tamarisk 3f2a9c1b
      tamarisk cite papers.tamarisk 3f2a9c1b 77d0a1b2 --format bibtex
      tamarisk cite papers.tamarisk 3f2a9c1b --format csl > papers.json
    """
)


@click.command(name="cite", help=_HELP, short_help=tr("Cite documents and works."))
@archive_argument
@click.argument("identities", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help=tr("Formatted text (without a choice), CSL-JSON, BibTeX or RIS."),
)
@json_option
def cite(access: Access, identities: tuple[str, ...], form: str, as_json: bool) -> int:
    from archive.citations import formats, items
    from desktop.cli.remembering import remember

    with access.open() as workspace:
        db = workspace.archive.db
        found = dict.fromkeys(_resolved(db, identity) for identity in identities)
        cited = [items.item(db, identity) for identity in found]
        if not terminal.is_watched(sys.stdout):  # it lies in a file afterwards
            remember(workspace, "citation", form, found)
    if as_json:
        terminal.emit({"citations": cited, "format": form, "text": formats.FORMATS[form](cited)})
    else:
        terminal.say(terminal.clean_text(formats.FORMATS[form](cited)).rstrip("\n"))
    return failures.DONE


def _resolved(db: Database, words: str) -> str:
    from archive import documents
    from archive.cases import subjects
    from archive.errors import NoSuchRecord

    try:
        return documents.resolve(db, words)
    except NoSuchRecord:
        return subjects.resolve(db, words)
