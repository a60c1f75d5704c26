"""The verb `withdraw`: says what would go with a record, asks, and takes it out of the archive for good."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from archive.withdrawal.tombstones import Reason
from desktop.cli import failures, outcomes, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import tr

_HELP = tr(
    """Take a document, person, case or fact out of the archive, and so out of its next releases.

    First it is said what goes with it: texts, originals (with every file in which it is packed; what else was in that
    stays), and facts that rest on nothing else. Then it is asked for. It cannot be taken back. What is left is a random
    number, the date and one of four reasons, which partners see: at the request of a person concerned, an error, a
    legal reason, or replaced by something else. The same bytes do not come in again.

    A fact whose value puts somebody in danger is corrected in one step: --instead records the right value while the
    wrong one goes, which no list of changes tells.

    \b
      tamarisk withdraw papers.tamarisk 3f2a9c1b --reason person
      tamarisk withdraw papers.tamarisk C-7K3F2 --reason error --yes
      tamarisk withdraw papers.tamarisk 77d0a1b2 --reason replaced --instead 'a fishing town'
    """
)


@click.command(name="withdraw", help=_HELP, short_help=tr("Take a record out of the archive for good."))
@archive_argument
@click.argument("identity", metavar="ID")
@click.option("--reason", type=click.Choice([str(one) for one in Reason]), required=True, help=tr("What partners see."))
@click.option(
    "--note",
    default="",
    metavar="WORDS",
    help=tr("Kept in this archive's custody log and in no release. Name nobody in it."),
)
@click.option(
    "--instead",
    "value",
    metavar="VALUE",
    help=tr("Of a fact: record this value in its place, on the same passages and in the same step."),
)
@click.option("--as-of", metavar="EDTF", help=tr("The date of that value; else that of the fact."))
@click.option("--keep-members", is_flag=True, help=tr("Leave what was found inside the document."))
@click.option("--preview", "only_preview", is_flag=True, help=tr("Only say what would go."))
@click.option("--yes", is_flag=True, help=tr("Do not ask."))
@json_option
def withdraw(
    access: Access,
    identity: str,
    reason: str,
    note: str,
    value: str | None,
    as_of: str | None,
    keep_members: bool,
    only_preview: bool,
    yes: bool,
    as_json: bool,
) -> int:
    from archive.errors import ArchiveError
    from archive.withdrawal.replacing import Instead
    from desktop import messages
    from desktop.withdrawal import purged, words

    if as_of is not None and value is None:
        raise click.UsageError(tr("--as-of is for a value: give --instead VALUE, too."))
    instead = Instead(value, as_of) if value is not None else None
    if not (yes or only_preview) and (as_json or not terminal.is_watched(sys.stdin)):
        raise click.UsageError(tr("Nobody can be asked here. Look with --preview first, then give --yes."))
    with access.open(write=not only_preview) as workspace:
        seen = workspace.withdrawals.preview(identity, members=not keep_members)
        if instead is not None and seen.sort != "fact":
            raise click.UsageError(tr("--instead is for facts: only they have a value."))
        if instead is not None:
            workspace.withdrawals.require(seen.id, instead)
        if not as_json:
            terminal.say(terminal.clean(seen.title))
            for sentence, lines in words.paragraphs(seen, most=1_000_000):
                terminal.say()
                terminal.say(sentence)
                for line in lines:
                    terminal.say(f"  {terminal.clean(line)}")
        if only_preview:
            if as_json:
                terminal.emit({"preview": asdict(seen)})
            return failures.DONE
        if not yes:
            click.confirm(tr("Withdraw it? This cannot be taken back."), abort=True, err=True)
        with progress.work(tr("Withdrawing"), as_json=as_json) as work:
            came = workspace.withdrawals.withdraw(seen, Reason(reason), note, work.erased, instead)
        searchable = outcomes.make_searchable(workspace, as_json)
        found, trouble = None, ""
        try:
            found = purged.purge_closed(workspace.archive, came)
        except ArchiveError as error:  # the record is gone by now, and that must be said
            trouble = messages.sentence(error)
    own = purged.sentences(found) if found else ()
    unpurged = tr("Your notebook may still quote what was withdrawn. {why}", why=trouble) if trouble else ""
    if as_json:
        told = {"id": seen.id, "records": came.records, "at": came.at, "reason": came.reason}
        told |= {"recorded": came.recorded} if came.recorded else {}
        told |= {"notebook_error": unpurged} if unpurged else {}
        terminal.emit({**told, "erased": came.erased and searchable, "notebook": own})
    else:
        terminal.say()
        terminal.say(" ".join(words.done(came)))
        for sentence in own:
            terminal.say(terminal.clean(sentence))
        for text in found.own if found else ():
            terminal.say(f"  {terminal.clean(text)}")
        if unpurged:
            terminal.remark(terminal.clean(unpurged))
        if not searchable:
            terminal.remark(outcomes.still_in_index())
    return failures.DONE if came.erased and searchable and not unpurged else failures.LISTED
