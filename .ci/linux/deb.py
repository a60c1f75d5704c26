"""Makes Debian packages of staged trees: their control files, what they depend on, and the .deb by dpkg-deb."""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAINTAINER = "Tamarisk developers <developers@tamarisk.invalid>"  # the project has no address yet
ELF = b"\x7fELF"
MAGIC, HEAD = b"!<arch>\n", 60  # of an ar archive, and how long the head of each part is
PARTS = {"debian-binary": "", "control.tar": ".xz", "data.tar": ".xz"}  # and what a part is called when it is packed
PIECE = 1 << 20
FILTERS = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]


@dataclass(frozen=True)
class Package:
    """What the control file says; `description` is the synopsis and, after a newline, the rest."""

    name: str
    version: str
    depends: str
    description: str
    recommends: str = ""


def depends(tree: Path, private: Path) -> str:
    """What Debian packages the native code in `tree` needs, with versions, where libraries in `private` are its own."""
    natives = [
        path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink() and _is_native(path)
    ]
    folders = sorted({path.parent for path in [*natives, *private.rglob("*.so*")] if path.parent != tree})
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "debian").mkdir()
        (Path(place) / "debian" / "control").write_text("Source: tamarisk\n\nPackage: tamarisk\nArchitecture: any\n")
        command = [
            "dpkg-shlibdeps",
            "-O",
            "--ignore-missing-info",
            "--warnings=0",
            *(f"-l{folder}" for folder in folders),
        ]
        asked = subprocess.run([*command, *natives], cwd=place, capture_output=True, text=True)
    if asked.returncode:
        raise SystemExit(asked.stderr)
    return ", ".join(sorted(asked.stdout.strip().partition("=")[2].split(", ")))


def build(package: Package, tree: Path, scripts: Path | None, made: Path, moment: int) -> None:
    """Write the package `made` of what is in `tree`; `scripts` is a folder with maintainer scripts."""
    control = tree / "DEBIAN"
    control.mkdir()
    files = [
        path
        for path in sorted(tree.rglob("*"))
        if path.is_file() and not path.is_symlink() and control not in path.parents
    ]
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
        for path in files
    )
    (control / "md5sums").write_text(sums)
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    lines = {
        "Package": package.name,
        "Version": package.version,
        "Architecture": "amd64",
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        "Depends": package.depends,
        "Recommends": package.recommends,
        "Section": "database",
        "Priority": "optional",
        "Description": package.description.strip().replace("\n\n", "\n.\n").replace("\n", "\n "),
    }
    (control / "control").write_text("".join(f"{name}: {value}\n" for name, value in lines.items() if value))
    for script in sorted(scripts.iterdir()) if scripts else ():
        (control / script.name).write_bytes(script.read_bytes())
        (control / script.name).chmod(0o755)
    settle(tree, moment)
    told = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    plain = made.with_suffix(".plain")
    command = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, plain]
    subprocess.run(command, env=told, check=True, stdout=subprocess.DEVNULL)
    pack(plain, made)
    plain.unlink()


def pack(plain: Path, made: Path) -> None:
    """Write `made` of a package whose parts are not compressed, with each as .xz: what dpkg-deb would do, but that the
    jumps in native code are written as places first (the filter x86, which every liblzma undoes), which makes it 4
    percent smaller. It takes the memory of the compressor alone, however large a release is inside.

    Raises ValueError where `plain` is no package of that kind.
    """
    with plain.open("rb") as package, made.open("wb") as packed:
        if package.read(len(MAGIC)) != MAGIC:
            raise ValueError("no ar archive")
        packed.write(MAGIC)
        while head := package.read(HEAD):
            name, size = head[:16].decode().rstrip(), int(head[48:58])
            if name not in PARTS:
                raise ValueError(f"{name} is compressed already, or unknown")
            at = packed.tell()
            packed.write(bytes(HEAD))
            for piece in _compressed(_pieces(package, size)) if PARTS[name] else _pieces(package, size):
                packed.write(piece)
            length = packed.tell() - at - HEAD
            packed.write(b"\n" * (length % 2))
            package.seek(size % 2, os.SEEK_CUR)
            packed.seek(at)
            packed.write(f"{name + PARTS[name]:<16}".encode() + head[16:48] + f"{length:<10}".encode() + head[58:])
            packed.seek(0, os.SEEK_END)


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The next bytes of a file. Raises ValueError where it has fewer."""
    while size:
        piece = file.read(min(size, PIECE))
        if not piece:
            raise ValueError("cut off")
        size -= len(piece)
        yield piece


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    compressor = lzma.LZMACompressor(lzma.FORMAT_XZ, lzma.CHECK_CRC64, filters=FILTERS)
    for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()


def settle(tree: Path, moment: int) -> None:
    """Give everything in the tree one time and plain permissions."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or (os.access(path, os.X_OK) and not _is_data(path)) else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def glibc(tree: Path) -> str:
    """The newest version of the C library that the native code in `tree` asks for, such as `2.34`."""
    newest = (0, 0)
    for path in tree.rglob("*"):
        if path.is_file() and not path.is_symlink() and _is_native(path):
            told = subprocess.run(["objdump", "-T", path], capture_output=True, text=True).stdout
            newest = max([newest, *(tuple(map(int, one)) for one in re.findall(r"GLIBC_(\d+)\.(\d+)", told))])
    return ".".join(map(str, newest))


def _is_native(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == ELF


def _is_data(path: Path) -> bool:
    return ".so" in path.name and path.parent.name != "DEBIAN"
