"""The verb `update`: brings a release up to date, after saying what changes."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

if TYPE_CHECKING:
    from archive.update.changelog import Changelog
    from desktop.updating import Done

_HELP = tr(
    """Bring a release up to date from an update, a folder with updates or releases, or a full release. Without
    SOURCE the sticks that are mounted are searched.

    The later release is built whole beside the one in use, held against what the publisher signed, and only then takes
    its place; until then, whatever happens, the old one is in use. What changes is shown first. What was withdrawn goes
    from the release, from the index and from what your notebook quotes; older releases that hold it are deleted.

    \b
      tamarisk update papers-0003.tamarisk /media/stick
      tamarisk update papers-0003.tamarisk papers-0003-0004.tamarisk-delta --yes
    """
)


@click.command(name="update", help=_HELP, short_help=tr("Bring a release up to date."))
@archive_argument
@click.argument("source", type=click.Path(), required=False)
@click.option("--key", "given", multiple=True, metavar="KEY", help=tr("The publisher's key; else those you trust."))
@click.option("--preview", "only_preview", is_flag=True, help=tr("Only show what would change."))
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def update(
    access: Access, source: str | None, given: tuple[str, ...], only_preview: bool, yes: bool, as_json: bool
) -> int:
    from desktop import trusting, updating
    from desktop.release import changes

    if not (yes or only_preview) and (as_json or not terminal.is_watched(sys.stdin)):
        raise click.UsageError(tr("Nobody can be asked here. Look with --preview first, then give --yes."))
    access = access.in_use()
    key = access.key()
    trusted = trusting.known(given, key.archive) or (*trusting.trusted(access.path, key), *trusting.shipped())
    found = Path(source) if source else _found(access.path)
    with progress.work(tr("Updating"), as_json=as_json) as work:
        prepared = updating.prepare(access.path, key, found, trusted, work.stepped, work.cancelled)
    try:
        if not as_json:
            show(prepared.log)
            if changes.warning(prepared):
                terminal.say()
                terminal.say(changes.warning(prepared))
        if only_preview:
            if as_json:
                terminal.emit({"changes": asdict(prepared.log), "locks": str(prepared.locks)})
            updating.drop(prepared)
            return failures.DONE
        if not yes:
            click.confirm(tr("Use this release from now on?"), abort=True, err=True)
        with progress.work(tr("Clearing up"), as_json=as_json) as work:
            done = updating.apply(prepared, key, work.counted, work.cancelled)
    except BaseException:
        updating.drop(prepared)  # nothing happens where it is in use already
        raise
    _tell(done, str(prepared.locks), as_json)
    return failures.LISTED if done.left or done.notebook or done.index else failures.DONE


def show(log: Changelog) -> None:
    """Print what changed."""
    from desktop.release import changes

    terminal.say(changes.heading(log))
    terminal.say("  ".join(changes.summary(log)))
    for title, lines in changes.paragraphs(log):
        terminal.say()
        terminal.say(terminal.clean(title))
        for line in lines:
            terminal.say(f"  {terminal.clean(line)}")


def _found(release: Path) -> Path:
    """The newest that lies on a stick. Raises NoUpdate."""
    from archive.errors import ArchiveError
    from archive.signing import standing
    from archive.update import planning
    from archive.update.errors import NoUpdate
    from desktop import updating

    said = standing.read(release).said
    refusal: ArchiveError = NoUpdate(path=tr("what is mounted now"), line=said.line, installed=said.number)
    for nth, one in enumerate(updating.offers((), release)):
        try:
            planning.plan(one.path, said)
        except ArchiveError as error:  # it may start from a release that nobody has, beside one that is whole
            refusal = error if nth == 0 else refusal
        else:
            return one.path
    raise refusal


def _tell(done: Done, locks: str, as_json: bool) -> None:
    from desktop import messages
    from desktop.release import changes

    if not as_json:
        terminal.say()
        for sentence in changes.done(done):
            terminal.say(terminal.clean(sentence))
        for text in done.found.own if done.found else ():
            terminal.say(f"  {terminal.clean(text)}")
        return
    notebook: dict[str, Any] | None = asdict(done.found.purged) if done.found else None
    terminal.emit(
        {
            "path": str(done.path),
            "number": done.log.number,
            "changes": asdict(done.log),
            "locks": locks,
            "notebook": notebook,
            "notes_on_what_was_left_out": done.found.left if done.found else 0,
            "notebook_error": messages.sentence(done.notebook) if done.notebook else None,
            "index_error": messages.sentence(done.index) if done.index else None,
            "left": [str(path) for path in done.left],
        }
    )
