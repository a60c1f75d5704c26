"""The columns of a table one under the other: first values, and boxes in which to say what each column means."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from archive.cases import fields
from archive.cases.exchange.mapping import NAMES, ORDERS
from archive.cases.fields import Type
from archive.cases.records import Kind
from desktop import shown, tips
from desktop.incoming import proposing, words
from desktop.incoming.columns import KEPT, NOTHING, ORIGIN, Offer, Use
from desktop.incoming.proposing import Column
from desktop.theme import scaled
from desktop.translate import tr

QWIDGETSIZE_MAX = (1 << 24) - 1
"""The width that Qt takes for no limit."""
WORDED = (Type.TERM, Type.CHOICE, Type.COUNTRY)
"""Types whose values are codes, for which a table has words of its own."""


class Box(QComboBox):
    """A choice that the wheel does not alter in passing."""

    def __init__(self, called: str, letters: int = 18) -> None:
        """`letters` is for how many there is room at least."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)
        self.setAccessibleName(called)

    def fill(self, items: Iterable[tuple[str, str]], chosen: str) -> None:
        """Offer these, pairs of what is meant and its words."""
        self.clear()
        for meant, said in items:
            self.addItem(shown.line(said), meant)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def choose(self, meant: str) -> None:
        """Choose as a person does."""
        self.setCurrentIndex(self.findData(meant))
        self.activated.emit(self.currentIndex())

    def meant(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the box was entered."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class Shortened(QLabel):
    """A line that ends in an ellipsis where there is no room for the rest, so that nobody takes half a date for one."""

    def __init__(self, text: str, widest: int = 420) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(tips.plain(text))
        self.setMaximumWidth(widest)
        long = len(text) > 24
        wide = QSizePolicy.Policy.Ignored if long else QSizePolicy.Policy.Preferred
        self.setSizePolicy(wide, QSizePolicy.Policy.Preferred)

    def fitting(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As any label, shortened."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            self.fitting(),
            self.foregroundRole(),
        )


class ColumnRow:
    """The boxes of one column."""

    def __init__(self, column: Column, changed: Callable[[str, Use], None], wording: Callable[[str], None]) -> None:
        self.column, self._changed = column, changed
        self._use, self._offers = Use(), tuple[Offer, ...]()
        name = shown.line(column.name)
        self.name = _label(name)
        self.name.setFont(scaled(self.name.font(), 1.0, bold=True))
        self.first = Shortened("  ·  ".join(shown.line(value) for value in column.first) or tr("empty"))
        self.first.setEnabled(bool(column.first))
        self.first.setMinimumWidth(180)
        self.subject = Box(tr("{column}: whom or what it tells of", column=name), 16)
        self.field = Box(tr("{column}: field", column=name), 12)
        self.dates = Box(tr("{column}: order of dates", column=name), 12)
        self.separators = QLineEdit()
        self.separators.setAccessibleName(tr("{column}: what stands between several values", column=name))
        self.separators.setPlaceholderText(tr("one value"))
        self.separators.setToolTip(tr("What stands between several values of a cell, with spaces between: ; 、"))
        self.separators.setMaximumWidth(90)
        self.words = QPushButton(tr("Words…"))
        self.words.setAccessibleName(tr("{column}: what its words mean", column=name))
        self.subject.activated.connect(self._subject_chosen)
        self.field.activated.connect(self._field_chosen)
        self.dates.activated.connect(self._told)
        self.separators.editingFinished.connect(self._told)
        self.words.clicked.connect(lambda: wording(column.name))

    def parts(self) -> tuple[QWidget, ...]:
        """The widgets from left to right."""
        return (self.name, self.first, self.subject, self.field, self.dates, self.separators, self.words)

    def show_use(self, use: Use, offers: tuple[Offer, ...]) -> None:
        """Show how the column is used, and what else it may be used for."""
        self._use, self._offers = use, offers
        others = (NOTHING, ORIGIN, *((KEPT,) if use.part == KEPT else ()))
        named = [(one.part, words.subject(one)) for one in offers]
        self.subject.fill([*((one, words.otherwise(one)) for one in others), *named], use.part)
        kind = self._kind(use.part)
        self.field.fill([(code, fields.field(code).label) for code in usable(kind)] if kind else [], use.field)
        known = fields.field(use.field) if use.field else None
        self.dates.fill([(one, words.order(one)) for one in (*ORDERS, "")], use.dates)
        self.separators.setText(" ".join(use.separators))
        self.field.setVisible(kind is not None)
        self.dates.setVisible(known is not None and known.type is Type.DATE)
        self.separators.setVisible(known is not None and (known.many or use.field in NAMES))
        self.words.setVisible(known is not None and known.type in WORDED)

    def _kind(self, part: str) -> Kind | None:
        return next((one.kind for one in self._offers if one.part == part), None)

    def _subject_chosen(self) -> None:
        part = self.subject.meant()
        kind = self._kind(part)
        if part == self._use.part:
            return
        codes = usable(kind) if kind else ()
        code = self._use.field if self._use.field in codes else next(iter(codes), "")
        self._changed(self.column.name, _fresh(self.column, part, code))

    def _field_chosen(self) -> None:
        if self.field.meant() != self._use.field:
            self._changed(self.column.name, _fresh(self.column, self._use.part, self.field.meant()))

    def _told(self) -> None:
        use = Use(
            self._use.part,
            self._use.field,
            self.dates.meant() if not self.dates.isHidden() else "",
            tuple(self.separators.text().split()),
            self._use.synonyms,
            self._use.required,
        )
        if use != self._use:
            self._changed(self.column.name, use)


class ColumnGrid(QScrollArea):
    """All columns; Tab goes from box to box, and what has the focus is brought into view."""

    changed = Signal(str, object)  # the column, Use
    words_wanted = Signal(str)  # the column

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows: dict[str, ColumnRow] = {}

    def show_columns(self, columns: Iterable[Column]) -> None:
        """Show these columns and no other."""
        self.rows = {one.name: ColumnRow(one, self.changed.emit, self.words_wanted.emit) for one in columns}
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(10)
        heads = (tr("Column"), tr("First values"), tr("Tells of"), tr("Field"), tr("Dates"), tr("Between values"))
        for at, head in enumerate(heads):
            grid.addWidget(_label(head), 0, at)
        for line, row in enumerate(self.rows.values(), 1):
            for at, widget in enumerate(row.parts()):
                grid.addWidget(widget, line, at)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self.rows) + 1, 1)
        self.setWidget(inner)

    def show_uses(self, use_of: Callable[[str], Use], offers: tuple[Offer, ...]) -> None:
        """Show how every column is used."""
        for name, row in self.rows.items():
            row.show_use(use_of(name), offers)


def usable(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind that a column can fill."""
    return tuple(one.code for one in fields.of_kind(kind) if one.type is not Type.SUBJECT)


def _fresh(column: Column, part: str, code: str) -> Use:
    """A column used as this field, read in the way that its values suggest."""
    if not code:
        return Use(part)
    dates = proposing.order_of(column.values[: proposing.TRIED]) if fields.field(code).type is Type.DATE else ""
    synonyms = proposing.synonyms_for(code, column.values)
    return Use(part, code, dates, synonyms=synonyms, required=code == "name")


def _label(text: str) -> QLabel:
    label = Shortened(text)
    label.setMinimumWidth(60)
    return label
