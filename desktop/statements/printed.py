"""A search statement as blocks of text for printing: all its wording stands here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive.printing.blocks import Block, Style, clean
from desktop import covering, labels, noted, ways
from desktop.translate import number, tr, trn
from index.answers import Filter, Widened
from index.statement import BANNER, CLOSING, Found, Made, Statement, Widening


def title() -> str:
    """What the file is called; it tells nothing of what was searched."""
    return tr("Search statement")


def footer(statement: Statement) -> str:
    """What stands at the foot of every page, before its number."""
    return clean(f"{statement.made.name} · {statement.made.at[:10]} · {CLOSING}")


def blocks(statement: Statement, digest: str, most: int) -> list[Block]:
    """Everything the file says, in order, of at most `most` hits; `digest` is the SHA-256 of the statement."""
    told = _all(statement, digest, most)
    return [replace(one, text=clean(one.text), label=clean(one.label)) for one in told]


def filter_words(one: Filter) -> str:
    """A filter in words."""
    value = labels.value(one.field, one.value)
    field = labels.field(one.field)
    return tr("{field}: not {value}", field=field, value=value) if one.exclude else f"{field}: {value}"


def sort_words(sort: str) -> str:
    """An order in words."""
    return {"newest": tr("newest first"), "oldest": tr("oldest first")}.get(sort, tr("best match first"))


def widening_words(one: Widening) -> str:
    """A widening in words."""
    way = ways.words(one.way)
    return tr("{words}: {way}", words=one.words, way=way) if one.words else way


def _all(statement: Statement, digest: str, most: int) -> Iterator[Block]:
    made = statement.made
    yield Block(Style.TITLE, title())
    yield Block(Style.TEXT, BANNER + " " + CLOSING)
    yield Block(Style.TEXT, tr("This file is not protected, and it names what was searched for."))
    yield Block(Style.HEADING, tr("Where and when"))
    yield from _facts(
        (tr("Archive"), made.name),
        (tr("Id of the archive"), made.archive),
        *_released(made),
        (tr("State of the archive"), tr("change {n} of {history}", n=number(made.position), history=made.generation)),
        (tr("Records in it"), number(made.records)),
        (tr("Program"), f"Tamarisk {made.program}"),
        (tr("Analysis of words"), made.analyser),
        (tr("Made"), made.at),
        (tr("Signed off by"), made.signed_by or tr("not recorded")),
        (tr("SHA-256 of the statement"), digest),
    )
    yield Block(Style.HEADING, tr("What was searched for"))
    yield from _asked(statement)
    yield Block(Style.HEADING, tr("What was found"))
    yield Block(Style.TEXT, trn("{n} record was found.", "{n} records were found.", statement.total))
    beyond = len(statement.hits) - statement.total
    if beyond > 0:
        yield Block(
            Style.TEXT,
            trn(
                "{n} more is listed that only sounds alike, and is not counted.",
                "{n} more are listed that only sound alike, and are not counted.",
                beyond,
            ),
        )
    yield Block(Style.HEADING, tr("What could not be searched"))
    yield from _missed(statement)
    if statement.hits:
        yield Block(Style.HEADING, tr("Every hit, in order"))
        for place, hit in enumerate(statement.hits[:most], 1):
            yield from _hit(place, hit)
        if len(statement.hits) > most:
            left = tr(
                "{n} further hits are in the file statement.json, which is attached to this one and holds all that "
                "stands here.",
                n=number(len(statement.hits) - most),
            )
            yield Block(Style.TEXT, left)
    yield Block(Style.HEADING, CLOSING)


def _asked(statement: Statement) -> Iterator[Block]:
    query = statement.query
    out = tr("left out, whether they would be found or not")
    yield from _facts(
        (tr("As typed"), query.text or tr("nothing: every record")),
        (tr("Understood as"), statement.interpretation or tr("every record")),
        *((tr("Filter"), filter_words(one)) for one in query.filters),
        (tr("Order"), sort_words(query.sort)),
        (tr("Confidential records"), tr("searched too") if statement.confidential else out),
    )
    if statement.relaxed:
        yield Block(Style.TEXT, tr("No record has all of these words; those listed have some of them."))
    for note in statement.notes:
        yield Block(Style.TEXT, noted.words(note))
    names = [Widened(one.about, one.words, one.way) for one in statement.widenings if one.about]
    for said in ways.places(names, None):
        yield Block(Style.TEXT, said)
    forms = [one for one in statement.widenings if not one.about]
    if forms:
        yield from _facts(*((tr("Also found by"), widening_words(one)) for one in forms))
    else:
        yield Block(Style.TEXT, tr("No hit was found by another form of the words."))


def _missed(statement: Statement) -> Iterator[Block]:
    reach = trn(
        "{n} document was in reach of the filters, whatever the words.",
        "{n} documents were in reach of the filters, whatever the words.",
        statement.documents,
    )
    yield Block(Style.TEXT, reach)
    if not statement.gaps and not statement.waiting:
        yield Block(Style.TEXT, tr("All of them were searched in full."))
    for gap in statement.gaps:
        yield Block(Style.FACT, covering.gap(gap), tr("Not in full"))
    if statement.waiting:
        yield Block(Style.FACT, covering.waiting(statement.waiting), tr("Not in full"))


def _hit(place: int, hit: Found) -> Iterator[Block]:
    yield Block(Style.FACT, hit.title or tr("Untitled"), number(place))
    facts = [hit.date, labels.value("kind", hit.kind)]
    facts += [tr("page {n}", n=hit.page)] if hit.page else []
    facts += [ways.words(code) for code in hit.matched_by]
    yield Block(Style.DETAIL, " · ".join(fact for fact in facts if fact))
    yield Block(Style.DETAIL, tr("Id {id}", id=hit.id))
    if hit.sha256:
        yield Block(Style.DETAIL, f"SHA-256 {hit.sha256}")


def _released(made: Made) -> Iterator[tuple[str, str]]:
    if made.release:
        yield tr("Release"), tr("number {n} of the line {line}", n=number(made.release), line=made.line)
        yield tr("Content root of the release"), made.content_root


def _facts(*told: tuple[str, str]) -> Iterator[Block]:
    for label, text in told:
        yield Block(Style.FACT, text, label)
