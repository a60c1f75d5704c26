"""What a dossier calls subjects: never by a name that may not stand in it."""

from __future__ import annotations

from archive import documents
from archive.cases import facts, labels, subjects, vocabularies
from archive.cases.dossier.permitted import Permitted
from archive.cases.records import Kind
from archive.connect import Database
from archive.errors import NoSuchRecord

UNSAID = "not named here"
UNTITLED = "Untitled"


class Names:
    """Labels of subjects from the facts that may be shown; the stored label may hold what is confidential."""

    def __init__(self, db: Database, permitted: Permitted) -> None:
        self._db, self._permitted = db, permitted
        self._labels: dict[str, tuple[Kind | None, tuple[str, ...], str]] = {}

    def label(self, identity: str) -> str:
        """What a subject is called."""
        _, names, fallback = self._known(identity)
        return names[0] if names else fallback

    def every(self, identity: str) -> tuple[str, ...]:
        """Every name of a subject, in all scripts, the one it is called by first."""
        return self._known(identity)[1]

    def is_named_person(self, identity: str) -> bool:
        """Whether this is a person, and one whose name may be shown and is known."""
        kind, names, _ = self._known(identity)
        return kind is Kind.PERSON and bool(names)

    def _known(self, identity: str) -> tuple[Kind | None, tuple[str, ...], str]:
        if identity not in self._labels:
            self._labels[identity] = self._derived(identity)
        return self._labels[identity]

    def _derived(self, identity: str) -> tuple[Kind | None, tuple[str, ...], str]:
        try:
            subject = subjects.get(self._db, identity)
        except NoSuchRecord:  # a step of a chain may be a document
            return None, (), UNSAID if self._permitted.secret(identity) else self._title(identity)
        if self._permitted.hidden(identity):
            return subject.kind, (), subject.code or UNSAID
        shown = [fact for fact in facts.of_subject(self._db, subject) if self._permitted.may_stand(fact)]
        names: list[str] = []
        for field in labels.NAMING[subject.kind]:
            # the order of labels: a script that more readers know first
            found = sorted((fact for fact in shown if fact.field == field), key=lambda fact: fact.value >= "ʰ")
            if found and field in labels.SEVERAL:
                names = [", ".join(self.label(fact.value) for fact in found)]
            elif field in labels.VOCABULARIES:
                names = [self.term(labels.VOCABULARIES[field], fact.value) for fact in found]
            else:
                names = [fact.value for fact in found]
            if names:
                break
        fallback = subject.code or labels.UNNAMED.get(subject.kind) or f"{subject.kind} {identity[:8]}"
        return subject.kind, tuple(dict.fromkeys(names)), fallback

    def _title(self, document: str) -> str:
        return documents.get(self._db, document).metadata.title or UNTITLED

    def term(self, vocabulary: str, code: str) -> str:
        """The English label of a term."""
        return vocabularies.label(self._db, vocabulary, code, "en")
