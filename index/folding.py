"""The further passages of a document that match a query: what a list of hits folds under the best one."""

from __future__ import annotations

from archive.connect import Database
from index.compile import Compiler, plan
from index.tree import Node, Or, wanted

MOST = 200
"""Passages that are looked up; a longer document has "200 or more"."""


def further(
    db: Database, compiler: Compiler, tree: Node, first: int, last: int, best: int, most: int = MOST
) -> tuple[int, ...]:
    """The rows from `first` to `last`, those of one document, that match the query's words, without the row `best`: in
    the order of the text, no more than `most`.

    Those that hold all that is asked for; where no other does, those with any of the words. FTS5 looks at nothing but
    these rows, so it takes as long as they are many.
    """
    text = plan(tree).text
    if first >= last or text is None:
        return ()
    for node in dict.fromkeys((text, Or(tuple(dict.fromkeys(wanted(text)))))):
        expression = compiler.expression(node)
        if expression is None:
            continue
        found = db.conn.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ? AND rowid <> ? LIMIT ?",
            (expression, first, last, best, most),
        ).fetchall()
        if found:
            return tuple(row for (row,) in found)
    return ()
