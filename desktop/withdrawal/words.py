"""Says in whole sentences what a withdrawal would take and what stays, and afterwards what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.withdrawal.preview import FactGone, Preview, Titled
from archive.withdrawal.withdrawal import Withdrawal
from desktop import labels, shown
from desktop.translate import size, tr, trn
from desktop.withdrawal.why import why_withdrawn

MOST = 12
"""Records that are named one by one under a sentence; the rest are counted."""
Paragraph = tuple[str, tuple[str, ...]]
"""A sentence, and the records that it speaks of, each on a line."""


def paragraphs(seen: Preview, most: int = MOST) -> tuple[Paragraph, ...]:
    """What goes, then what stays but is altered, then what stays as it is and must be looked at."""
    return tuple(paragraph for paragraph in (*_goes(seen, most), *_is_altered(seen, most), *_stays(seen, most)))


def done(came: Withdrawal) -> tuple[str, ...]:
    """What was done, and what is left to do, sentence by sentence."""
    said = [
        trn(
            "{n} record was withdrawn, {why}.",
            "{n} records were withdrawn, {why}.",
            len(came.records),
            why=why_withdrawn(str(came.reason)),
        ),
        tr("What is left is a random number and the date; nothing of it goes into a further release."),
    ]
    if came.recorded:
        said.append(tr("The right value was recorded in its place, on the same passages."))
    if not came.erased:
        said.append(unerased())
    return (*said, beyond_reach())


def unerased() -> str:
    """What to know where something was in the way of erasing what was taken out."""
    return tr(
        "Something kept a part of it from being erased from the archive's files; that is done when the archive is next "
        "opened."
    )


def beyond_reach() -> str:
    """What no withdrawal reaches."""
    return tr(
        "Backups, releases that are never updated, exported files and prints still hold it: destroy those you have, "
        "and tell whoever received others."
    )


def _goes(seen: Preview, most: int) -> Iterable[Paragraph]:
    if seen.documents:
        yield (
            trn(
                "{n} document goes, with its text, its file names, its links and the history of its corrections.",
                "{n} documents go, with their texts, file names, links and the history of their corrections.",
                len(seen.documents),
            ),
            _titles(seen.documents, most),
        )
    if seen.originals:
        yield (
            trn(
                "{n} original goes: {size} as it was received.",
                "{n} originals go: {size} as they were received.",
                seen.originals,
                size=size(seen.bytes),
            ),
            (),
        )
    emptied = {one.id for one in seen.emptied}
    about = [one for one in seen.subjects if one.id not in emptied]
    if about:
        yield (
            trn(
                "{n} record of casework goes, with everything that is recorded about it and every fact that names it.",
                "{n} records of casework go, with everything that is recorded about them and every fact that names "
                "them.",
                len(about),
            ),
            _titles(about, most),
        )
    unsourced = [one for one in seen.facts if one.unsourced]
    if unsourced:
        yield (
            trn(
                "{n} fact goes because it rests on nothing else, with its value:",
                "{n} facts go because they rest on nothing else, with their values:",
                len(unsourced),
            ),
            _facts(unsourced, most),
        )
    told = [one for one in seen.facts if not one.unsourced]
    if told:
        yield trn("{n} fact goes with it:", "{n} facts go with it:", len(told)), _facts(told, most)
    if seen.emptied:
        yield (
            trn(
                "{n} record goes because nothing else is recorded about it:",
                "{n} records go because nothing else is recorded about them:",
                len(seen.emptied),
            ),
            _titles(seen.emptied, most),
        )
    if seen.terms:
        yield (
            trn(
                "{n} term that this desk added goes, because nothing else uses it:",
                "{n} terms that this desk added go, because nothing else uses them:",
                len(seen.terms),
            ),
            tuple(shown.line(term) for term in seen.terms[:most]),
        )
    if seen.custody:
        yield (
            trn(
                "The custody log keeps {n} entry about it without what it said; its chain still verifies.",
                "The custody log keeps {n} entries about it without what they said; its chain still verifies.",
                seen.custody,
            ),
            (),
        )


def _is_altered(seen: Preview, most: int) -> Iterable[Paragraph]:
    if seen.containers:
        yield (
            trn(
                "{n} file in which it is packed stays as a record, but its original goes, because those bytes hold it. "
                "Everything else that was in it stays.",
                "{n} files in which it is packed stay as records, but their originals go, because those bytes hold it. "
                "Everything else that was in them stays.",
                len(seen.containers),
            ),
            _titles(seen.containers, most),
        )
    if seen.mentions:
        yield (
            trn(
                "It is taken out of {n} place in the text of these, where they list what is in them.",
                "It is taken out of {n} places in the texts of these, where they list what is in them.",
                seen.mentions,
            ),
            (),
        )


def _stays(seen: Preview, most: int) -> Iterable[Paragraph]:
    if seen.still_naming:
        yield (
            trn(
                "{n} document stays in which these facts were found. Its text may name whom they are about: withdraw "
                "it too where it must not.",
                "{n} documents stay in which these facts were found. Their texts may name whom they are about: "
                "withdraw them too where they must not.",
                len(seen.still_naming),
            ),
            _titles(seen.still_naming, most),
        )
    yield (
        tr(
            "Other records may name it in their own words: search for its names afterwards. A copy that the program "
            "kept from before an upgrade is erased; what was exported, printed or backed up, and releases that are "
            "never updated, still hold it."
        ),
        (),
    )


def _titles(records: Iterable[Titled], most: int) -> tuple[str, ...]:
    return _limited([shown.isolated(one.title) or tr("Without a title") for one in records], most)


def _facts(facts: Iterable[FactGone], most: int) -> tuple[str, ...]:
    return _limited(
        [f"{shown.isolated(one.about)} · {labels.field(one.field)}: {shown.isolated(one.value)}" for one in facts],
        most,
    )


def _limited(lines: list[str], most: int) -> tuple[str, ...]:
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[:most], trn("and {n} more", "and {n} more", len(lines) - most))


@dataclass(frozen=True, slots=True)
class Erasing:
    """How far the erasing is: the step that is being done, and how many of it."""

    step: str
    done: int
    total: int


def erasing(now: Erasing) -> str:
    """What is being erased."""
    steps = {
        "chunks": tr("erasing originals"),
        "volume": tr("writing the volumes of originals anew"),
        "copies": tr("erasing copies made before upgrades"),
        "database": tr("writing the archive's file anew"),
    }
    return steps.get(now.step, now.step)
