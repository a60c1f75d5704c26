"""Makes up the content of an archive for property tests: records that name each other, of every section."""

from __future__ import annotations

import hashlib
import json

from hypothesis import strategies as st

from archive.release.content import Record
from archive.release.sections import SECTIONS

words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)
identities = st.uuids(version=4).map(str)
salts = st.binary(min_size=16, max_size=16).map(bytes.hex)
numbers = st.integers(0, 1 << 40)
Content = dict[str, list[Record]]


@st.composite
def contents(draw: st.DrawFn, largest: int = 3) -> Content:
    """The records of an archive by section."""

    def several(least: int = 0) -> list[str]:
        return draw(st.lists(identities, unique=True, min_size=least, max_size=largest))

    def plain(section: str, **known: object) -> Record:
        numeric = {"size", "text_version", "version", "start", "end", "page", "pages", "characters"}
        return {
            column: known[column] if column in known else draw(numbers if column in numeric else words)
            for column in (*SECTIONS[section].columns, *SECTIONS[section].parts)
        }

    found: Content = {section: [] for section in SECTIONS}
    found["meta"] = [{"key": "archive", "value": draw(identities)}, {"key": "format", "value": "3"}]
    documents, subjects = several(), several()
    for identity in documents:
        shown = draw(st.lists(words, unique=True, max_size=2))
        names = [[one, draw(st.none() | salts), draw(words)] for one in shown]
        history = [[draw(words) for _ in range(5)] for _ in range(draw(st.integers(0, 2)))]
        parts = {"document_name": names, "document_history": history}
        found["document"].append(
            plain("document", uuid=identity, sha256=hashlib.sha256(identity.encode()).hexdigest(), **parts)
        )
        for version in range(1, draw(st.integers(1, 2)) + 1):
            found["text_version"].append(plain("text_version", document=identity, version=version))
            for row in range(draw(st.integers(0, 2))):
                found["text_row"].append(plain("text_row", document=identity, version=version, row=row))
        if identity != documents[0]:
            found["document_parent"].append(plain("document_parent", child=identity, parent=documents[0]))
            found["document_link"].append(plain("document_link", document=identity, other=documents[0]))
    for at, identity in enumerate(subjects):
        named = {"parent": subjects[-1] if at == 0 and len(subjects) > 1 else None, "merged": None}
        found["subject"].append(plain("subject", uuid=identity, code="", **named))
    for at, identity in enumerate(several() if subjects else []):
        about = {"subject": subjects[0], "value": str(at), "salt": draw(salts), "state": "current"}
        found["fact"].append(plain("fact", uuid=identity, **about))
        if documents:
            about = {"fact": identity, "document": documents[-1], "salt": draw(salts)}
            found["source"].append(plain("source", uuid=draw(identities), **about))
    facts = [record["uuid"] for record in found["fact"]]
    for identity in several():
        moved = [["fact", one, subjects[-1], draw(words)] for one in facts]
        found["merge"].append(plain("merge", id=identity, moved=moved))
        found["not_same"].append(plain("not_same", one=identity))
    for code in draw(st.lists(words, unique=True, max_size=largest)):
        labels = [["en", "other", one] for one in draw(st.lists(words, unique=True, max_size=2))]
        parts = {"term_label": labels, "term_mapping": []}
        found["term"].append(plain("term", vocabulary="method", code=code, **parts))
    for identity in ["", *documents]:
        for nth in range(1, draw(st.integers(0, 3)) + 1):
            said = draw(st.none() | st.just(json.dumps({"a": "b"})))
            salt = None if said is None else draw(salts)
            found["custody"].append(plain("custody", document=identity, nth=nth, salt=salt, content=said))
    return found
