"""What is written for people: the README's examples are run as they stand, and other pages name what there is."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from pathlib import Path

import click
import openpyxl
import pyrage
import pytest

from archive import unlocking
from archive.cases.records import Kind
from archive.container import Archive
from archive.release.choice import Choice
from archive.release.publish import Locks, publish
from desktop import sample as sample_archive
from desktop import trusting, updating
from desktop.cli.main import cli, run
from desktop.workspace import Workspace
from tests.e2e.conftest import MAP, Desk

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TYPED = re.compile(r"(?:^ {4}|`)tamarisk ([a-z-]+)((?:[^`\n]|\n(?=\S))*)(?=`|$)", re.MULTILINE)
"""A verb with what follows it: in a line of its own, or within a paragraph, where it may run over the line's end."""


def test_the_examples_work(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    lines = [shlex.split(line) for line in block.splitlines()]
    assert {verb for _, verb, *_ in lines} == set(cli.commands)
    (desk.folder / "reports").symlink_to(sample_archive.SOURCE)
    (desk.folder / "stick").mkdir()
    (desk.folder / "words.txt").write_text("six words drawn at random here\n")
    (desk.folder / "new.txt").write_text("other words, drawn again\n")
    with zipfile.ZipFile(desk.folder / "letters.zip", "w") as packed:
        packed.writestr("letter.txt", "A letter about Thailand.")
    _write_list(desk.folder)
    (desk.folder / "names.txt").write_text("Dong Guangping\n红色通报\n")
    names = ("papers.tamarisk", "reports", "letters.zip", "copy.md", "stick", "list.xlsx", "list.toml")
    names += ("other-desk.json", "cases.csv", "method.ttl", "case.pdf")
    names += ("desk.key", "desk.key.pub")
    names += ("search.pdf", "search.json", "names.txt", "found.csv")
    paths = {name: str(desk.folder / name) for name in names}
    # The numbers of releases are other ones here, so the folders have names that no release would be given.
    first, second = desk.folder / "first.tamarisk", desk.folder / "second.tamarisk"
    paths |= {"papers-0003.tamarisk": str(first), "papers-0004.tamarisk": str(second)}
    key = pyrage.x25519.Identity.generate()  # beside the passphrase, which takes seconds each time
    paths["age1…"] = str(key.to_public())
    (desk.folder / "key.txt").write_text(str(key))
    unlock = ["--identity", str(desk.folder / "key.txt")]
    more = {
        "new": ["--passphrase-file", str(desk.folder / "words.txt"), "--recipient", str(key.to_public())],
        "key new": ["--passphrase-file", str(desk.folder / "words.txt")],
        "passphrase": [
            *("--passphrase-file", str(desk.folder / "words.txt")),
            *("--new-passphrase-file", str(desk.folder / "new.txt")),
        ],
    }
    monkeypatch.setenv("XDG_DATA_HOME", str(desk.home))
    identity = code = ""
    for program, verb, *words in lines:
        assert program == "tamarisk"
        if verb == "selftest":
            continue  # has a test of its own, in a process that is guarded
        if verb == "show" and not identity:
            capsys.readouterr()
            run(["search", paths["papers.tamarisk"], "bookseller", "--where", "kind=document", *unlock, "--json"])
            identity = json.loads(capsys.readouterr().out)["hits"][0]["id"]
            code = _record(Path(paths["papers.tamarisk"]), str(key))
            assert run(["cases", "export", paths["papers.tamarisk"], "--format", "json", *unlock]) == 0
            (desk.folder / "other-desk.json").write_text(capsys.readouterr().out, "utf-8")
        words = [paths.get(word, word).replace("3f2a9c1b", identity).replace("C-7K3F2", code) for word in words]
        added = more.get(" ".join((verb, *words[:1])), more.get(verb, unlock))
        if verb == "key" and words[0] == "trust":
            added = ["--fingerprint", _publish(desk.folder, str(key), first)]  # nobody is asked
        if verb == "diff":
            assert run(["correct", paths["papers.tamarisk"], identity, "--title", "Another title", *unlock]) == 0
            _publish(desk.folder, str(key), second)
        if verb == "changes":  # a release is installed under its number, which is another here
            words[0] = str(updating.in_use(first))
        if verb in ("publish", "diff"):
            added = [*unlock, "--key-passphrase-file", str(desk.folder / "words.txt")]
        if verb in ("dossier", "publish", "update"):
            words.append("--yes")  # nobody is there to be asked
        assert run([verb, *words, *added]) == 0, (verb, words)
        said = capsys.readouterr()
        assert said.out or said.err


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("docs/**/*.md")), README], ids=lambda page: page.stem)
def test_the_verbs_and_options_that_a_page_names_are_there(page: Path) -> None:
    for verb, words in TYPED.findall(page.read_text("utf-8")):
        command: click.Command = cli
        for word in (verb, *words.split()):
            command = command.commands.get(word, command) if isinstance(command, click.Group) else command
        assert command is not cli, verb
        known = {option for each in command.params for option in (*each.opts, *each.secondary_opts, "--help")}
        assert set(re.findall(r"(?<!\S)--[a-z][a-z-]*", words)) <= known, (verb, words)


def test_verbs_are_found_on_pages_as_they_are_written() -> None:
    said = "Then\n\n    tamarisk key new a.key --open\n\nand `tamarisk correct …\n--for-safety`, by `tamarisk`."
    assert TYPED.findall(said) == [("key", " new a.key --open"), ("correct", " …\n--for-safety")]


def _publish(folder: Path, identity: str, to: Path) -> str:
    """Publish the archive in a folder, signed with the key that was made; the digits of that key."""
    secret = trusting.open_secret(folder / "desk.key", "six words drawn at random here")
    path = folder / "papers.tamarisk"
    with Archive(path, unlocking.unlock(path, identities=[identity]), write=True) as archive:
        publish(archive, to, secret, Choice(date="2026-11-28"), Locks(open=True), publisher="Documentation desk")
    return secret.public.fingerprint()


def _record(path: Path, identity: str) -> str:
    """Record the sample's casework on its texts, which the archive holds by now; the code of one of its cases."""
    with Workspace(path, unlocking.unlock(path, identities=[identity]), write=True) as workspace:
        sample_archive.record(workspace)
        workspace.catch_up()
        return workspace.cases.of_kind(Kind.CASE)[0].code


def _write_list(folder: Path) -> None:
    """A table of cases, and how it is to be read."""
    book = openpyxl.Workbook()
    for row in (("Name", "What"), ("Example Person", "teacher"), ("Another Person", "")):
        book.active.append(row)
    book.save(folder / "list.xlsx")
    (folder / "list.toml").write_text(MAP)
