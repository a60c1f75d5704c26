"""The verb `verify`: checks every page, text and original of an archive, and its custody log."""

from __future__ import annotations

import time
from dataclasses import asdict

import click

from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr, trn

_HELP = tr(
    """Verify all that an archive holds: every page of its files against its authentication code, every text and
    original against its SHA-256, the passage of every fact, and
    the chain of the custody log. Exit status 4 where something does not verify.

    \b
      tamarisk verify papers.tamarisk
      tamarisk verify papers.tamarisk --json
    """
)


@click.command(name="verify", help=_HELP, short_help=tr("Check every page, text, original and the log."))
@archive_argument
@json_option
def verify(access: Access, as_json: bool) -> int:
    began = time.monotonic()
    with access.open() as workspace, progress.work(tr("Verifying"), as_json=as_json) as work:
        findings = workspace.verify(work.stepped, work.cancelled)
    if as_json:
        terminal.emit({**asdict(findings), "seconds": time.monotonic() - began})
        return failures.DAMAGED if findings.faults else failures.DONE
    terminal.say(
        tr(
            "Looked at {documents} documents, {texts} texts, {originals} originals, {sources} sources of facts and "
            "{custody} custody entries.",
            documents=number(findings.documents),
            texts=number(findings.texts),
            originals=number(findings.originals),
            sources=number(findings.sources),
            custody=number(findings.custody),
        )
    )
    if not findings.faults:
        terminal.say(tr("Everything verifies."))
        return failures.DONE
    terminal.say(trn("1 fault was found:", "{n} faults were found:", len(findings.faults)))
    for fault in findings.faults:
        terminal.say(terminal.clean(f"  {fault.where}: {fault.what} ({fault.code})"))
    terminal.say(tr("Make a copy of the folder as it is, then restore your last backup."))
    return failures.DAMAGED
