"""Nothing leaks: no file of a protected archive, and none that the program writes elsewhere, holds imported text."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pyrage
import pytest

from tests.e2e.conftest import MAP, TAMARISK, Desk

WORD = "Quokkaberry"
SENTENCE = f"{WORD} jam was made in the old kitchen before the rain came."
HAN = "袋鼠莓果酱是在下雨之前在旧厨房里做的"
WRITES = re.compile(r'^\d+ +(?:open|openat|creat|mkdir|mkdirat)\([^"]*"(?P<path>[^"]*)"(?P<rest>.*)\) = \d+')


@pytest.fixture
def given_folder(desk: Desk) -> Path:
    folder = desk.folder / "given"
    folder.mkdir()
    text = f"{SENTENCE}\n{HAN}\n" * 200
    (folder / f"{WORD}.txt").write_text(text, "utf-8")
    (folder / "page.html").write_text(f"<html><title>{WORD} page</title><p>{SENTENCE}</p><p>{HAN}</p></html>", "utf-8")
    message = EmailMessage()
    message["Subject"], message["From"] = f"{WORD} letter", "desk@example.org"
    message.set_content(SENTENCE)
    message.add_attachment(text, filename=f"{WORD}-attached.txt")
    (folder / "letter.eml").write_bytes(bytes(message))
    (folder / "list.csv").write_text(f"Name,What\n{WORD} Person,{SENTENCE}\n{HAN[:6]},{HAN}\n", "utf-8")
    with zipfile.ZipFile(folder / "packed.zip", "w") as packed:
        packed.writestr(f"{WORD}-member.txt", SENTENCE)
    return folder


def leaks(folder: Path) -> list[str]:
    """The files below a folder in whose bytes or name something of the imported text can be read."""
    words = [WORD, WORD.lower(), "old kitchen", HAN[:6], HAN[-6:]]
    marks = [word.encode(encoding) for word in words for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    found = []
    for file in folder.rglob("*"):
        if WORD.lower() in file.name.lower() or (file.is_file() and any(mark in file.read_bytes() for mark in marks)):
            found.append(str(file))
    return found


def test_no_file_holds_the_text(desk: Desk, given_folder: Path) -> None:
    assert leaks(given_folder)  # the search itself works
    identity = pyrage.x25519.Identity.generate()
    (desk.folder / "identity.txt").write_text(str(identity))
    archive = desk.new("--recipient", identity.to_public())  # a passphrase protects the same, and takes seconds
    unlock = ("--identity", desk.folder / "identity.txt")
    (desk.folder / "list.toml").write_text(MAP)
    calls: tuple[tuple[object, ...], ...] = (
        ("import", archive, given_folder),
        ("cases", "import", archive, given_folder / "list.csv", "--map", desk.folder / "list.toml"),
        ("cases", archive, WORD),
        ("cases", "export", archive, "--format", "json"),
        ("search", archive, HAN[:4]),
        ("search", archive, WORD, "--facets"),
    )
    for number, words in enumerate(calls):
        log = desk.folder / f"log-{number}"
        command = [*TAMARISK, *map(str, words), *map(str, unlock)]
        if shutil.which("strace"):
            traced = "trace=open,openat,creat,mkdir,mkdirat"
            command = ["strace", "-f", "-qq", "-y", "-s", "4096", "-o", str(log), "-e", traced, "--", *command]
        done = subprocess.run(command, env=desk.environment, capture_output=True, encoding="utf-8", timeout=300)
        assert done.returncode == 0, done.stderr
        assert leaks(archive) == []
        assert sorted(desk.temporary.rglob("*")) == []
        assert sorted(desk.home.rglob("*")) == []
        if log.exists():
            assert [path for path in written(log) if not path.startswith(str(archive))] == []
    assert f"{WORD} page" in done.stdout
    names = {str(file.relative_to(archive)) for file in archive.rglob("*") if file.is_file()}
    assert names <= {"archive.db", "originals-0001.db", "index.db", "keys/recipients.age", "import.lock"}


def written(log: Path) -> list[str]:
    """The paths that were opened for writing or made, as strace logged them; devices aside."""
    paths = []
    for line in log.read_text("utf-8", "replace").splitlines():
        match = WRITES.match(line)
        writes = match and ("mkdir(" in line or "mkdirat(" in line or re.search(r"O_(WRONLY|RDWR|CREAT|TMPFILE)", line))
        if match and writes and not match["path"].startswith(("/dev/", "/proc/self/")):
            paths.append(match["path"])
    return paths
