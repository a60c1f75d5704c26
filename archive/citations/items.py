"""What a citation says, as an item of CSL-JSON 1.0.2, from which every other form is made.

See https://docs.citationstyles.org/en/stable/specification.html and its csl-data.json schema.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from archive import documents
from archive.cases import facts, subjects
from archive.cases.records import Kind
from archive.connect import Database
from archive.errors import InvalidValue, NoSuchRecord
from archive.records import Document

Item = dict[str, Any]
TYPES = {
    "article": "article-newspaper",
    "book": "book",
    "mailbox": "personal_communication",
    "message": "personal_communication",
    "picture": "graphic",
    "presentation": "speech",
    "report": "report",
    "sound": "song",
    "spreadsheet": "dataset",
    "table": "dataset",
    "video": "motion_picture",
    "web page": "webpage",
}
"""Types of documents and what CSL calls them; all others are `document`."""
IN_A_CONTAINER = frozenset({"article-newspaper", "webpage"})
"""What appears in something: its publisher is cited as that."""
PLAIN_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([?~%]?)", re.ASCII)
# controls, what changes the order in which words are seen, halves of surrogate pairs, and what XML cannot hold
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Text from outside on one line, without what other programs could take for a command or cannot hold."""
    return " ".join(UNFIT.sub(lambda found: " " if found[0].isspace() else "", text).split())


def item(db: Database, identity: str) -> Item:
    """The citation of the document or cited work with this UUID. Raises NoSuchRecord, and InvalidValue for a record
    that is neither."""
    try:
        return of_document(documents.get(db, identity))
    except NoSuchRecord:
        return of_work(db, identity)


def of_document(document: Document) -> Item:
    """The citation of a document; its note holds the SHA-256 of its bytes, by which it is found in any archive."""
    metadata = document.metadata
    kind = TYPES.get(metadata.type, "document")
    made: Item = {
        "id": document.id,
        "type": kind,
        "title": clean(metadata.title),
        "author": [{"literal": name} for name in map(clean, metadata.authors) if name],
        "container-title" if kind in IN_A_CONTAINER else "publisher": clean(metadata.publisher),
        "issued": issued(metadata.published, clean(metadata.published_words)),
        "language": metadata.language,
        "URL": address(metadata.source_url),
        "note": f"SHA-256 {document.sha256}",
    }
    return {name: value for name, value in made.items() if value}


def of_work(db: Database, identity: str) -> Item:
    """The citation of a cited work, from what is recorded about it. Raises NoSuchRecord, InvalidValue."""
    subject = subjects.get(db, identity)
    if subject.kind is not Kind.WORK:
        raise InvalidValue(field="citation", value=identity, why=f"a {subject.kind}, not a document or cited work")
    told: dict[str, list[str]] = {}
    for fact in facts.of_subject(db, subject):
        if any(source.stance.asserts for source in fact.sources):
            told.setdefault(fact.field, []).append(clean(fact.value))
    names = [*told.get("author", ()), *(subjects.get(db, one).label for one in told.get("issued-by", ()))]
    made: Item = {
        "id": subject.id,
        "type": "document",
        "title": next(iter(told.get("title", told.get("name", [""])))),
        "author": [{"literal": clean(name)} for name in names],
        "publisher": next(iter(told.get("publisher", [""]))),
        "issued": issued(next(iter(told.get("date", [""]))), ""),
        "URL": address(next(iter(told.get("address", [""])))),
    }
    return {name: value for name, value in made.items() if value}


def issued(edtf: str, words: str) -> Item:
    """A date variable from EDTF: numbers where it is a day, month, year or a stretch of those, else as worded."""
    ends = [PLAIN_DATE.fullmatch(part) for part in edtf.split("/")]
    parts = [[int(number) for number in end.groups()[:3] if number] for end in ends if end]
    if edtf and len(parts) == len(ends) <= 2:
        doubted = any(end[4] for end in ends if end)
        return {"date-parts": parts, **({"circa": True} if doubted else {})}
    return {"literal": words or edtf} if words or edtf else {}


def address(url: str) -> str:
    """A web address with all that is not allowed in one percent-encoded, so that no form need escape it further."""
    return quote(clean(url), safe="!#$%&'()*+,-./:;=?@[]_~")
