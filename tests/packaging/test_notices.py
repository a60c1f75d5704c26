"""The lists of licences: nothing of others lies among our own files unlisted, and what native code holds is named."""

from __future__ import annotations

import json
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.packaging import module

ROOT = Path(__file__).parents[2]
OURS = {  # tables of our own, as the SOURCES.md beside them say
    *(f"resources/places/{name}.tsv" for name in ("old-names", "old-places", "ordinary-words")),
    *(f"resources/readings/{name}.txt" for name in ("likely", "surnames", "unlikely")),
}

carried, interpreter, origins, text = map(module, ("carried", "interpreter", "origins", "text"))

pytestmark = pytest.mark.skipif(not carried.COMMON.is_dir(), reason="the licences that every Debian has are not here")


def test_every_table_and_font_is_our_own_or_listed_with_its_terms() -> None:
    listed = {file for one in origins._data(ROOT) for file in one.files}
    there = {
        str(path.relative_to(ROOT))
        for folder in ("fonts", "outlines", "places", "readings")
        for path in (ROOT / "resources" / folder).iterdir()
        if path.is_file() and path.suffix not in (".py", ".md") and path.name not in ("README", "OFL.txt")
    }
    assert there - listed == OURS


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("countryinfo", "Permission is hereby granted"),
        ("GeoNames", "https://creativecommons.org/licenses/by/4.0/"),
        ("Hunspell dictionaries", "Mozilla Public License Version 2.0"),
        ("pypinyin and cantonese-romanisation", "Permission is hereby granted"),
        ("Unicode CLDR", "UNICODE LICENSE V3"),
    ],
)
def test_terms_are_there_in_full_and_not_by_name_alone(name: str, words: str) -> None:
    (one,) = (one for one in origins._data(ROOT) if one.name == name)
    assert words in " ".join("\n".join(one.texts.values()).split())


def test_a_licence_is_found_however_deep_in_its_distribution_it_lies() -> None:
    texts = origins._texts(metadata.distribution("babel"))
    assert any(found.startswith("UNICODE LICENSE V3") for found in texts.values())


@pytest.mark.skipif(not shutil.which("dpkg"), reason="no system of Debian's kind")
def test_what_lies_beside_the_python_of_a_system_is_not_taken_for_a_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's own Python has /usr for its home, where every library lies."""
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.chdir(ROOT)
    found = origins.components({"one": "/usr/bin/dpkg", "json": json.__file__}, interpreter.here())
    assert {one.kind: one.name for one in found if set(one.files) & {"one", "json"}} == {
        "debian": "dpkg",
        "cpython": "CPython",
    }


def test_crates_are_taken_from_the_list_in_the_wheel(tmp_path: Path) -> None:
    crates = [
        {
            "name": "age",
            "version": "0.11.1",
            "purl": "pkg:cargo/age@0.11.1",
            "licenses": [{"expression": "MIT  OR MPL-2.0"}],
        },
        {"name": "none", "version": "1", "purl": "pkg:cargo/none@1"},
        {"name": "gcc", "version": "13", "purl": "pkg:rpm/gcc@13"},
    ]
    info = tmp_path / "x-1.dist-info"
    (info / "sboms").mkdir(parents=True)
    (info / "sboms/x.cyclonedx.json").write_text(json.dumps({"components": crates}))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: x\nVersion: 1\n")
    (info / "RECORD").write_text("x-1.dist-info/METADATA,,\nx-1.dist-info/sboms/x.cyclonedx.json,,\n")
    found, texts = carried.inside("x", metadata.PathDistribution(info))
    assert [(one.name, one.version, one.licence) for one in found] == [
        ("age", "0.11.1", "MIT OR MPL-2.0"),
        ("none", "1", "see its source"),
    ]
    assert [*texts] == ["MPL-2.0 (crates)"]
    component = origins.Component("x", "1", "python", "MIT", "", texts, [], found)
    written = text.write([component])
    assert "put together from, by licence:\n  MIT OR MPL-2.0: age 0.11.1\n  see its source: none 1\n" in written


def test_every_library_that_is_known_to_be_inside_has_its_text() -> None:
    for name, libraries in carried.LIBRARIES.items():
        found, texts = carried.inside(name, metadata.distribution(name))
        assert [(one.name, one.licence) for one in found if not one.version] == [each[:2] for each in libraries]
        assert len({key for key in texts if not key.endswith("(crates)")}) == len(libraries)
        assert all(re.search(r"(?i)licen[sc]e|redistribut|permission", found) for found in texts.values())


@pytest.mark.skipif(sys.platform != "linux", reason="native code as Linux has it")
@pytest.mark.parametrize(
    ("name", "mark", "library"),
    [
        ("lxml", b"xmlReadMemory", "libxml2"),
        ("lxml", b"exsltRegisterAll", "libxslt and libexslt"),
        ("lxml", b"Jean-loup Gailly", "zlib"),
        ("lxml", b"libiconv_open", "libiconv"),
        ("opencc", b"marisa", "marisa-trie"),
        ("opencc", b"Darts", "Darts-clone"),
        ("opencc", b"rapidjson", "RapidJSON"),
        ("pyyaml", b"yaml_parser", "LibYAML"),
        ("rapidfuzz", b"taskflow", "Taskflow"),
        ("sqlcipher3", b"sqlcipher", "SQLCipher"),
    ],
)
def test_what_native_code_shows_to_be_inside_is_listed(name: str, mark: bytes, library: str) -> None:
    distribution = metadata.distribution(name)
    native = [Path(str(distribution.locate_file(file))) for file in distribution.files or () if file.suffix == ".so"]
    assert any(mark in file.read_bytes() for file in native)
    found, _ = carried.inside(name, distribution)
    assert library in {one.name for one in found}
