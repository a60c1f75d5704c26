"""Says in sentences what differs between a search statement and the same search asked again."""

from __future__ import annotations

from collections.abc import Callable

from desktop import labels
from desktop.translate import number, tr, trn
from index.comparison import Change, Comparison


def sentences(found: Comparison) -> list[str]:
    """The verdict first, then every change."""
    made, query = found.before.made, found.before.query
    first = tr("Statement of {at} on “{name}”: {query}", at=made.at, name=made.name, query=query.text or "—")
    if found.same:
        verdict = trn(
            "The search finds the same {n} record as then.", "The search finds the same {n} records as then.",
            found.now.total,
        )  # fmt: skip
    else:
        verdict = tr(
            "The search finds {now}; then it found {before}. {new} are new, {gone} are gone.",
            now=number(found.now.total),
            before=number(found.before.total),
            new=number(len(found.new)),
            gone=number(len(found.gone)),
        )
    told = [first, verdict, *map(change, found.changes)]
    if found.moved:
        told.append(trn("{n} stands in another order.", "{n} stand in another order.", found.moved))
    return told


def change(one: Change) -> str:
    """One change in words."""
    if one.what == "archive":
        return tr("It was made on another archive: {id}.", id=one.before)
    if one.what == "generation":
        return tr("The archive was restored or upgraded since.")
    what, _, code = one.what.partition(":")
    words = labels.value("searchable", code) if code else _WHAT[what]()
    return tr("{what}: {now}; then: {before}", what=words, now=one.now or "—", before=one.before or "—")


_WHAT: dict[str, Callable[[], str]] = {
    "name": lambda: tr("Name of the archive"),
    "line": lambda: tr("Release line"),
    "release": lambda: tr("Number of the release"),
    "content_root": lambda: tr("Content root of the release"),
    "position": lambda: tr("Changes made to the archive"),
    "records": lambda: tr("Records in the archive"),
    "program": lambda: tr("Version of the program"),
    "analyser": lambda: tr("Analysis of words"),
    "interpretation": lambda: tr("Searched for"),
    "relaxed": lambda: tr("Only some of the words"),
    "notes": lambda: tr("Notes"),
    "widenings": lambda: tr("Also found by"),
    "total": lambda: tr("Records found"),
    "documents": lambda: tr("Documents in reach"),
    "waiting": lambda: tr("Records not searchable yet"),
}
