"""Says what is wrong with a cell, a row or a sheet of a table that is to be imported; free of Qt."""

from __future__ import annotations

from archive.cases.exchange.matching import GIVEN_UP, SLOW
from archive.cases.exchange.table_plan import MISSING, MORE, NOTHING, TWO_NAMES, UNREAD, Problem
from archive.cases.exchange.worded import NO_DATE, NO_DAY
from desktop.translate import tr


def amiss(one: Problem) -> str:
    """What is wrong with a cell, a row, a sheet or the whole file."""
    if one.why == MISSING:
        return _missing(one)
    return {
        UNREAD: tr("the map does not say how to read this"),
        NOTHING: tr("nothing is read from this row; a case needs a person or a field of its own"),
        TWO_NAMES: tr("told apart by this column, but with another name"),
        MORE: tr("a cell more than there are columns: a separator within a cell may have shifted this row"),
        NO_DATE: tr("no date with a year of four digits, in the order that is chosen for this column"),
        NO_DAY: tr("there is no such day or month"),
        SLOW: tr("it took too long to look for the map's expression here"),
        GIVEN_UP: tr("the map's expression took too long in cells before, and was not looked for here"),
    }.get(one.why, one.why)


def _missing(one: Problem) -> str:
    if one.column:
        return tr("needed, but there is none")
    if one.sheet:
        return tr("there is no sheet of this name")
    return tr("there is no table; CSV, TSV, XLSX, XLS and ODS are read")
