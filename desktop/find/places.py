"""The four places under the bar: lenses on one query, each with how much of the answer it holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.translate import number, tr
from index.answers import FacetCount

ALL, DOCUMENTS, CASES, FIGURES = "", "document", "case", "figure"
PLACES = (ALL, DOCUMENTS, CASES, FIGURES)


class Places(QTabBar):
    """A row of tabs; the counts are those of the query in force."""

    chosen = Signal(str)  # one of PLACES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(tr("Places"))
        for place in PLACES:
            self.addTab(name(place))
        self.currentChanged.connect(lambda tab: self.chosen.emit(PLACES[tab]))

    @property
    def place(self) -> str:
        """The place one is in."""
        return PLACES[self.currentIndex()]

    def go(self, place: str) -> None:
        """Be in a place, without saying so to anyone."""
        self.blockSignals(True)
        self.setCurrentIndex(PLACES.index(place))
        self.blockSignals(False)

    def show_counts(self, kinds: tuple[FacetCount, ...]) -> None:
        """Show how many records of each kind the query finds."""
        counted = {one.value: one.count for one in kinds}
        for tab, place in enumerate(PLACES):
            count = counted.get(place, 0) if place else sum(counted.values())
            self.setTabText(tab, f"{name(place)}  {number(count)}")

    def forget_counts(self) -> None:
        """The counts are not known."""
        for tab, place in enumerate(PLACES):
            self.setTabText(tab, name(place))


def name(place: str) -> str:
    """What a place is called."""
    return {ALL: tr("All"), DOCUMENTS: tr("Documents"), CASES: tr("Cases"), FIGURES: tr("Figures")}[place]
