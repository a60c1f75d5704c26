"""What may stand in a dossier: confidential facts, subjects and documents stay out unless they were chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archive import documents
from archive.cases import fields, subjects
from archive.cases.records import Fact
from archive.connect import Database
from archive.records import Confidentiality

MASK = "[…]"
SECRET = Confidentiality.CONFIDENTIAL
# names in these scripts stand within running text without spaces around them
UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u2e80-\U0003ffff]")


class Permitted:
    """Decides for one dossier; `withheld` gathers the ids of the facts that were kept out."""

    def __init__(self, db: Database, *, confidential: bool) -> None:
        self._db, self._confidential = db, confidential
        self._hidden: dict[str, bool] = {}
        self._secret_documents: dict[str, bool] = {}
        self.withheld: dict[str, Fact] = {}

    def hidden(self, identity: str) -> bool:
        """Whether a subject must not be named; an event goes with what it belongs to."""
        if self._confidential or not identity:
            return False
        if identity not in self._hidden:
            subject = subjects.get(self._db, identity)
            self._hidden[identity] = subject.confidentiality is SECRET or self.hidden(subject.parent)
        return self._hidden[identity]

    def facts(self, several: Iterable[Fact]) -> tuple[Fact, ...]:
        """The facts that may stand, each with the sources that may be quoted; one that would have none stays out."""
        kept = []
        for fact in several:
            shown = self._shown(fact)
            if shown is None:
                self.withheld[fact.id] = fact
            else:
                kept.append(shown)
        return tuple(kept)

    def may_stand(self, fact: Fact) -> bool:
        """Whether a fact may stand, without counting it as withheld where it may not."""
        return self._shown(fact) is not None

    def _shown(self, fact: Fact) -> Fact | None:
        if self._confidential:
            return fact
        named = fact.value if fields.field(fact.field).type is fields.Type.SUBJECT else ""
        if fact.confidentiality is SECRET or self.hidden(fact.subject) or self.hidden(named):
            return None
        sources = tuple(source for source in fact.sources if not self.secret(source.document))
        return replace(fact, sources=sources) if sources else None

    def secret(self, document: str) -> bool:
        """Whether a document must not be quoted or named. Raises NoSuchRecord."""
        if self._confidential:
            return False
        if document not in self._secret_documents:
            found = documents.get(self._db, document)
            self._secret_documents[document] = found.confidentiality is SECRET
        return self._secret_documents[document]

    def mask(self, shown: Iterable[str]) -> Mask:
        """What replaces the names of persons and organisations kept out wherever a passage or a title holds one."""
        if self._confidential:
            return Mask((), ())
        rows = self._db.conn.execute(
            "SELECT DISTINCT f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject"
            " WHERE s.kind IN ('person', 'organisation') AND f.field IN ('name', 'official-name')"
            " AND (s.confidentiality = 'confidential' OR f.confidentiality = 'confidential')"
        )
        return Mask([name for (name,) in rows], shown)


class Mask:
    """Replaces secret names in text by MASK; a longer name that may be shown is left whole."""

    def __init__(self, secret: Iterable[str], shown: Iterable[str]) -> None:
        kept = {_plain(name) for name in shown}
        self._secret = {_plain(name) for name in secret if len(name.strip()) > 1} - kept
        every = sorted(self._secret | kept, key=len, reverse=True) if self._secret else []
        self._pattern = re.compile("|".join(map(_anywhere, every)), re.IGNORECASE) if every else None

    def __call__(self, text: str) -> str:
        """The text with every secret name in it replaced."""
        return self._rebuilt([text], self._spans(text))[0]

    def passage(self, before: str, quote: str, after: str) -> tuple[str, str, str]:
        """A quote with its surroundings: also names that run on over their ends, or that were cut off there."""
        whole = before + quote + after
        spans = self._spans(whole)
        for name in self._secret:
            spans += _cut_off(name, whole)
        first, second, third = self._rebuilt([before, quote, after], _joined(spans))
        return first, second, third

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if self._pattern is None:
            return []
        return [match.span() for match in self._pattern.finditer(text) if _plain(match[0]) in self._secret]

    def _rebuilt(self, parts: list[str], spans: list[tuple[int, int]]) -> list[str]:
        rebuilt, start = [], 0
        for part in parts:
            made, at = "", start
            for first, last in spans:
                if first < start + len(part) and last > start:
                    made += part[at - start : max(first - start, at - start)] + (MASK if first >= start else "")
                    at = min(last, start + len(part))
            rebuilt.append(made + part[at - start :])
            start += len(part)
        return rebuilt


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _anywhere(name: str) -> str:
    words = r"\s+".join(map(re.escape, name.split()))
    return words if UNSPACED.search(name) else rf"(?<!\w){words}(?!\w)"


def _cut_off(name: str, text: str) -> list[tuple[int, int]]:
    """Where a text begins with the end of a name, or ends with its beginning; two letters of it are enough to tell."""
    folded, found = text.casefold(), []
    if len(folded) != len(text):  # letters that fold into several would shift all places
        folded = text.lower() if len(text.lower()) == len(text) else text
    for length in range(len(name) - 1, 1, -1):
        if folded.endswith(name[:length]) and _begins(folded, len(folded) - length):
            found.append((len(folded) - length, len(folded)))
            break
    for length in range(len(name) - 1, 1, -1):
        if folded.startswith(name[-length:]) and _begins(folded[::-1], len(folded) - length):
            found.append((0, length))
            break
    return found


def _begins(text: str, at: int) -> bool:
    """Whether a word may begin at a place of a text."""
    return at == 0 or UNSPACED.match(text[at]) is not None or not text[at - 1].isalnum()


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
