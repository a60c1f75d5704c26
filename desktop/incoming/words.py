"""Says what a table would bring, what it brought, and what another desk's casework would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.cases.exchange.json_import import Item
from archive.cases.exchange.table_import import Came
from archive.cases.exchange.table_plan import Problem
from archive.cases.records import Kind
from desktop import labels
from desktop.incoming.actions import Preview
from desktop.incoming.amiss import amiss
from desktop.incoming.columns import KEPT, ORIGIN, Offer
from desktop.incoming.columns import NOTHING as UNUSED
from desktop.tables import Line
from desktop.translate import number, tr, trn


def subject(offer: Offer) -> str:
    """A subject that a column may tell of."""
    named = {"event": tr("Event"), "event-2": tr("Second event"), "event-3": tr("Third event")}
    usual = {"person": tr("Person"), "case": tr("Case"), **named}
    kind = labels.value("kind", offer.kind)
    return usual.get(offer.part) or tr("{kind}: {name}", kind=kind, name=offer.part)


def otherwise(use: str) -> str:
    """What else may become of a column."""
    return {UNUSED: tr("Not imported"), ORIGIN: tr("What the row rests on"), KEPT: tr("As the map says")}[use]


def order(dates: str) -> str:
    """The order of day, month and year."""
    return {
        "": tr("As EDTF"),
        "ymd": tr("Year, month, day"),
        "dmy": tr("Day, month, year"),
        "mdy": tr("Month, day, year"),
    }[dates]


def preview(found: Preview, with_problems: bool) -> str:
    """What would come."""
    parts = [trn("{n} row.", "{n} rows.", found.rows)]
    if found.comes.facts:
        parts.append(tr("Would come: {what}.", what=_counted(found.comes.subjects, found.comes.facts)))
    else:
        parts.append(tr("Nothing new would come.") if found.comes.known else tr("Nothing would come."))
    if found.comes.known:
        parts.append(trn("{n} fact is there already.", "{n} facts are there already.", found.comes.known))
    if found.problems:
        parts.append(
            trn("{n} problem", "{n} problems", len(found.problems))
            + " "
            + trn("in {n} row;", "in {n} rows;", found.amiss)
            + " "
            + (tr("these cells are left out.") if with_problems else tr("these rows are left out."))
        )
    if found.unread:
        parts.append(tr("Not imported: {columns}.", columns=", ".join(found.unread)))
    return " ".join(parts)


def nothing() -> str:
    """That a map brings nothing."""
    return tr("Nothing would come of this. Say what the columns mean.")


def came(done: Came) -> str:
    """What came."""
    parts = [tr("Imported: {what}", what=_counted(done.subjects, done.facts))]
    if done.known:
        parts.append(trn("{n} fact was there already", "{n} facts were there already", done.known))
    if done.left_out:
        parts.append(trn("{n} row left out", "{n} rows left out", done.left_out))
    if done.ahead:
        parts.append(
            trn(
                "Stopped before the last row; the same import goes on there",
                "Stopped before the last {n} rows; the same import goes on there",
                done.ahead,
            )
        )
    return "  ·  ".join(parts)


def _counted(subjects: Mapping[str, int], facts: int) -> str:
    named = {
        Kind.PERSON: lambda n: trn("{n} person", "{n} persons", n),
        Kind.CASE: lambda n: trn("{n} case", "{n} cases", n),
        Kind.EVENT: lambda n: trn("{n} event", "{n} events", n),
    }
    said = [
        named[Kind(kind)](count)
        if Kind(kind) in named
        else tr("{n} of: {kind}", n=number(count), kind=labels.value("kind", kind))
        for kind, count in subjects.items()
    ]
    return ", ".join([*said, trn("{n} fact", "{n} facts", facts)])


def problem_heads() -> tuple[str, ...]:
    """The headings over problems."""
    return tr("Row"), tr("Column"), tr("Value"), tr("What is amiss")


def problem_lines(found: Iterable[Problem]) -> tuple[Line, ...]:
    """Problems as rows of a table."""
    return tuple(Line((_row(one), one.column, one.value, amiss(one))) for one in found)


def _row(one: Problem) -> str:
    """The row with its sheet; empty for what is wrong with a whole file."""
    number = str(one.row) if one.row else ""
    return ", ".join(part for part in (one.sheet, number) if part)


def more_problems(more: int) -> str:
    """How many problems are not listed."""
    return trn("{n} more problem is not listed.", "{n} more problems are not listed.", more)


_SORTS = {
    "document": lambda: tr("Documents"),
    "term": lambda: tr("Terms"),
    "subject": lambda: tr("Records"),
    "fact": lambda: tr("Facts"),
    "source": lambda: tr("Sources"),
    "link": lambda: tr("Links of documents"),
    "not same": lambda: tr("“Not the same person”"),
    "merge": lambda: tr("Merged persons"),
}
_WHATS = {
    "new": lambda: tr("new"),
    "same": lambda: tr("the same"),
    "differing": lambda: tr("differing"),
    "refused": lambda: tr("refused"),
    "left": lambda: tr("left there"),
}


def told_heads() -> tuple[str, ...]:
    """The headings over what is not simply new or the same."""
    return tr("Record"), tr("Sort"), tr("What becomes of it"), tr("Why")


def sort(of: str) -> str:
    """A sort of record of another desk."""
    return _SORTS[of]() if of in _SORTS else of


def what(became: str) -> str:
    """What becomes of a record of another desk."""
    return _WHATS[became]() if became in _WHATS else became


def counts(found: Mapping[str, Mapping[str, int]]) -> str:
    """What becomes of every sort of record, a line each."""
    return "\n".join(
        f"{sort(of)}:  " + ",  ".join(f"{number(count)} {_became(of, one)}" for one, count in several.items())
        for of, several in found.items()
    )


def _became(of: str, one: str) -> str:
    # the documents themselves do not come: what is cited of one that is not here comes as a quotation
    if of == "document":
        return tr("held here") if one == "same" else tr("not held here, only quoted")
    return what(one)


def told_lines(found: Iterable[tuple[Item, str]]) -> tuple[Line, ...]:
    """What is not simply new or the same, as rows of a table."""
    return tuple(Line((called or item.id, sort(item.sort), what(item.what), item.why)) for item, called in found)
