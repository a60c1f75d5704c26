"""What is said of a package in words, in the window and at the terminal: what it holds, who signed it, its fate."""

from __future__ import annotations

from archive.notebook.handing.merging import Merged
from archive.notebook.handing.signing import Seen, Signer
from desktop import shown
from desktop.translate import tr, trn

NAMED = 10


def holds(notes: int, tags: int, collections: int, searches: int) -> str:
    """What a package holds, in one sentence."""
    parts = [
        trn("{n} note", "{n} notes", notes),
        trn("{n} tag", "{n} tags", tags),
        trn("{n} collection", "{n} collections", collections),
        trn("{n} saved search", "{n} saved searches", searches),
    ]
    return tr("The package holds {notes}, {tags}, {collections} and {searches}.", notes=parts[0], tags=parts[1],
              collections=parts[2], searches=parts[3])  # fmt: skip


def confidential(count: int) -> str:
    """The warning that notes are on confidential records."""
    return trn(
        "1 of the notes is on a confidential record. Your colleague may have an archive without it, and will read the "
        "quotation all the same.",
        "{n} of the notes are on confidential records. Your colleague may have an archive without them, and will read "
        "the quotations all the same.",
        count,
    )


def signed(signer: Signer) -> str:
    """Who signed a package, and whether that hand is known."""
    facts = {"name": shown.isolated(signer.name), "fingerprint": signer.fingerprint}
    match signer.seen:
        case Seen.UNSIGNED:
            return tr("Nobody signed this package: anyone who has your key can have made it.")
        case Seen.FIRST:
            return tr(
                "Signed as {name}, for the first time. Compare the key with your colleague: {fingerprint}", **facts
            )
        case Seen.KNOWN:
            return tr("Signed as {name}, with the same key as before.", **facts)
        case Seen.OTHER:
            return tr(
                "Signed as {name}, but the key or the name is another than before. Ask your colleague, over another "
                "way, before you rely on it. The key is {fingerprint}",
                **facts,
            )


def merged(done: Merged) -> list[str]:
    """What became of a package, each in a sentence."""
    said = []
    if not done.new and not done.added and not done.beside:
        said.append(tr("Nothing new: all of it was in your notebook already."))
    if done.new:
        said.append(
            trn(
                "1 note, collection or search is new in your notebook.",
                "{n} notes, collections and searches are new in your notebook.",
                done.new,
            )
        )
    if done.added:
        said.append(
            trn(
                "1 tag or entry of a collection was added.",
                "{n} tags and entries of collections were added.",
                done.added,
            )
        )
    if done.beside:
        said.append(
            trn(
                "1 note was changed by both of you: theirs stands beside yours.",
                "{n} notes were changed by both of you: theirs stand beside yours.",
                len(done.beside),
            )
        )
    if done.left_out:
        said.append(
            trn(
                "1 quotation was left out, because its record was withdrawn from the archive.",
                "{n} quotations were left out, because their records were withdrawn from the archive.",
                done.left_out,
            )
        )
    for here, there in done.renamed[:NAMED]:
        said.append(
            tr("What they call “{there}” is “{here}” here.", there=shown.isolated(there), here=shown.isolated(here))
        )
    return said
