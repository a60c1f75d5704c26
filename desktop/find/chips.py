"""The chips between the bar and the list: every filter in force, each removable."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import labels
from desktop.find.lenses import applies
from desktop.find.places import name
from desktop.flow import FlowLayout
from desktop.theme import current_theme
from desktop.translate import tr
from index.answers import Filter


class Chips(QWidget):
    """A row of buttons, one for each filter; years in a row share one."""

    removed = Signal(object)  # tuple[Filter, ...]

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(12, 0, 12, 6)
        self._chips: list[QPushButton] = []
        self.setAccessibleName(tr("Filters in force"))
        self.hide()

    def show_filters(self, filters: tuple[Filter, ...], place: str = "") -> None:
        """Show exactly these; those that cannot apply in a place are greyed. Focus stays on the row if it was there."""
        had_focus = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for group in grouped(filters):
            idle = not applies(group[0], place)
            here = tr("It does not apply to {place}, so it is left aside here.", place=name(place).lower())
            self._add(caption(group), here if idle else tr("Remove this filter"), group, idle)
        if len(filters) > 1:
            self._add(tr("Remove all"), tr("Remove every filter"), filters)
        self.setVisible(bool(filters))
        if had_focus and self._chips:
            self._chips[0].setFocus()

    def buttons(self) -> list[QPushButton]:
        """The chips shown, in order; the last removes all where there are several."""
        return list(self._chips)

    def _add(self, words: str, tip: str, group: tuple[Filter, ...], idle: bool = False) -> None:
        theme = current_theme()
        button = QPushButton(words.replace("&", "&&"))
        button.setToolTip(tip)
        button.setAccessibleName(f"{words}: {tip}")
        colour = theme.muted if idle else theme.warning if group[0].exclude else theme.text
        edge = "dashed" if idle else "solid"
        button.setStyleSheet(
            f"QPushButton {{ border: 1px {edge} {theme.line.name()}; border-radius: 11px; padding: 3px 10px;"
            f" color: {colour.name()}; background: {theme.base.name()} }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.focus.name()} }}"
        )
        button.clicked.connect(lambda: self.removed.emit(group))
        self._flow.addWidget(button)
        QWidget.setTabOrder(self._chips[-1] if self._chips else self, button)
        self._chips.append(button)


def grouped(filters: tuple[Filter, ...]) -> list[tuple[Filter, ...]]:
    """The filters chip by chip: each alone, but years that follow one another together."""
    years = sorted(
        (f for f in filters if f.field == "year" and not f.exclude and f.value.isdecimal()), key=lambda f: int(f.value)
    )
    runs = [
        tuple(f for _, f in run) for _, run in groupby(enumerate(years), key=lambda pair: int(pair[1].value) - pair[0])
    ]
    return [(f,) for f in filters if f not in years] + runs


def caption(group: tuple[Filter, ...]) -> str:
    """What stands on a chip."""
    first, last = group[0], group[-1]
    words = f"{first.value}–{last.value}" if first is not last else labels.value(first.field, first.value)
    if not first.value:
        field = labels.field(first.field)
        said = tr("{field}: recorded", field=field) if first.exclude else tr("{field}: not recorded", field=field)
    else:
        said = tr("without {value}", value=words) if first.exclude else words
    return tr("{value}  ×", value=said)
