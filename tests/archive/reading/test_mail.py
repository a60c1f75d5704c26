"""Messages, mailboxes and envelopes give their text, their people and every attachment."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading import letters, mail
from archive.reading.mailbox import Mailbox
from archive.reading.result import Reading
from archive.reading.source import Source, Unreadable
from archive.records import Relation, Verdict
from tests.archive.reading.collected import Collected


def made() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ana Ruiz <ana@paper.example>, 李伟 <li@paper.example>"
    message["To"] = "desk@paper.example"
    message["Date"] = "Fri, 18 Jun 2010 23:54:19 +1000"
    message["Subject"] = "Über den Fluß 河"
    message.set_content("The river rose.\n\n>From the bridge it looked small.\n")
    message.add_alternative("<p>The river <b>rose</b>.</p>", subtype="html")
    message.add_attachment(b"a,b\n", maintype="text", subtype="csv", filename="Pegelstände 河.csv")
    inner = EmailMessage()
    inner["Subject"] = "Inner / one"
    inner.set_content("inside")
    message.add_attachment(inner)
    return message


def read(data: bytes, sink: Collected | None = None) -> Reading:
    return mail.read_eml(Source.of_bytes("a.eml", "message/rfc822", data), sink or Collected())


def test_a_message_with_everything() -> None:
    sink = Collected()
    reading = read(made().as_bytes(), sink)
    assert reading.metadata.title == "Über den Fluß 河"
    assert reading.metadata.authors == ("Ana Ruiz", "李伟")
    assert reading.metadata.published == "2010-06-18"
    assert reading.pages[0].text == (
        "From: Ana Ruiz <ana@paper.example>, 李伟 <li@paper.example>\nTo: desk@paper.example\n"
        "Date: Fri, 18 Jun 2010 23:54:19 +1000\nSubject: Über den Fluß 河\n\n"
        "The river rose.\n\n>From the bridge it looked small."
    )
    assert list(sink.contents) == ["Pegelstände 河.csv", "Inner one.eml"]
    assert sink.contents["Pegelstände 河.csv"] == b"a,b\n"
    assert all(kept.member.relation is Relation.ATTACHMENT for kept in sink.kept)
    assert read(sink.contents["Inner one.eml"]).metadata.title == "Inner / one"


def test_page_without_plain_text() -> None:
    reading = read(b"Subject: x\nContent-Type: text/html; charset=gb2312\n\n<p>" + "河水<br>镕".encode("gb18030"))
    assert reading.pages[0].text.endswith("河水\n镕")


def test_bare_bytes_in_headers_and_body() -> None:
    reading = read("Subject: Комитет собрался во вторник\n\nОбсудили новую дорогу через долину.".encode("koi8-r"))
    assert reading.metadata.title == "Комитет собрался во вторник"
    assert "Обсудили новую дорогу" in reading.pages[0].text


def test_encoded_words_cut_inside_a_character() -> None:
    assert letters.decode_words("=?gb2312?B?uqPLrg==?= =?gb2312?B?yc/V?=\n =?gb2312?B?xw==?=") == "海水上涨"
    assert letters.decode_words("=?utf-8?B?!!!?= x") != ""


def test_attachment_without_a_name_and_with_a_path() -> None:
    sink = Collected()
    read(
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b\n"
        b'Content-Type: text/plain; name="../../etc/passwd"\n\ny\n--b--',
        sink,
    )
    assert [kept.member.name for kept in sink.kept] == ["attachment-1.png", ".. .. etc passwd"]


def test_sealed_message_is_poor() -> None:
    reading = read(b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nAAAA")
    assert (reading.verdict, reading.reason) == (Verdict.POOR, "encrypted")


def test_parts_nested_without_end() -> None:
    head = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2000))
    assert read(b"Subject: deep\n" + head).metadata.title == "deep"
    assert read(b"From: " + b"(" * 5000 + b"\n\nx").metadata.authors != ()


def test_mailbox_streams_its_messages() -> None:
    data = (
        b"From ana@paper.example Mon Jun 01 04:28:28 2009\nSubject: one\nFrom: Ana\n"
        b"Date: Mon, 1 Jun 2009 04:28:28 +0000\n\n"
        b"text\n\n>From here\n>>From there\nFrom the river\n\n"
        b"From li@paper.example Mon Jun 01 04:28:29 2009\nSubject: two\n\nlast\n"
    )
    sink = Collected()
    reading = mail.read_mbox(Source.of_bytes("a.mbox", "application/mbox", data), sink)
    assert reading.pages[0].text == "1\t2009-06-01\tAna\tone\n2\t\t\ttwo"
    assert sink.contents["00001.eml"].endswith(b"text\n\nFrom here\n>From there\nFrom the river\n")
    assert sink.contents["00002.eml"] == b"Subject: two\n\nlast\n"
    assert all(kept.member.relation is Relation.MEMBER for kept in sink.kept)


def test_mailbox_lists_what_no_one_took() -> None:
    data = b"From a@b Mon Jun 01 04:28:28 2009\nSubject: one\n\nx\n\n" + (
        b"From a@b Mon Jun 01 04:28:29 2009\nSubject: two\n\ny\n"
    )
    reading = mail.read_mbox(Source.of_bytes("a.mbox", "application/mbox", data), Collected(most=0))
    assert reading.pages[0].text.split("\n") == ["1\t\t\tone", "2\t\t\ttwo"]


def test_a_message_comes_in_pieces_of_many_lines() -> None:
    lines = b"a line of some words\n" * 50_000
    message = next(iter(Mailbox(io.BytesIO(b"From a@b Mon Jun 01 04:28:28 2009\nSubject: one\n\n" + lines))))
    pieces = list(message.chunks())
    assert b"".join(pieces) == b"Subject: one\n\n" + lines
    assert len(pieces) < 10


def test_no_mailbox_and_no_outlook_file() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        mail.read_mbox(Source.of_bytes("a.mbox", "application/mbox", b"hello"), Collected())
    with pytest.raises(Unreadable, match="damaged"):
        mail.read_msg(Source.of_bytes("a.msg", "application/vnd.ms-outlook", b"hello"), Collected())


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    read(data)
    read(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + data)
    mail.read_tnef(Source.of_bytes("w.dat", "application/vnd.ms-tnef", b"\x78\x9f\x3e\x22" + data), Collected())


@given(st.lists(st.sampled_from([b"From a@b 10:00 2009\n", b"\n", b"x\n", b">From y\n", b"From z\n", b"end"])))
def test_any_mailbox_gives_every_line_once(lines: list[bytes]) -> None:
    data = b"".join(lines)
    given_out = b"".join(b"".join(message.chunks()) for message in Mailbox(io.BytesIO(data)))
    if data.lstrip(b"\n").startswith(b"From "):
        assert given_out.count(b"x\n") == data.count(b"x\n")
        assert given_out.count(b"end") == data.count(b"end")
    else:
        assert given_out == b""


def test_real_outlook_messages(shared: Path) -> None:
    formats = shared / "corpora" / "formats"
    paths = sorted(formats.glob("*/*.msg"))
    assert len(paths) == 18
    names: dict[str, list[str]] = {}
    for path in paths:
        sink = Collected()
        reading = mail.read_msg(Source.of_path(path, "application/vnd.ms-outlook"), sink)
        assert reading.verdict is Verdict.GOOD
        assert reading.metadata.title
        names[path.name] = list(sink.contents)
        for name, content in sink.contents.items():
            if name.endswith(".eml"):
                assert read(content).metadata.title == "Test Attachment"
    assert names["testMSG_att_msg.msg"] == ["Test Attachment.eml", "smbprn.00009008.KdcPjl.pdf"]
    assert names["testMSG_att_doc.msg"] == ["test-unicode.doc", "pj1.txt"]
    cyrillic = mail.read_msg(Source.of_path(formats / "poi" / "ASCII_CP1251_LCID1049.msg", ""), Collected())
    assert cyrillic.metadata.title == "Subject автоматически Subject"


def test_real_envelopes(shared: Path) -> None:
    for path in sorted((shared / "corpora" / "formats" / "mimekit").glob("*.tnef")):
        sink = Collected()
        reading = mail.read_tnef(Source.of_path(path, "application/vnd.ms-tnef"), sink)
        assert reading.reason in ("", "no-text")
        assert reading.pages or sink.kept or "garbage" in path.name or "multi-name" in path.name
