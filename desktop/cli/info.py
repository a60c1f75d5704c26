"""The verb `info`: what an archive holds, how it is protected, and what could not be searched."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from desktop import labels, reasons
from desktop.cli import failures, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr, trn

_HELP = tr(
    """Tell what an archive holds and which documents could not be searched, or only in part.

    \b
      tamarisk info papers.tamarisk
      tamarisk info papers.tamarisk --unsearchable
    """
)


@click.command(name="info", help=_HELP, short_help=tr("What it holds, and what could not be searched."))
@archive_argument
@click.option(
    "--unsearchable", "listed", is_flag=True, help=tr("List the documents that could not be searched in full.")
)
@json_option
def info(access: Access, listed: bool, as_json: bool) -> int:
    from archive import slots

    with access.open() as workspace:
        archive = workspace.archive
        counts, unsearchable = workspace.counts(), workspace.unsearchable()
        state = workspace.index.state()
        costs = {slot: slots.passphrase_cost(archive.path, slot) for slot in slots.names(archive.path)}
    facts: dict[str, Any] = {
        "archive": archive.id,
        "path": str(archive.path),
        "protected": archive.protected,
        "writable": archive.writable,
        "passphrases": [{"slot": slot, "cost": cost} for slot, cost in costs.items()],
        "documents": counts.documents,
        "cases": counts.cases,
        "index": asdict(state),
        "unsearchable": [asdict(each) for each in unsearchable],
    }
    if as_json:
        terminal.emit(facts)
        return failures.DONE
    terminal.say(trn("1 document", "{n} documents", counts.documents))
    if counts.cases:
        terminal.say(trn("1 case", "{n} cases", counts.cases))
    terminal.say(tr("Protected") if archive.protected else tr("Not protected: whoever has the folder can read it"))
    for slot, cost in costs.items():
        terminal.say(
            tr(
                "Passphrase “{slot}” takes {n} MB of memory to open (scrypt 2^{cost})",
                slot=slot,
                n=number(2**cost // 1024),
                cost=cost,
            )
        )
    terminal.say(tr("{n} searchable, {behind} still to come", n=number(state.records), behind=number(state.behind)))
    terminal.say(trn("1 could not be searched in full", "{n} could not be searched in full", len(unsearchable)))
    if listed:
        for each in unsearchable:
            words = (
                f"{each.id[:13]} {each.title}: {labels.value('verdict', each.verdict)}, {reasons.words(each.reason)}"
            )
            terminal.say(f"  {terminal.clean(words)}")
    return failures.DONE
