"""The verb `publish`: shows what a release would name and tell, asks, and makes it, signed."""

from __future__ import annotations

import datetime
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, ask_new_passphrase, json_option
from desktop.translate import number, tr, trn

if TYPE_CHECKING:
    from archive.release.overview import Overview
    from archive.release.publish import Published

STRONGEST = 18
LISTED_AT_MOST = 200
_HELP = tr(
    """Make a signed release of an archive for partners: a folder NAME-0001.tamarisk in OUT, or OUT itself where there
    is nothing of that name. It has a key of its own, the same for all releases of a line: what opens it does not open
    your archive.

    First every person whom the release names is listed, relatives and minors first, with what stays behind and what
    originals tell beside their text. Then it is asked for. What stays behind is in no page of the release. Confidential
    records stay behind unless --exclude none is given; with --exclude restricted those that are restricted do, too.

    \b
      tamarisk publish papers.tamarisk /media/stick --sign desk.key --recipient age1…
      tamarisk publish papers.tamarisk . --sign desk.key --new-passphrase-file words.txt --slim
      tamarisk publish papers.tamarisk . --preview
    """
)


@click.command(name="publish", help=_HELP, short_help=tr("Make a signed release for partners."))
@archive_argument
@click.argument("out", type=click.Path())
@click.option("--sign", "key_file", metavar="KEY", help=tr("The secret key's file; `tamarisk key new` makes one."))
@click.option("--key-passphrase-file", metavar="FILE", help=tr("The key's passphrase, in the first line of FILE."))
@click.option("--line", default="", metavar="NAME", help=tr("The release line; needed where there are several."))
@click.option(
    "--after",
    type=click.IntRange(0, 999_999_998),
    default=0,
    metavar="NUMBER",
    help=tr("Number it after this one: where the archive was restored from a backup that is older than that release."),
)
@click.option("--publisher", default="", metavar="NAME", help=tr("Who publishes; else as in the last release."))
@click.option(
    "--exclude",
    type=click.Choice(["none", "confidential", "restricted"]),
    default="confidential",
    show_default=True,
    help=tr("What stays behind, and all that is more secret."),
)
@click.option("--slim", is_flag=True, help=tr("Leave all originals out: texts and facts only."))
@click.option("--text-only", multiple=True, metavar="ID", help=tr("Leave out the original of this document."))
@click.option("--leave-out", multiple=True, metavar="ID", help=tr("Leave out this document, person or case."))
@click.option(
    "--hold",
    multiple=True,
    metavar="ID",
    help=tr("Let this fact go though its sources stay behind, with “Source held by the publisher” in their place."),
)
@click.option("--recipient", "recipients", multiple=True, metavar="AGE1…", help=tr("Who may open it, by an age key."))
@click.option("--new-passphrase-file", metavar="FILE", help=tr("What opens it, in the first line of FILE."))
@click.option("--open", "unprotected", is_flag=True, help=tr("Whoever has the release may open it."))
@click.option("--date", default="", metavar="DAY", help=tr("The release's day, such as 2026-11-28; else today."))
@click.option("--notes", "notes_file", metavar="FILE", help=tr("What to say of the release: a text file."))
@click.option("--preview", "only_preview", is_flag=True, help=tr("Only show what would go."))
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def publish(
    access: Access,
    out: str,
    key_file: str | None,
    key_passphrase_file: str | None,
    line: str,
    after: int,
    publisher: str,
    recipients: tuple[str, ...],
    new_passphrase_file: str | None,
    unprotected: bool,
    only_preview: bool,
    yes: bool,
    as_json: bool,
    **chosen: Any,
) -> int:
    from archive.release.publish import Locks
    from desktop import releasing
    from desktop.cli.key import open_secret

    if not (yes or only_preview) and (as_json or not terminal.is_watched(sys.stdin)):
        raise click.UsageError(tr("Nobody can be asked here. Look with --preview first, then give --yes."))
    if not only_preview and key_file is None:
        raise click.UsageError(tr("Give the key that signs the release with --sign KEY."))
    with access.open(write=not only_preview) as workspace:
        choice = _choice(workspace, **chosen)
        if not yes:
            with progress.work(tr("Looking"), as_json=as_json) as work:
                seen = workspace.releases.overview(choice, work.stepped, work.cancelled)
            if only_preview and as_json:
                terminal.emit(asdict(seen))
            else:
                _show(seen)
        if named := workspace.releases.named(choice, publisher, line):
            terminal.remark(terminal.clean(releasing.warning(named)))
        if only_preview:
            return failures.DONE
        if not yes:
            click.confirm(tr("Sign and publish this?"), abort=True, err=True)
        secret = open_secret(str(key_file), key_passphrase_file)
        locks = Locks(_passphrase(new_passphrase_file, recipients, unprotected), recipients, unprotected)
        with progress.work(tr("Publishing"), as_json=as_json) as work:
            made = workspace.releases.publish(
                Path(out),
                secret,
                choice,
                locks,
                publisher=publisher,
                line=line,
                after=after,
                progress=work.stepped,
                cancelled=work.cancelled,
            )
    _tell(made, unprotected, as_json)
    return failures.DONE


def _choice(workspace: Any, **chosen: Any) -> Any:
    """What was chosen, with ids in full. Raises NoSuchRecord, AmbiguousId, InvalidValue."""
    from archive import documents
    from archive.cases import facts, subjects
    from archive.errors import NoSuchRecord
    from archive.release.choice import Choice
    from desktop.releasing import read_notes

    db = workspace.archive.db

    def record(words: str) -> str:
        try:
            return documents.resolve(db, words)
        except NoSuchRecord:
            return subjects.resolve(db, words)

    notes = chosen["notes_file"]
    return Choice(
        date=chosen["date"] or datetime.datetime.now(datetime.UTC).date().isoformat(),
        exclude=chosen["exclude"],
        slim=chosen["slim"],
        text_only=frozenset(documents.resolve(db, words) for words in chosen["text_only"]),
        left_out=frozenset(map(record, chosen["leave_out"])),
        held=frozenset(facts.get(db, words).id for words in chosen["hold"]),
        notes=read_notes(Path(notes)) if notes else "",
    )


def _passphrase(file: str | None, recipients: tuple[str, ...], unprotected: bool) -> str | None:
    """The passphrase that opens the release; none where others open it, asked for where nothing else would."""
    return ask_new_passphrase(file) if file or not (recipients or unprotected) else None


def _show(seen: Overview) -> None:
    at_risk = [one for one in seen.persons if one.at_risk]
    others = [one for one in seen.persons if not one.at_risk]
    for title, several in (
        (trn("1 relative or minor is named:", "{n} relatives and minors are named:", len(at_risk)), at_risk),
        (trn("1 other person is named:", "{n} other persons are named:", len(others)), others),
    ):
        if several:
            terminal.say(title)
            for person in several:  # all of them: this is what is signed for
                terminal.say(terminal.clean(f"  {person.label}  {person.id[:8]}"))
    terminal.say(_counted(tr("Goes:"), seen.going))
    terminal.say(_counted(tr("Stays behind:"), seen.staying))
    _list(
        trn("Consent does not reach for 1 record:", "Consent does not reach for {n} records:", len(seen.unconsented)),
        list(seen.unconsented),
    )
    _list(
        tr("Stay behind because something in them does; what else was in them goes:"),
        [f"{one.title}  {one.id[:8]}" for one in seen.containers],
    )
    _list(
        tr("Go, and their text names somebody who stays behind (--leave-out ID):"),
        [f"{one.title}  {one.id[:8]}" for one in seen.mentioning],
    )
    _list(
        tr("Go, and are a translation, transcript, abstract, version or quotation of what does not (--leave-out ID):"),
        [f"{one.title}  {one.id[:8]}" for one in seen.rendering],
    )
    _list(
        tr("Go with an original that tells more than its text (--text-only ID):"),
        [f"{one.title}  {one.id[:8]}: {', '.join(one.traces)}" for one in seen.telling],
    )
    _list(
        tr("Facts that stay behind because their sources do (--hold ID; who reads them then cannot check them):"),
        [f"{one.subject}: {one.field} {one.value}  {one.fact}" for one in seen.unsourced],
    )


def _counted(title: str, counts: tuple[tuple[str, int], ...]) -> str:
    return f"{title} " + ", ".join(f"{number(count)} {kind}" for kind, count in counts)


def _list(title: str, lines: list[str]) -> None:
    if not lines:
        return
    terminal.say(title)
    for line in lines[:LISTED_AT_MOST]:
        terminal.say(terminal.clean(f"  {line}"))
    if len(lines) > LISTED_AT_MOST:
        terminal.say(tr("  and {n} more; --json lists all", n=number(len(lines) - LISTED_AT_MOST)))


def _tell(made: Published, unprotected: bool, as_json: bool) -> None:
    said = made.statement
    if as_json:
        terminal.emit({"path": str(made.path), "cost": made.cost, **asdict(said), "counts": dict(said.counts)})
        return
    terminal.say(
        tr(
            "Release {number} of “{line}” is complete, verified and signed: {path}",
            number=said.number,
            line=said.line,
            path=terminal.clean(str(made.path)),
        )
    )
    terminal.say(tr("Content root: {root}", root=said.content_root))
    if unprotected:
        terminal.say(tr("It is not protected: whoever has the folder can read it."))
    if made.cost > STRONGEST:
        terminal.say(
            tr("To open it by passphrase takes {n} MB of memory; old computers may lack that.", n=2**made.cost // 1024)
        )
