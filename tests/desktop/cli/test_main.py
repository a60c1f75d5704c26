"""The group of verbs: their help, what is no verb, and that none of it needs Qt or loads what it does not use."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import pytest

from desktop.cli.main import cli
from tests.desktop.cli.conftest import Tamarisk


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_each_verb_teaches_itself(tamarisk: Tamarisk, verb: str) -> None:
    said = tamarisk(verb, "--help")
    assert said.status == 0
    assert f"tamarisk {verb}" in said.out  # an example
    assert "--json" in said.out


def test_the_group_lists_every_verb_and_status(tamarisk: Tamarisk) -> None:
    said = tamarisk("--help")
    for words in (*cli.commands, "Exit status"):
        assert words in said.out
    assert tamarisk("--version").out.startswith("tamarisk ")


def test_every_option_says_what_it_does() -> None:
    silent, waiting = [], [("tamarisk", cli)]
    while waiting:
        name, command = waiting.pop()
        waiting += [(f"{name} {verb}", sub) for verb, sub in getattr(command, "commands", {}).items()]
        options = [one for one in command.params if isinstance(one, click.Option)]
        silent += [f"{name} {one.opts[0]}" for one in options if not one.help and not one.hidden]
    assert silent == []


def test_what_is_no_verb_is_a_usage_error(tamarisk: Tamarisk) -> None:
    said = tamarisk("serach", "x", "y")
    assert said.status == 2
    assert "serach" in said.err


def test_no_verb_takes_a_passphrase_as_an_argument() -> None:
    for verb in cli.commands.values():
        for parameter in verb.params:
            assert "passphrase" not in (parameter.name or "") or (parameter.name or "").endswith("_file")


def test_the_command_line_runs_without_qt() -> None:
    script = """
import sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(name)
sys.meta_path.insert(0, NoQt())
import desktop.workspace
from desktop.cli.main import run
status = run(["--help"])
import json
heavy = ("kreuzberg", "trafilatura", "babel", "pypdfium2", "opencc", "whoosh")
print(json.dumps([status, [name for name in heavy if name in sys.modules]]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []]


def test_the_selftest_passes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "selftest", "--json"], capture_output=True, text=True, timeout=120
    )
    answer = json.loads(done.stdout)
    assert done.returncode == 0, answer
    assert answer["ok"] is True
    assert [check["check"] for check in answer["checks"]][:2] == ["network", "encryption"]
    assert sum(check["check"] == "search" for check in answer["checks"]) == 6


def test_the_selftest_fails_without_the_guard(tamarisk: Tamarisk) -> None:
    said = tamarisk("selftest", "--json")  # this process was not guarded
    assert said.status == 1
    assert [check["check"] for check in said.json()["checks"] if not check["ok"]] == ["network"]
