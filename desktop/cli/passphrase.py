"""The verb `passphrase`: changes the passphrase of an archive."""

from __future__ import annotations

import click

from desktop.cli import failures, terminal
from desktop.cli.session import SECRET_FILE, Access, archive_argument, ask_new_passphrase, json_option
from desktop.translate import tr

_HELP = tr(
    """Change the passphrase of an archive. The documents are not touched: only the file that holds the wrapped key is
    written anew. Whoever has an older copy of that file can still open it with the old passphrase.

    \b
      tamarisk passphrase papers.tamarisk
    """
)


@click.command(name="passphrase", help=_HELP, short_help=tr("Change the passphrase."))
@archive_argument
@click.option(
    "--new-passphrase-file",
    type=SECRET_FILE,
    metavar="FILE",
    help=tr("Read the new passphrase from the first line of FILE; else it is asked for twice."),
)
@json_option
def passphrase(access: Access, new_passphrase_file: str | None, as_json: bool) -> int:
    from archive import slots, unlocking

    unlocking.require_archive(access.path)
    if not slots.names(access.path):
        raise click.UsageError(tr("This archive has no passphrase that could be changed."))
    old = access.passphrase()
    key = unlocking.unlock(access.path, old)
    fresh = ask_new_passphrase(new_passphrase_file)
    slots.change_passphrase(access.path, key, unlocking.slot_of(access.path, old), fresh)
    if as_json:
        terminal.emit({"archive": key.archive, "changed": True})
    else:
        terminal.say(tr("The passphrase was changed. Backups made before still open with the old one."))
    return failures.DONE
