"""What the program folder is made of is listed in full: licences and bill of materials, file by file."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from tests.e2e.test_frozen import FOLDER

DIST = FOLDER.parent
INSIDE = FOLDER / "_internal"
OURS = ("archive", "desktop", "index", "resources")

pytestmark = pytest.mark.skipif(not (DIST / "THIRD-PARTY.txt").is_file(), reason="no packages were built")


@pytest.fixture(scope="module")
def components() -> list[dict[str, object]]:
    (bill,) = DIST.glob("tamarisk-*.cdx.json")
    told = json.loads(bill.read_text("utf-8"))
    assert told["specVersion"] == "1.6"
    found: list[dict[str, object]] = told["components"]
    return found


def listed(components: list[dict[str, object]], name: str) -> set[str]:
    """The values of one property over all components: files, or modules in the archive of modules."""
    properties = (each for one in components for each in one.get("properties", []))  # type: ignore[attr-defined]
    return {each["value"] for each in properties if each["name"] == f"tamarisk:{name}"}


def test_every_file_of_others_is_in_the_bill_of_materials(components: list[dict[str, object]]) -> None:
    files = listed(components, "file")
    there = {str(path.relative_to(INSIDE)) for path in INSIDE.rglob("*") if path.is_file() and not path.is_symlink()}
    others = {name for name in there if name.split("/")[0] not in OURS and not name.startswith("tamarisk-")}
    assert len(others) > 500
    assert not others - files
    fonts = {name for name in there if re.search(r"\.[ot]tf$", name)}
    assert fonts
    assert fonts <= files


def test_every_module_of_others_is_in_the_bill_of_materials(components: list[dict[str, object]]) -> None:
    modules = listed(components, "module") | {name.partition("/")[0] for name in listed(components, "file")}
    archive = CArchiveReader(str(FOLDER / "tamarisk"))
    (name,) = (name for name in archive.toc if name.startswith("PYZ"))
    packed = {module.partition(".")[0] for module in archive.open_embedded_archive(name).toc}
    assert {"numpy", "whoosh", "PIL"} <= packed
    assert not packed - modules - set(OURS) - set(sys.stdlib_module_names)


def test_every_component_has_its_licence_in_the_list(components: list[dict[str, object]]) -> None:
    text = (DIST / "THIRD-PARTY.txt").read_text("utf-8")
    assert f"{len(components)} works:" in text
    for one in components:
        assert one["licenses"], one["name"]
        part = text.partition(f"\n{'=' * 100}\n{one['name']} {one['version']}\n")[2].partition("=" * 100)[0]
        assert "--- " in part, f"{one['name']} has no licence text"
    for word in ("GNU LESSER GENERAL PUBLIC LICENSE", "SIL OPEN FONT LICENSE", "PYTHON SOFTWARE FOUNDATION LICENSE"):
        assert word in text


def test_the_bill_names_what_the_program_cannot_do_without(components: list[dict[str, object]]) -> None:
    names = {str(one["name"]).lower() for one in components}
    assert {"cpython", "numpy", "pyside6_essentials", "shiboken6", "sqlcipher3", "noto fonts", "geonames"} <= names
    assert "tamarisk" not in names


def test_nothing_in_the_folder_tells_where_it_was_built() -> None:
    here = str(Path(__file__).parents[2]).encode()
    assert not [path for path in FOLDER.rglob("*") if path.is_file() and here in path.read_bytes()]


@pytest.mark.skipif(sys.platform != "linux", reason="ELF files")
def test_libraries_are_looked_for_beside_the_program_alone() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / ".ci" / "linux"))
    try:
        runpath = importlib.import_module("runpath")
    finally:
        sys.path.pop(0)
    paths = []
    for file in FOLDER.rglob("*"):
        if file.is_file() and not file.is_symlink() and (content := file.read_bytes()).startswith(runpath.ELF64):
            paths += [content[start:end].decode() for start, end in runpath._paths(bytearray(content))]
    assert "$ORIGIN" in paths
    assert not [path for path in paths if not all(one.startswith("$ORIGIN") for one in path.split(":"))]
