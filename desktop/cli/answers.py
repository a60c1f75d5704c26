"""An answer of a search as the terminal shows it and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from desktop import covering, explaining, folded, labels, noted, ways
from desktop.cli import suggestions, terminal
from desktop.translate import number, tr
from index.answers import Answer, Beneath, Hit, Totals, Unfolded
from index.coverage import Coverage
from index.explain import Explanation
from index.suggest import Suggestion

FACET_VALUES = 10
PLACES = 12
"""Pages, and documents nearly the same, that are named under a hit."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that is said of a search: `alike` are hits that only sound like what was asked for, `why` says by UUID what
    the place of a hit comes from, `under` how much is folded under it, and the first of that."""

    answer: Answer
    totals: Totals
    alike: tuple[Hit, ...] = ()
    meant: tuple[Suggestion, ...] = ()
    coverage: Coverage | None = None
    why: Mapping[str, Explanation] = field(default_factory=dict)
    under: Mapping[str, tuple[Beneath, Unfolded]] = field(default_factory=dict)


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
        "folded": totals.folded,
        "took_ms": round(answer.took_ms, 2),
        "hits": [
            _hit(hit) | _under(found, hit) | ({"why": asdict(why[hit.id])} if hit.id in why else {})
            for hit in answer.hits
        ],
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
        **_place(hit),
        "matched_by": hit.matched_by,
        "through": [asdict(one) for one in hit.through],
    }


def _under(found: Found, hit: Hit) -> dict[str, object]:
    """What is folded under a hit, and how many of each there are: more than are listed, where they are very many."""
    counted, listed = found.under.get(hit.id, (Beneath(hit.id, 0, 0), Unfolded(hit.id, (), ())))
    return {
        "further_passages": counted.passages,
        "passages": [_place(one) | {"snippet": one.snippet.text} for one in listed.passages],
        "nearly_the_same": counted.near,
        "folded": [{"id": one.id, "title": one.title.text, "date": one.date} | _place(one) for one in listed.near],
    }


def _place(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {"page": hit.page, "passage": {"version": passage.version, "start": passage.start, "end": passage.end}}


def say(found: Found) -> None:
    """For people."""
    answer, totals = found.answer, found.totals
    suggestions.say(found.meant)
    _say_understood(answer)
    terminal.say(folded.counted(totals))
    for hit in answer.hits:
        terminal.say()
        _say_hit(hit)
        if hit.id in found.under:
            _say_under(*found.under[hit.id])
        for words in explaining.sentences(found.why[hit.id]) if hit.id in found.why else ():
            terminal.say("  " + terminal.clean(words))
    left = totals.listed - answer.query.offset - len(answer.hits)
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


def _say_under(counted: Beneath, listed: Unfolded) -> None:
    if counted.passages:
        pages = list(dict.fromkeys(hit.page for hit in listed.passages if hit.page))
        cut = len(listed.passages) < counted.passages
        terminal.say("  " + folded.passages(counted.passages, pages, cut=cut))
    if counted.near:
        terminal.say("  " + folded.near(counted.near))
        for hit in listed.near:
            told = [hit.id[:13], hit.date, hit.title.text or tr("Untitled")]
            terminal.say("    " + terminal.clean(" · ".join(one for one in told if one)))


def _say_understood(answer: Answer) -> None:
    if answer.interpretation and answer.interpretation != answer.query.text:
        terminal.say(tr("searched for: {words}", words=terminal.clean(answer.interpretation)))
    if answer.relaxed:
        terminal.say(tr("No record has all the words; these have some of them."))
    for sentence in [ways.also(answer.widened), *ways.places(answer.widened)]:
        if sentence:
            terminal.say(terminal.clean(sentence))
    for note in answer.notes:
        terminal.say(noted.words(note))


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
    facts += [ways.words(code) for code in hit.matched_by]
    facts += ways.through(hit.through)
    terminal.say("  " + terminal.clean(" · ".join(fact for fact in facts if fact)))
    if hit.snippet.text:
        terminal.say("  " + terminal.marked(hit.snippet.text, hit.snippet.marks))
