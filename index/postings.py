"""Writing documents into the index: their passages into FTS5, their values into the blocks."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

from archive.connect import Database
from archive.records import TextRow
from index import casework, columns, heads, lengths, near, schema, vocabulary
from index.compounds import APART, further, signs_of, whole
from index.entries import DOCUMENT, Entry
from index.text import UNSPACED, prepare, prepare_whole
from index.widen import names

# a phrase may run on into the next piece, so a piece is indexed together with the first words of the next
OVERLAP = 96
PART_OF_WORD = re.compile(rf"[^\s{UNSPACED}]+\Z")


def put(db: Database, entries: Sequence[Entry], *, count_words: bool) -> None:
    """Add documents, in the order given, or replace them; part of the caller's transaction.

    `count_words` keeps the list of words up to date word by word, which pays for a few documents; whoever adds many
    counts them all afterwards.
    """
    conn = db.conn
    writer = columns.Writer(db)
    number = conn.execute("SELECT coalesce(max(number), -1) FROM document").fetchone()[0] + 1
    row = conn.execute("SELECT coalesce(max(last), 0) FROM document").fetchone()[0] + 1
    postings, passages, documents, cases, called, written = [], [], [], [], [], []
    counted: Counter[str] = Counter()
    known = _known(db, [entry.id for entry in entries])
    for entry in entries:
        pieces = entry.pieces or (TextRow(0, 0, 0, ""),)
        identity = schema.packed(entry.id)
        own = known.get(identity) if known else None
        if own:
            _clear(db, own[1], own[2])
        if own and own[2] - own[1] + 1 == len(pieces):
            at, first = own[0], own[1]
        else:
            at, first = (own[0] if own else number), row
            number += not own
            row += len(pieces)
        last = first + len(pieces) - 1
        beside = (
            _prepared(entry.title),
            _prepared(" | ".join(entry.authors)),
            _prepared(entry.publisher),
            _prepared(" | ".join(entry.names)),
        )
        for here, piece in enumerate(pieces, first):
            text = piece.text if here == last else piece.text + _beginning(pieces[here - first + 1].text)
            posting = (here, _prepared(text), *beside)
            postings.append(posting)
            passages.append((here, at, piece.row))
            beside = ("", "", "", "")
            if count_words:
                counted.update(vocabulary.words_of(" ".join(posting[1:])))
        kind = entry.kind
        documents.append(
            (
                *(at, identity, entry.archive_row, entry.version, first, last, kind, entry.title),
                *(entry.published, entry.language, " ".join(entry.several.get("country", ())), entry.type),
            )
        )
        writer.put(at, entry, first, last)
        if entry.docket is not None:
            cases.append(casework.packed(at, entry, entry.docket, writer))
        if kind == DOCUMENT:
            written.append((at, pieces[0].text if first == last else "".join([piece.text for piece in pieces])))
        else:
            called.append((at, entry.called))
    postings.sort()  # FTS5 writes its pages out early where rows do not ascend
    conn.executemany(f"INSERT INTO passages (rowid, {', '.join(schema.COLUMNS)}) VALUES (?,?,?,?,?,?)", postings)
    conn.executemany("INSERT INTO passage (row, document, piece) VALUES (?,?,?)", passages)
    conn.executemany(f"INSERT OR REPLACE INTO document VALUES ({','.join('?' * 12)})", documents)
    lengths.put(db, ((first, last) for _, _, _, _, first, last, *_ in documents))
    heads.outdate(db)
    near.put(db, written)
    casework.put(db, cases)
    names.put(db, called)
    writer.flush()
    if any(first < last for _, _, _, _, first, last, *_ in documents):
        schema.write(db, "long", "1")
    if count_words:
        vocabulary.add(db, counted)


def remove(db: Database, identities: Sequence[str]) -> int:
    """Take documents out of the index, part of the caller's transaction, and say how many; unknown ones are left out.

    Their words stay in the list of words until that is counted anew: which they were, nobody knows any more.
    """
    writer = columns.Writer(db)
    known = _known(db, identities)
    for number, first, last in known.values():
        _clear(db, first, last)
        db.conn.execute("DELETE FROM document WHERE number = ?", (number,))
        casework.remove(db, number)
        names.remove(db, number)
        writer.remove(number)
    if known:
        heads.outdate(db)
    near.remove(db, [number for number, _, _ in known.values()])
    writer.flush()
    return len(known)


def _known(db: Database, identities: Sequence[str]) -> dict[bytes, tuple[int, int, int]]:
    """Number, first and last row of those of these documents that are in the index."""
    found = db.conn.execute(
        "SELECT d.id, d.number, d.first, d.last FROM json_each(?) AS wanted"
        " CROSS JOIN document AS d ON d.id = unhex(wanted.value, '-')",
        (json.dumps(identities),),
    )
    return {row[0]: (row[1], row[2], row[3]) for row in found}


def _clear(db: Database, first: int, last: int) -> None:
    db.conn.executemany("DELETE FROM passages WHERE rowid = ?", ((row,) for row in range(first, last + 1)))
    db.conn.execute("DELETE FROM passage WHERE row BETWEEN ? AND ?", (first, last))
    heads.clear(db, first, last)


def _prepared(text: str) -> str:
    """A text as FTS5 gets it, with the further forms of its words behind it.

    The two are prepared apart, so that text which needs no preparation passes untouched; and most text is done with
    once its hyphens and apostrophes were looked for.
    """
    if text.isascii() and "-" not in text and "'" not in text:
        return text
    signs = signs_of(text)
    if not signs:
        return prepare_whole(text)
    parted = any(text[at + 1 : at + 2] in ("\n", "\r") for at in signs)
    body = prepare_whole(whole(text) if parted else text)
    more = further(text, signs)
    return f"{body} {APART} {prepare(more)}" if more else body


def _beginning(text: str) -> str:
    """The first words of a piece, none of them cut."""
    if len(text) <= OVERLAP:
        return text
    return PART_OF_WORD.sub("", text[:OVERLAP]) or text[:OVERLAP]
