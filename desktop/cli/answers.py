"""An answer of a search as the terminal shows it and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from desktop import covering, explaining, labels, messages
from desktop.cli import suggestions, terminal
from desktop.translate import number, tr, trn
from index.answers import Answer, Hit, Totals
from index.coverage import Coverage
from index.explain import Explanation
from index.suggest import Suggestion

FACET_VALUES = 10


@dataclass(frozen=True, slots=True)
class Found:
    """All that is said of a search: `alike` are hits that only sound like what was asked for, `why` says by UUID what
    the place of a hit comes from."""

    answer: Answer
    totals: Totals
    alike: tuple[Hit, ...] = ()
    meant: tuple[Suggestion, ...] = ()
    coverage: Coverage | None = None
    why: Mapping[str, Explanation] = field(default_factory=dict)


def as_json(found: Found) -> dict[str, object]:
    """For programs."""
    answer, totals, coverage, why = found.answer, found.totals, found.coverage, found.why
    return {
        "query": answer.query.text,
        "interpretation": answer.interpretation,
        "relaxed": answer.relaxed,
        "widened": [asdict(one) for one in answer.widened],
        "notes": answer.notes,
        "total": totals.total,
        "took_ms": round(answer.took_ms, 2),
        "hits": [_hit(hit) | ({"why": asdict(why[hit.id])} if hit.id in why else {}) for hit in answer.hits],
        "suggestions": suggestions.as_json(found.meant),
        "same_sound": [_hit(hit) for hit in found.alike],
        "facets": {
            name: [{"value": each.value, "count": each.count} for each in values]
            for name, values in totals.facets.items()
        },
        "coverage": {
            "documents": coverage.documents,
            "gaps": [asdict(gap) for gap in coverage.gaps],
            "waiting": coverage.waiting,
        }
        if coverage
        else None,
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title.text,
        "date": hit.date,
        "language": hit.language,
        "countries": hit.countries,
        "type": hit.type,
        "score": hit.score,
        "snippet": hit.snippet.text,
        "snippet_marks": hit.snippet.marks,
        "page": hit.page,
        "passage": {"version": hit.passage.version, "start": hit.passage.start, "end": hit.passage.end},
        "matched_by": hit.matched_by,
        "through": [asdict(one) for one in hit.through],
    }


def say(found: Found) -> None:
    """For people."""
    answer, totals = found.answer, found.totals
    suggestions.say(found.meant)
    _say_understood(answer)
    terminal.say(trn("1 record", "{n} records", totals.total))
    for hit in answer.hits:
        terminal.say()
        _say_hit(hit)
        for words in explaining.sentences(found.why[hit.id]) if hit.id in found.why else ():
            terminal.say("  " + terminal.clean(words))
    left = totals.total - answer.query.offset - len(answer.hits)
    if answer.hits and left > 0:
        terminal.say()
        onward = answer.query.offset + len(answer.hits)
        terminal.say(tr("{n} more: --offset {onward}", n=number(left), onward=onward))
    if found.alike:
        terminal.say()
        terminal.say(tr("Same sound, other characters: possibly another person (not counted)"))
        for hit in found.alike:
            terminal.say()
            _say_hit(hit)
    for name, values in totals.facets.items():
        if values:
            terminal.say()
            terminal.say(labels.field(name))
            for each in values[:FACET_VALUES]:
                terminal.say(f"  {number(each.count):>8}  {terminal.clean(labels.value(name, each.value))}")
    if found.coverage is not None:
        _say_coverage(found.coverage, totals.total)


def _say_understood(answer: Answer) -> None:
    if answer.interpretation and answer.interpretation != answer.query.text:
        terminal.say(tr("searched for: {words}", words=terminal.clean(answer.interpretation)))
    if answer.relaxed:
        terminal.say(tr("No record has all the words; these have some of them."))
    if answer.widened:
        terminal.say(terminal.clean(messages.also(answer.widened)))
    for note in answer.notes:
        terminal.say(messages.reason(note))


def _say_coverage(coverage: Coverage, found: int) -> None:
    if coverage.complete and found:
        return
    terminal.say()
    terminal.say(covering.sentence(coverage))
    if coverage.gaps:
        terminal.say(tr("To list them, add --where {filter}", filter=f"searchable={coverage.gaps[0].code}"))


def _say_hit(hit: Hit) -> None:
    terminal.say(terminal.marked(hit.title.text or tr("Untitled"), hit.title.marks, bold=True))
    facts = [hit.id[:13], hit.date, hit.language, " ".join(hit.countries), hit.type]
    facts += [messages.reason(code) for code in hit.matched_by]
    facts += messages.through(hit.through)
    terminal.say("  " + terminal.clean(" · ".join(fact for fact in facts if fact)))
    if hit.snippet.text:
        terminal.say("  " + terminal.marked(hit.snippet.text, hit.snippet.marks))
