"""The original of a document, by its kind: pages, a saved page with nothing remote in it, or only a copy to save."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from archive.reading.saved_page import PAGES
from archive.records import Document
from desktop import shown
from desktop.forms import plain_label
from desktop.read.pages import PageView
from desktop.translate import size, tr


def kind_of(document: Document) -> str:
    """How an original can be shown: `pages`, `web`, or `none`."""
    if document.media_type == "application/pdf" or document.media_type.startswith("image/"):
        return "pages"
    return "web" if document.media_type in PAGES else "none"


BEGINNING = 400_000  # characters of a page that are shown: Qt takes in about a million a second, in one go


class OriginalView(QWidget):
    """Shows nothing until it is asked to; every original can be saved as a copy."""

    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pages = PageView()
        self.page = SavedPage()
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setContentsMargins(40, 40, 40, 40)
        self._stack = QStackedWidget()
        for widget in (self._said, self.pages, self.page):
            self._stack.addWidget(widget)
        self.save_button = QPushButton(tr("Save a copy…"))
        self.save_button.clicked.connect(self.save_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 8)
        self._cut = plain_label(tr("This page is very long: its beginning is shown. All of its text is under “Text”."))
        self._cut.setContentsMargins(12, 6, 12, 6)
        self._cut.hide()
        self._type = QLabel()
        self._type.setTextFormat(Qt.TextFormat.PlainText)
        foot.addWidget(self._type, 1)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._cut)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def begin(self, document: Document, page: int) -> str:
        """Get ready for a document; returns its kind: `pages` ask by themselves, `web` waits for `show_web`."""
        kind = kind_of(document)
        self._cut.hide()
        self._type.setText(shown.line(f"{document.media_type}  ·  {size(document.size)}"))
        if kind == "pages":
            self._stack.setCurrentWidget(self.pages)
            self.pages.open(page)
        elif kind == "web":
            self.say(tr("Opening the saved page…"))
        else:
            self.say(
                tr(
                    "The original cannot be shown here. Its text stands under “Text”; a copy of the original can be "
                    "saved and opened with another program."
                )
            )
        return kind

    def show_web(self, html: str) -> None:
        """Show a saved page, already sanitised; of a very long one its beginning, and say so."""
        cut = len(html) > BEGINNING
        self._cut.setVisible(cut)
        self.page.setHtml(html[: html.rindex("<", 0, BEGINNING)] if cut else html)
        self._stack.setCurrentWidget(self.page)

    def say(self, sentence: str) -> None:
        """Show a sentence instead of an original."""
        self._said.setText(sentence)
        self._stack.setCurrentWidget(self._said)


class SavedPage(QTextBrowser):
    """HTML with nothing fetched for it, from the network or from disk, and no link followed."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Saved page"))
        self.document().setDocumentMargin(24)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: neither pictures nor style sheets nor other pages."""
        return None
