"""The verb `correct`: corrects what is recorded about a document; what stood there before is kept as its history."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from archive.records import Confidentiality
from desktop.cli import failures, outcomes, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

_HELP = tr(
    """Correct what is recorded about a document. Only what is given changes; an empty value ('') clears a field.

    \b
      tamarisk correct papers.tamarisk 3f2a9c1b --title 'Annual report' --published 2015-10
      tamarisk correct papers.tamarisk 3f2a9c1b --author 'A. Author' --author 'B. Author' --country TH
    """
)
_FIELDS = ("title", "publisher", "published", "published_words", "language", "source_url", "type")


@click.command(name="correct", help=_HELP, short_help=tr("Correct what is recorded about a document."))
@archive_argument
@click.argument("identity", metavar="ID")
@click.option("--title", help=tr("What it is called."))
@click.option("--author", "authors", multiple=True, help=tr("May be given several times."))
@click.option("--publisher", help=tr("Who published it."))
@click.option("--published", metavar="EDTF", help=tr("A date such as 2015, 2015-10, 2015-10-17? or 2014/2016."))
@click.option("--published-words", help=tr("The date in the words of the source."))
@click.option("--language", metavar="TAG", help=tr("A BCP 47 tag such as en, zh-Hant or ug."))
@click.option(
    "--country", "countries", multiple=True, metavar="CODE", help=tr("ISO 3166-1, such as TH; several times.")
)
@click.option("--source-url", metavar="URL", help=tr("Where it was found. It is kept as text and never visited."))
@click.option("--type", help=tr("What kind of document it is, such as report or letter."))
@click.option(
    "--confidentiality",
    type=click.Choice([str(value) for value in Confidentiality]),
    help=tr("Who may see it; what is confidential stays out of exports and dossiers."),
)
@click.option(
    "--for-safety",
    is_flag=True,
    help=tr(
        "What stood there could put somebody in danger: no earlier value is kept, here or in releases. With a date go "
        "its words, unless --published-words gives others."
    ),
)
@json_option
def correct(
    access: Access,
    identity: str,
    authors: tuple[str, ...],
    countries: tuple[str, ...],
    confidentiality: str | None,
    for_safety: bool,
    as_json: bool,
    **given: str | None,
) -> int:
    from archive import documents
    from desktop.withdrawal import words

    values: dict[str, Any] = {name: given[name] for name in _FIELDS if given[name] is not None}
    if authors:
        values["authors"] = tuple(filter(None, authors))
    if countries:
        values["countries"] = tuple(code.upper() for code in countries if code)
    if not values and confidentiality is None:
        raise click.UsageError(tr("Nothing to correct was given."))
    with access.open(write=True) as workspace:
        found = documents.resolve(workspace.archive.db, identity)
        seen = workspace.documents.get(found)
        if for_safety and values.get("published", seen.metadata.published) != seen.metadata.published:
            values.setdefault("published_words", "")  # which say the date that goes
        metadata = dataclasses.replace(seen.metadata, **values)
        document = workspace.correct(
            seen, metadata, Confidentiality(confidentiality) if confidentiality else None, for_safety=for_safety
        )
        searchable = outcomes.make_searchable(workspace, as_json)
        erased = workspace.withdrawals.is_erased() if for_safety else True
    if as_json:
        terminal.emit({"id": document.id, "confidentiality": document.confidentiality, **dataclasses.asdict(metadata)})
    else:
        terminal.say(tr("Corrected: {title}", title=terminal.clean(document.metadata.title)))
    if not searchable:
        later = tr("The correction is made searchable by the next search.")
        terminal.remark(outcomes.still_in_index() if for_safety else later)
    if not erased:
        terminal.remark(words.unerased())
    return failures.DONE if searchable and erased else failures.LISTED
