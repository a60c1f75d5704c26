"""The reading edition: everything but importing works without the libraries that only importing needs."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from archive import importers
from archive.cases.exchange import skos
from archive.errors import EditorNeeded
from archive.importers import LIBRARIES
from desktop import messages

ROOT = Path(__file__).parents[2]
BLOCKING = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(LIBRARIES)!r}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Absent())
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in {sorted(LIBRARIES)!r} else real(name, package)
"""
# What reads files that only the editor edition imports, and so may ask for its libraries at once.
IMPORTING = {"archive.reading.seven_zip"}
# What makes files of resources/ anew, in a checkout.
MAKERS = {"resources.outlines.convert", "resources.places.__main__", "resources.readings.__main__"}


def without_editor(script: str, *arguments: str | Path, home: Path) -> str:
    """What a program prints that runs with the editor edition's libraries out of reach."""
    done = subprocess.run(
        [sys.executable, "-c", BLOCKING + textwrap.dedent(script), *map(str, arguments)],
        cwd=ROOT,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.stdout + done.stderr


def test_every_module_but_the_importers_loads_without_the_libraries_of_the_editor_edition(tmp_path: Path) -> None:
    script = """
    import importlib, pkgutil
    for name in ("archive", "desktop", "index", "resources"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, name + "."):
            if module.name == "desktop.__main__" or module.name in sys.argv[1:]:
                continue
            try:
                importlib.import_module(module.name)
            except ImportError as error:
                print(module.name, error.name)
    print("looked")
    """
    said = without_editor(script, *MAKERS, home=tmp_path).splitlines()
    assert said[-1] == "looked", said
    assert {line.split()[0] for line in said[:-1]} == IMPORTING


def test_the_self_test_and_the_sample_need_no_library_of_the_editor_edition(tmp_path: Path) -> None:
    script = """
    from desktop import guard
    guard.apply()
    from pathlib import Path
    from desktop import sample
    from desktop.cli.main import run
    print(sample.build(Path(sys.argv[1])).name, run(["selftest"]))
    """
    said = without_editor(script, tmp_path / "sample.tamarisk", home=tmp_path)
    assert "Everything works." in said
    assert "sample.tamarisk 0" in said


@pytest.mark.parametrize("verb", [["import", "{archive}", "{file}"], ["reread", "{archive}"]])
def test_the_command_line_says_that_importing_needs_the_editor_edition(tmp_path: Path, verb: list[str]) -> None:
    (tmp_path / "notice.txt").write_text("A red notice.\n", "utf-8")
    script = """
    from desktop.cli.main import run
    archive, file, *verb = sys.argv[1:]
    assert run(["new", archive, "--open"]) == 0
    print("status", run([each.format(archive=archive, file=file) for each in verb]))
    """
    said = without_editor(script, tmp_path / "a.tamarisk", tmp_path / "notice.txt", *verb, home=tmp_path)
    assert messages.sentence(EditorNeeded()) in said
    assert "status 2" in said


def test_a_vocabulary_leaves_as_skos_only_from_the_editor_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importers, "present", lambda: False)
    with pytest.raises(EditorNeeded):
        skos.write("method", [])
    with pytest.raises(EditorNeeded):
        skos.read("method", "")


def test_the_checkout_has_every_library_of_the_editor_edition() -> None:
    assert importers.present()
    importers.require()
