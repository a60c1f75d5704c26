"""The verb `changes`: what a release changed against the one before, all of it or in one record."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from desktop.cli import failures, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

_HELP = tr(
    """Show what changed with the last update of a release: what was added, corrected (old and new value, and the
    source), withdrawn, and why. With NEW, compare two releases of a line.

    Names of what was withdrawn, and values that were corrected for safety, are never shown.

    \b
      tamarisk changes papers-0004.tamarisk
      tamarisk changes papers-0004.tamarisk --record C-7K3F2
      tamarisk changes papers-0003.tamarisk papers-0004.tamarisk --json
    """
)


@click.command(name="changes", help=_HELP, short_help=tr("Show what a release changed."))
@archive_argument
@click.argument("new", type=click.Path(), required=False)
@click.option("--record", metavar="ID", help=tr("Only what changed in this document, person, case or fact."))
@json_option
def changes(access: Access, new: str | None, record: str | None, as_json: bool) -> int:
    from archive.cases import facts, subjects
    from archive.container import Archive
    from archive.documents import resolve
    from archive.errors import NoSuchRecord
    from archive.layout import named
    from desktop import updating
    from desktop.cli.update import show
    from desktop.release import changes as words

    access = access if new else access.in_use()
    key = access.key()
    access.require_unaltered(key)
    if new:
        later = replace(access, path=named(Path(new)))
        later_key = later.key()
        later.require_unaltered(later_key)
        log = updating.compare((access.path, key), (later.path, later_key))
        at = later.path
    else:
        found = updating.changes(access.path, key)
        at = access.path
        if found is None:
            if as_json:
                terminal.emit({"changes": None})
            else:
                terminal.say(tr("This release was not updated here, so there is nothing to compare it with."))
            return failures.DONE
        log = found
    if record:
        identity = record
        with Archive(at, key, write=False) as archive:
            for find in (resolve, subjects.resolve, lambda db, words: facts.get(db, words).id):
                try:
                    identity = find(archive.db, record)
                    break
                except NoSuchRecord:
                    continue
        log = replace(log, changes=log.of(identity))
    if as_json:
        terminal.emit({"changes": asdict(log)})
    elif record:
        for line in words.of_record(log, log.changes) or (tr("Nothing changed in it."),):
            terminal.say(terminal.clean(line))
    else:
        show(log)
    return failures.DONE
