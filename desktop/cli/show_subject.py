"""Shows a case, person or other subject: its facts with what they stand on, passage by passage, and its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.cases import fields
from desktop import labels
from desktop.cases import words
from desktop.cli import terminal
from desktop.translate import tr, trn

if TYPE_CHECKING:
    from archive.cases.pages import SubjectPage, Weighed
    from archive.cases.records import Source
    from desktop.workspace import Workspace


def as_json(page: SubjectPage) -> dict[str, object]:
    """The page as objects that JSON can hold."""
    told = asdict(page)
    for subject in (told["subject"], *told["named"].values(), *(event["subject"] for event in told["events"])):
        del subject["row"]
    return told


def say(workspace: Workspace, page: SubjectPage) -> None:
    """The page for a person at a terminal."""
    _Page(workspace, page).say()


class _Page:
    def __init__(self, workspace: Workspace, page: SubjectPage) -> None:
        self._cases, self._page = workspace.cases, page
        self._titles = {cited.id: cited.title or tr("Untitled") for cited in page.documents}

    def say(self) -> None:
        """Everything, from the name to the documents."""
        page, subject = self._page, self._page.subject
        terminal.say(terminal.marked(subject.label, (), bold=True))
        level = labels.value("confidentiality", subject.confidentiality)
        _line("  ", " · ".join(part for part in (words.kind(subject.kind), subject.code, level, subject.id) if part))
        if page.latest_source:
            said = tr("Latest source: {date}; inclusion is not a finding.", date=page.latest_source)
            _line("  ", said)
        if page.contradictions:
            _line("  ", trn("1 contradiction", "{n} contradictions", len(page.contradictions)) + ":")
            for one in page.contradictions:
                _line("    ", f"{fields.field(one.field).label}: {' / '.join(self._opposed(one.facts))}")
        self._facts(tr("Facts"), page.facts)
        for event in page.events:
            what = ", ".join(self._cases.label(fields.field("event-type"), code) for code in event.values("event-type"))
            when = ", ".join(event.values("date")) or tr("no date")
            self._facts(f"{when}  {what or tr('Event')}", event.facts)
        if page.documents:
            _line("", "")
            _line("", tr("Documents"))
            for cited in page.documents:
                count = trn("1 fact", "{n} facts", cited.facts)
                _line("  ", " · ".join(part for part in (cited.id[:13], cited.title, cited.published, count) if part))

    def _opposed(self, identities: Iterable[str]) -> list[str]:
        known = {one.fact.id: one.fact for one in self._page.every_fact()}
        facts = [known.get(identity) or self._cases.weighed(identity).fact for identity in identities]
        return [words.value(fact, self._cases.label) for fact in facts]

    def _facts(self, heading: str, weighed: Iterable[Weighed]) -> None:
        _line("", "")
        _line("", heading)
        for one in weighed:
            fact = one.fact
            text = f"{fields.field(fact.field).label}: {words.value(fact, self._cases.label)}"
            parts = [text, tr("as of {day}", day=fact.as_of) if fact.as_of else "", words.standing(one.tally)]
            parts += [tr("contradicted") if one.contradicted else ""]
            if fact.assessment_reason:
                parts.append(tr("our assessment: {words}", words=f"{fact.assessment} ({fact.assessment_reason})"))
            _line("  ", "  ·  ".join(part for part in parts if part))
            for source in fact.sources:
                _line("      ", self._source(source))

    def _source(self, source: Source) -> str:
        """A passage, how its source stands to the fact, and on whom it rests."""
        title = self._titles.get(source.document, source.document)
        page = tr("page {n}", n=source.page) if source.page else ""
        chain = [step.words or self._named(step.id) for step in source.chain]
        resting = tr("resting on {chain}", chain=" < ".join(chain)) if chain else ""
        where = ", ".join(part for part in (title, page, resting, source.note) if part)
        hedge = f" [{source.hedge}]" if source.hedge else ""
        return f"{words.stance(source)}{hedge}: “{source.quote}” ({where})"

    def _named(self, identity: str) -> str:
        subject = self._page.named.get(identity)
        return subject.label if subject else self._titles.get(identity, identity)


def _line(indent: str, text: str) -> None:
    terminal.say(indent + terminal.clean(text))
