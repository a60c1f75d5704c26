"""Conditions in SQL that a text holds every word of some, in any order and in capitals or not."""

from __future__ import annotations

from archive.connect import Database


def holding(text: str, words: str) -> tuple[str, list[str]]:
    """The condition that `text`, an expression in SQL, holds each of `words`, and its parameters; all where none is.

    LIKE knows capitals of ASCII only: other letters are looked for as they are, in lower case and in capitals.
    """
    parts, given = ["1"], list[str]()
    for word in words.split():
        spellings = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
        if word.isascii():
            spellings = dict.fromkeys((word,))
        parts.append("(" + " OR ".join(f"{text} LIKE ? ESCAPE '!'" for _ in spellings) + ")")
        given += [f"%{_plain(spelling)}%" for spelling in spellings]
    return " AND ".join(parts), given


def titled(db: Database, words: str, most: int, but: str = "") -> list[tuple[str, str, str]]:
    """UUID, title and date of at most so many documents that hold these words in them, by title; `but` is left out."""
    held, given = holding("title || ' ' || published || ' ' || uuid", words)
    return db.conn.execute(
        f"SELECT uuid, title, published FROM document WHERE uuid != ? AND {held} ORDER BY title COLLATE NOCASE LIMIT ?",
        (but, *given, most),
    ).fetchall()


def called(db: Database, kind: str, words: str, most: int, but: str = "") -> list[tuple[str, str]]:
    """UUID and label of at most so many subjects of a kind that hold these words in them, by label.

    Those merged into others are left out, and so is `but`.
    """
    held, given = holding("label || ' ' || uuid", words)
    return db.conn.execute(
        "SELECT uuid, label FROM subject WHERE kind = ? AND merged IS NULL AND uuid != ?"
        f" AND {held} ORDER BY label COLLATE NOCASE LIMIT ?",
        (kind, but, *given, most),
    ).fetchall()


def _plain(word: str) -> str:
    return "".join(f"!{letter}" if letter in "%_!" else letter for letter in word)
