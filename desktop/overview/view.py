"""The overview of cases: the strip of counts, the switch between its three pictures, and the empty states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.find.results import Nothing
from desktop.overview import words
from desktop.overview.map import WorldMap
from desktop.overview.strip import Strip
from desktop.overview.table import CaseTable
from desktop.overview.timeline import Timeline
from desktop.theme import scaled, weighted
from desktop.translate import tr
from index.overview import ROLES

TABLE, MAP, TIMELINE = "table", "map", "timeline"
MODES = (TABLE, MAP, TIMELINE)


class OverviewView(QWidget):
    """One of three pictures of the same cases."""

    mode_chosen = Signal(str)  # one of MODES
    role_chosen = Signal(str)  # one of ROLES
    narrowed = Signal(object)  # Filter: a count of the strip was taken
    picture_wanted = Signal()
    values_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.strip = Strip()
        self.strip.narrowed.connect(self.narrowed)
        self.table, self.map, self.timeline = CaseTable(), WorldMap(), Timeline()
        self.roles = QComboBox()
        for role in ROLES:
            self.roles.addItem(words.role(role), role)
        self.roles.setAccessibleName(tr("Shade countries by"))
        self.roles.activated.connect(lambda place: self.role_chosen.emit(ROLES[place]))
        self._stack, self.nothing = QStackedWidget(), Nothing()
        for page in (self.table, self._with_roles(), self.timeline, self.nothing):
            self._stack.addWidget(page)
        self._mode = TABLE
        self._switch, switch = self._make_switch()
        self._fit_switch()
        self.save_button = self._make_save()
        head = QHBoxLayout()
        head.setContentsMargins(12, 2, 10, 6)
        head.addWidget(switch)
        head.addStretch()
        head.addWidget(self.save_button)
        self.strip.setContentsMargins(14, 8, 10, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    @property
    def mode(self) -> str:
        """Which picture is shown: one of MODES."""
        return self._mode

    @property
    def role(self) -> str:
        """The role that the map shades."""
        return ROLES[self.roles.currentIndex()]

    @property
    def picture(self) -> QWidget:
        """The widget that the person looks at."""
        return (self.table, self.map, self.timeline)[MODES.index(self._mode)]

    def show_mode(self, mode: str) -> None:
        """Show this picture."""
        self._mode = mode
        self._switch.buttons()[MODES.index(mode)].setChecked(True)
        if self._stack.currentWidget() is not self.nothing:
            self._stack.setCurrentIndex(MODES.index(mode))

    def say_counts(self, parts: tuple[words.Part, ...]) -> None:
        """Show the strip; a clause that narrows is a link."""
        self.strip.say(parts)
        self.save_button.setEnabled(bool(parts))
        self._stack.setCurrentIndex(MODES.index(self._mode))

    def say_nothing(self, sentence: str, more: str, ways: Sequence[tuple[str, Callable[[], None]]] = ()) -> None:
        """Show these words in place of every picture, and a button for each way on."""
        self.strip.say(())
        self.save_button.setEnabled(False)
        self.nothing.say(sentence, more, ways)
        self._stack.setCurrentWidget(self.nothing)

    def said(self) -> str:
        """The words in place of every picture; empty where one is shown."""
        return self.nothing.words() if self._stack.currentWidget() is self.nothing else ""

    def counted(self) -> str:
        """The strip of counts in words."""
        return self.strip.counted()

    def take_focus(self) -> None:
        """Put the keyboard on what is shown."""
        if self.said():
            self._switch.buttons()[MODES.index(self._mode)].setFocus()
        elif self._mode == TIMELINE:
            self.timeline.chart.setFocus()
        else:
            self.picture.setFocus()
            self.table.choose_first()

    def repaint_all(self) -> None:
        """Take the colours of now."""
        self.strip.repaint_all()
        self.map.update()
        self.timeline.chart.update()
        self.timeline.list.viewport().update()

    def _with_roles(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 10, 4)
        row.addWidget(self.roles)
        row.addStretch()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.map, 1)
        return page

    def _make_switch(self) -> tuple[QButtonGroup, QWidget]:
        group, whole = QButtonGroup(self), QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = (tr("Table"), tr("Map"), tr("Timeline"))
        for at, name in enumerate(names):
            button = QPushButton(name)
            button.setCheckable(True)
            button.toggled.connect(lambda on, button=button: self._mark(button, on))
            button.setChecked(at == 0)
            self._mark(button, at == 0)
            button.setAutoDefault(False)
            button.setAccessibleName(tr("Show cases as: {picture}", picture=name))
            group.addButton(button, at)
            row.addWidget(button)
        group.idClicked.connect(lambda at: self._choose(MODES[at]))
        whole.setAccessibleName(tr("How cases are shown"))
        return group, whole

    def changeEvent(self, event: QEvent) -> None:
        """With another size of letters the switch is another size, too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_switch()

    def _fit_switch(self) -> None:
        """Make the buttons wide enough for bold letters, so that none moves when another is chosen."""
        bold = QFontMetrics(scaled(self.font(), 1.0, bold=True))
        for button in self._switch.buttons():
            button.setMinimumWidth(bold.horizontalAdvance(button.text()) + 28)

    def _mark(self, button: QPushButton, on: bool) -> None:
        """Show which is chosen. Tab reaches that one, the arrow keys the others."""
        button.setFont(weighted(bold=on))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def _choose(self, mode: str) -> None:
        self.show_mode(mode)
        self.mode_chosen.emit(mode)

    def _make_save(self) -> QToolButton:
        button, menu = QToolButton(), QMenu(self)
        button.setText(tr("Save…"))
        button.setAccessibleName(tr("Save what is shown"))
        menu.addAction(tr("Values (CSV)…")).triggered.connect(lambda: self.values_wanted.emit())
        menu.addAction(tr("Picture (PNG)…")).triggered.connect(lambda: self.picture_wanted.emit())
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setEnabled(False)
        return button
