"""The verb `notebook`: the reader's notes on an archive, taken out, handed to a colleague, merged."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli import failures, terminal
from desktop.cli.session import (
    SECRET_FILE,
    Access,
    archive_argument,
    ask_new_passphrase,
    hint,
    json_option,
    read_passphrase,
)
from desktop.translate import tr, trn

if TYPE_CHECKING:
    from desktop.notebook.desk import Desk

_HELP = tr(
    """Take your notes on an archive out, hand them to a colleague who has the same archive, and merge what one sends.
    The notebook lies in your data folder, encrypted, and is no part of the archive. Each verb answers in JSON with
    --json.

    \b
      tamarisk notebook export papers.tamarisk --out notes.html
      tamarisk notebook key papers.tamarisk
      tamarisk notebook pack papers.tamarisk --to age1… --sign-as Heron --out heron.tamarisk-notes
      tamarisk notebook merge papers.tamarisk heron.tamarisk-notes
    """
)
_OUT = tr("Where to write; FILE must not exist.")


@click.group(name="notebook", help=_HELP, short_help=tr("Take notes out, hand them over, merge them."))
def notebook() -> None:
    pass


@notebook.command(
    name="export",
    short_help=tr("Write all notes into one file that is not protected."),
    help=tr(
        """Write all notes, tags, collections and saved searches into one file: Markdown, HTML or JSON by the ending of
        its name. Each quotation is cited. The file is not protected."""
    ),
)
@archive_argument
@click.option("--out", type=click.Path(), metavar="FILE", required=True, help=_OUT)
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def export(access: Access, out: str, yes: bool, as_json: bool) -> int:
    from desktop.notebook.leaving import ENDINGS

    path = Path(out)
    form = {ending: form for form, ending in ENDINGS.items()}.get(path.suffix.lower())
    if form is None:
        raise click.UsageError(tr("The name of the file must end in .md, .html or .json: {file}", file=out))
    if not yes:
        _ask(
            tr("Anyone who can read the file can read your notes. Write it?"),
            tr("There is no terminal to ask at. Give --yes to write the file all the same."),
        )
    desk = _open(access)
    try:
        count = desk.export(form, tr("Notebook on {archive}", archive=access.path.resolve().stem), path)
    finally:
        desk.close()
    if as_json:
        terminal.emit({"path": out, "form": form, "notes": count})
    else:
        said = trn("1 note was written.", "{n} notes were written.", count)
        terminal.say(f"{said} {tr('The file is not protected: {path}', path=terminal.clean(out))}")
    return failures.DONE


@notebook.command(
    name="key",
    short_help=tr("Show the key that colleagues need to send you notes."),
    help=tr(
        """Show your key for notes on this archive. Give it to colleagues: with it they make packages that you alone can
        open. It is made at first use; the secret half is kept in the notebook and shown to nobody."""
    ),
)
@archive_argument
@click.option(
    "--sign-as",
    "pseudonym",
    metavar="NAME",
    default="",
    help=tr("Show also what colleagues compare aloud to know this pseudonym of yours."),
)
@json_option
def key(access: Access, pseudonym: str, as_json: bool) -> int:
    desk = _open(access)
    try:
        own = desk.handing.own()
        fingerprint = desk.handing.fingerprint(pseudonym) if pseudonym else ""
    finally:
        desk.close()
    if as_json:
        named = {"pseudonym": pseudonym, "fingerprint": fingerprint} if pseudonym else {}
        terminal.emit({"key": own.key, "pseudonyms": own.pseudonyms, **named})
        return failures.DONE
    terminal.say(own.key)
    if fingerprint:
        terminal.say(tr("{name} signs with {fingerprint}", name=terminal.clean(pseudonym), fingerprint=fingerprint))
    return failures.DONE


@notebook.command(
    name="pack",
    short_help=tr("Make a package for a colleague."),
    help=tr(
        """Make a package of your notes, tags, collections and saved searches for colleagues who have the same archive.
        Nobody but the owners of the keys can open it. Past searches and what you exported are never in it. Where
        notes are on confidential records it is asked for first."""
    ),
)
@archive_argument
@click.option(
    "--to",
    "recipients",
    metavar="KEY",
    multiple=True,
    required=True,
    help=tr("The key of a colleague (age1…), as `notebook key` shows it there. May be given several times."),
)
@click.option("--collection", metavar="NAME", default="", help=tr("Only what belongs to this collection."))
@click.option(
    "--sign-as",
    "pseudonym",
    metavar="NAME",
    default="",
    help=tr("Sign under a pseudonym, so that colleagues know that later packages come from the same hand."),
)
@click.option("--out", type=click.Path(), metavar="FILE", required=True, help=_OUT)
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def pack(
    access: Access,
    recipients: tuple[str, ...],
    collection: str,
    pseudonym: str,
    out: str,
    yes: bool,
    as_json: bool,
) -> int:
    from desktop.notebook import saying

    desk = _open(access)
    try:
        handing = desk.handing
        chosen = handing.collection(collection) if collection else ""
        confidential = handing.survey(chosen).confidential
        if confidential:
            terminal.remark(saying.confidential(confidential))
        if confidential and not yes:
            _ask(tr("Hand them over?"), tr("Nothing was written. Give --yes to hand them over all the same."))
        survey = handing.hand_over(chosen, recipients, pseudonym, Path(out))
    finally:
        desk.close()
    if as_json:
        terminal.emit({"path": out, "signed": bool(pseudonym), **asdict(survey)})
        return failures.DONE
    terminal.say(saying.holds(survey.notes, survey.tags, survey.collections, survey.searches))
    terminal.say(tr("Written to {path}. Only the owners of the keys can open it.", path=terminal.clean(out)))
    return failures.DONE


@notebook.command(
    name="merge",
    short_help=tr("Merge the package of a colleague."),
    help=tr(
        """Merge the package of a colleague into your notebook. Nothing of yours is overwritten: a note that both of you
        changed stands there twice, side by side. The same package again adds nothing. Where its key or name is another
        than before it is asked for first."""
    ),
)
@archive_argument
@click.argument("package", type=click.Path())
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def merge(access: Access, package: str, yes: bool, as_json: bool) -> int:
    from archive.notebook.handing.signing import Seen
    from desktop.notebook import saying

    desk = _open(access)
    try:
        given = desk.handing.receive(Path(package))
        terminal.remark(terminal.clean(saying.signed(given.signer)))
        if given.signer.seen is Seen.OTHER and not yes:
            _ask(tr("Merge it all the same?"), tr("Nothing was merged. Give --yes to merge it all the same."))
        done = desk.handing.merge(given)
    finally:
        desk.close()
    if as_json:
        signer = {"name": given.signer.name, "key": given.signer.key, "seen": str(given.signer.seen)}
        terminal.emit({"signer": signer, "made": given.parcel.made, **asdict(done)})
        return failures.DONE
    for sentence in saying.merged(done):
        terminal.say(terminal.clean(sentence))
    return failures.DONE


@notebook.command(
    name="import",
    short_help=tr("Bring in a notebook that was exported as JSON."),
    help=tr(
        """Bring in a notebook on this archive that was exported as JSON, for example after it was lost. Nothing that
        is there is overwritten; what differs from it is left out and counted."""
    ),
)
@archive_argument
@click.argument("file", type=click.Path())
@json_option
def import_(access: Access, file: str, as_json: bool) -> int:
    desk = _open(access)
    try:
        taken = desk.take(Path(file))
    finally:
        desk.close()
    if as_json:
        terminal.emit(asdict(taken))
        return failures.DONE
    terminal.say(trn("1 entry is new in your notebook.", "{n} entries are new in your notebook.", taken.new))
    if taken.left_out:
        terminal.say(
            trn(
                "1 quotation or search was left out, because what it is about was withdrawn from the archive.",
                "{n} quotations and searches were left out, because what they are about was withdrawn from the "
                "archive.",
                taken.left_out,
            )
        )
    if taken.differing:
        terminal.say(
            trn(
                "1 entry differs from what is there, and was left out.",
                "{n} entries differ from what is there, and were left out.",
                len(taken.differing),
            )
        )
    return failures.DONE


@notebook.command(
    name="passphrase",
    short_help=tr("Give the notebook a passphrase, too, or another one."),
    help=tr(
        """Let a passphrase of yours open the notebook, too, or change it; it may be the archive's. It is needed only
        where the archive comes with another key, such as from another publisher. See `unlock`."""
    ),
)
@archive_argument
@click.option(
    "--new-passphrase-file",
    type=SECRET_FILE,
    metavar="FILE",
    help=tr("Read the new passphrase from the first line of FILE; else it is asked for twice."),
)
@json_option
def passphrase(access: Access, new_passphrase_file: str | None, as_json: bool) -> int:
    from archive import keys
    from archive.layout import is_release
    from archive.notebook import opening

    key = access.key()
    release = is_release(access.path)
    with opening.of_archive(key, protected=keys.is_protected(access.path), release=release) as opened:
        if not opened.protected:
            raise click.UsageError(
                tr("This archive is not protected, so neither is the notebook: it needs no passphrase.")
            )
        opened.set_passphrase(ask_new_passphrase(new_passphrase_file))
    if as_json:
        terminal.emit({"archive": key.archive, "changed": True})
    else:
        terminal.say(tr("The passphrase opens your notebook from now on."))
    return failures.DONE


@notebook.command(
    name="unlock",
    short_help=tr("Open a notebook that was made under another key of the archive."),
    help=tr(
        """Open a notebook that was made under another key of the archive, by the passphrase you gave it. From then on
        it opens with the archive."""
    ),
)
@archive_argument
@click.option(
    "--notebook-passphrase-file",
    "secret_file",
    type=SECRET_FILE,
    metavar="FILE",
    help=tr("Read the notebook's passphrase from the first line of FILE; else it is asked for."),
)
@json_option
def unlock(access: Access, secret_file: str | None, as_json: bool) -> int:
    from archive.layout import is_release
    from archive.notebook import opening

    key = access.key()
    if secret_file:
        words = read_passphrase(secret_file)
    elif terminal.is_watched(sys.stdin):
        words = str(click.prompt(tr("Passphrase of the notebook"), hide_input=True, err=True))
    else:
        raise click.UsageError(hint())
    opening.by_passphrase(key.archive, words, key=key, release=is_release(access.path)).close()
    if as_json:
        terminal.emit({"archive": key.archive, "opened": True})
    else:
        terminal.say(tr("Your notebook is open again, and opens with the archive from now on."))
    return failures.DONE


def _open(access: Access) -> Desk:
    from archive import keys
    from desktop.notebook.desk import Desk

    key = access.key()
    return Desk(access.path, key, protected=keys.is_protected(access.path))


def _ask(question: str, unasked: str) -> None:
    if not terminal.is_watched(sys.stdin):
        raise click.UsageError(unasked)
    click.confirm(question, abort=True, err=True)
