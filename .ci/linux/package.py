"""Makes of the sources everything that is handed out for Linux: program folder, packages, portable archives, lists.

Usage: .venv/bin/python .ci/linux/package.py [RELEASE]   (called by `make package`; RELEASE is a folder to bundle)
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE.parent / "notices")]

import bill  # noqa: E402
import deb  # noqa: E402
import interpreter  # noqa: E402
import origins  # noqa: E402
import portable  # noqa: E402
import runpath  # noqa: E402
import text  # noqa: E402

FILES = HERE / "files"
DIST = ROOT / "dist"
STAGE = ROOT / "build" / "stage"
PROGRAM = DIST / "tamarisk"
INSIDE = Path("_internal")
EDITOR = INSIDE / "editor"
KEPT = ("bench", "windows", "windows.work")  # what benchmarks made in long minutes, and the package for Windows
ICONS = (16, 24, 32, 48, 64, 128, 256)
READING = """search and read an encrypted archive without a network
Tamarisk is an archive browser for human-rights casework: a folder of source
documents and case records, encrypted, searched in any script, read at the
passage. It makes no network connection.

This is the reading edition: search, read, take notes, follow cases, verify
and update. Importing files needs the package tamarisk-editor beside it."""
IMPORTING = """importers for the Tamarisk archive browser
What Tamarisk needs to import: readers of office files, mail, web pages and
packed files, and of SKOS vocabularies. Adds to the package tamarisk, which
must be of the same version."""


def main(release: Path | None) -> None:
    """Build everything into dist/ and say what it weighs."""
    require_machine()
    if release:
        require_release(release)  # before anything is built
    os.umask(0o022)
    moment = _moment()
    version = _version()
    _program(moment)
    shutil.rmtree(STAGE, ignore_errors=True)
    _lists(version, moment)
    editor = _editor_apart()
    makers = {**_packages(version, moment, editor, release), **_portables(version, moment, editor, release)}
    with ThreadPoolExecutor() as several:  # compressing, which takes most of the time, leaves other threads alone
        for made in [several.submit(make) for make in makers.values()]:
            made.result()
    shutil.rmtree(STAGE)
    for path in sorted(makers):
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.relative_to(ROOT)}")


def require_machine() -> None:
    """End with a sentence unless this machine is of the kind that the packages are named for."""
    kind = (platform.system(), platform.machine())
    if kind != ("Linux", "x86_64"):
        raise SystemExit(
            f"packages are made on Linux for x86_64 alone, and this is {' '.join(kind)}: nothing was built"
        )


def require_release(folder: Path) -> None:
    """End with a sentence unless the folder is a release, whole and byte by byte as it was signed by whomever."""
    from archive.errors import ArchiveError
    from archive.signing import bag
    from archive.signing.receipt import State, receipt
    from desktop import messages

    if not bag.is_bag(folder):
        raise SystemExit(f"{folder} is not a release: nothing was built")
    try:
        found = receipt(folder, (), full=True)
    except ArchiveError as error:
        raise SystemExit(f"{messages.sentence(error)} Nothing was built.") from error
    if found.state is not State.UNKNOWN_KEY:  # no key is known here
        faults = "".join(f"; {fault.path}: {fault.fault}" for fault in found.findings)
        raise SystemExit(f"the release {folder} is not as it was signed ({found.state}{faults}): nothing was built")
    if found.updated_from:  # its list of files was made where the update was, and nobody signed that
        raise SystemExit(
            f"{folder} was put together by an update: give the release as it was published; nothing was built"
        )


def _moment() -> int:
    """The time that everything bears, in seconds since 1970: as given, or that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    if shutil.which("git"):
        asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
        if asked.returncode == 0:
            return int(asked.stdout)
    return int((ROOT / "CHANGELOG.md").stat().st_mtime)  # sources without their history


def _version() -> str:
    import tomllib

    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def clear(folder: Path) -> None:
    """Remove what an earlier build left there, and nothing that others made."""
    for path in folder.glob("*"):
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _program(moment: int) -> None:
    told = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(moment),
        "PYTHONHASHSEED": "0",
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",  # the packages compress better what is not compressed already
    }
    clear(ROOT / "build")
    clear(DIST)
    pyinstaller = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    subprocess.run(pyinstaller, cwd=ROOT, env=told, check=True)
    for path in PROGRAM.rglob("*"):
        if path.is_file() and not path.is_symlink():
            runpath.settle(path)
    traces = [path for path in PROGRAM.rglob("*") if path.is_file() and str(ROOT).encode() in path.read_bytes()]
    if traces:
        raise SystemExit(f"the place where it was built stands in {', '.join(map(str, traces))}")


def _lists(version: str, moment: int) -> None:
    listed = json.loads((ROOT / "build" / "sources.json").read_text("utf-8"))
    components = origins.components(listed, interpreter.here())
    (DIST / "THIRD-PARTY.txt").write_text(text.write(components), "utf-8")
    (DIST / f"tamarisk-{version}.cdx.json").write_text(bill.write(components, version, moment), "utf-8")


def _editor_apart() -> Path:
    """The importers' libraries, copied to where both editions are staged from."""
    apart = STAGE / "editor"
    _copy(PROGRAM / EDITOR, apart)
    return apart


def _packages(version: str, moment: int, editor: Path, release: Path | None) -> dict[Path, Callable[[], None]]:
    """Stages both packages; for each what writes it."""
    tree = STAGE / "deb"
    home = tree / "usr/lib/tamarisk"
    _copy(PROGRAM, home, without=EDITOR)
    private = home / INSIDE
    for name in ("tamarisk", "tamarisk-window"):
        _link(tree / "usr/bin" / name, f"../lib/tamarisk/{name}")
    shared = tree / "usr/share"
    facts = {"@VERSION@": version, "@DATE@": time.strftime("%Y-%m-%d", time.gmtime(moment))}
    _fill(FILES / "tamarisk.desktop", shared / "applications/tamarisk.desktop", facts)
    _fill(FILES / "tamarisk-mime.xml", shared / "mime/packages/tamarisk.xml", facts)
    _fill(FILES / "org.tamarisk.Tamarisk.metainfo.xml", shared / "metainfo/org.tamarisk.Tamarisk.metainfo.xml", facts)
    _gzip(_filled(FILES / "tamarisk.1", facts), shared / "man/man1/tamarisk.1.gz")
    _link(shared / "man/man1/tamarisk-window.1.gz", "tamarisk.1.gz")
    _icons(shared / "icons/hicolor")
    _documents(shared / "doc/tamarisk", version)
    if release:
        _copy(release, shared / "tamarisk/releases" / release.resolve().name)
    needed = deb.depends(tree, private)
    reading = deb.Package("tamarisk", version, f"{needed}, xkb-data", READING, "hicolor-icon-theme, shared-mime-info")
    first = DIST / f"tamarisk_{version}_amd64.deb"
    scripts = STAGE / "scripts"
    scripts.mkdir()
    _copy_file(FILES / "postrm", scripts / "postrm")
    second_tree = STAGE / "deb-editor"
    _copy(editor, second_tree / "usr/lib/tamarisk" / EDITOR)
    _documents(second_tree / "usr/share/doc/tamarisk-editor", version)
    also = deb.depends(second_tree, private)
    second = DIST / f"tamarisk-editor_{version}_amd64.deb"
    adding = deb.Package("tamarisk-editor", version, f"tamarisk (= {version}), {also}", IMPORTING)
    return {
        first: partial(deb.build, reading, tree, scripts, first, moment),
        second: partial(deb.build, adding, second_tree, None, second, moment),
    }


def _portables(version: str, moment: int, editor: Path, release: Path | None) -> dict[Path, Callable[[], None]]:
    """Stages both portable archives; for each what writes it."""
    tree = STAGE / "portable"
    _copy(PROGRAM, tree, without=EDITOR)
    facts = {"@VERSION@": version, "@GLIBC@": deb.glibc(tree)}
    _fill(FILES / "README.portable", tree / "README", facts)
    for name in ("THIRD-PARTY.txt", f"tamarisk-{version}.cdx.json"):
        _copy_file(DIST / name, tree / name)
    _copy_file(ROOT / "LICENSE", tree / "LICENSE")
    _icons(tree / "icons")
    if release:
        _copy(release, tree / "releases" / release.resolve().name)
    deb.settle(tree, moment)
    first = DIST / f"tamarisk-{version}-linux-x86_64.tar.gz"
    second_tree = STAGE / "portable-editor"
    _copy(editor, second_tree / EDITOR)
    deb.settle(second_tree, moment)
    second = DIST / f"tamarisk-editor-{version}-linux-x86_64.tar.gz"
    return {
        first: partial(portable.pack, tree, f"tamarisk-{version}", first, moment),
        second: partial(portable.pack, second_tree, f"tamarisk-{version}", second, moment),
    }


def _documents(folder: Path, version: str) -> None:
    folder.mkdir(parents=True)
    head = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Tamarisk\n\n"
    licence = (ROOT / "LICENSE").read_text("utf-8").split("\n\n", 1)
    body = "\n".join(f" {line}" if line else " ." for line in licence[1].rstrip().split("\n"))
    owner = licence[1].split("\n")[0]
    own = f"Files: *\nCopyright: {owner.removeprefix('Copyright (c) ')}\nLicense: Expat\n{body}\n"
    note = (
        "Comment: What others have made and this package contains is listed in THIRD-PARTY.txt.gz beside this file.\n"
    )
    (folder / "copyright").write_text(f"{head}{own}{note}", "utf-8")
    _gzip((DIST / "THIRD-PARTY.txt").read_bytes(), folder / "THIRD-PARTY.txt.gz")
    _gzip((DIST / f"tamarisk-{version}.cdx.json").read_bytes(), folder / f"tamarisk-{version}.cdx.json.gz")
    _gzip((ROOT / "CHANGELOG.md").read_bytes(), folder / "NEWS.gz")  # a changelog would have to be in Debian's form


def _icons(theme: Path) -> None:
    """The program's picture as it is, and drawn in the usual sizes."""
    drawing = ROOT / "resources" / "icons" / "tamarisk.svg"
    _copy_file(drawing, theme / "scalable/apps/tamarisk.svg")
    for size in ICONS:
        target = theme / f"{size}x{size}/apps/tamarisk.png"
        target.parent.mkdir(parents=True)
        told = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run([sys.executable, HERE / "icon.py", drawing, str(size), target], env=told, check=True)


def _copy(source: Path, target: Path, without: Path | None = None) -> None:
    """Copy a folder with its times and modes, links as links."""
    target.mkdir(parents=True)
    for path in sorted(source.rglob("*")):
        place = path.relative_to(source)
        if without and (place == without or without in place.parents):
            continue
        if path.is_symlink():
            (target / place).symlink_to(os.readlink(path))
        elif path.is_dir():
            (target / place).mkdir()
        else:
            shutil.copy2(path, target / place)


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(path: Path, to: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(to)


def _filled(source: Path, facts: dict[str, str]) -> bytes:
    words = source.read_text("utf-8")
    for name, value in facts.items():
        words = words.replace(name, value)
    return words.encode()


def _fill(source: Path, target: Path, facts: dict[str, str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_filled(source, facts))


def _gzip(content: bytes, target: Path) -> None:
    import gzip

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None)
