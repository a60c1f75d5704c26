"""The HTML file stands alone, runs nothing, loads nothing and carries the letters it needs."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re

import lxml.html

from archive.cases.dossier import html
from archive.cases.dossier.blocks import blocks
from archive.cases.dossier.gather import Dossier


def test_it_says_all_blocks_and_is_the_same_each_time(dossier: Dossier) -> None:
    made = html.render(dossier)
    page = lxml.html.fromstring(made.decode())
    words = " ".join(page.text_content().split())
    for block in blocks(dossier):
        for part in (block.text, block.before, block.after, block.label):
            assert " ".join(part.split()) in words
    assert made == html.render(dossier)


def test_nothing_runs_and_nothing_is_loaded(dossier: Dossier) -> None:
    made = html.render(dossier).decode()
    page = lxml.html.fromstring(made)
    assert {element.tag for element in page.iter()}.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    assert not re.search(r"url\((?!data:font/woff;base64,)", made)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = base64.b64encode(hashlib.sha256(page.xpath("//style/text()")[0].encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:;")
    assert all(target.startswith("#x") for target in page.xpath("//a/@href"))
    assert {target[1:] for target in page.xpath("//a/@href")} <= set(page.xpath("//@id"))
    assert page.xpath("//meta/@name") == ["referrer", "viewport"]


def test_fonts_for_scripts_that_a_computer_may_lack_are_inside(dossier: Dossier) -> None:
    made = html.render(dossier).decode()
    for family in ("NotoSansCJKsc-Regular-subset", "NotoSansArabic-Regular", "NotoSerifTibetan-Regular"):
        assert f'font-family: "{family}"' in made
    assert "NotoSansThai" not in made


def test_words_from_outside_are_text(dossier: Dossier) -> None:
    hostile = dataclasses.replace(dossier, archive="<script>alert(1)</script>&\u202e\x00\"'")
    page = lxml.html.fromstring(html.render(hostile).decode())
    assert not page.xpath("//script")
    assert "<script>alert(1)</script>&\ufffd\ufffd" in page.text_content()


def test_pages_are_numbered_in_print_and_nothing_is_parted_from_what_it_stands_on(dossier: Dossier) -> None:
    made = html.render(dossier).decode()
    assert 'content: "page " counter(page) " of " counter(pages)' in made
    assert ".detail { break-before: avoid; }" in made
