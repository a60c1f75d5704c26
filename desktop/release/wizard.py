"""The steps of publishing in one window: what, for whom, what is seen before signing, and the signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from archive.release.choice import Choice
from archive.release.lines import Line
from archive.release.publish import Locks
from desktop import releasing, shown
from desktop.forms import plain_label
from desktop.release import telling
from desktop.release.choosing import WhatPage, WhomPage
from desktop.release.seen import Looked, SeenPage
from desktop.release.signing import SignPage
from desktop.theme import current_theme
from desktop.translate import number, tr
from desktop.unlock.views import heading

WHAT, WHOM, SEEN, SIGN = range(4)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A release as it is to be made; `seen` is what was read before, `after` a number that was given elsewhere."""

    out: Path
    choice: Choice
    locks: Locks
    publisher: str
    line: str
    seen: Looked
    after: int = 0


class PublishWizard(QDialog):
    """Stands beside the window: records can be looked at meanwhile. Closed, it keeps what was chosen."""

    look_wanted = Signal(object)  # Choice
    stop_wanted = Signal()
    key_wanted = Signal()
    words_wanted = Signal(object, str, str)  # Choice, publisher, line: what do these words tell of what stays behind?
    publish_wanted = Signal(object, object, str)  # Wanted, Path of the key, its passphrase
    record_wanted = Signal(str)

    def __init__(self, parent: QWidget, lines: Sequence[Line], publisher: str, otherwise: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Publish a release"))
        room = self.screen().availableSize()
        self.resize(min(900, room.width() - 40), min(680, room.height() - 60))
        self.what, self.whom, self.seen, self.sign = (
            WhatPage(lines, publisher, otherwise),
            WhomPage(),
            SeenPage(),
            SignPage(),
        )
        self.seen.record_wanted.connect(self.record_wanted)
        self.seen.changed.connect(self._allow)
        self.sign.key_wanted.connect(self.key_wanted)
        self.sign.behind.toggled.connect(lambda: self.sign.recap.setText(self._recap()))
        self.title, self.step = heading(""), plain_label("")
        self.pages = QStackedWidget()
        for page in (self.what, self.whom, self.seen, self.sign):
            self.pages.addWidget(page if page is self.seen else _scrolling(page))
        self.said = plain_label("")
        self.close_button, self.back_button = QPushButton(tr("Close")), QPushButton(tr("Back"))
        self.stop_button, self.next_button = QPushButton(tr("Stop")), QPushButton("")
        self.close_button.clicked.connect(self.close)
        self.back_button.clicked.connect(self.back)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.next_button.clicked.connect(self.go_on)
        self.next_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(self.close_button)
        foot.addStretch()
        for button in (self.stop_button, self.back_button, self.next_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.step)
        column.addWidget(self.title)
        column.addWidget(self.pages, 1)
        column.addWidget(self.said)
        column.addLayout(foot)
        self._looking = self._signing = self._reading = self._is_asked = False
        self.repaint_all()
        self.turn_to(WHAT)

    def turn_to(self, page: int) -> None:
        """Show a step, with the keyboard where it begins."""
        titles = (
            tr("What goes, and what stays behind"),
            tr("Who may open it"),
            tr("What you sign for"),
            tr("Sign and publish"),
        )
        self.pages.setCurrentIndex(page)
        self.title.setText(titles[page])
        self.step.setText(tr("Publish a release: step {n} of {all}", n=page + 1, all=len(titles)))
        self.say("")
        if page == SIGN:
            self.sign.recap.setText(self._recap())
            self.read_words()
        begin = {WHAT: self.what.begin, WHOM: self.whom.begin, SIGN: self.sign.begin}.get(
            page, self.seen.table.setFocus
        )
        begin()
        self._allow()

    def back(self) -> None:
        """The step before."""
        self.turn_to(max(WHAT, self.pages.currentIndex() - 1))

    def go_on(self) -> None:
        """The next step, where nothing is amiss with this one; the last one has it published."""
        page = self.pages.currentIndex()
        if page in (WHAT, WHOM, SIGN):
            problem = (self.what.problem, self.whom.problem, str, self.sign.problem)[page]()
            self.say(problem, warning=True)
            if problem:
                return
        if page == WHOM or (page == SEEN and self._is_stale()):
            self.turn_to(SEEN)
            if self._is_stale():
                self.look()
        elif page == SIGN and self._reading:
            self._is_asked = True
            self._allow()
            self.say(tr("Looking through what you say of the release…"))
        elif page == SIGN:
            self._signing = True
            self._allow()
            self.publish_wanted.emit(self.wanted(), self.sign.key_file(), self.sign.passphrase.text())
        else:
            self.turn_to(page + 1)

    def look(self) -> None:
        """Have it looked what would go."""
        self._looking = True
        self.seen.begin_looking()
        self._allow()
        self.stop_button.setFocus()
        self.look_wanted.emit(self.seen.choice(self.what.choice()))

    def end_looking(self, looked: Looked | None, problem: str = "") -> None:
        """What came of it."""
        self._looking = False
        self.seen.end_looking(looked)
        self._allow()
        self.say(problem, warning=True)
        if looked is None:
            self.next_button.setFocus()

    def read_words(self) -> None:
        """Have the publisher's own words looked through, where they are what is signed next."""
        if self.pages.currentIndex() == SIGN:
            self._reading, self._is_asked = True, False
            choice, publisher = self.seen.choice(self.what.choice()), self.what.publisher.text().strip()
            self.words_wanted.emit(choice, publisher, self.what.chosen_line())

    def end_reading(self, named: Sequence[str], problem: str = "") -> None:
        """What the publisher's own words name though it stays behind, or why they could not be looked through; where
        that is nothing, what was asked for meanwhile is done."""
        asked, self._reading, self._is_asked = self._is_asked, False, False
        self._allow()
        if self.pages.currentIndex() != SIGN:
            return
        told = releasing.warning(named) if named else problem
        if told:
            self.say(told, warning=True)
        elif asked:
            self.go_on()

    def end_signing(self, problem: str = "") -> None:
        """It was published, or could not be."""
        self._signing = False
        self._allow()
        self.say(problem, warning=True)

    def wanted(self) -> Wanted:
        """What is to be published; it was looked at."""
        if self.seen.looked is None:
            raise RuntimeError("nothing was looked at")
        return Wanted(
            self.sign.out(),
            self.seen.choice(self.what.choice()),
            self.whom.locks(),
            self.what.publisher.text().strip(),
            self.what.chosen_line(),
            self.seen.looked,
            self.sign.after(),
        )

    def say(self, words: str, *, warning: bool = False) -> None:
        """Say what is amiss or being done."""
        theme = current_theme()
        self.said.setStyleSheet(f"color: {(theme.warning if warning else theme.text).name()}")
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def repaint_all(self) -> None:
        """In the colours of now."""
        self.step.setStyleSheet(f"color: {current_theme().muted.name()}")
        self.whom.repaint_warning()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on from anywhere, also from a field of several lines."""
        wanted = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if wanted and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.next_button.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Closed: what is being done is given up, and no passphrase of the key is kept."""
        if self._looking or self._signing:
            self.stop_wanted.emit()
            self.end_signing()
        self._is_asked = False
        self.sign.passphrase.line.clear()
        super().done(result)

    def _is_stale(self) -> bool:
        return self.seen.is_stale(self.what.choice())

    def _allow(self) -> None:
        page = self.pages.currentIndex()
        stale = page == SEEN and self._is_stale()
        words = {SEEN: tr("Look again") if stale else tr("Next"), SIGN: tr("Sign and publish")}
        self.next_button.setText(words.get(page, tr("Next")))
        ready = page != SEEN or stale or self.seen.read.isChecked()
        self.next_button.setEnabled(ready and not self._looking and not self._signing and not self._is_asked)
        self.back_button.setEnabled(page > WHAT and not self._looking and not self._signing)
        self.stop_button.setVisible(self._looking)
        self.pages.setEnabled(not self._signing)
        if stale and not self._looking and self.seen.looked is not None:
            self.seen.read.setChecked(False)
            self.say(tr("What you marked changes what goes. Look again before you sign."))
        elif page == SEEN and not stale:
            self.say("")

    def _recap(self) -> str:
        looked = self.seen.looked
        return tr(
            "Release {n} of “{line}”, {day}, {whom}. It names {persons}. Nothing leaves this computer by itself: you "
            "hand the folder over.",
            n=number(max(self.what.next_number(), self.sign.after() + 1)),
            line=shown.isolated(self.what.chosen_line()),
            day=self.what.choice().date,
            whom=self.whom.words(),
            persons=telling.persons(looked.overview) if looked else "",
        )


def _scrolling(page: QWidget) -> QScrollArea:
    """A step that a low screen or large letters make scroll."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
