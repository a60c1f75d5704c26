"""The verb `verify`: checks every page, text and original of an archive, or a release against its signature."""

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

    A release is held against its publisher's signature: who signed it, and whether every file is as it was signed.
    Exit status 4 where it was tampered with or is damaged, 1 where the key that signed it is not known here.

    \b
      tamarisk verify papers.tamarisk
      tamarisk verify papers.tamarisk --json
      tamarisk verify papers-0003.tamarisk --key publisher.pub
    """
)


@click.command(name="verify", help=_HELP, short_help=tr("Check every page, text, original and the log."))
@archive_argument
@click.option(
    "--key",
    "given",
    multiple=True,
    metavar="KEY",
    help=tr(
        "Of a release: the publisher's public key, or its file; else those count that you trust. May be given several "
        "times."
    ),
)
@click.option("--quick", is_flag=True, help=tr("Of a release: do not read the originals, only look at their sizes."))
@json_option
def verify(access: Access, given: tuple[str, ...], quick: bool, as_json: bool) -> int:
    from archive import unlocking
    from archive.signing import bag
    from archive.signing.errors import NotARelease

    if not bag.is_bag(access.path):  # else it is the one that is meant, whatever is in use
        access = access.in_use()
    if bag.is_bag(access.path):
        from desktop.cli.receipt import verify_release

        return verify_release(access, given, quick=quick, as_json=as_json)
    if given or quick:
        unlocking.require_archive(access.path)
        raise NotARelease(path=str(access.path), why="no bagit.txt in it")  # whoever takes all lists away hides nothing
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
