"""The BagIt bag (RFC 8493) around a release's files: written over a filled `data` folder, and checked file by file.

What a bag may hold is narrower here than in the standard: plain files with plain names, nothing unlisted, nothing to be
fetched, no links, no journals of databases. `bag-info.txt` also gives the size of each file (`Tamarisk-Size`), so that
a cut-off file is found without reading it.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from archive.connect import translated
from archive.errors import InvalidValue
from archive.signing.errors import NotARelease
from archive.signing.files import MOST_FILES, hashed, is_plain, walk

BAGIT, INFO, MANIFEST, TAGMANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = TAGMANIFEST + ".minisig"
TAGS = (BAGIT, INFO, MANIFEST)
"""The tag files that the tag manifest lists, which is what is signed."""
DATA = "data"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
OXUM, SIZE = "Payload-Oxum", "Tamarisk-Size"
MOST_TAG = 4 << 20  # bytes; a release of 4 TB has a manifest a tenth of that
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
_SIZE = re.compile(r"([0-9]{1,15}) ([^\r\n]+)")
_JOURNAL = re.compile(r".*-(wal|shm|journal)", re.IGNORECASE)
_NOT_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Fault(StrEnum):
    """What is wrong with a file of a bag."""

    MISSING = "missing"
    SIZE = "size"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    UNLISTED = "unlisted"
    FETCH = "fetch"
    LINK = "link"
    JOURNAL = "journal"
    NAME = "name"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the bag as listed: its path in it with `/`, SHA-256 in hex, and bytes; -1 where no size is given."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with one file, or with a file's line in a list."""

    path: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Bag:
    """What a bag says of itself, with what is wrong in how it says so: `info` by label, the listed `files` in order;
    `lists` is false where there is no manifest to list them."""

    info: Mapping[str, str]
    files: tuple[File, ...]
    findings: tuple[Finding, ...]
    lists: bool


Progress = Callable[[str, int, int], None]
"""Hears the file at work, the bytes done and all of them; what it raises ends the work."""


def _silent(path: str, done: int, total: int) -> None:
    pass


def is_bag(folder: Path) -> bool:
    """Whether a folder is meant to be a bag, whole or not."""
    return any(os.path.lexists(folder / name) for name in (BAGIT, TAGMANIFEST, SIGNATURE))


def around(folder: Path) -> Path | None:
    """The bag that a folder is, or is the `data` of; None where there is none."""
    if is_bag(folder):
        return folder
    return folder.parent if is_inside(folder) else None


def is_inside(folder: Path) -> bool:
    """Whether a folder is the `data` of a bag: nothing is ever written there, even where the system would let us."""
    return folder.name == DATA and is_bag(folder.parent)


def write(folder: Path, info: Mapping[str, str], progress: Progress = _silent) -> tuple[File, ...]:
    """Make a folder with a filled `data` a bag; whatever else lies in the folder is left alone, and refused by `check`.

    `info` are the labels and values of bag-info, in their order. Raises InvalidValue (a label or value that cannot
    stand in one line), NotARelease (a file in `data` that no bag of ours may hold), environment faults.
    """
    for label, value in info.items():
        if not _LABEL.fullmatch(label) or label in (OXUM, SIZE):
            raise InvalidValue(field="bag-info", value=label, why="no label")
        if value != value.strip() or not value or _NOT_ONE_LINE.search(value):
            raise InvalidValue(field=label, value=value, why="one line of text only")
    present = sorted(walk(folder, DATA))
    for path, size in present:
        fault = _path_fault(path) if size >= 0 else Fault.LINK
        if fault is not None:
            raise NotARelease(path=str(folder / path), why=fault.value)
    if not present or _clashes(path for path, _ in present):
        raise NotARelease(path=str(folder / DATA), why="no files, or two names that differ in case only")
    total, done, files = sum(size for _, size in present), 0, []
    for path, size in present:
        with translated(folder / path):
            files.append(File(path, hashed(folder / path, partial(_on, progress, path, done, total)), size))
        done += size
    lines = [f"{label}: {value}" for label, value in info.items()]
    lines += [f"{OXUM}: {total}.{len(files)}", *(f"{SIZE}: {file.size} {file.path}" for file in files)]
    _save(folder / BAGIT, DECLARATION)
    _save(folder / INFO, "".join(line + "\n" for line in lines))
    _save(folder / MANIFEST, _listed((file.path, file.sha256) for file in files))
    _save(folder / TAGMANIFEST, _listed((name, hashed(folder / name)) for name in sorted(TAGS)))
    return tuple(files)


def read(folder: Path) -> Bag:
    """What the bag's tag files say, and whether they fit the tag manifest; no file of `data` is looked at.

    Raises NotARelease where the folder is no bag at all, and environment faults.
    """
    if not os.path.lexists(folder / BAGIT) and not os.path.lexists(folder / TAGMANIFEST):
        raise NotARelease(path=str(folder), why="no bagit.txt in it")
    findings: list[Finding] = []
    tags = {name: _tag(folder, name, findings) for name in (*TAGS, TAGMANIFEST)}
    listed = _entries(tags[TAGMANIFEST], TAGMANIFEST, findings)
    for name in TAGS:
        content = tags[name]
        if content is not None and name in listed and listed[name] != hashlib.sha256(content).hexdigest():
            findings.append(Finding(name, Fault.ALTERED))
    if tags[TAGMANIFEST] is not None and set(listed) != set(TAGS):
        findings.append(Finding(TAGMANIFEST, Fault.MALFORMED))
    if tags[BAGIT] is not None and tags[BAGIT] != DECLARATION.encode():
        findings.append(Finding(BAGIT, Fault.MALFORMED))
    info, sizes = _info(tags[INFO], findings)
    files: list[File] = []
    for path, digest in _entries(tags[MANIFEST], MANIFEST, findings).items():
        fault = _path_fault(path)
        if fault is not None:
            findings.append(Finding(path, fault))
        else:
            files.append(File(path, digest, sizes.pop(path, -1)))
    findings += [Finding(path, Fault.NAME) for path in _clashes(file.path for file in files)]
    oxum = f"{sum(file.size for file in files)}.{len(files)}"
    if (
        tags[INFO] is not None
        and tags[MANIFEST] is not None
        and (sizes or info.get(OXUM) != oxum or any(file.size < 0 for file in files))
    ):
        findings.append(Finding(INFO, Fault.MALFORMED))
    return Bag(info, tuple(files), tuple(dict.fromkeys(findings)), tags[MANIFEST] is not None)


def check(
    folder: Path,
    bag: Bag | None = None,
    *,
    contents: Callable[[str], bool] = lambda path: True,
    progress: Progress = _silent,
) -> tuple[Finding, ...]:
    """Everything that is wrong with a bag, each file at most once, by their paths; empty where it is whole.

    Presence, kind and size of every file are looked at, and the bytes of those whose path `contents` is true for.
    Raises NotARelease (no bag), environment faults, and what `progress` raises.
    """
    bag = read(folder) if bag is None else bag
    wrong = {finding.path: finding for finding in reversed(bag.findings)}
    present = dict(walk(folder))
    listed = {file.path for file in bag.files}
    for path, size in present.items():
        if size < 0:
            wrong[path] = Finding(path, Fault.LINK)
        elif path == "fetch.txt":
            wrong[path] = Finding(path, Fault.FETCH)
        elif _JOURNAL.fullmatch(path):
            wrong[path] = Finding(path, Fault.JOURNAL)
        elif path.startswith(DATA + "/") and not bag.lists:
            continue
        elif path not in listed and path not in (*TAGS, TAGMANIFEST, SIGNATURE):
            wrong[path] = Finding(path, Fault.UNLISTED)
    for file in bag.files:
        if file.path not in present:
            wrong[file.path] = Finding(file.path, Fault.MISSING)
        elif file.size >= 0 and present[file.path] != file.size:
            wrong.setdefault(file.path, Finding(file.path, Fault.SIZE))
    read_out = [file for file in bag.files if file.path not in wrong and contents(file.path)]
    done, total = 0, sum(present[file.path] for file in read_out)
    for file in read_out:
        try:
            if hashed(folder / file.path, partial(_on, progress, file.path, done, total)) != file.sha256:
                wrong[file.path] = Finding(file.path, Fault.ALTERED)
        except OSError:
            wrong[file.path] = Finding(file.path, Fault.UNREADABLE)
        done += present[file.path]
    return tuple(wrong[path] for path in sorted(wrong))


def _on(progress: Progress, path: str, before: int, total: int, more: int) -> None:
    progress(path, before + more, total)


def _path_fault(path: str) -> Fault | None:
    """Why a path cannot be that of a file of `data`, by its looks."""
    if _JOURNAL.fullmatch(path):
        return Fault.JOURNAL
    return None if path.startswith(DATA + "/") and is_plain(path) else Fault.NAME


def _clashes(paths: Iterable[str]) -> list[str]:
    """The paths that an earlier one takes the place of where capitals do not count."""
    first: dict[str, str] = {}
    return [path for path in paths if first.setdefault(path.casefold(), path) != path]


def _tag(folder: Path, name: str, findings: list[Finding]) -> bytes | None:
    """The content of a tag file; where it cannot be had a finding is added that says why."""
    path, fault = folder / name, None
    try:
        kind = os.lstat(path)
        if not stat.S_ISREG(kind.st_mode):
            fault = Fault.LINK
        elif kind.st_size > MOST_TAG:
            fault = Fault.MALFORMED
        else:
            with path.open("rb") as file:
                return file.read(MOST_TAG)
    except FileNotFoundError:
        fault = Fault.MISSING
    except OSError:
        fault = Fault.UNREADABLE
    findings.append(Finding(name, fault))
    return None


def _lines(content: bytes | None, name: str, findings: list[Finding]) -> list[str]:
    try:
        lines = (content or b"").decode("utf-8").split("\n")
    except UnicodeDecodeError:
        lines = ["not text"]
    if content is not None and (lines.pop() or len(lines) > 2 * MOST_FILES):  # the last one is not ended
        findings.append(Finding(name, Fault.MALFORMED))
        return []
    return lines if content is not None else []


def _entries(content: bytes | None, name: str, findings: list[Finding]) -> dict[str, str]:
    """The SHA-256 of each path in a manifest."""
    found: dict[str, str] = {}
    for line in _lines(content, name, findings):
        read = _LINE.fullmatch(line)
        if read is None or read[2] in found:
            findings.append(Finding(name, Fault.MALFORMED))
        else:
            found[read[2]] = read[1]
    return found


def _info(content: bytes | None, findings: list[Finding]) -> tuple[dict[str, str], dict[str, int]]:
    """The labels of bag-info, and the size of each path."""
    info: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for line in _lines(content, INFO, findings):
        label, colon, value = line.partition(": ")
        size = _SIZE.fullmatch(value) if label == SIZE else None
        if size is not None and size[2] not in sizes:
            sizes[size[2]] = int(size[1])
        elif colon and label != SIZE and _LABEL.fullmatch(label) and label not in info:
            info[label] = value
        else:
            findings.append(Finding(INFO, Fault.MALFORMED))
    return info, sizes


def _listed(entries: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{digest}  {path}\n" for path, digest in entries)


def _save(path: Path, content: str) -> None:
    with translated(path), path.open("wb") as file:
        file.write(content.encode())
        file.flush()
        os.fsync(file.fileno())
