"""The verb `key`: keys that sign releases, and which publishers' keys are trusted."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import failures, terminal
from desktop.cli.session import (
    Access,
    archive_argument,
    ask_new_passphrase,
    hint,
    json_option,
    passphrase_file_option,
    read_passphrase,
)
from desktop.translate import tr

if TYPE_CHECKING:
    from archive.signing.minisign import PublicKey, SecretKey
    from archive.signing.receipt import Trusted

_HELP = tr(
    """Make a key that signs releases, show keys so that they can be compared, and say which publishers' keys you trust.

    The digits of a key are for reading out: whoever publishes reads them over the telephone, or face to face, and
    whoever receives looks whether they are the same.

    \b
      tamarisk key new ~/keys/desk.key
      tamarisk key show ~/keys/desk.key
      tamarisk key trust papers-0003.tamarisk
      tamarisk key list papers-0003.tamarisk --json
    """
)


@click.group(name="key", help=_HELP, short_help=tr("Make, show and trust keys that sign releases."))
def key() -> None:
    pass


@key.command(
    name="new",
    help=tr(
        """Make a key for signing: the secret half at FILE, protected by a passphrase that is asked for twice, and the
        public half at FILE.pub. Nothing is overwritten. Keep a copy of FILE in another place: without it your partners
        have to compare a new key. minisign reads both.
        """
    ),
    short_help=tr("Make a key for signing."),
)
@click.argument("file", type=click.Path())
@passphrase_file_option
@json_option
def new(file: str, passphrase_file: str | None, as_json: bool) -> int:
    from archive.errors import AlreadyExists
    from desktop import trusting

    path = Path(file)
    for taken in (path, trusting.public_beside(path)):
        if taken.is_symlink() or taken.exists():  # before anybody thinks of a passphrase
            raise AlreadyExists(path=str(taken))
    public = trusting.new_key(path, ask_new_passphrase(passphrase_file))
    if as_json:
        terminal.emit({"secret": file, **_facts(public)})
    else:
        terminal.say(tr("Made {path}. Whoever has it and its passphrase can sign in your name.", path=_clean(file)))
        _say(public)
    return failures.DONE


@key.command(
    name="show",
    help=tr("""Show a key: KEY is its secret or public file, the public key itself, or a release that names it."""),
    short_help=tr("Show a key and the digits to compare it by."),
)
@click.argument("given", metavar="KEY")
@passphrase_file_option
@json_option
def show(given: str, passphrase_file: str | None, as_json: bool) -> int:
    from archive.signing import bag
    from archive.signing.errors import NotAKey
    from desktop import trusting

    try:
        public = trusting.public_key(given)
    except NotAKey:
        if bag.is_bag(Path(given)) or not trusting.is_secret(Path(given)):
            raise
        public = open_secret(given, passphrase_file).public
    if as_json:
        terminal.emit(_facts(public))
    else:
        _say(public)
    return failures.DONE


@key.command(
    name="trust",
    help=tr(
        """Trust a publisher's key for an archive or release from now on. Without KEY it is the one that the release
        names. The digits of the key are shown, to be compared with those that the publisher reads out; for programs,
        --fingerprint gives them. What you trust is kept in your notebook about the archive, encrypted.

        Where another key is trusted already, that is refused; with --beside both are trusted then.
        """
    ),
    short_help=tr("Trust a publisher's key."),
)
@archive_argument
@click.argument("given", metavar="[KEY]", required=False)
@click.option("--name", metavar="NAME", default="", help=tr("What to call the publisher; else what the release says."))
@click.option("--fingerprint", metavar="DIGITS", default="", help=tr("The digits of the key as they were read out."))
@click.option("--beside", is_flag=True, help=tr("Trust it beside the keys that are trusted already."))
@json_option
def trust(access: Access, given: str | None, name: str, fingerprint: str, beside: bool, as_json: bool) -> int:
    from archive.signing import bag
    from desktop import trusting

    access = access.in_use()
    if given is None and not bag.is_bag(access.path):
        raise click.UsageError(tr("Only a release names a key of itself. Give the public key, or its file."))
    public = trusting.public_key(given or str(access.path))
    name = name or trusting.suggested_name(access.path) or public.name()
    if fingerprint:
        trusting.compare(public, fingerprint)
    elif terminal.is_watched(sys.stdin):
        _say(public, err=True)
        question = tr("Did the publisher of this, {name}, read out these same digits to you?", name=_clean(name))
        click.confirm(question, abort=True, err=True)
    else:
        raise click.UsageError(tr("There is no terminal to compare the key at. Give its digits with --fingerprint."))
    unlocked = replace(access, path=trusting.inside(access.path)).key()
    _list(trusting.trust(access.path, unlocked, public, name, beside=beside), as_json)
    return failures.DONE


@key.command(
    name="list",
    help=tr("List the keys that you trust for an archive or release."),
    short_help=tr("List the keys that are trusted."),
)
@archive_argument
@json_option
def list_(access: Access, as_json: bool) -> int:
    from desktop import trusting

    access = access.in_use()
    unlocked = replace(access, path=trusting.inside(access.path)).key()
    _list(trusting.trusted(access.path, unlocked), as_json)
    return failures.DONE


@key.command(
    name="forget",
    help=tr("Trust a key no longer, because it was lost or stolen. KEY is the public key, or its file."),
    short_help=tr("Trust a key no longer."),
)
@archive_argument
@click.argument("given", metavar="KEY")
@json_option
def forget(access: Access, given: str, as_json: bool) -> int:
    from desktop import trusting

    access = access.in_use()
    public = trusting.public_key(given)
    unlocked = replace(access, path=trusting.inside(access.path)).key()
    _list(trusting.forget(access.path, unlocked, public), as_json)
    return failures.DONE


def open_secret(file: str, passphrase_file: str | None) -> SecretKey:
    """A secret key, by the passphrase in a file or from the person at the terminal. Raises NotAKey and others."""
    from desktop import trusting

    if passphrase_file:
        return trusting.open_secret(Path(file), read_passphrase(passphrase_file))
    if not terminal.is_watched(sys.stdin):
        raise click.UsageError(hint())
    words = click.prompt(tr("Passphrase of the key"), hide_input=True, err=True)
    return trusting.open_secret(Path(file), str(words))


def _facts(public: PublicKey) -> dict[str, Any]:
    return {"public": str(public), "id": public.name(), "fingerprint": public.fingerprint()}


def _say(public: PublicKey, *, err: bool = False) -> None:
    tell = terminal.remark if err else terminal.say
    tell(tr("Public key: {key}", key=public))
    tell(tr("To compare: {digits}", digits=public.fingerprint()))


def _list(trusted: tuple[Trusted, ...], as_json: bool) -> None:
    if as_json:
        terminal.emit({"trusted": [{"name": one.name, **_facts(one.public)} for one in trusted]})
        return
    if not trusted:
        terminal.say(tr("No key is trusted for this archive."))
    for one in trusted:
        terminal.say(tr("{name}: {digits}", name=_clean(one.name), digits=one.public.fingerprint()))
        terminal.say(f"  {one.public}")


def _clean(text: str) -> str:
    return terminal.clean(text)
