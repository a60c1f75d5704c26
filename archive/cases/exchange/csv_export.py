"""Writes casework as CSV for spreadsheets: cases with a row each, or facts with a row for each of their sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from archive import documents
from archive.cases import digests, facts, subjects, summaries, weighing
from archive.cases.exchange import selection
from archive.cases.exchange.shown import Shown, title
from archive.cases.fields import everything as every_field
from archive.cases.records import Fact, Kind
from archive.connect import Database
from archive.dates import span

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula: where it comes first, blanks aside, an apostrophe is set."""
ROLES = ("host", "origin", "transit", "lure", "resettlement")
CASES = (
    "code", "name", "persons concerned", "counted as", "group size", "outcome", *(f"{role} country" for role in ROLES),
    "methods", "programmes", "first date", "last date", "events", "facts", "sources", "contradictions", "id",
)  # fmt: skip
FACTS = (
    "case", "subject", "kind", "field", "value", "value code", "as of", "assessment", "assessment reason", "stance",
    "quote", "document", "page", "chain", "date words", "hedge", "note", "language", "document id", "SHA-256",
    "text version", "start", "end", "recorded", "by", "fact id", "source id", "subject id",
)  # fmt: skip


def cases(db: Database, identities: Iterable[str] | None = None, *, confidential: bool = True) -> str:
    """The cases as CSV text, all or those given; without `confidential`, those that are so are left out."""
    hidden = frozenset() if confidential else selection.confidential(db)
    wanted = summaries.everything(db) if identities is None else tuple(identities)
    shown = Shown(db, hidden)
    return _text(CASES, _cases(db, [one for one in wanted if one not in hidden], shown, hidden))


def facts_with_sources(db: Database, *, confidential: bool = True) -> str:
    """All facts that stand as CSV text, by subject; without `confidential`, what is so is left out."""
    hidden = frozenset() if confidential else selection.confidential(db)
    return _text(FACTS, _facts(db, Shown(db, hidden), hidden))


def defused(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def _text(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(map(defused, row) for row in rows)
    return out.getvalue()


def _cases(db: Database, wanted: list[str], shown: Shown, hidden: frozenset[str]) -> Iterator[tuple[object, ...]]:
    for one in summaries.of(db, wanted):
        parts = [part for part in (one.case, *subjects.belonging_to(db, one.case)) if part.id not in hidden]
        recorded = facts.of_subjects(db, parts)
        open_facts = {part.id: [fact for fact in recorded.get(part.id, ()) if fact.id not in hidden] for part in parts}
        every = [fact for some in open_facts.values() for fact in some]
        # all that is told here is told by these facts alone: a date or a count may give away what was left out
        asserted = [fact for fact in every if any(source.stance.asserts for source in fact.sources)]
        outcomes = [(fact.value, fact.as_of) for fact in asserted if fact.field == "outcome"]
        days = [span(fact.value) for fact in asserted if fact.field in digests.DATED]
        first, last = digests.extent([*days, *(span(as_of) for _, as_of in outcomes if as_of)])

        def told(field: str, every: list[Fact] = every) -> str:
            values = [shown.value(field, fact.value) for fact in every if fact.field == field]
            return "; ".join(dict.fromkeys(values))

        outcome, _ = digests.latest_outcome(outcomes)
        yield (
            one.case.code,
            told("name") or (told("person-concerned") if hidden else one.case.label),
            told("person-concerned"),
            told("unit"),
            told("group-size"),
            shown.term("outcome", outcome) if outcome else "",
            *map(told, ROLES),
            told("method"),
            told("programme"),
            first,
            last,
            sum(bool(open_facts[part.id]) or not recorded.get(part.id) for part in parts[1:]),
            len(every),
            sum(source.id not in hidden for fact in every for source in fact.sources),
            len(weighing.contradictions(db, open_facts)),
            one.case.id,
        )


def _facts(db: Database, shown: Shown, hidden: frozenset[str]) -> Iterator[tuple[object, ...]]:
    known = {}
    for kind in Kind:
        for subject in subjects.of_kind(db, kind):
            about = subject if not subject.parent else subjects.get(db, subject.parent)
            for fact in facts.of_subject(db, subject) if subject.id not in hidden else ():
                for source in fact.sources if fact.id not in hidden else ():
                    if source.id in hidden:
                        continue
                    if source.document not in known:
                        known[source.document] = documents.get(db, source.document)
                    document = known[source.document]
                    yield (
                        about.code,
                        shown.subject(subject.id),
                        subject.kind,
                        every_field()[fact.field].label,
                        shown.value(fact.field, fact.value),
                        fact.value,
                        fact.as_of,
                        fact.assessment,
                        fact.assessment_reason,
                        source.stance,
                        source.quote,
                        title(document),
                        source.page or "",
                        shown.chain(source),
                        source.date_words,
                        source.hedge,
                        source.note,
                        source.language,
                        document.id,
                        document.sha256,
                        source.version,
                        source.start,
                        source.end,
                        source.created,
                        source.who,
                        fact.id,
                        source.id,
                        subject.id,
                    )
