"""Which documents match, exactly: sets over document numbers, put together from what FTS5 finds in passages.

Words of one query may stand on different pages of a report, so And and Not are worked out between documents, not
between passages. Row numbers come out of SQLite as one JSON text: that is four times faster than row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.connect import Database
from index import filters
from index.columns import Columns
from index.compile import Compiler, by_passage, is_long, is_text, stretches
from index.tree import And, Dated, Leaf, Node, Not, Or, Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Rows = NDArray[np.int64]


class Sets:
    """The sets of one query over one state of the index."""

    def __init__(self, db: Database, columns: Columns, compiler: Compiler) -> None:
        self._db, self.columns, self._compiler = db, columns, compiler
        self._rows = compiler.rows

    def documents(self, node: Node, *, surely: bool = False) -> Mask:
        """The documents that match a tree: all that may, or only those that do `surely`.

        Of a phrase that reaches further over a page break than passages overlap it is known only that its stretches
        are there; what must not be left out by mistake (below a NOT) is left out only where the whole is.
        """
        if is_text(node) and (by_passage(node) or not self.columns.has_long):
            return self.owners(self.rows(self._compiler.expression(node)))
        match node:
            case And(parts):
                mask = self.columns.alive.copy()
                for part in parts:
                    mask &= self.documents(part, surely=surely)
                return mask
            case Or(parts):
                mask = ~self.columns.alive & self.columns.alive
                for part in parts:
                    mask |= self.documents(part, surely=surely)
                return mask
            case Not(part):
                return self.columns.alive & ~self.documents(part, surely=not surely)
            case Value() | Dated():
                return filters.matching(self.columns, node)
        return self._phrase(node, surely)

    def rows(self, expression: str | None) -> Rows:
        """The rows of the passages that match an expression, newest first."""
        import numpy as np

        if expression is None:
            return np.zeros(0, np.int64)
        if expression not in self._rows:
            found = self._db.conn.execute(
                "SELECT json_group_array(rowid) FROM passages WHERE passages MATCH ?", (expression,)
            ).fetchone()[0]
            self._rows[expression] = np.fromstring(found[1:-1], np.int64, sep=",")[::-1]
        return self._rows[expression]

    def owners(self, rows: Rows) -> Mask:
        """The documents of these passages."""
        mask = ~self.columns.alive & self.columns.alive
        mask[self.columns.owner[rows]] = True
        return mask

    def _phrase(self, leaf: Leaf, surely: bool) -> Mask:
        """The documents with a phrase that may run over the overlap of passages: those with all stretches of it."""
        mask = self.owners(self.rows(self._compiler.leaf(leaf).full))
        if is_long(leaf) and not surely:
            spread = self.columns.alive.copy()
            for part in stretches(leaf):
                spread &= self.owners(self.rows(self._compiler.leaf(part).full))
            mask |= spread
        return mask
