"""The program folder that `make package` builds: it works by itself and holds nothing that reaches a network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests import tracing

FOLDER = Path(os.environ.get("TAMARISK_FROZEN", Path(__file__).parents[2] / "dist" / "tamarisk"))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no program folder was built")


def tamarisk(*arguments: str | Path, home: Path) -> str:
    """Runs the frozen command line with nothing of this checkout's environment and returns what it prints."""
    done = subprocess.run(
        [FOLDER / "tamarisk", *arguments],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_nothing_of_qt_that_reaches_a_network_is_in_the_folder() -> None:
    names = [path.name for path in FOLDER.rglob("*")]
    assert any("Qt6Widgets" in name for name in names)
    assert not [name for name in names if "Qt6Network" in name or "QtNetwork" in name or "Qt6Qml" in name]


def test_the_frozen_program_imports_and_searches(tmp_path: Path) -> None:
    text = "A red notice is a request to locate a person. \u7ea2\u8272\u901a\u7f09\u4ee4\n"
    (tmp_path / "notice.txt").write_text(text, "utf-8")
    (tmp_path / "page.html").write_text(f"<html><title>Notice</title><p>{text}</p></html>", "utf-8")
    Image.new("L", (8, 8)).save(tmp_path / "picture.png")
    archive = tmp_path / "archive.tamarisk"
    tamarisk("new", archive, "--open", home=tmp_path)
    files = [tmp_path / name for name in ("notice.txt", "page.html", "picture.png")]
    report = json.loads(tamarisk("import", archive, *files, "--json", home=tmp_path))
    assert report["added"] == 3
    assert [entry["reason"] for entry in report["no_text"]] == ["not-recognised-yet"]
    answer = json.loads(tamarisk("search", archive, '"red notice"', "--json", home=tmp_path))
    assert answer["total"] == 2


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_the_frozen_program_makes_local_sockets_only(tmp_path: Path) -> None:
    archive = tmp_path / "archive.tamarisk"
    calls = tracing.trace([str(FOLDER / "tamarisk"), "new", str(archive), "--open"], tmp_path / "log")
    assert tracing.Call("socket", "AF_INET", succeeded=False) in calls
    assert not tracing.foreign(calls)
