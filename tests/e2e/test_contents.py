"""What the program folder is made of is listed in full: licences and bill of materials, file by file."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from tests.e2e import test_frozen, test_windows
from tests.packaging import module

OURS = ("archive", "desktop", "index", "resources")
WANTED = {"cpython", "numpy", "pyside6_essentials", "shiboken6", "sqlcipher3", "noto fonts", "geonames", "kreuzberg"}


@pytest.fixture(scope="module", params=["linux", "windows"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The program folder of one system; both lists lie beside it."""
    built = test_frozen.FOLDER if request.param == "linux" else test_windows.BUILT / "tamarisk"
    if not (built.parent / "THIRD-PARTY.txt").is_file():
        pytest.skip(f"no packages for {request.param} were built")
    return built


@pytest.fixture(scope="module")
def components(folder: Path) -> list[dict[str, object]]:
    (bill,) = folder.parent.glob("tamarisk-*.cdx.json")
    told = json.loads(bill.read_text("utf-8"))
    assert told["specVersion"] == "1.6"
    found: list[dict[str, object]] = told["components"]
    return found


def listed(components: list[dict[str, object]], name: str) -> set[str]:
    """The values of one property over all components: files, or modules in the archive of modules."""
    properties = (each for one in components for each in one.get("properties", []))  # type: ignore[attr-defined]
    return {each["value"] for each in properties if each["name"] == f"tamarisk:{name}"}


def test_every_file_of_others_is_in_the_bill_of_materials(folder: Path, components: list[dict[str, object]]) -> None:
    files = listed(components, "file")
    inside = folder / "_internal"
    there = {str(path.relative_to(inside)) for path in inside.rglob("*") if path.is_file() and not path.is_symlink()}
    others = {name for name in there if name.split("/")[0] not in OURS and not name.startswith("tamarisk-")}
    assert len(others) > 500
    assert not others - files
    fonts = {name for name in there if re.search(r"\.[ot]tf$", name)}
    assert fonts
    assert fonts <= files


def test_every_module_of_others_is_in_the_bill_of_materials(folder: Path, components: list[dict[str, object]]) -> None:
    modules = listed(components, "module") | {name.partition("/")[0] for name in listed(components, "file")}
    (program,) = (path for path in (folder / "tamarisk", folder / "tamarisk.exe") if path.is_file())
    archive = CArchiveReader(str(program))
    (name,) = (name for name in archive.toc if name.startswith("PYZ"))
    packed = {module.partition(".")[0] for module in archive.open_embedded_archive(name).toc}
    assert {"numpy", "whoosh", "PIL"} <= packed
    assert not packed - modules - set(OURS) - set(sys.stdlib_module_names)


def test_every_component_has_its_licence_in_the_list(folder: Path, components: list[dict[str, object]]) -> None:
    text = (folder.parent / "THIRD-PARTY.txt").read_text("utf-8")
    assert f"{len(components)} works:" in text
    for one in components:
        assert one["licenses"], one["name"]
        part = text.partition(f"\n{'=' * 100}\n{one['name']} {one['version']}\n")[2].partition("=" * 100)[0]
        assert "--- " in part, f"{one['name']} has no licence text"
    for word in ("GNU LESSER GENERAL PUBLIC LICENSE", "SIL OPEN FONT LICENSE", "PYTHON SOFTWARE FOUNDATION LICENSE"):
        assert word in text


def test_the_bill_names_what_the_program_cannot_do_without(folder: Path, components: list[dict[str, object]]) -> None:
    names = {str(one["name"]).lower() for one in components}
    assert names >= WANTED
    assert "tamarisk" not in names
    assert ("microsoft visual c++ runtime" in names) == (folder.parent.name == "windows")


def test_the_bill_names_what_native_code_was_put_together_from(components: list[dict[str, object]]) -> None:
    carried = [each for one in components for each in one.get("components", [])]  # type: ignore[attr-defined]
    assert {"OpenSSL", "SQLCipher", "ONNX Runtime", "HarfBuzz", "libxml2", "libiconv"} <= {
        one["name"] for one in carried
    }
    assert len([one for one in carried if str(one.get("purl", "")).startswith("pkg:cargo/")]) > 500
    assert all(one["licenses"] for one in carried)


def test_nothing_in_the_folder_tells_where_it_was_built(folder: Path) -> None:
    here = str(Path(__file__).parents[2])
    as_wine_writes_it = here.replace("/", "\\").encode()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert here.encode() not in content, path
            assert as_wine_writes_it not in content, path


def test_libraries_are_looked_for_beside_the_program_alone(folder: Path) -> None:
    runpath = module("runpath")
    if folder != test_frozen.FOLDER:
        pytest.skip("no ELF files")
    paths = []
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and (content := file.read_bytes()).startswith(runpath.ELF64):
            paths += [content[start:end].decode() for start, end in runpath._paths(bytearray(content))]
    assert "$ORIGIN" in paths
    assert not [path for path in paths if not all(one.startswith("$ORIGIN") for one in path.split(":"))]
