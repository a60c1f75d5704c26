"""Says in words what an overview before signing tells, section by section, and what is being done on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.release.overview import Overview, Paper
from archive.release.traces import Trace
from archive.verify import Step
from desktop import keeping, labels, shown
from desktop.release.marking import Row
from desktop.translate import number, tr, trn


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind. `mark` is the part of the choice that marked rows go into and `verb` the heading of the boxes;
    both are empty where there is nothing to choose."""

    title: str
    sentence: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    mark: str = ""
    verb: str = ""


def sections(seen: Overview) -> tuple[Section, ...]:
    """All that is to be read, the persons first."""
    return (
        _persons(seen),
        _unconsented(seen),
        _mentioning(seen),
        _rendering(seen),
        _telling(seen),
        _unsourced(seen),
        _containers(seen),
    )


def counts(seen: Overview) -> str:
    """What goes and what stays behind, in two sentences."""
    return tr("Goes: {going}. Stays behind: {staying}.", going=_counted(seen.going), staying=_counted(seen.staying))


def step(now: Step) -> str:
    """What a look or a publishing is doing."""
    works = {
        "selecting": tr("finding what stays behind"),
        "mentions": tr("looking for names of those left out"),
        "release": tr("writing the records"),
        "root": tr("computing the content root"),
        "seal": tr("hashing and signing the files"),
    }
    words = works.get(now.work)
    if words is None:
        return keeping.step_words(now)
    if now.work == "seal":
        return f"{words}  ·  {now.where}"
    return f"{words}  ·  {number(now.done)} / {number(now.total)}" if now.total > 1 else words


def trace(found: Trace) -> str:
    """What an original tells beside its text."""
    return {
        Trace.HEADERS: tr("senders and servers"),
        Trace.AUTHORS: tr("authors"),
        Trace.PICTURE: tr("time, device, place of a picture"),
        Trace.PATH: tr("a path on a computer"),
        Trace.OFFICE: tr("who wrote and saved it"),
    }[found]


def _counted(several: tuple[tuple[str, int], ...]) -> str:
    known = {
        "documents": lambda n: trn("{n} document", "{n} documents", n),
        "facts": lambda n: trn("{n} fact", "{n} facts", n),
        "subjects": lambda n: trn("{n} person, case or other subject", "{n} persons, cases and other subjects", n),
    }
    return ", ".join(known[kind](count) if kind in known else f"{kind}: {count}" for kind, count in several)


def _persons(seen: Overview) -> Section:
    at_risk = sum(one.at_risk for one in seen.persons)
    without = sum(not one.consents for one in seen.persons)
    said = [
        trn("1 person is named in the release.", "{n} persons are named in the release.", len(seen.persons)),
        trn("1 is a relative or a minor.", "{n} are relatives or minors: they come first.", at_risk) if at_risk else "",
        trn("For 1 no consent is recorded.", "For {n} no consent is recorded.", without) if without else "",
        tr("Whom you leave out stays behind with everything that rests on them."),
    ]
    return Section(
        tr("Persons named"),
        " ".join(part for part in said if part) if seen.persons else tr("No person is named."),
        (tr("Name"), tr("At risk"), tr("Consent")),
        tuple(
            Row(
                one.id,
                (
                    one.label or tr("Without a name"),
                    tr("Relative or minor") if one.at_risk else "",
                    tr("Recorded") if one.consents else tr("Not recorded"),
                ),
                one.id,
            )
            for one in seen.persons
        ),
        "left_out",
        tr("Leave out"),
    )


def _unconsented(seen: Overview) -> Section:
    rows = tuple(Row(f"{at} {label}", (label,)) for at, label in enumerate(seen.unconsented))
    sentence = tr("They stay behind: their consent was refused, has ended, or is for another purpose.")
    return Section(
        tr("Consent does not reach"), sentence if rows else tr("There is none of these."), (tr("Name"),), rows
    )


def _mentioning(seen: Overview) -> Section:
    sentence = tr(
        "They go, and their text names somebody who stays behind. A text is never altered: leave out the documents "
        "that must not tell it. Enter opens one in the window."
    )
    return _documents(tr("Texts that name somebody left out"), sentence, seen.mentioning)


def _rendering(seen: Overview) -> Section:
    sentence = tr(
        "They go, and are translations, transcripts, abstracts, versions or quotations of a document that stays "
        "behind. Leave out those that must not tell it. Enter opens one in the window."
    )
    return _documents(tr("Versions of what stays behind"), sentence, seen.rendering)


def _documents(title: str, sentence: str, papers: Sequence[Paper]) -> Section:
    """Documents that go, each of which can be left out."""
    rows = tuple(Row(one.id, (shown.line(one.title) or tr("Without a title"),), one.id) for one in papers)
    said = sentence if rows else tr("There is none of these.")
    return Section(title, said, (tr("Document"),), rows, "left_out", tr("Leave out"))


def _telling(seen: Overview) -> Section:
    sentence = tr("Their originals tell more than their text does. With “text only” the original stays behind.")
    return Section(
        tr("Originals that tell more"),
        sentence if seen.telling else tr("There is none of these."),
        (tr("Document"), tr("Its original tells")),
        tuple(
            Row(one.id, (one.title or tr("Without a title"), ", ".join(map(trace, one.traces))), one.id)
            for one in seen.telling
        ),
        "text_only",
        tr("Text only"),
    )


def _unsourced(seen: Overview) -> Section:
    sentence = tr(
        "They stay behind because all their sources do. You can let one go with “Source held by the publisher” in "
        "place of its source. Beware: nobody who reads it can check it, and it may tell what the source was."
    )
    return Section(
        tr("Facts without a source that goes"),
        sentence if seen.unsourced else tr("There is none of these."),
        (tr("About"), tr("Fact"), tr("Value")),
        tuple(
            Row(one.fact, (one.subject, labels.field(one.field), labels.value(one.field, one.value)))
            for one in seen.unsourced
        ),
        "held",
        tr("Let it go"),
    )


def _containers(seen: Overview) -> Section:
    sentence = tr(
        "They stay behind as a whole, because their bytes hold something that stays behind. What else was in them goes."
    )
    return Section(
        tr("Containers that stay behind"),
        sentence if seen.containers else tr("There is none of these."),
        (tr("Document"),),
        tuple(Row(one.id, (one.title or tr("Without a title"),), one.id) for one in seen.containers),
    )


def persons(seen: Overview) -> str:
    """How many persons are named, within a sentence."""
    return trn("1 person", "{n} persons", len(seen.persons)) if seen.persons else tr("nobody")
