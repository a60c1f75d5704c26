"""The verb `selftest`: runs the main job on texts of our own and tells whether this installation does it."""

from __future__ import annotations

import contextlib
import secrets
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli import failures, terminal
from desktop.cli.finding import Finding
from desktop.cli.session import json_option, passphrase_file_option, read_passphrase
from desktop.translate import tr

_HELP = tr(
    """Check that this installation works: a protected archive is made in a temporary folder, texts in five scripts are
    imported, searched and verified, and it is removed again. A release that came with the program is held against its
    signature, opened and searched as well. Also checks that nothing can reach a network.

    \b
      tamarisk selftest
      tamarisk selftest --passphrase-file words.txt
    """
)
# Words of the texts in resources/selftest and the file each is in; the second of Han is the traditional spelling.
_WORDS = {
    "tamarisk": "latin.txt",
    "柽柳": "han.txt",
    "檉柳": "han.txt",
    "الشجرة": "arabic.txt",
    "дерева": "cyrillic.txt",
    "རྩ་བ": "tibetan.txt",
}


@click.command(name="selftest", help=_HELP, short_help=tr("Check that this installation works."))
@passphrase_file_option
@json_option
def selftest(passphrase_file: str | None, as_json: bool) -> int:
    findings = []
    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    for finding in _findings(passphrase):
        findings.append(finding)
        if not as_json:
            terminal.say(f"{tr('ok') if finding.ok else tr('FAILED'):<7} {finding.check}: {finding.detail}")
    good = all(finding.ok for finding in findings)
    if as_json:
        terminal.emit({"ok": good, "checks": [asdict(finding) for finding in findings]})
    else:
        terminal.say(tr("Everything works.") if good else tr("This installation does not work as it should."))
    return failures.DONE if good else failures.LISTED


def _findings(passphrase: str | None) -> Iterator[Finding]:
    """Every check in turn; whatever goes wrong on the way is a finding, too, and the last."""
    yield _network()
    try:
        yield from _main_job()
        yield from _releases(passphrase)
    except Exception as error:  # a self-test reports what it meets instead of ending the program
        yield Finding(tr("main job"), False, f"{type(error).__name__}: {error}")


def _releases(passphrase: str | None) -> Iterator[Finding]:
    from desktop import bundled
    from desktop.cli import selftest_release

    for release in bundled.releases():
        yield from selftest_release.findings(release, passphrase)


def _network() -> Finding:
    from desktop import guard

    status = guard.status()
    loaded = [name for name in sys.modules if name.endswith("QtNetwork")]
    return Finding(tr("network"), status is not None and _is_refused() and not loaded, f"guard {status}")


def _is_refused() -> bool:
    import socket

    from desktop.guard import NetworkRefused

    try:
        socket.socket(socket.AF_INET).close()
    except (NetworkRefused, PermissionError):
        return True
    return False


def _main_job() -> Iterator[Finding]:
    import resources
    from archive import container, unlocking
    from archive.intake import run as intake
    from desktop.workspace import Workspace
    from index.answers import Query

    texts = Path(resources.__file__).parent / "selftest"
    with tempfile.TemporaryDirectory(prefix="tamarisk-selftest-") as folder:
        path, passphrase = Path(folder) / "selftest.tamarisk", secrets.token_hex(16)
        container.create(path, passphrase=passphrase)
        with Workspace(path, unlocking.unlock(path, passphrase), write=True) as workspace:
            yield Finding(tr("encryption"), workspace.archive.protected, tr("made and unlocked a protected archive"))
            report = intake.run(workspace.archive, [texts])  # our own texts need no library of the importers
            workspace.catch_up()
            whole = report.added == len(set(_WORDS.values())) and not report.unreadable and not report.no_text
            yield Finding(tr("import"), whole, tr("{n} documents", n=report.added))
            for word, name in _WORDS.items():
                hits = workspace.search(Query(word)).hits
                found = [workspace.documents.details(hit.id).names[0].shown.rpartition("/")[2] for hit in hits]
                yield Finding(tr("search"), found == [name], f"{word}: {', '.join(found)}")
            faults = workspace.verify().faults
            yield Finding(tr("verification"), not faults, tr("{n} faults", n=len(faults)))
        plain = sorted(_plain_files(path, texts))
        yield Finding(tr("no plain text on disk"), not plain, ", ".join(plain) or tr("none found"))


def _plain_files(archive: Path, texts: Path) -> Iterator[str]:
    """The files of the archive in which a stretch of the texts can be read."""
    stretches = [file.read_bytes()[:24] for file in texts.iterdir()]
    for file in archive.rglob("*"):
        with contextlib.suppress(IsADirectoryError, PermissionError):
            content = file.read_bytes()
            if any(stretch in content for stretch in stretches):
                yield file.name
