"""Documents: what is kept of them, how they are found, and that corrections leave a history."""

from __future__ import annotations

import pytest

from archive import corrections, custody, documents, feed
from archive.connect import writing
from archive.container import Archive
from archive.errors import AmbiguousId, ChangedMeanwhile, Damaged, InvalidValue, NoSuchRecord
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Metadata, Name, Relation, Verdict
from tests.archive.conftest import Keep

WHOLE = Metadata(
    title="A report",
    authors=("One Author", "另一 作者"),
    publisher="A press",
    published="2014/2016",
    published_words="from 2014 to 2016",
    language="zh-Hans",
    countries=("TH", "CN"),
    source_url="https://example.org/report",
    type="report",
)


def test_everything_comes_back(archive: Archive, keep: Keep) -> None:
    fields = {name: getattr(WHOLE, name) for name in WHOLE.__dataclass_fields__}
    document = keep("its text", **fields)
    found = documents.get(archive.db, document.id)
    assert found.metadata == WHOLE
    assert (found.earliest, found.latest) == ("2014-01-01", "2016-12-31")
    assert (found.verdict, found.characters, found.text_version) == (Verdict.GOOD, 9, 1)
    assert documents.by_hash(archive.db, found.sha256) == found
    assert documents.by_hash(archive.db, "0" * 64) is None


def test_metadata_that_cannot_be_kept_is_noted(archive: Archive) -> None:
    reading = Reading(
        "text/plain",
        Metadata(title="t", published="last spring", language="??", countries=("Thailand",)),
        (Page(0, "x"),),
    )
    with writing(archive.db):
        document = documents.add(
            archive.db,
            reading,
            sha256="a" * 64,
            size=1,
            name=Name("x", None, "2024-01-01T00:00:00Z"),
            confidentiality=Confidentiality.PUBLIC,
            who="desk",
        )
    assert document.metadata == Metadata(title="t")
    (entry,) = custody.entries(archive.db, document.id)
    assert entry.content is not None
    assert "last spring" in str(entry.content["dropped"])
    assert "Thailand" in str(entry.content["dropped"])


def test_ids_resolve_by_their_beginning(archive: Archive, keep: Keep) -> None:
    kept = [keep(f"text {number}") for number in range(40)]
    document = kept[0]
    assert documents.resolve(archive.db, document.id) == document.id
    assert documents.resolve(archive.db, document.id.upper()[:18]) == document.id
    assert documents.resolve(archive.db, document.sha256[:12]) == document.id
    common = next(a.id[0] for a in kept for b in kept if a is not b and a.id[0] == b.id[0])
    with pytest.raises(AmbiguousId):
        documents.resolve(archive.db, common)
    for nothing in ("", "   ", "zz", "%", "_", "'", document.id + "0"):
        with pytest.raises(NoSuchRecord):
            documents.resolve(archive.db, nothing)


def test_names_are_all_kept(archive: Archive, keep: Keep) -> None:
    document = keep("text")
    other = Name("b\ufffd.txt", b"b\xe9.txt", "2024-01-02T00:00:00Z")
    with writing(archive.db):
        assert documents.add_name(archive.db, document, other, "desk")
        assert not documents.add_name(archive.db, document, other, "desk")
    assert documents.names(archive.db, document.id)[1] == other
    assert [entry.action for entry in custody.entries(archive.db, document.id)] == ["received", "received again"]


def test_kin_is_many_to_many(archive: Archive, keep: Keep) -> None:
    mail, folder, picture = keep("mail"), keep("folder"), keep("picture")
    with writing(archive.db):
        for _ in range(2):
            documents.add_parent(archive.db, picture.row, mail.row, Relation.ATTACHMENT, "p.jpg")
            documents.add_parent(archive.db, picture.row, folder.row, Relation.MEMBER, "p.jpg")
    assert [kin.relation for kin in documents.parents(archive.db, picture.id)] == ["attachment", "member"]
    assert [kin.id for kin in documents.children(archive.db, mail.id)] == [picture.id]


def test_correction_leaves_history_custody_and_change(archive: Archive, keep: Keep) -> None:
    document = keep("text", title="Old", authors=("A",))
    before = feed.position(archive.db)
    corrected = corrections.correct(
        archive.db,
        document,
        Metadata(title="New", authors=("A",), published="2020"),
        who="second desk",
        confidentiality=Confidentiality.CONFIDENTIAL,
    )
    assert (corrected.metadata.title, corrected.earliest) == ("New", "2020-01-01")
    assert corrected.confidentiality is Confidentiality.CONFIDENTIAL
    history = {item.field: (item.old, item.new, item.who) for item in corrections.history(archive.db, document.id)}
    assert history == {
        "title": ("Old", "New", "second desk"),
        "published": ("", "2020", "second desk"),
        "confidentiality": ("restricted", "confidential", "second desk"),
    }
    assert custody.entries(archive.db, document.id)[-1].action == "corrected"
    assert {change.record for change in feed.changes(archive.db, before, 100)} == {document.id}


def test_a_correction_that_changes_nothing_leaves_nothing(archive: Archive, keep: Keep) -> None:
    document = keep("text", title="Same")
    before = feed.position(archive.db)
    corrections.correct(archive.db, document, document.metadata, who="desk")
    assert corrections.history(archive.db, document.id) == ()
    assert feed.position(archive.db) == before


@pytest.mark.parametrize("wrong", [{"published": "soon"}, {"language": "not a tag"}, {"countries": ("xx",)}])
def test_a_wrong_value_changes_nothing(archive: Archive, keep: Keep, wrong: dict[str, object]) -> None:
    document = keep("text", title="Old")
    with pytest.raises(InvalidValue):
        corrections.correct(archive.db, document, Metadata(title="New", **wrong), who="desk")  # type: ignore[arg-type]
    assert documents.get(archive.db, document.id) == document


def test_two_desks_correct_different_fields(archive: Archive, keep: Keep) -> None:
    seen = keep("text", title="Old", publisher="A press")
    corrections.correct(archive.db, seen, Metadata(title="New", publisher="A press"), who="one desk")
    both = corrections.correct(archive.db, seen, Metadata(title="Old", publisher="B press"), who="other desk")
    assert (both.metadata.title, both.metadata.publisher) == ("New", "B press")


def test_what_another_desk_changed_is_never_overwritten(archive: Archive, keep: Keep) -> None:
    seen = keep("text", title="Old")
    kept = corrections.correct(archive.db, seen, Metadata(title="New"), who="one desk")
    with pytest.raises(ChangedMeanwhile):
        corrections.correct(archive.db, seen, Metadata(title="Newer"), who="other desk")
    assert documents.get(archive.db, seen.id) == kept


def test_many_are_corrected_or_none(archive: Archive, keep: Keep) -> None:
    ids = [keep(f"text {n}", title=f"Title {n}").id for n in range(3)]
    with pytest.raises(InvalidValue):
        corrections.correct_many(archive.db, ids, {"type": "letter", "language": "?"}, who="desk")
    before = [documents.get(archive.db, one) for one in ids]
    altered = corrections.correct_many(archive.db, ids, {"type": "letter", "countries": ("TH",)}, who="desk")
    assert [old for old, _ in altered] == before
    kept = [documents.get(archive.db, one).metadata for one in ids]
    assert [(one.title, one.type, one.countries) for one in kept] == [
        (f"Title {n}", "letter", ("TH",)) for n in range(3)
    ]
    assert corrections.correct_many(archive.db, ids, {"type": "letter"}, who="desk") == ()
    corrections.take_back(archive.db, altered, who="desk")
    assert [documents.get(archive.db, one) for one in ids] == before
    assert [(one.old, one.new) for one in corrections.history(archive.db, ids[0]) if one.field == "type"] == [
        ("", "letter"),
        ("letter", ""),
    ]


def test_without_text_lists_the_worst_first(archive: Archive, keep: Keep) -> None:
    keep("good")
    for number, (verdict, reason) in enumerate([(Verdict.POOR, "garbled"), (Verdict.NONE, "password")]):
        with writing(archive.db):
            documents.add(
                archive.db,
                Reading("x/y", Metadata(title=reason), verdict=verdict, reason=reason),
                sha256=f"{number:064x}",
                size=1,
                name=Name("x", None, ""),
                confidentiality=Confidentiality.PUBLIC,
                who="desk",
            )
    assert [row[1:] for row in documents.without_text(archive.db)] == [
        ("password", Verdict.NONE, "password"),
        ("garbled", Verdict.POOR, "garbled"),
    ]
    assert documents.count_without_text(archive.db) == 2


def test_a_record_without_its_text_version_is_damage(archive: Archive, keep: Keep) -> None:
    document = keep("text")
    archive.db.conn.execute("UPDATE document SET text_version = 7")
    with pytest.raises(Damaged):
        documents.get(archive.db, document.id)


def later(media_type: str, **fields: object) -> Reading:
    return Reading(media_type, Metadata(**fields))  # type: ignore[arg-type]


def test_a_later_reading_fills_only_what_is_lacking(archive: Archive, keep: Keep) -> None:
    document = keep("text", title="made.txt", publisher="A press", type="file")
    document = corrections.correct(archive.db, document, Metadata(title="made.txt", type="report"), who="desk")
    reading = later(
        "x/y", title="Its own", publisher="Other", authors=("A",), type="letter", published="2015", language="??"
    )
    with writing(archive.db):
        filled = corrections.complete(archive.db, document, reading, {"title", "type"})
    assert filled == {"title": "Its own", "authors": '["A"]', "published": "2015"}
    found = documents.get(archive.db, document.id)
    assert found.metadata == Metadata(title="Its own", authors=("A",), type="report", published="2015")
    assert (found.earliest, found.latest, found.media_type) == ("2015-01-01", "2015-12-31", "x/y")
