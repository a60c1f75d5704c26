"""How a source says what it says and what it rests on: stance, chain and language, kept until they are changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from archive.cases.records import Kind, Stance, Step
from desktop import labels, shown, tips
from desktop.cases import words
from desktop.entry.choosing import ChoiceLine
from desktop.entry.names import Names
from desktop.entry.offers import Offer
from desktop.flow import FlowLayout
from desktop.theme import current_theme
from desktop.translate import tr

CHAIN_KINDS = (Kind.WORK, Kind.ORGANISATION, Kind.PERSON)
MOST = 8


class Attribution(QWidget):
    """Three small parts in one row, which breaks where it is narrow."""

    passed = Signal(int)  # beyond an end: 1 or -1
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known = Names()
        self._steps: list[tuple[Step, str]] = []
        self._chips: list[QPushButton] = []
        self.stance = StanceBox()
        for one in Stance:
            self.stance.addItem(words.stance_of(one), one)
        self.stance.setAccessibleName(tr("How the source says it"))
        self.chain = ChainLine(self._offered)
        self.language = QLineEdit()
        self.language.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 12))
        self.language.setAccessibleName(tr("Language of the passage"))
        flow = FlowLayout(self)
        self._flow = flow
        self.indent()
        flow.addWidget(_labelled(tr("&Stance"), self.stance))
        self._resting = QWidget()
        row = QHBoxLayout(self._resting)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        label = QLabel(tr("&Rests on"))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(self.chain)
        row.addWidget(label)
        self._place = QHBoxLayout()
        self._place.setSpacing(4)
        row.addLayout(self._place)
        row.addWidget(self.chain)
        flow.addWidget(self._resting)
        flow.addWidget(_labelled(tr("&Language"), self.language))
        self.stance.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.chain.chosen.connect(self._add)
        self.chain.typed.connect(self._add_words)
        self.chain.emptied.connect(self._drop_last)
        self.chain.passed.connect(self._pass)
        self.language.textEdited.connect(self._name_language)

    def indent(self, side: int = 12) -> None:
        """Stand so many pixels from the sides of what this is in."""
        self._flow.setContentsMargins(side, 2, side, 2)

    def show_known(self, known: Names) -> None:
        """What a chain may name."""
        self._known = known

    def show_language(self, tag: str) -> None:
        """Preset the language, which is the document's until another is typed."""
        self.language.setText(tag)
        self._name_language(tag)

    def steps(self) -> tuple[Step, ...]:
        """The chain of attribution, nearest first."""
        return tuple(step for step, _ in self._steps)

    def chosen_stance(self) -> Stance:
        """How the source stands to what is recorded."""
        return Stance(self.stance.currentData())

    def tag(self) -> str:
        """The language of the passage, BCP 47."""
        return self.language.text().strip()

    def said(self) -> str:
        """All three in a sentence."""
        chain = ", ".join(shown.line(said) for _, said in self._steps)
        return tr(
            "Stance: {stance}; rests on: {chain}; language: {language}.",
            stance=self.stance.currentText(),
            chain=chain or tr("nothing else"),
            language=labels.language(self.tag()) if self.tag() else tr("not recorded"),
        )

    def keep_typed(self) -> None:
        """Take what stands in the chain's line as Enter would."""
        if self.chain.text().strip():
            self.chain.take()

    def _offered(self, typed: str) -> Sequence[Offer]:
        name = typed.strip()
        if not name:
            return ()
        found = self._known.find(name, CHAIN_KINDS, MOST)
        known = [Offer(shown.line(one.words), words.kind(one.kind), value=one.id) for one in found]
        return [*known, Offer(tr("in words: “{words}”", words=shown.line(name)), value="")]

    def _add(self, offer: Offer) -> None:
        if offer.value:
            self._steps.append((Step(offer.value, ""), offer.words))
            self._show_steps()
        else:
            self._add_words(self.chain.text())

    def _add_words(self, typed: str) -> None:
        said = " ".join(typed.split())
        if said:
            self._steps.append((Step("", said), said))
            self._show_steps()
        else:
            self.passed.emit(1)

    def _drop_last(self) -> None:
        if self._steps:
            self._steps.pop()
            self._show_steps()

    def _drop(self, place: int) -> None:
        del self._steps[place]
        self._show_steps()

    def _show_steps(self) -> None:
        self.chain.clear()
        theme = current_theme()
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, (_, said) in enumerate(self._steps):
            chip = QPushButton(tr("{value}  ×", value=shown.line(said)[:40]).replace("&", "&&"))
            chip.setToolTip(tr("Remove this step"))
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setStyleSheet(
                f"QPushButton {{ border: 1px solid {theme.line.name()}; border-radius: 9px; padding: 2px 8px;"
                f" color: {theme.text.name()}; background: {theme.base.name()} }}"
            )
            chip.clicked.connect(lambda _=False, place=place: self._drop(place))
            self._place.addWidget(chip)
            self._chips.append(chip)
        self._flow.invalidate()
        self.updateGeometry()
        self.changed.emit()

    def _name_language(self, tag: str) -> None:
        self.language.setToolTip(
            tips.plain(labels.language(tag)) if tag.strip() else tr("A tag such as en, zh-Hans, ug")
        )

    def _pass(self, step: int) -> None:
        self.chain.close_list()
        (self.language if step > 0 else self.stance).setFocus(Qt.FocusReason.TabFocusReason)


class StanceBox(QComboBox):
    """A letter chooses, and each time one comes to it the letters begin anew."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """See the class."""
        super().focusInEvent(event)
        self.view().keyboardSearch("")


class ChainLine(ChoiceLine):
    """A line for the next step; Backspace where it is empty takes the last step away."""

    emptied = Signal()

    def __init__(self, suggest: object) -> None:
        super().__init__(suggest)  # type: ignore[arg-type]
        self.setPlaceholderText(tr("report, speaker, official data …"))
        self.setAccessibleName(tr("Rests on"))
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 26))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


def _labelled(said: str, part: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    label = QLabel(said)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setBuddy(part)
    row.addWidget(label)
    row.addWidget(part)
    return whole
