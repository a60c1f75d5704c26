"""Tags and collections of one record: a line each to add to, with completion, and chips that are taken off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import shown, tips
from desktop.entry.choosing import ChoiceLine
from desktop.entry.offers import Offer
from desktop.flow import FlowLayout
from desktop.notebook.records import About
from desktop.theme import current_theme
from desktop.translate import tr

MOST = 12
LONGEST = 40


class ShelfStrip(QFrame):
    """Closed until it is opened. Tab goes from tags to collections, Backspace in an empty line takes the last off."""

    tagged = Signal(str, bool)  # a tag, on or off
    collected = Signal(str)  # the name of a collection
    released = Signal(str)  # the id of a collection
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._about: About | None = None
        self.tags = ChipLine(tr("Tags"), tr("Add a tag"), self._suggest_tags)
        self.collections = ChipLine(tr("Collections"), tr("Add to a collection, or make one"), self._suggest_names)
        self.tags.added.connect(lambda name: self.tagged.emit(name, True))
        self.tags.removed.connect(lambda name: self.tagged.emit(name, False))
        self.collections.added.connect(self.collected)
        self.collections.removed.connect(self.released)
        self.tags.line.passed.connect(lambda _: self.collections.line.setFocus())
        self.collections.line.passed.connect(lambda _: self.tags.line.setFocus())
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 6, 12, 6)
        column.setSpacing(6)
        for part in (self.tags, self.collections, self.said):
            column.addWidget(part)
        for line in (self.tags, self.collections):
            line.line.left.connect(self.left)
        self.hide()

    def begin(self) -> None:
        """Open it at the line of tags."""
        self.say("")
        self.show()
        self.tags.line.clear()
        self.collections.line.clear()
        self.tags.line.setFocus()

    def show_about(self, about: About) -> None:
        """Show what is on the record by now."""
        self._about = about
        self.tags.show_chips([(tag, tag) for tag in about.tags])
        self.collections.show_chips([(one.id, one.name) for one in about.collections])

    def say(self, sentence: str) -> None:
        """Say why something could not be kept."""
        self.said.setStyleSheet(f"color: {current_theme().warning.name()}")
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def repaint_all(self) -> None:
        """Take the colours of now."""
        for line in (self.tags, self.collections):
            line.repaint_all()

    def _suggest_tags(self, typed: str) -> Sequence[Offer]:
        about = self._about
        return suggested(typed, about.every_tag if about else (), about.tags if about else (), tr("new tag"))

    def _suggest_names(self, typed: str) -> Sequence[Offer]:
        about = self._about
        every = [one.name for one in about.every_collection] if about else []
        return suggested(typed, every, [one.name for one in about.collections] if about else (), tr("new collection"))


def suggested(typed: str, every: Iterable[str], taken: Iterable[str], new: str) -> list[Offer]:
    """What there is that fits what is typed; first what is typed itself, so that Enter takes nothing else."""
    typed, on = " ".join(typed.split()), set(taken)
    fitting = [one for one in every if one not in on and typed.casefold() in one.casefold()]
    fitting.sort(key=lambda one: not one.casefold().startswith(typed.casefold()))
    same = [one for one in fitting if one.casefold() == typed.casefold()]
    rest = [Offer(one, value=one) for one in fitting if one not in same][:MOST]
    if not typed:
        return rest
    return [Offer(same[0], value=same[0]) if same else Offer(typed, lead=new, value=typed), *rest]


class ChipLine(QWidget):
    """A name, the chips, and the line that adds one."""

    added = Signal(str)
    removed = Signal(str)  # the key of a chip

    def __init__(self, name: str, prompt: str, suggest: Callable[[str], Sequence[Offer]]) -> None:
        super().__init__()
        self._name, self._keys = name, [""]
        self._keys.clear()
        self.label = QLabel(name)
        self.label.setMinimumWidth(self.label.fontMetrics().horizontalAdvance(tr("Collections")) + 6)
        self.line = TagLine(suggest)
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.setMaxLength(200)
        self.line.setMinimumWidth(200)
        self.line.chosen.connect(lambda offer: self._add(offer.value))
        self.line.typed.connect(self._add)
        self.line.last_given_up.connect(self._give_up_last)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._chips: list[QPushButton] = []
        row.addWidget(holder, 1)
        self._flow.addWidget(self.line)

    def show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show these, keys with their words."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._keys, self._chips = [key for key, _ in chips], []
        self._flow.removeWidget(self.line)
        for key, words in chips:
            chip = QPushButton()
            short = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
            chip.setText(tr("{value}  ×", value=shown.line(short)).replace("&", "&&"))
            chip.setToolTip(tips.plain(words))
            chip.setAccessibleName(tr("{name}: {value}. Take it off", name=self._name, value=shown.line(words)))
            chip.clicked.connect(lambda _=False, key=key: self.removed.emit(key))
            self._flow.addWidget(chip)
            self._chips.append(chip)
            chip.show()
        self._flow.addWidget(self.line)
        self.repaint_all()

    def chips(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self._chips]

    def repaint_all(self) -> None:
        """Take the colours of now."""
        theme = current_theme()
        self.label.setStyleSheet(f"color: {theme.muted.name()}; padding-top: 4px")
        for chip in self._chips:
            chip.setStyleSheet(
                f"QPushButton {{ border: 1px solid {theme.line.name()}; border-radius: 11px; padding: 3px 10px;"
                f" color: {theme.text.name()}; background: {theme.base.name()} }}"
                f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.focus.name()} }}"
            )

    def _add(self, words: str) -> None:
        self.line.clear()
        if words.strip():
            self.added.emit(words)

    def _give_up_last(self) -> None:
        if self._keys:
            self.removed.emit(self._keys[-1])


class TagLine(ChoiceLine):
    """Backspace in the empty line gives up what was added last."""

    last_given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace where there is nothing to delete."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.last_given_up.emit()
        else:
            super().keyPressEvent(event)


class AboutLine(QWidget):
    """What the notebook says of a record, in one quiet line, and the way to change it."""

    change_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.button = QPushButton(tr("Tags…"))
        self.button.setToolTip(tr("Tags and collections (T)"))
        self.button.clicked.connect(self.change_wanted)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.said, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.repaint_all()

    def show_about(self, about: About | None) -> None:
        """Show it; without anything, what may be done."""
        self.said.setText(said_of(about) if about else "")

    def repaint_all(self) -> None:
        """Take the colours of now."""
        self.said.setStyleSheet(f"color: {current_theme().muted.name()}")


def said_of(about: About) -> str:
    """Tags, collections and notes in a line."""
    parts = []
    if about.tags:
        parts.append(tr("Tags: {tags}", tags=", ".join(map(shown.isolated, about.tags))))
    if about.collections:
        names = ", ".join(shown.isolated(one.name) for one in about.collections)
        parts.append(tr("In: {collections}", collections=names))
    whole = [one.note for one in about.notes if one.note.record == about.record and one.note.passage is None]
    parts += [tr("Your note: {note}", note=shown.isolated(" ".join(note.text.split())[:300])) for note in whole]
    return "  ·  ".join(parts) or tr("Not tagged, in no collection")
