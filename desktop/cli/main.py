"""The command line: one group with a verb for everything the window does, free of Qt."""

from __future__ import annotations

from collections.abc import Sequence

import click

from archive.errors import ArchiveError
from desktop.cli import failures, terminal
from desktop.cli.backup import backup
from desktop.cli.cases import cases
from desktop.cli.changes import changes
from desktop.cli.cite import cite
from desktop.cli.correct import correct
from desktop.cli.diff import diff
from desktop.cli.dossier import dossier
from desktop.cli.import_ import import_
from desktop.cli.index import index
from desktop.cli.info import info
from desktop.cli.key import key
from desktop.cli.list_search import list_search
from desktop.cli.new import new
from desktop.cli.notebook import notebook
from desktop.cli.passphrase import passphrase
from desktop.cli.publish import publish
from desktop.cli.reread import reread
from desktop.cli.rerun import rerun
from desktop.cli.search import search
from desktop.cli.selftest import selftest
from desktop.cli.session import Request
from desktop.cli.show import show
from desktop.cli.similar import similar
from desktop.cli.update import update
from desktop.cli.verify import verify
from desktop.cli.vocabulary import vocabulary
from desktop.cli.withdraw import withdraw
from desktop.translate import tr

_HELP = tr(
    """An offline, encrypted archive of documents: import, search, read.

    `tamarisk` alone opens the window, `tamarisk ARCHIVE` opens it on an archive (`--find QUERY` with an
    answer). With a verb the work is done here in
    the terminal. Nothing of it touches a network.

    \b
      tamarisk new papers.tamarisk
      tamarisk import papers.tamarisk ~/Documents/reports
      tamarisk search papers.tamarisk 'kidnap* AND thailand'
      tamarisk show papers.tamarisk 3f2a9c1b

    \b
    Exit status:
      0  done
      1  done, with failures listed; or stopped by Ctrl+C
      2  the request cannot be met as it stands (option, path, id or value)
      3  the archive cannot be unlocked, or needs a newer program
      4  damaged or tampered with
      5  the environment: disk full, no permission, read-only, in use
    """
)


@click.group(help=_HELP, context_settings={"max_content_width": 100})
@click.version_option(package_name="tamarisk", message="%(prog)s %(version)s")
def cli() -> None:
    pass


for _verb in (
    new,
    import_,
    search,
    show,
    similar,
    cases,
    rerun,
    list_search,
    cite,
    dossier,
    notebook,
    vocabulary,
    info,
    correct,
    withdraw,
    reread,
    index,
    verify,
    key,
    backup,
    passphrase,
    publish,
    diff,
    update,
    changes,
    selftest,
):
    cli.add_command(_verb)


def run(argv: Sequence[str]) -> int:
    """Do what the arguments ask for; returns the exit status (see the help text)."""
    terminal.prepare()
    request = Request()
    try:
        status = cli.main(args=list(argv), prog_name="tamarisk", standalone_mode=False, obj=request)
    except click.ClickException as error:
        error.show()
        if request.as_json:
            terminal.emit({"error": {"code": "usage", "message": error.format_message()}})
        return error.exit_code
    except click.Abort:
        terminal.remark(tr("Stopped."))
        return failures.LISTED
    except ArchiveError as error:
        return failures.tell(error, request.as_json)
    return int(status or 0)
