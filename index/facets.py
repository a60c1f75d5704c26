"""Counting the values of found documents: all of a field at once, over arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.answers import FacetCount
from index.columns import Columns
from index.entries import SEVERAL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 50
"""Years: a date that may lie in more of them says too little to be counted in each."""


def count(columns: Columns, field: str, found: NDArray[np.bool_]) -> tuple[FacetCount, ...]:
    """The values of a field among the found documents, by falling count; an empty value is "not recorded".

    A document counts once for each of its values: countries, authors, every year its date may lie in.
    """
    counted = _years(columns, found) if field == "year" else _values(columns, field, found)
    return tuple(FacetCount(value, n) for value, n in sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _values(columns: Columns, field: str, found: NDArray[np.bool_]) -> dict[str, int]:
    import numpy as np

    total = int(found.sum())
    if field in SEVERAL:
        documents, numbers = columns.several[field]
        kept = found[documents]
        counts = np.bincount(numbers[kept])
        none = total - len(np.unique(documents[kept]))
    else:
        counts = np.bincount(columns.column(field)[found])
        none = int(counts[0]) if len(counts) else 0
    counted = {value: int(counts[n]) for value, n in columns.values[field].items() if n < len(counts) and counts[n]}
    return counted | ({"": none} if none else {})


def _years(columns: Columns, found: NDArray[np.bool_]) -> dict[str, int]:
    import numpy as np

    first, last = (years[found] for years in columns.years)
    counts = np.bincount(first[first == last], minlength=1)
    counted = {f"{year:04d}": int(n) for year, n in enumerate(counts) if n and year}
    for start, end in zip(first[first < last].tolist(), last[first < last].tolist(), strict=True):
        for year in range(start, end + 1) if end - start < LONGEST else ():
            counted[f"{year:04d}"] = counted.get(f"{year:04d}", 0) + 1
    return counted | ({"": int(counts[0])} if counts[0] else {})
