"""The verb `notebook`: the reader's notes on an archive, taken out, handed to a colleague, merged."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli import failures, terminal
from desktop.cli.notebook_opening import OUT, ask, open_desk
from desktop.cli.notebook_passing import key, merge, pack
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
@click.option("--out", type=click.Path(), metavar="FILE", required=True, help=OUT)
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def export(access: Access, out: str, yes: bool, as_json: bool) -> int:
    from desktop.notebook.leaving import ENDINGS

    path = Path(out)
    form = {ending: form for form, ending in ENDINGS.items()}.get(path.suffix.lower())
    if form is None:
        raise click.UsageError(tr("The name of the file must end in .md, .html or .json: {file}", file=out))
    if not yes:
        ask(
            tr("Anyone who can read the file can read your notes. Write it?"),
            tr("There is no terminal to ask at. Give --yes to write the file all the same."),
        )
    desk = open_desk(access)
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
    desk = open_desk(access)
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
    from archive import slots
    from archive.layout import is_release
    from archive.notebook import opening

    access = access.in_use()
    key = access.key()
    release = is_release(access.path)
    with opening.of_archive(key, protected=slots.is_protected(access.path), release=release) as opened:
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

    access = access.in_use()
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


for verb in (key, pack, merge):
    notebook.add_command(verb)
