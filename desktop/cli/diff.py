"""The verb `diff`: makes a signed update from one release to a later one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, size, tr

_HELP = tr(
    """Make an update that leads from the release OLD to a later one of the same line, NEW: a small signed file
    LINE-0001-0002.tamarisk-delta in OUT, with its signature beside it. It holds what was added, changed and removed,
    and new originals, encrypted under the line's key; nobody who has no release of the line can read it.

    \b
      tamarisk diff papers-0003.tamarisk papers-0004.tamarisk stick --sign desk.key
      minisign -V -p desk.key.pub -m stick/papers-0003-0004.tamarisk-delta
    """
)


@click.command(name="diff", help=_HELP, short_help=tr("Make a signed update between two releases."))
@archive_argument
@click.argument("new", type=click.Path())
@click.argument("out", type=click.Path())
@click.option("--sign", "key_file", metavar="KEY", required=True, help=tr("The secret key's file."))
@click.option("--key-passphrase-file", metavar="FILE", help=tr("The key's passphrase, in the first line of FILE."))
@click.option(
    "--from",
    "desk",
    metavar="ARCHIVE",
    help=tr("The working archive that published them: its key opens both, whatever protects them."),
)
@json_option
def diff(
    access: Access, new: str, out: str, key_file: str, key_passphrase_file: str | None, desk: str | None, as_json: bool
) -> int:
    from archive.release import lines
    from archive.signing import standing
    from desktop import updating
    from desktop.cli.key import open_secret

    later = replace(access, path=Path(new))
    if desk:
        with replace(access, path=Path(desk)).open() as workspace:
            line = lines.chosen(workspace.archive.db, standing.read(access.path).said.line, "")
        keys = line.key, line.key
    else:
        keys = access.key(), later.key()
    secret = open_secret(key_file, key_passphrase_file)
    with progress.work(tr("Comparing"), as_json=as_json) as work:
        made = updating.make_delta(
            (access.path, keys[0]), (later.path, keys[1]), Path(out), secret, work.stepped, work.cancelled
        )
    if as_json:
        terminal.emit(
            {
                "path": str(made.path),
                "signature": str(made.signature),
                "base": made.header.base,
                "number": made.header.number,
                "root": made.header.root,
                "removed": made.removed,
                "put": made.put,
                "size": made.size,
            }
        )
        return failures.DONE
    terminal.say(
        tr(
            "The update from release {base} to {number} is complete and signed: {path} ({size})",
            base=number(made.header.base),
            number=number(made.header.number),
            path=terminal.clean(str(made.path)),
            size=size(made.size),
        )
    )
    terminal.say(tr("Hand it on together with {name}.", name=terminal.clean(made.signature.name)))
    return failures.DONE
