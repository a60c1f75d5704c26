"""Values are brought to one canonical text by the type of their field, or refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.cases import fields, subjects, values
from archive.cases.records import Kind
from archive.container import Archive
from archive.errors import InvalidValue


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", "  Two\n words ", "Two words"),
        ("name", "A\u202enam\u202ce", "Aname"),
        ("date", "2015-10-17?", "2015-10-17?"),
        ("duration", "3 years", "P3Y"),
        ("duration", "8 months", "P8M"),
        ("duration", "P1Y6M", "P1Y6M"),
        ("duration", "life", "life"),
        ("duration", "P003Y00M", "P3Y"),
        ("duration", "P0M", "P0D"),
        ("host", "TH", "TH"),
        ("event-type", "Detention", "detention"),
        ("event-type", "detention", "detention"),
        ("host-consent", "not given", "not given"),
        ("consent", "publication until 2027-01-01", "publication until 2027-01-01"),
        ("value", "over 2,500", "over 2500"),
        ("address", "https://example.org/a", "https://example.org/a"),
    ],
)
def test_canonical(archive: Archive, field: str, typed: str, kept: str) -> None:
    assert values.canonical(archive.db, fields.field(field), typed) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", " "),
        ("name", "x" * 5000),
        ("date", "shortly before Christmas"),
        ("duration", "a while"),
        ("duration", "P"),
        ("host", "Thailand"),
        ("event-type", "no such term"),
        ("host-consent", "perhaps"),
        ("consent", "publication until whenever"),
        ("value", "dozens"),
        ("value", "10.000"),
        ("value", "over 1.2340"),
        ("duration", "P٣Y"),
        ("address", "javascript:alert(1)"),
        ("programme", "not-an-id"),
    ],
)
def test_what_is_refused(archive: Archive, field: str, typed: str) -> None:
    with pytest.raises(InvalidValue):
        values.canonical(archive.db, fields.field(field), typed)


def test_a_subject_must_be_of_the_right_kind(archive: Archive) -> None:
    person = subjects.create(archive.db, Kind.PERSON, who="desk")
    with pytest.raises(InvalidValue):
        values.canonical(archive.db, fields.field("programme"), person.id)


@pytest.mark.parametrize(
    ("field", "one", "other", "expected"),
    [
        ("date", "2014", "2015", True),
        ("date", "2014", "2014-05", False),
        ("outcome", "returned", "returned-forced", False),
        ("outcome", "returned", "at-large", True),
        ("host-consent", "given", "not given", True),
        ("host-consent", "given", "unknown", False),
        ("value", "nearly 10000", "over 10000", True),
        ("scope", "one wording", "another wording", False),
        ("host", "TH", "LA", False),
        ("seat", "ES", "FR", True),
        ("duration", "P3Y", "P4Y", True),
        ("duration", "P12M", "P1Y", False),
        ("duration", "P2W", "P14D", False),
        ("duration", "P11M", "P1Y", True),
        ("duration", "P30D", "P1M", False),
        ("duration", "P6M", "P170D", True),
        ("duration", "P1Y", "life", True),
    ],
)
def test_disagreement(archive: Archive, field: str, one: str, other: str, expected: bool) -> None:
    assert values.disagree(archive.db, fields.field(field), one, other) is expected
    assert values.disagree(archive.db, fields.field(field), other, one) is expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(field=st.sampled_from(sorted(fields.everything())), typed=st.text(max_size=40))
def test_any_text_is_kept_or_refused_and_kept_text_is_stable(archive: Archive, field: str, typed: str) -> None:
    try:
        kept = values.canonical(archive.db, fields.field(field), typed)
    except InvalidValue:
        return
    assert values.canonical(archive.db, fields.field(field), kept) == kept


def test_every_field_is_whole(archive: Archive) -> None:
    from archive.cases import vocabularies

    known = vocabularies.names(archive.db)
    for field in fields.everything().values():
        assert field.on
        assert bool(field.vocabulary) == (field.type is fields.Type.TERM)
        assert not field.vocabulary or field.vocabulary in known
        assert bool(field.of) == (field.type is fields.Type.SUBJECT)
        assert bool(field.choices) == (field.type is fields.Type.CHOICE)
