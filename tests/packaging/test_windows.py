"""The helpers in .ci/windows: every file is put there and removed again, and the pins are those that hold there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging import CI, module

files, lists, origins, pins = map(module, ("files", "lists", "origins", "pins"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program folder with importers, and names that mean something to makensis."""
    for name in ("tamarisk.exe", "_internal/a$b.dll", "_internal/editor/x/y.pyd", "_internal/editors.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return tmp_path


def test_what_is_put_there_is_removed_innermost_first(folder: Path) -> None:
    put, _, removed = "\n".join(files.lines(folder)).partition("!ifdef REMOVE_FILES\n")
    assert put.count("\nFile ") == removed.count("Delete ") == 4
    assert f'SetOutPath "$INSTDIR\\_internal"\nFile "{folder}/_internal/a$$b.dll"' in put
    assert removed.splitlines() == [
        r'Delete "$INSTDIR\_internal\editor\x\y.pyd"',
        r'RMDir "$INSTDIR\_internal\editor\x"',
        r'RMDir "$INSTDIR\_internal\editor"',
        r'Delete "$INSTDIR\_internal\a$$b.dll"',
        r'Delete "$INSTDIR\_internal\editors.txt"',
        r'RMDir "$INSTDIR\_internal"',
        r'Delete "$INSTDIR\tamarisk.exe"',
        "!endif",
    ]


def test_what_is_left_out_is_neither_put_there_nor_removed(folder: Path) -> None:
    script = "\n".join(files.lines(folder, "_internal/editor"))
    assert "y.pyd" not in script
    assert r"_internal\editor\"" not in script
    assert script.count("editors.txt") == 2


def test_pins_are_judged_by_the_system_they_are_for() -> None:
    hashes = "    --hash=sha256:aa \\\n    --hash=sha256:bb"
    lock = f"# made\nOne==1 \\\n{hashes}\ntwo==2 ; sys_platform == 'linux' \\\n{hashes}\n"
    lock += f"three==3 ; sys_platform == 'win32' \\\n{hashes}\n"
    assert pins.pinned(lock) == {"one": f"One==1 \\\n{hashes}", "three": f"three==3 \\\n{hashes}"}
    with pytest.raises(SystemExit, match="two is needed on Windows and is not in the lock"):
        pins.reached(["two"], pins.pinned(lock))


def test_the_lock_has_all_that_the_program_needs_on_windows(capsys: pytest.CaptureFixture[str]) -> None:
    pins.main(str(CI.parent / "pyproject.toml"), str(CI / "requirements.lock"))
    said = capsys.readouterr().out
    assert "pyside6-essentials==" in said.lower()
    assert "pytest==" not in said
    assert "--hash=sha256:" in said


def test_paths_that_wine_noted_are_those_of_this_machine() -> None:
    assert lists.here(r"Z:\srv\a.py") == "/srv/a.py"
    assert lists.here("resources/a.txt") == "resources/a.txt"
    with pytest.raises(origins.UnknownOrigin, match="Wine's own disk"):
        lists.here(r"C:\windows\a.dll")
