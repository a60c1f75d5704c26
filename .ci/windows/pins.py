"""Prints what of the lock a program for Windows is made of: the libraries it needs to run, and PyInstaller.

Usage: pins.py PYPROJECT LOCK. pip judges the markers of a lock by the machine it runs on, even when it is told to fetch
for another, so they are judged here, and the pins are printed without them, with their hashes.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WINDOWS = {
    **default_environment(),
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
# Not needed for the program, but to build it: PyInstaller, and what its hooks read the versions of libraries with.
BUILDERS = ("pyinstaller", "setuptools")


def pinned(lock: str) -> dict[str, str]:
    """Of each library in the lock that holds on Windows, its pin with the hashes."""
    pins = {}
    for entry in re.findall(r"^\w\S*==(?:.*\\\n)*.*", lock, re.MULTILINE):
        first, _, hashes = entry.partition("\\\n")
        requirement = Requirement(first.strip())
        if requirement.marker is None or requirement.marker.evaluate(WINDOWS):
            pins[canonicalize_name(requirement.name)] = f"{requirement.name}{requirement.specifier} \\\n{hashes}"
    return pins


def reached(names: list[str], pins: dict[str, str]) -> set[str]:
    """The libraries named and whatever they need on Windows. What is for Windows alone is not installed here, so what
    it needs in turn cannot be read; the program would fail to start, and the build's own checks with it.
    """
    seen: set[tuple[str, frozenset[str]]] = set()
    ahead = list(map(Requirement, names))
    while ahead:
        wanted = ahead.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen:
            continue
        if name not in pins:
            raise SystemExit(f"{name} is needed on Windows and is not in the lock")
        seen.add((name, frozenset(wanted.extras)))
        try:
            needed = list(map(Requirement, requires(name) or []))
        except PackageNotFoundError:
            continue
        for requirement in needed:
            holds = [{**WINDOWS, "extra": extra} for extra in ("", *wanted.extras)]
            if requirement.marker is None or any(map(requirement.marker.evaluate, holds)):
                ahead.append(requirement)
    return {name for name, _ in seen}


def main(pyproject: str, lock: str) -> None:
    project = tomllib.loads(Path(pyproject).read_text("utf-8"))["project"]
    pins = pinned(Path(lock).read_text("utf-8"))
    for name in sorted(reached([*project["dependencies"], *BUILDERS], pins)):
        print(pins[name])


if __name__ == "__main__":
    main(*sys.argv[1:])
