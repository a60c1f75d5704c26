"""Writing documents into the index: their passages into FTS5, their values into the blocks."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

from archive.connect import Database
from archive.records import TextRow
from index import casework, columns, heads, lengths, near, schema, vocabulary
from index.compounds import APART, unfolded
from index.entries import DOCUMENT, Entry
from index.text import UNSPACED, prepare_whole
from index.widen import names

# a phrase may run on into the next piece, so a piece is indexed together with the first words of the next
OVERLAP = 96
NOTHING = (TextRow(0, 0, 0, ""),)
Place = tuple[Entry, int, int, int]
"""An entry with its number and its first and last row."""
PART_OF_WORD = re.compile(rf"[^\s{UNSPACED}]+\Z")


def put(db: Database, entries: Sequence[Entry], *, count_words: bool) -> None:
    """Add documents, in the order given, or replace them; part of the caller's transaction.

    `count_words` keeps the list of words up to date word by word, which pays for a few documents; whoever adds many
    counts them all afterwards.
    """
    conn = db.conn
    placed = _placed(db, entries)
    # before the passages: FTS5 writes out all that it holds at the first statement after them that replaces rows
    conn.executemany(f"INSERT OR REPLACE INTO document VALUES ({','.join('?' * 12)})", map(_document, placed))
    counted: Counter[str] = Counter()
    # in the order of their rows, because FTS5 writes its pages out early where rows do not ascend; what is written is
    # made as it is written, since a batch of it all would take as much memory again as the texts
    written = _passages(placed, counted if count_words else None)
    conn.executemany(f"INSERT INTO passages (rowid, {', '.join(schema.COLUMNS)}) VALUES (?,?,?,?,?,?)", written)
    rows = ((first + nth, at, piece.row) for entry, at, first, _ in placed for nth, piece in enumerate(_pieces(entry)))
    conn.executemany("INSERT INTO passage (row, document, piece) VALUES (?,?,?)", rows)
    lengths.put(db, ((first, last) for _, _, first, last in placed))
    heads.outdate(db)
    near.put(db, [(at, _text(entry)) for entry, at, _, _ in placed if entry.kind == DOCUMENT])
    writer = columns.Writer(db)
    for entry, at, first, last in placed:
        writer.put(at, entry, first, last)
    dockets = [
        casework.packed(at, entry, entry.docket, writer) for entry, at, _, _ in placed if entry.docket is not None
    ]
    casework.put(db, dockets)
    names.put(db, [(at, entry.called) for entry, at, _, _ in placed if entry.kind != DOCUMENT])
    writer.flush()
    if any(first < last for _, _, first, last in placed):
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


def _placed(db: Database, entries: Sequence[Entry]) -> list[Place]:
    """Each entry with its place, in the order of their rows: its old one where as many passages fit there, from which
    its old passages are cleared, else one at the end."""
    number = db.conn.execute("SELECT coalesce(max(number), -1) FROM document").fetchone()[0] + 1
    row = db.conn.execute("SELECT coalesce(max(row), 0) FROM passage").fetchone()[0] + 1
    known = _known(db, [entry.id for entry in entries])
    placed: list[Place] = []
    for entry in entries:
        size = len(_pieces(entry))
        own = known.get(schema.packed(entry.id)) if known else None
        if own:
            _clear(db, own[1], own[2])
        if own and own[2] - own[1] + 1 == size:
            at, first = own[0], own[1]
        else:
            at, first = (own[0] if own else number), row
            number += not own
            row += size
        placed.append((entry, at, first, first + size - 1))
    placed.sort(key=itemgetter(2))
    return placed


def _pieces(entry: Entry) -> Sequence[TextRow]:
    """The pieces of an entry's text, of which there is one at least."""
    return entry.pieces or NOTHING


def _text(entry: Entry) -> str:
    pieces = _pieces(entry)
    return pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])


def _passages(placed: Sequence[Place], counted: Counter[str] | None) -> Iterator[tuple[int, str, str, str, str, str]]:
    """The passages as FTS5 gets them; their words are counted where that is wanted."""
    for entry, _, first, last in placed:
        pieces = _pieces(entry)
        beside = (
            _prepared(entry.title),
            _prepared(" | ".join(entry.authors)),
            _prepared(entry.publisher),
            _prepared(" | ".join(entry.names)),
        )
        for row, piece in enumerate(pieces, first):
            text = piece.text if row == last else piece.text + _beginning(pieces[row - first + 1].text)
            body = _prepared(text)
            if counted is not None:
                counted.update(vocabulary.words_of(" ".join((body, *beside))))
            yield row, body, *beside
            beside = ("", "", "", "")


def _document(place: Place) -> tuple[object, ...]:
    """The row of a document."""
    entry, at, first, last = place
    return (
        *(at, schema.packed(entry.id), entry.archive_row, entry.version, first, last, entry.kind, entry.title),
        *(entry.published, entry.language, " ".join(entry.several.get("country", ())), entry.type),
    )


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

    The two are prepared apart, so that text which needs no preparation passes untouched.
    """
    if text.isascii() and "-" not in text and "'" not in text:
        return text
    body, more = unfolded(text)
    return f"{prepare_whole(body)} {APART} {prepare_whole(more)}" if more else prepare_whole(body)


def _beginning(text: str) -> str:
    """The first words of a piece, none of them cut."""
    if len(text) <= OVERLAP:
        return text
    return PART_OF_WORD.sub("", text[:OVERLAP]) or text[:OVERLAP]
