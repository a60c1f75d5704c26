"""The names under which documents go out: without containers that stay behind, local paths, or names left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from archive.cases.exchange.selection import MASKED, Secrets, plain
from archive.connect import Database

LOCAL = re.compile(r"(?:[A-Za-z]:[\\/]|[\\/~]|file:)")
"""How a name begins that says where something lay on a computer."""
INSIDE = re.compile(r"(?:(?:[A-Za-z]:\\|/(?:home|Users|root|media|mnt|Volumes|var|tmp)/)[^\s\"'<>|]{2,})")
"""A path within running text that tells of a computer."""
SEPARATED = re.compile(r"[\W_]+")
CAPITAL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
"""Where a word begins within a name that is written without spaces."""
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


class Names:
    """Rewrites names. `left_out` are the UUIDs of documents that stay behind, `called` the names of whoever does."""

    def __init__(self, db: Database, left_out: Iterable[str], called: Iterable[str]) -> None:
        spelt = {plain(name) for name in called if not MASKED.search(name)}
        self._secrets = Secrets((*spelt, *(name.replace(" ", "") for name in spelt)))
        self._words: dict[str, list[frozenset[str]]] = {}
        for name in spelt:
            words = frozenset(SEPARATED.sub(" ", name).split())
            if len(words) > 1:
                self._words.setdefault(max(words, key=lambda word: (len(word), word)), []).append(words)
        self._containers: set[str] = set()
        for identity in left_out:
            self._containers |= {
                shown
                for (shown,) in db.conn.execute(
                    "SELECT n.shown FROM document AS d JOIN document_name AS n ON n.document = d.row WHERE d.uuid = ?",
                    (identity,),
                )
            }

    def shown(self, name: str, sha256: str) -> str:
        """The name of a document with these bytes as it goes out."""
        parts = name.split("/")
        for length in range(len(parts) - 1, 0, -1):
            if "/".join(parts[:length]) in self._containers:
                parts = parts[length:]
                break
        name = relative("/".join(parts))
        if self._tells(name):
            ending = PurePosixPath(name).suffix
            return f"document-{sha256[:12]}{ending if ENDING.fullmatch(ending) else ''}"
        return name

    def _tells(self, name: str) -> bool:
        """Whether a file is called by a name that stays behind, as files are: Lopez-Maria.txt, MariaLopez_2.txt."""
        spaced = SEPARATED.sub(" ", CAPITAL.sub(" ", name))
        if self._secrets.named_in(name, spaced):
            return True
        words = frozenset(plain(spaced).split())
        return any(words >= several for word in words for several in self._words.get(word, ()))

    def listed(self, names: Iterable[list[str | None]], sha256: str) -> list[list[str | None]]:
        """Rows of name, raw bytes and time, each name once; raw bytes only of a name that goes as it is."""
        found: dict[str, list[str | None]] = {}
        for name, raw, seen in names:
            shown = self.shown(str(name), sha256)
            found.setdefault(shown, [shown, raw if shown == name else None, seen])
        return list(found.values())


def relative(name: str) -> str:
    """A name without where it lay on a computer: of a local path the last part only."""
    if not LOCAL.match(name):
        return name
    return re.split(r"[\\/]", name.rstrip("\\/"))[-1] or "document"


def local(text: str) -> str:
    """The first local path that stands in a text; empty where there is none."""
    found = INSIDE.search(text)
    return found[0] if found else ""
