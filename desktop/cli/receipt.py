"""The verb `verify` on a release: its receipt, in words or JSON."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from archive.errors import ArchiveError, WrongPassphrase
from desktop import messages
from desktop.cli import failures, progress, terminal
from desktop.cli.session import Access
from desktop.translate import number, size, tr, trn

if TYPE_CHECKING:
    from archive.keys import ArchiveKey
    from archive.signing.receipt import Receipt, Trusted


def verify_release(access: Access, given: tuple[str, ...], *, quick: bool, as_json: bool) -> int:
    """Verify the release at `access.path` and tell of it; the exit status.

    The keys that are trusted come from `given`, else from the reader's notebook, for which the release is unlocked.
    """
    from archive.errors import Cancelled
    from archive.signing.receipt import receipt
    from desktop import trusting, updating

    key = _key(access, wanted=not given)
    trusted = trusting.known(given) or (*(_pinned(access, key) if key else ()), *trusting.shipped())
    with progress.work(tr("Verifying"), as_json=as_json) as work:

        def heard(path: str, done: int, total: int) -> None:
            if work.cancelled():
                raise Cancelled()
            work.read(path, done, total)

        def root() -> str:
            assert key is not None
            return updating.root(access.path, key, work.cancelled, originals=True)

        proving = root if key and not quick else None
        found = receipt(access.path, trusted, full=not quick, progress=heard, root=proving)
    if as_json:
        terminal.emit(as_facts(found))
    else:
        _say(found)
    if found.refused:
        return failures.DAMAGED
    return failures.LISTED if found.state.value in ("unknown-key", "unproven") else failures.DONE


def as_facts(found: Receipt) -> dict[str, Any]:
    """The receipt as it stands in JSON."""
    said = found.statement
    return {
        "state": found.state.value,
        "full": found.full,
        "updated_from": found.updated_from or None,
        "proven": found.proven if found.updated_from else None,
        "publisher": said.publisher if said else None,
        "date": said.date if said else None,
        "number": said.number if said else None,
        "line": said.line if said else None,
        "archive": said.archive if said else None,
        "content_root": said.content_root if said else None,
        "format": said.format if said else None,
        "readable_from": said.readable_from if said else None,
        "slim": said.slim if said else None,
        "counts": dict(said.counts) if said else {},
        "key": {
            "public": str(found.key),
            "fingerprint": found.key.fingerprint(),
            "trusted_as": found.trusted_as or None,
        }
        if found.key
        else None,
        "files": [
            {
                "path": file.path,
                "sha256": file.sha256,
                "size": file.size,
                "read": file.read,
                "fault": file.fault.value if file.fault else None,
            }
            for file in found.files
        ],
        "faults": [{"path": finding.path, "fault": finding.fault.value} for finding in found.findings],
    }


def _key(access: Access, *, wanted: bool) -> ArchiveKey | None:
    """The release's key, for the keys that the reader trusts and for what an update put together; None where nobody can
    be asked for what opens it, or it is not `wanted` and would have to be asked for."""
    from archive import slots, unlocking
    from desktop import trusting

    folder = trusting.inside(access.path)
    inner = replace(access, path=folder)
    asked = bool(access.passphrase_file or access.identity_files)
    try:
        if asked or not slots.is_protected(folder):
            return inner.key()
        if not wanted:
            return None
        if terminal.is_watched(sys.stdin):
            words = click.prompt(
                tr("Passphrase, to look up which keys you trust (Enter to go on without)"),
                hide_input=True,
                err=True,
                default="",
                show_default=False,
            )
            return unlocking.unlock(folder, words) if words else None
    except WrongPassphrase:
        raise
    except ArchiveError as error:  # a release that is damaged may not open, and is to be told of all the same
        _say_untold(error)
        return None
    terminal.remark(
        tr("Without --key or --passphrase-file nobody can tell whether you trust the key that signed this release.")
    )
    return None


def _pinned(access: Access, key: ArchiveKey) -> tuple[Trusted, ...]:
    """The keys in the reader's notebook; none where that does not open."""
    from desktop import trusting

    try:
        return trusting.trusted(access.path, key)
    except ArchiveError as error:
        _say_untold(error)
        return ()


def _say_untold(error: ArchiveError) -> None:
    terminal.remark(tr("The keys you trust could not be looked up. {why}", why=_one_line(messages.sentence(error))))


def _say(found: Receipt) -> None:
    from desktop.release import words

    said = found.statement
    if said is not None:
        lines = [
            (tr("Publisher"), said.publisher),
            (tr("Release"), tr("number {n} of {line}", n=number(said.number), line=said.line)),
            (tr("Date"), said.date),
            (tr("Holds"), words.counts(said) + (tr(", without the originals") if said.slim else "")),
            (tr("Content root"), said.content_root),
        ]
        for label, value in lines:
            terminal.say(_one_line(f"{label}: {value}"))
    if found.key is not None:
        terminal.say(_one_line(tr("Key: {digits}", digits=found.key.fingerprint())))
    terminal.say()
    for file in found.files:
        what = words.fault(file.fault, file.read)
        terminal.say(_one_line(f"  {file.sha256}  {file.path}  {size(max(file.size, 0))}  {what}"))
    terminal.say()
    terminal.say(_one_line(f"{words.state(found.state)}. {words.meaning(found)}"))
    if found.findings:
        terminal.say(trn("1 fault was found:", "{n} faults were found:", len(found.findings)))
        for finding in found.findings:
            terminal.say(_one_line(f"  {finding.path}: {words.fault(finding.fault)}"))
    if words.advice(found):
        terminal.say(words.advice(found))


def _one_line(words: str) -> str:
    return terminal.clean(words)
