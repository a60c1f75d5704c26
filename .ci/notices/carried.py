"""Tells what a distribution carries inside its native code: crates, by the list in its wheel, and known libraries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
COMMON = Path("/usr/share/common-licenses")
# Of libraries that no list names: name, licence, where its text is (kept here, in every Debian, among another's).
# (PCRE2, which Qt holds, too, exempts whoever passes on what includes it.)
LIBRARIES = {
    "cryptography": (("OpenSSL", "Apache-2.0", COMMON / "Apache-2.0"),),
    "kreuzberg": (
        ("ONNX Runtime", "MIT", TEXTS / "onnxruntime.txt"),
        ("Tesseract", "Apache-2.0", COMMON / "Apache-2.0"),
        ("Leptonica", "BSD-2-Clause", TEXTS / "leptonica.txt"),
        ("PDFium", "BSD-3-Clause AND Apache-2.0", "pypdfium2/pdfium.txt"),
    ),
    "lxml": (
        ("libxml2", "MIT", "lxml/LICENSES.txt"),
        ("libxslt and libexslt", "MIT", "lxml/LICENSES.txt"),
        ("zlib", "Zlib", "pypdfium2/zlib.txt"),
        ("libiconv", "LGPL-2.1-or-later", COMMON / "LGPL-2.1"),
    ),
    "opencc": (
        ("marisa-trie", "BSD-2-Clause OR LGPL-2.1-or-later", TEXTS / "marisa.txt"),
        ("Darts-clone", "BSD-2-Clause", TEXTS / "darts-clone.txt"),
        ("RapidJSON", "MIT", TEXTS / "rapidjson.txt"),
    ),
    "pyside6-essentials": (
        ("ICU", "Unicode-3.0", "pypdfium2/icu.txt"),
        ("HarfBuzz", "MIT-Modern-Variant", "pypdfium2/harfbuzz.txt"),
        ("FreeType", "FTL", "pypdfium2/freetype.txt"),
        ("libpng", "libpng-2.0", "pypdfium2/libpng.txt"),
    ),
    "pyyaml": (("LibYAML", "MIT", TEXTS / "libyaml.txt"),),
    "rapidfuzz": (("Taskflow", "MIT", TEXTS / "taskflow.txt"),),
    "sqlcipher3": (
        ("SQLCipher", "BSD-3-Clause", TEXTS / "sqlcipher.txt"),
        ("OpenSSL", "Apache-2.0", COMMON / "Apache-2.0"),
    ),
    "uharfbuzz": (("HarfBuzz", "MIT-Modern-Variant", "pypdfium2/harfbuzz.txt"),),
}
STANDARD = ("Apache-2.0", "CC0-1.0", "MPL-2.0")  # licences that crates name, and whose text is the same for everybody


@dataclass(frozen=True, order=True)
class Carried:
    """One work inside a distribution's native code; where only the distribution knows the version, that is empty."""

    name: str
    version: str
    licence: str


def inside(name: str, of: metadata.Distribution) -> tuple[list[Carried], dict[str, str]]:
    """What the distribution of that plain name carries, and the texts for it by the names they are shown under."""
    crates = sorted(_crates(of))
    texts = {f"{one} (crates)": read(COMMON / one) for one in STANDARD if any(one in crate.licence for crate in crates)}
    libraries = []
    for library, licence, source in LIBRARIES.get(name, ()):
        libraries.append(Carried(library, "", licence))
        texts[f"{library}: {Path(source).name}"] = read(_found(source) if isinstance(source, str) else source)
    return [*libraries, *crates], texts


def read(path: Path) -> str:
    """A licence's text with the ends of lines that all have."""
    return path.read_text("utf-8", "replace").replace("\r\n", "\n").strip() + "\n"


def _crates(of: metadata.Distribution) -> set[Carried]:
    """The crates of Rust that the lists in the wheel name (PEP 770)."""
    found = set()
    for file in of.files or ():
        if "sboms" in file.parts and file.name.endswith(".json"):
            told = json.loads(Path(str(of.locate_file(file))).read_text("utf-8"))
            for one in told.get("components", ()):
                if str(one.get("purl", "")).startswith("pkg:cargo/"):
                    found.add(Carried(one["name"], one["version"], _licence(one.get("licenses", ()))))
    return found


def _licence(told: list[dict[str, dict[str, str] | str]]) -> str:
    names = [one.get("expression") or one["license"].get("id") or one["license"].get("name") for one in told]  # type: ignore[union-attr]
    return " ".join(" AND ".join(map(str, names)).split()) or "see its source"


def _found(source: str) -> Path:
    """A licence in another distribution's: `DISTRIBUTION/FILE`."""
    of, _, wanted = source.partition("/")
    distribution = metadata.distribution(of)
    (file,) = (file for file in distribution.files or () if file.name == wanted and "licenses" in file.parts)
    return Path(str(distribution.locate_file(file)))
