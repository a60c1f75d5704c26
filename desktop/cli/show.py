"""The verb `show`: one document, case or other record with all that is known about it."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import AmbiguousId, NoSuchRecord
from archive.records import Kin
from desktop import labels, reasons
from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr

if TYPE_CHECKING:
    from desktop.documents import Details, StoredText
    from desktop.workspace import Workspace

_HELP = tr(
    """Show one document, case or other record. ID is what `search` shows, the SHA-256 of a file, the beginning of
    either, or the code of a case.

    \b
      tamarisk show papers.tamarisk C-7K3F2
      tamarisk show papers.tamarisk 3f2a9c1b-77d0
      tamarisk show papers.tamarisk 3f2a9c1b --text
      tamarisk show papers.tamarisk 3f2a9c1b --original report.pdf
    """
)
_OPENING = 600


@click.command(name="show", help=_HELP, short_help=tr("Show one document or case."))
@archive_argument
@click.argument("identity", metavar="ID")
@click.option("--text", "as_text", is_flag=True, help=tr("Only the text, all of it."))
@click.option(
    "--original",
    type=click.Path(),
    metavar="FILE",
    help=tr("Write the file as received to FILE, which must not exist. The copy is not protected."),
)
@json_option
def show(access: Access, identity: str, as_text: bool, original: str | None, as_json: bool) -> int:
    if as_text + as_json + (original is not None) > 1:
        raise click.UsageError(tr("Choose one of --json, --text and --original."))
    with access.open() as workspace:
        found, is_document = resolved(workspace, identity)
        if not is_document:
            if as_text or original is not None:
                raise click.UsageError(tr("Only documents have a text and an original."))
            _show_subject(workspace, found, as_json)
            return failures.DONE
        if original is not None:
            from desktop.cli.remembering import remember

            with progress.work(tr("Writing"), as_json=False) as work:
                workspace.documents.save_original(found, Path(original), work.cancelled)
            remember(workspace, "original", Path(original).suffix, [found])
            terminal.remark(tr("Written to {path}. This copy is not protected.", path=terminal.clean(original)))
            return failures.DONE
        stored = workspace.documents.text(found)
        details = workspace.documents.details(found)
    if as_text:
        terminal.say(terminal.clean_text(stored.text))
    elif as_json:
        terminal.emit(_json(details, stored))
    else:
        _say(details, stored)
    return failures.DONE


def resolved(workspace: Workspace, words: str) -> tuple[str, bool]:
    """The id of a document or subject, and whether it is a document. Raises NoSuchRecord, AmbiguousId."""
    from archive import documents

    try:
        found = documents.resolve(workspace.archive.db, words)
    except NoSuchRecord:
        return workspace.cases.resolve(words), False
    with contextlib.suppress(NoSuchRecord):
        workspace.cases.resolve(words)
        raise AmbiguousId(id=words, count=2)
    return found, True


def _show_subject(workspace: Workspace, identity: str, as_json: bool) -> None:
    from desktop.cli import show_subject

    page = workspace.cases.page(identity)
    if as_json:
        terminal.emit(show_subject.as_json(page))
    else:
        show_subject.say(workspace, page)


def _json(details: Details, stored: StoredText) -> dict[str, object]:
    document = asdict(details.document)
    del document["row"]
    return {
        **document,
        "names": [{"name": name.shown, "seen": name.seen} for name in details.names],
        "parents": [asdict(kin) for kin in details.parents],
        "children": [asdict(kin) for kin in details.children],
        "history": [asdict(correction) for correction in details.history],
        "custody": [asdict(entry) for entry in details.custody],
        "page_starts": [{"page": page, "start": start} for page, start in stored.pages],
        "text": stored.text,
    }


def _say(details: Details, stored: StoredText) -> None:
    document, metadata = details.document, details.document.metadata
    terminal.say(terminal.marked(metadata.title or tr("Untitled"), (), bold=True))
    obtained = labels.value("verdict", document.verdict)
    if document.reason:
        obtained += f" ({reasons.words(document.reason)})"
    facts = (
        (labels.field("type"), metadata.type),
        (labels.field("authors"), ", ".join(metadata.authors)),
        (labels.field("publisher"), metadata.publisher),
        (labels.field("published"), metadata.published or metadata.published_words),
        (labels.field("language"), labels.language(metadata.language) if metadata.language else ""),
        (labels.field("countries"), ", ".join(labels.country(code) for code in metadata.countries)),
        (labels.field("source_url"), metadata.source_url),
        (labels.field("confidentiality"), labels.value("confidentiality", document.confidentiality)),
        (labels.field("verdict"), obtained),
        (tr("Format"), document.media_type),
        (tr("Bytes"), number(document.size)),
        (tr("Pages"), number(document.pages) if document.pages else ""),
        (tr("Received"), document.received),
        (tr("Id"), document.id),
        ("SHA-256", document.sha256),
    )
    for heading, words in facts:
        if words:
            terminal.say(f"  {heading + ':':<22} {terminal.clean(words)}")
    _say_list(tr("Names"), [name.shown for name in details.names])
    _say_list(tr("Found in"), [_kin(kin) for kin in details.parents])
    _say_list(tr("Holds"), [_kin(kin) for kin in details.children])
    _say_list(
        tr("Corrections"),
        [
            tr("{at} {who}: {field} was {old}, is {new}", **{**asdict(each), "field": labels.field(each.field)})
            for each in details.history
        ],
    )
    _say_list(
        tr("Custody"),
        [
            " ".join((entry.at, entry.who, entry.action, json.dumps(entry.content, ensure_ascii=False)))
            for entry in details.custody
        ],
    )
    if stored.text:
        terminal.say()
        terminal.say(terminal.clean_text(stored.text[:_OPENING].strip()))
        left = len(stored.text) - _OPENING
        if left > 0:
            terminal.say(tr("… {n} more characters: --text", n=number(left)))


def _kin(kin: Kin) -> str:
    return f"{kin.id[:13]} {kin.title} ({kin.relation})"


def _say_list(heading: str, lines: list[str]) -> None:
    if lines:
        terminal.say(f"  {heading}:")
        for line in lines:
            terminal.say(f"    {terminal.clean(line)}")
