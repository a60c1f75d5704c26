"""The verbs of `notebook` for and from a colleague: the reader's key, making a package, and merging one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli import failures, terminal
from desktop.cli.notebook_opening import OUT, ask, open_desk
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr


@click.command(
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
    desk = open_desk(access)
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


@click.command(
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
@click.option("--out", type=click.Path(), metavar="FILE", required=True, help=OUT)
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

    desk = open_desk(access)
    try:
        handing = desk.handing
        chosen = handing.collection(collection) if collection else ""
        confidential = handing.survey(chosen).confidential
        if confidential:
            terminal.remark(saying.confidential(confidential))
        if confidential and not yes:
            ask(tr("Hand them over?"), tr("Nothing was written. Give --yes to hand them over all the same."))
        survey = handing.hand_over(chosen, recipients, pseudonym, Path(out))
    finally:
        desk.close()
    if as_json:
        terminal.emit({"path": out, "signed": bool(pseudonym), **asdict(survey)})
        return failures.DONE
    terminal.say(saying.holds(survey.notes, survey.tags, survey.collections, survey.searches))
    terminal.say(tr("Written to {path}. Only the owners of the keys can open it.", path=terminal.clean(out)))
    return failures.DONE


@click.command(
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

    desk = open_desk(access)
    try:
        given = desk.handing.receive(Path(package))
        terminal.remark(terminal.clean(saying.signed(given.signer)))
        if given.signer.seen is Seen.OTHER and not yes:
            ask(tr("Merge it all the same?"), tr("Nothing was merged. Give --yes to merge it all the same."))
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
