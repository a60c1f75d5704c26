"""The verb `new`: makes an archive."""

from __future__ import annotations

import os
from pathlib import Path

import click

from archive.errors import AlreadyExists
from desktop.cli import terminal
from desktop.cli.session import ask_new_passphrase, json_option, passphrase_file_option
from desktop.translate import tr

_HELP = tr(
    """Make a new, empty archive: a folder, best with a name that ends in .tamarisk.

    It is encrypted, and opened by a passphrase that is asked for twice. Nobody can recover a forgotten one. Length
    counts: six words drawn at random are safer than eight odd characters.

    \b
      tamarisk new papers.tamarisk
      tamarisk new papers.tamarisk --passphrase-file words.txt
      tamarisk new papers.tamarisk --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudsuf4rq5xy0ls
      tamarisk new public.tamarisk --open
    """
)


@click.command(name="new", help=_HELP, short_help=tr("Make an archive."))
@click.argument("archive", type=click.Path())
@click.option("--open", "open_", is_flag=True, help=tr("Do not protect it: whoever has the folder can read it."))
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="KEY",
    help=tr("Let the holder of this age key (age1…) open it; then a passphrase is only set with --passphrase-file."),
)
@click.option("--desk", metavar="NAME", help=tr("The name that the custody log shows for this desk."))
@passphrase_file_option
@json_option
def new(
    archive: str,
    open_: bool,
    recipients: tuple[str, ...],
    desk: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    from archive import container, meta

    path = Path(archive)
    if open_ and recipients:
        raise click.UsageError(tr("An archive is either open or made for recipients, not both."))
    if os.path.exists(path):
        raise AlreadyExists(path=str(path))
    container.refuse_unsafe(path)
    passphrase = None
    if not open_ and (passphrase_file or not recipients):
        passphrase = ask_new_passphrase(passphrase_file)
    key = container.create(path, passphrase=passphrase, recipients=recipients, desk=desk or meta.DESK)
    if as_json:
        terminal.emit({"archive": key.archive, "path": str(path), "protected": not open_})
    elif open_:
        terminal.say(tr("Made {path}. It is not protected: whoever has the folder can read it.", path=_name(path)))
    else:
        terminal.say(tr("Made {path}. It is protected.", path=_name(path)))
    return 0


def _name(path: Path) -> str:
    return terminal.clean(str(path))
