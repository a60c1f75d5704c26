"""What a receipt says in words that a caseworker understands; for the window and the terminal alike."""

from __future__ import annotations

from archive.signing.bag import Fault
from archive.signing.receipt import Receipt, State
from archive.signing.statement import Statement
from desktop import shown
from desktop.translate import number, tr, trn


def state(found: State) -> str:
    """The state in a word or two."""
    return {
        State.VALID: tr("Signature valid"),
        State.UNKNOWN_KEY: tr("Unknown key"),
        State.UNPROVEN: tr("Not proven yet"),
        State.OTHER_KEY: tr("Another key"),
        State.SAME_NUMBER: tr("Another release of this number"),
        State.TAMPERED: tr("Tampered with"),
        State.DAMAGED: tr("Damaged"),
    }[found]


def sign(found: State) -> str:
    """A sign that goes before the words, so that no colour is needed to tell them apart."""
    return {State.VALID: "✓", State.UNKNOWN_KEY: "?", State.UNPROVEN: "?"}.get(found, "✕")


def status(receipt: Receipt, newest: int = 0) -> str:
    """The release and its state, for the foot of the window; `newest` is the highest number of its line that was read
    here."""
    if receipt.statement is not None and newest > receipt.statement.number:
        return tr("{status}; you have read release {n}", status=status(receipt), n=number(newest))
    if receipt.statement is None:
        return f"{sign(receipt.state)} {state(receipt.state)}"
    return tr(
        "{sign} Release {n}: {state}",
        sign=sign(receipt.state),
        n=number(receipt.statement.number),
        state=state(receipt.state).lower(),
    )


def meaning(receipt: Receipt) -> str:
    """What was found and what it means."""
    if receipt.state is State.VALID:
        name = shown.isolated(receipt.trusted_as)
        if receipt.updated_from:
            return f"{_updated(receipt, name)} {_originals(receipt)}"
        if receipt.full:
            return tr("Everything in this release is as it was signed with the key of {name}.", name=name)
        return tr(
            "This release is as it was signed with the key of {name}. The originals have the right sizes; their bytes "
            "were not read this time.",
            name=name,
        )
    if receipt.state is State.UNPROVEN:
        return tr(
            "What this release says of itself is signed with the key of {name}. Its files were put together by an "
            "update of release {base}, and whether what is in them is what was signed has not been computed yet.",
            name=shown.isolated(receipt.trusted_as),
            base=number(receipt.updated_from),
        )
    if receipt.state is State.UNKNOWN_KEY and receipt.updated_from:
        return tr(
            "What this release says of itself is signed, but by a key that is not known here, so this does not prove "
            "who published it. Its files were put together by an update of release {base}.",
            base=number(receipt.updated_from),
        )
    if receipt.state is State.UNKNOWN_KEY:
        return tr(
            "The files are as they were signed, but the key that signed them is not known here, so this does not prove "
            "who published it."
        )
    if receipt.state is State.OTHER_KEY:
        return tr(
            "This was signed with another key than the one you trust for this archive. Either the publisher has a new "
            "key, or somebody else made this."
        )
    if receipt.state is State.SAME_NUMBER:
        return tr(
            "This is as it was signed with the key of {name}. But you have read another release of the same number "
            "before, with other content. The publisher gave the number twice, as happens after an archive was restored "
            "from an old backup: what was corrected or withdrawn in yours may be back in this one.",
            name=shown.isolated(receipt.trusted_as),
        )
    if receipt.stripped:
        return tr(
            "This is a release, as its content tells or this computer remembers, but its signature and its lists of "
            "files are gone. Somebody took them away, or they were lost when it was copied: nobody can tell any more "
            "whether what is in it is what was published."
        )
    if receipt.state is State.TAMPERED:
        return tr(
            "What this release says of itself, or its list of files, is not what was signed. Somebody changed it, or "
            "it broke when it was copied."
        )
    return trn(
        "One file is not as it was published. It broke when it was copied, or somebody changed it.",
        "{n} files are not as they were published. They broke when they were copied, or somebody changed them.",
        len(receipt.findings),
    )


def _updated(receipt: Receipt, name: str) -> str:
    return tr(
        "What is in this release is what {name} signed. Its files were put together on this computer, or on another "
        "reader's, from release {base} and an update, so the list of files is not the publisher's own; the content "
        "root, which is, was computed anew and fits.",
        name=name,
        base=number(receipt.updated_from),
    )


def _originals(receipt: Receipt) -> str:
    if receipt.full:
        return tr("Each original was read and is the one that was signed.")
    return tr("The originals have the right sizes; their bytes were not read this time.")


def advice(receipt: Receipt) -> str:
    """What to do; empty where there is nothing to be done."""
    if receipt.state is State.UNKNOWN_KEY:
        return tr(
            "Call the publisher, or meet them, and have them read out the digits of their key. If they are the same, "
            "trust this key."
        )
    if receipt.state is State.UNPROVEN:
        return tr("Check all files. For that the release has to be unlocked.")
    if receipt.state is State.SAME_NUMBER:
        return tr(
            "Ask the publisher, by a way you know, which of the two counts, and for a release with a higher number. "
            "The one you have and your notes are as they were."
        )
    if receipt.state is State.OTHER_KEY:
        return tr(
            "Do not use it before you have asked the publisher, by a way you know, whether their key has changed. "
            "Nothing was changed."
        )
    if receipt.state in (State.TAMPERED, State.DAMAGED):
        return tr(
            "Do not rely on it. Copy it anew from where you have it, or ask the publisher for another copy. Nothing "
            "was changed; your notes are kept apart from it."
        )
    return ""


def fault(found: Fault | None, read: bool = True) -> str:
    """What is wrong with a file, or that nothing is."""
    if found is None:
        return tr("As it was signed") if read else tr("Right size, not read")
    return {
        Fault.MISSING: tr("Missing"),
        Fault.SIZE: tr("Cut off, or too long"),
        Fault.ALTERED: tr("Altered"),
        Fault.UNREADABLE: tr("Cannot be read"),
        Fault.UNLISTED: tr("Does not belong to the release"),
        Fault.FETCH: tr("Asks for files from elsewhere, which no release does"),
        Fault.LINK: tr("No file, but a link or device"),
        Fault.JOURNAL: tr("Left over from a program that wrote to the release"),
        Fault.NAME: tr("A name that no file of a release has"),
        Fault.MALFORMED: tr("Not in the form that it must have"),
    }[found]


def counts(statement: Statement) -> str:
    """How much the release holds, in one line."""
    known = {
        "cases": lambda n: trn("{n} case", "{n} cases", n),
        "documents": lambda n: trn("{n} document", "{n} documents", n),
        "facts": lambda n: trn("{n} fact", "{n} facts", n),
        "originals": lambda n: trn("{n} original", "{n} originals", n),
        "persons": lambda n: trn("{n} person", "{n} persons", n),
        "figures": lambda n: trn("{n} figure", "{n} figures", n),
    }
    return ", ".join(
        known[kind](count) if kind in known else f"{shown.line(kind.replace('_', ' '))}: {count}"
        for kind, count in statement.counts
    )


def is_calm(found: Receipt) -> bool:
    """Whether the foot of the window says it in passing."""
    return bool(found.trusted_as) and not found.refused
