"""A dossier as a sequence of blocks of text, which every form of it prints: all wording stands here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.cases import fields
from archive.cases.dossier import wording
from archive.cases.dossier.gather import CasePart, Dossier, Exhibit, Part, Quotation
from archive.cases.dossier.permitted import MASK
from archive.cases.pages import Weighed
from archive.cases.records import Assessment, Fact, Kind
from archive.dates import LAST_DAY, bounds, span
from archive.printing.blocks import Block, Style, clean

NOT_RECORDED = "not recorded"
CORE = {Kind.CASE: ("person-concerned", "outcome"), Kind.EVENT: ("date", "place")}
"""Fields that each have their line, with a fact or without."""
CAVEAT = "inclusion is not a finding"


def title(dossier: Dossier) -> str:
    """What the file is called: the codes of its cases, which tell nothing."""
    codes = [one.case.subject.code for one in dossier.cases]
    return f"Dossier {codes[0]}" if len(codes) == 1 else f"Dossier of {len(codes)} cases"


def footer(dossier: Dossier) -> str:
    """What stands at the foot of every page, before its number."""
    return clean(f"{dossier.archive} · {dossier.made.isoformat()} · {CAVEAT}")


def blocks(dossier: Dossier) -> list[Block]:
    """Everything the dossier says, in order, with the names that must not be shown masked."""
    told = [_safe(block, dossier) for block in _all(dossier)]
    if any(MASK in one.before + one.text + one.after for one in told):
        told.append(Block(Style.DETAIL, f"{MASK} stands for words left out of a passage or title, a name as a rule."))
    return told


def _safe(block: Block, dossier: Dossier) -> Block:
    text, label = (dossier.mask(clean(words)) for words in (block.text, block.label))
    if block.style is not Style.QUOTE:
        return replace(block, text=text, label=label)
    around = (clean(words) for words in (block.before, block.text, block.after))
    before, text, after = dossier.mask.passage(*around)
    return replace(block, text=text, before=before, after=after)


def _all(dossier: Dossier) -> Iterator[Block]:
    yield Block(Style.TITLE, title(dossier))
    latest = dossier.latest_source or "date not recorded"
    yield Block(Style.TEXT, f"Latest source: {latest}; {CAVEAT}.")
    yield Block(Style.TEXT, f"From the archive “{wording.inset(dossier.archive)}”, made on {dossier.made.isoformat()}.")
    yield Block(Style.TEXT, f"It names {persons(dossier)}. This file is not protected.")
    if dossier.withheld is not None:
        yield Block(Style.TEXT, f"{wording.plural(dossier.withheld, 'fact')} withheld.")
    for one in dossier.cases:
        yield from _case(one, dossier)
    if dossier.persons:
        yield Block(Style.HEADING, "Persons concerned")
        for part in dossier.persons:
            yield Block(Style.SUBHEADING, " · ".join(dossier.names.every(part.subject.id)) or _label(part, dossier))
            yield from _facts(part, dossier)
    if dossier.said:
        yield Block(Style.HEADING, "Statements and responses")
        for part in dossier.said:
            yield Block(Style.SUBHEADING, f"{str(part.subject.kind).capitalize()}: {_label(part, dossier)}")
            yield from _facts(part, dossier)
    yield Block(Style.HEADING, "Exhibits")
    for exhibit in dossier.exhibits:
        yield from _exhibit(exhibit, dossier)


def persons(dossier: Dossier) -> str:
    """How many persons are named, in words."""
    count, kin = len(dossier.named), len(dossier.relatives)
    return ("1 person" if count == 1 else f"{count} people") + (
        f", {kin} of them {'a relative' if kin == 1 else 'relatives'}" if kin else ""
    )


def _case(one: CasePart, dossier: Dossier) -> Iterator[Block]:
    names = [dossier.names.every(fact.fact.value) for fact in one.case.of("person-concerned")]
    heading = " · ".join(names[0]) if len(names) == 1 and names[0] else _label(one.case, dossier)
    code = one.case.subject.code
    yield Block(Style.HEADING, f"{heading} ({code})" if heading != code else code)
    yield Block(Style.TEXT, _summary(one, dossier))
    for contradiction in one.contradictions:
        known = {weighed.fact.id: weighed.fact for part in (one.case, *one.events) for weighed in part.facts}
        values = " / ".join(_value(known[identity], dossier) for identity in contradiction.facts)
        field = fields.field(contradiction.field).label
        words = wording.CONTRADICTED[contradiction.how].format(field=field, values=values)
        where = (
            ""
            if contradiction.subject == one.case.subject.id
            else f"{wording.inset(dossier.names.label(contradiction.subject))}: "
        )
        yield Block(Style.TEXT, f"Contradicted: {where}{words}")
    yield from _facts(one.case, dossier)
    yield Block(Style.SUBHEADING, "Events" if one.events else f"Events: {NOT_RECORDED}")
    for event in one.events:
        yield Block(Style.SUBHEADING, " · ".join(filter(None, (_when(event), _label(event, dossier)))))
        yield from _facts(event, dossier)


def _summary(one: CasePart, dossier: Dossier) -> str:
    concerned = [_value(fact.fact, dossier) for fact in one.case.of("person-concerned")]
    sentence = f"Case {one.case.subject.code}"
    sentence += f" concerns {', '.join(concerned)}" if concerned else ""
    sentence += f"{'; ' if concerned else ': '}{wording.plural(len(one.events), 'event')} recorded"
    first = min((event.earliest for event in one.events if event.earliest), default="")
    last = max((event.latest for event in one.events if event.latest), default="")
    first, last = bounds(first, last) if first else ("", "")
    sentence += f", between {first} and {last}." if first != last else f", dated {first}." if first else "."
    history = _history(one.case.of("outcome"))
    if history:
        latest = history[-1].fact
        when = f" ({latest.as_of})" if latest.as_of else ""
        sentence += f" Latest outcome recorded: {_value(latest, dossier)}{when}."
    return sentence


def _history(outcomes: Sequence[Weighed]) -> list[Weighed]:
    """Outcomes that some source asserts, the earliest first, those without a date before all others."""
    stated = [one for one in outcomes if one.tally.documents]
    return sorted(stated, key=lambda one: span(one.fact.as_of)[1] if one.fact.as_of else "")


def _facts(part: Part, dossier: Dossier) -> Iterator[Block]:
    core = CORE.get(part.subject.kind, ())
    shown = list(part.facts)
    if part.subject.kind is Kind.CASE:
        dated = sorted(part.of("outcome"), key=lambda one: span(one.fact.as_of)[1] if one.fact.as_of else LAST_DAY)
        others = [one for one in shown if one.fact.field != "outcome"]
        shown = [*dated, *others]
    for code in core:
        if code in part.missing:
            yield Block(Style.FACT, NOT_RECORDED, fields.field(code).label)
    for weighed in shown:
        yield from _fact(weighed, part, dossier)
    missing = [fields.field(code).label for code in part.missing if code not in core]
    if missing:
        yield Block(Style.DETAIL, f"Not recorded: {', '.join(missing)}.")


def _fact(weighed: Weighed, part: Part, dossier: Dossier) -> Iterator[Block]:
    fact, field = weighed.fact, fields.field(weighed.fact.field)
    text = wording.value(fact, dossier.names)
    if fact.subject != part.subject.id:  # a relative's own record says so
        text = f"{dossier.names.label(fact.subject)}: {field.label[:1].lower()}{field.label[1:]} {text}"
    if fact.as_of:
        text += f" (as of {fact.as_of})"
    details = [*wording.wordings(fact), wording.tally(weighed.tally)]
    if weighed.contradicted:
        details.append("contradicted")
    if fact.assessment is not Assessment.NONE:
        details.append(f"our assessment: {fact.assessment} ({wording.inset(fact.assessment_reason)})")
    marks = tuple(dict.fromkeys(dossier.marks[source.id] for source in fact.sources))
    label = field.label if fact.subject == part.subject.id else "Relative"
    yield Block(Style.FACT, text, label, marks)
    yield Block(Style.DETAIL, "; ".join(details))


def _exhibit(exhibit: Exhibit, dossier: Dossier) -> Iterator[Block]:
    document, metadata = exhibit.document, exhibit.document.metadata
    yield Block(
        Style.SUBHEADING,
        f"Exhibit {exhibit.number}: {metadata.title or 'Untitled'}",
        anchor=str(exhibit.number),
        language=metadata.language,
    )
    published = metadata.published or NOT_RECORDED
    if metadata.published_words not in ("", metadata.published):
        published += f" (“{metadata.published_words}”)"
    for label, text in (
        ("Authors", ", ".join(metadata.authors) or NOT_RECORDED),
        ("Publisher", metadata.publisher or NOT_RECORDED),
        ("Date", published),
        ("Type", metadata.type or NOT_RECORDED),
        ("Language", wording.language(metadata.language) if metadata.language else NOT_RECORDED),
        ("Address", metadata.source_url or NOT_RECORDED),
        ("SHA-256", document.sha256),
        ("Record", document.id),
        *((relation.capitalize(), other) for relation, other in exhibit.renders),
    ):
        yield Block(Style.FACT, text, label)
    for quotation in exhibit.quotations:
        yield from _quotation(quotation, dossier)


def _quotation(quotation: Quotation, dossier: Dossier) -> Iterator[Block]:
    source = quotation.source
    place = f"page {source.page}" if source.page else f"characters {source.start:,} to {source.end:,} of the text"
    yield Block(Style.PASSAGE, f"Passage {quotation.label}, {place}", anchor=quotation.label)
    yield Block(Style.QUOTE, source.quote, before=source.before, after=source.after, language=source.language)
    if not quotation.intact:
        yield Block(Style.DETAIL, "The text of the document no longer holds this passage as it was quoted.")
    used: dict[str, dict[str, None]] = {}
    for use, fact in quotation.uses:
        how = wording.STANCES[use.stance]
        resting = wording.chain(use, dossier.names)
        used.setdefault(f"{how}, resting on: {resting}" if resting else how, {})[_told(fact, dossier)] = None
    for how, told in used.items():
        yield Block(Style.DETAIL, f"Cited for {'; '.join(told)}. The document {how}.")


def _told(fact: Fact, dossier: Dossier) -> str:
    return f"{fields.field(fact.field).label}: {_value(fact, dossier)}"


def _value(fact: Fact, dossier: Dossier) -> str:
    """The value of a fact within a sentence."""
    return wording.inset(wording.value(fact, dossier.names))


def _when(event: Part) -> str:
    """The dates of an event: as worded where a source words it, with what they were read as."""
    shown = []
    for one in event.of("date"):
        words = dict.fromkeys(source.date_words for source in one.fact.sources if source.date_words)
        read = one.fact.value
        shown += [f"{worded} ({read})" for worded in words] or [read]
    return " / ".join(shown)


def _label(part: Part, dossier: Dossier) -> str:
    return dossier.names.label(part.subject.id)
