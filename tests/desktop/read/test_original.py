"""Originals: pages drawn as asked, a saved page that fetches nothing, and what cannot be shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.reading.render import Rectangle, Rendering
from archive.records import Confidentiality, Document, Metadata, Verdict
from desktop.read.original import OriginalView, SavedPage, kind_of
from desktop.read.pages import PageView


def document(media_type: str) -> Document:
    return Document(
        "id", 1, "0" * 64, Metadata(), "", "", Confidentiality.PUBLIC, "2026-01-01T00:00:00Z", media_type, 1,
        1, "x", Verdict.GOOD, "", 0, 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/pdf", "pages"),
        ("image/png", "pages"),
        ("text/html", "web"),
        ("multipart/related", "web"),
        ("message/rfc822", "web"),
        ("application/msword", "none"),
        ("video/mp4", "none"),
    ],
)
def test_each_kind_is_shown_in_its_way(media_type: str, kind: str) -> None:
    assert kind_of(document(media_type)) == kind


def test_a_saved_page_loads_nothing_whatever_it_names(qtbot: QtBot) -> None:
    page = SavedPage()
    qtbot.addWidget(page)
    page.show()
    html = '<p>words</p><img src="file:///etc/hostname"><img src="http://example.org/a.png"><a href="/x">link</a>'
    page.setHtml(html)
    QApplication.processEvents()
    assert "words" in page.toPlainText()
    for address in ("http://example.org/a.png", "file:///etc/hostname", "data:image/png;base64,AAAA"):
        kind = QTextDocument.ResourceType.ImageResource.value
        assert page.loadResource(kind, QUrl(address)) is None
    assert not page.openLinks()
    assert not page.openExternalLinks()


def test_what_cannot_be_shown_can_be_saved(qtbot: QtBot) -> None:
    view = OriginalView()
    qtbot.addWidget(view)
    assert view.begin(document("application/msword"), 1) == "none"
    with qtbot.waitSignal(view.save_wanted):
        view.save_button.click()


class Drawn:
    """A page view over a document of white pages, whose wishes are noted and answered when asked to."""

    def __init__(self, qtbot: QtBot, pages: int) -> None:
        self.pages = pages
        self.view = PageView()
        qtbot.addWidget(self.view)
        self.view.resize(500, 600)
        self.view.show()
        self.wishes: list[tuple[int, float, bool]] = []
        self.view.wanted.connect(lambda *wish: self.wishes.append(wish))

    def answer(self) -> list[tuple[int, float, bool]]:
        answered = []
        while self.wishes:
            page, scale, shown = self.wishes.pop(0)
            answered.append((page, scale, shown))
            width, height = round(400 * scale), round(500 * scale)
            mark = Rectangle(0, width // 4, height // 4, width // 2, height // 3)
            pixels = b"\xff" * (width * height * 4)
            self.view.take(Rendering(width, height, pixels, page, self.pages, 400.0, 500.0, (mark,)), scale)
        return answered


def test_a_page_is_fitted_to_the_pane_and_its_neighbours_are_drawn_ahead(qtbot: QtBot) -> None:
    drawn = Drawn(qtbot, 3)
    drawn.view.open(2)
    answered = drawn.answer()
    fitted = [(page, shown) for page, scale, shown in answered if scale != 1.0]
    assert fitted[:2] == [(2, True), (3, False)]
    assert drawn.view.page() == 2
    drawn.view.turn(1)
    assert (3, True) not in [(page, shown) for page, _, shown in drawn.wishes]
    assert drawn.view.page() == 3
    drawn.view.turn(1)
    assert drawn.view.page() == 3


def test_magnifying_asks_for_a_sharper_drawing(qtbot: QtBot) -> None:
    drawn = Drawn(qtbot, 1)
    drawn.view.open(1)
    before = drawn.answer()[-1][1]
    drawn.view.magnify(1.2)
    assert drawn.answer()[-1][1] == pytest.approx(before * 1.2)


def test_the_marks_are_painted_over_the_page(qtbot: QtBot) -> None:
    drawn = Drawn(qtbot, 1)
    drawn.view.open(1)
    drawn.answer()
    image = drawn.view.sheet.grab().toImage()
    inside = image.pixelColor(round(image.width() * 0.35), round(image.height() * 0.29))
    outside = image.pixelColor(round(image.width() * 0.8), round(image.height() * 0.8))
    assert outside.lightness() == 255
    assert inside != outside


def test_a_page_that_cannot_be_drawn_is_said_and_the_next_is_shown(qtbot: QtBot) -> None:
    drawn = Drawn(qtbot, 2)
    drawn.view.open(1)
    drawn.wishes.clear()
    drawn.view.take(Rendering(page=1, pages=2, page_width=400.0, page_height=500.0, reason="damaged"), 1.0)
    drawn.wishes.clear()
    drawn.view.take(Rendering(page=1, pages=2, page_width=400.0, page_height=500.0, reason="damaged"), 1.0)
    assert "damaged" in drawn.view.said.text()
    drawn.view.turn(1)
    drawn.answer()
    assert drawn.view.said.isHidden()
