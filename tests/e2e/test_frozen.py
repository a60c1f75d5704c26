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
from tests.e2e.conftest import MAP

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


def test_the_frozen_selftest_passes(tmp_path: Path) -> None:
    assert "Everything works." in tamarisk("selftest", home=tmp_path)


def test_the_frozen_program_finds_other_forms_and_spellings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They were kidnapping people. Ilham Tohti spoke in Bangkok.\n", "utf-8")
    (tmp_path / "b.txt").write_text("董广平在曼谷被带走。\n", "utf-8")
    (tmp_path / "c.txt").write_text("Other people spoke of kidnapping in Bangkok, too.\n", "utf-8")
    archive = tmp_path / "archive.tamarisk"
    tamarisk("new", archive, "--open", home=tmp_path)
    tamarisk("import", archive, *(tmp_path / name for name in ("a.txt", "b.txt", "c.txt")), home=tmp_path)
    assert "another form of the word" in tamarisk("search", archive, "kidnapped", home=tmp_path)
    assert "another script" in tamarisk("search", archive, "Ильхам Тохти", home=tmp_path)
    assert "b.txt" in tamarisk("search", archive, "Dong Guangping", home=tmp_path)
    assert "b.txt" in tamarisk("search", archive, "董廣平", home=tmp_path)
    assert "Did you mean: Bangkok" in tamarisk("search", archive, "bankok", home=tmp_path)
    found = json.loads(tamarisk("search", archive, "tohti", "--json", home=tmp_path))["hits"][0]["id"]
    assert "c.txt" in tamarisk("similar", archive, found, home=tmp_path)
    tamarisk("search", archive, "bangkok", "--statement", tmp_path / "statement.pdf", home=tmp_path)
    assert (tmp_path / "statement.pdf").read_bytes().startswith(b"%PDF")


def test_the_frozen_program_keeps_casework(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Name,What\n董广平,teacher\n", "utf-8")
    (tmp_path / "list.toml").write_text(MAP)
    archive = tmp_path / "archive.tamarisk"
    tamarisk("new", archive, "--open", home=tmp_path)
    tamarisk("cases", "import", archive, tmp_path / "list.csv", "--map", tmp_path / "list.toml", home=tmp_path)
    (case,) = json.loads(tamarisk("cases", archive, "--json", home=tmp_path))["cases"]
    for name in ("case.pdf", "case.html"):
        tamarisk("dossier", archive, case["code"], "--out", tmp_path / name, "--yes", home=tmp_path)
    assert (tmp_path / "case.pdf").read_bytes().startswith(b"%PDF")
    assert "董广平" in (tmp_path / "case.html").read_text("utf-8")
    for form in ("csv", "json", "ftm"):
        assert tamarisk("cases", "export", archive, "--format", form, home=tmp_path)
    assert "skos:" in tamarisk("vocabulary", archive, "export", "method", "--format", "skos", home=tmp_path)
    found = json.loads(tamarisk("search", archive, "--where", "kind=document", "--json", home=tmp_path))["hits"][0][
        "id"
    ]
    for form in ("text", "csl", "bibtex", "ris"):
        assert "list.csv" in tamarisk("cite", archive, found, "--format", form, home=tmp_path)
    assert "Everything verifies." in tamarisk("verify", archive, home=tmp_path)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_the_frozen_program_makes_local_sockets_only(tmp_path: Path) -> None:
    archive = tmp_path / "archive.tamarisk"
    calls = tracing.trace([str(FOLDER / "tamarisk"), "new", str(archive), "--open"], tmp_path / "log")
    assert tracing.Call("socket", "AF_INET", succeeded=False) in calls
    assert not tracing.foreign(calls)
