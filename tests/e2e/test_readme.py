"""The README's examples: every line of its command line is run as it stands."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from pathlib import Path

import pyrage
import pytest

from desktop import sample as sample_archive
from desktop.cli.main import run
from tests.e2e.conftest import Desk

README = Path(__file__).parents[2] / "README.md"


def test_the_examples_work(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    lines = [shlex.split(line) for line in block.splitlines()]
    assert len(lines) > 10
    (desk.folder / "reports").symlink_to(sample_archive.SOURCE)
    (desk.folder / "stick").mkdir()
    (desk.folder / "words.txt").write_text("six words drawn at random here\n")
    (desk.folder / "new.txt").write_text("other words, drawn again\n")
    with zipfile.ZipFile(desk.folder / "letters.zip", "w") as packed:
        packed.writestr("letter.txt", "A letter about Thailand.")
    paths = {
        name: str(desk.folder / name) for name in ("papers.tamarisk", "reports", "letters.zip", "copy.md", "stick")
    }
    key = pyrage.x25519.Identity.generate()  # beside the passphrase, which takes seconds each time
    (desk.folder / "key.txt").write_text(str(key))
    unlock = ["--identity", str(desk.folder / "key.txt")]
    more = {
        "new": ["--passphrase-file", str(desk.folder / "words.txt"), "--recipient", str(key.to_public())],
        "passphrase": [
            *("--passphrase-file", str(desk.folder / "words.txt")),
            *("--new-passphrase-file", str(desk.folder / "new.txt")),
        ],
    }
    identity = ""
    for program, verb, *words in lines:
        assert program == "tamarisk"
        if verb == "selftest":
            continue  # has a test of its own, in a process that is guarded
        if verb == "show" and not identity:
            capsys.readouterr()
            run(["search", paths["papers.tamarisk"], "bookseller", *unlock, "--json"])
            identity = json.loads(capsys.readouterr().out)["hits"][0]["id"]
        words = [paths.get(word, word).replace("3f2a9c1b", identity) for word in words]
        assert run([verb, *words, *more.get(verb, unlock)]) == 0, (verb, words)
        said = capsys.readouterr()
        assert said.out or said.err
