"""A line that offers what fits what is typed, in a list under it; Enter takes the offer that is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import shown
from desktop.entry.offers import Offer
from desktop.theme import current_theme, scaled

ROWS = 8
OFFER = Qt.ItemDataRole.UserRole + 1


class ChoiceLine(QLineEdit):
    """Typing changes the offers; Up and Down mark one. Without offers Enter takes what was typed.

    The list is a part of the window and never a window of its own: no other program sees its title.
    """

    chosen = Signal(object)  # Offer
    typed = Signal(str)
    left = Signal()
    passed = Signal(int)  # Tab: 1 on, -1 back

    def __init__(self, suggest: Callable[[str], Sequence[Offer]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._list: OfferList | None = None
        self.textEdited.connect(lambda _: self.offer())

    def offers(self) -> tuple[Offer, ...]:
        """What is offered now."""
        return self._list.offers() if self._list is not None and self._list.isVisible() else ()

    def offer(self) -> None:
        """Offer what fits by now."""
        offers = self._suggest(self.text())
        if not offers:
            self.close_list()
            return
        if self._list is None or self._list.parentWidget() is not self.window():
            self._list = OfferList(self.window())
            self._list.pressed.connect(self._take)
        self._list.show_offers(offers)
        self._place()
        self._list.show()
        self._list.raise_()

    def offer_again(self) -> None:
        """Offer anew where something is offered: what was has other ids by now."""
        if self.offers():
            self.offer()

    def close_list(self) -> None:
        """Offer nothing."""
        if self._list is not None:
            self._list.hide()

    def is_meant(self) -> bool:
        """Whether something was typed, or another offer than the first was marked."""
        return self.isModified() or (bool(self.offers()) and self._list is not None and self._list.currentRow() > 0)

    def take(self) -> None:
        """Take the marked offer, or what was typed where there is none."""
        offers = self.offers()
        row = self._list.currentRow() if self._list is not None else -1
        self.close_list()
        if offers and 0 <= row < len(offers):
            self.chosen.emit(offers[row])
        else:
            self.typed.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter and Esc are for the list first."""
        key, open_list = event.key(), self._list is not None and self._list.isVisible()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if open_list and self._list is not None:
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
            elif key == Qt.Key.Key_Down:
                self.offer()
            else:
                self.passed.emit(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif key == Qt.Key.Key_Escape:
            self.close_list()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab goes on to the next line of what this stands in, not to the next part of the window."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.passed.emit(step)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is offered to what one has left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.close_list()

    def hideEvent(self, event: QEvent) -> None:
        """Nor by what cannot be seen."""
        self.close_list()

    def _place(self) -> None:
        """Under the line, or over it where there is more room."""
        if self._list is None:
            return
        window = self.window()
        top_left = self.mapTo(window, QPoint(0, 0))
        width = min(max(self.width(), 340), window.width() - 16)
        height = self._list.wanted_height()
        left = max(8, min(top_left.x(), window.width() - width - 8))
        below = window.height() - (top_left.y() + self.height())
        if below < height + 8 and top_left.y() > below:
            height = min(height, top_left.y() - 8)
            top = top_left.y() - height - 1
        else:
            height, top = min(height, below - 8), top_left.y() + self.height() + 1
        self._list.setGeometry(left, top, width, height)

    def _take(self) -> None:
        self.setFocus()
        self.take()


class OfferList(QListWidget):
    """The offers, one of them marked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(OfferDelegate(self))
        self.hide()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show these, the first marked."""
        self.clear()
        for offer in offers:
            item = QListWidgetItem(shown.line(offer.words))
            item.setData(OFFER, offer)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{offer.words}. {offer.lead}" if offer.lead else offer.words
            )
            self.addItem(item)
        self.setCurrentRow(0)

    def offers(self) -> tuple[Offer, ...]:
        """What is shown."""
        return tuple(self.item(row).data(OFFER) for row in range(self.count()))

    def step(self, by: int) -> None:
        """Mark the next or the one before, round the ends."""
        self.setCurrentRow((self.currentRow() + by) % max(1, self.count()))

    def wanted_height(self) -> int:
        """The height of what is shown, at most of ROWS."""
        return self.sizeHintForRow(0) * min(ROWS, self.count()) + 2 * self.frameWidth()


class OfferDelegate(QStyledItemDelegate):
    """Paints an offer: its words, and quiet at the end what it belongs to."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        """One line with some air."""
        return QSize(100, round(option.fontMetrics.height() * 1.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        """One offer."""
        offer, theme = index.data(OFFER), current_theme()  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selected)
        rect = option.rect.adjusted(8, 0, -8, 0)
        small = scaled(option.font, 0.9)
        painter.save()
        painter.setFont(small)
        painter.setPen(theme.muted)
        lead = painter.fontMetrics().elidedText(shown.line(offer.lead), Qt.TextElideMode.ElideRight, rect.width() // 2)
        room = painter.fontMetrics().horizontalAdvance(lead) + 12 if lead else 0
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, lead)
        painter.setFont(option.font)
        painter.setPen(theme.text)
        said = painter.fontMetrics().elidedText(
            shown.line(offer.words), Qt.TextElideMode.ElideRight, rect.width() - room
        )
        painter.drawText(rect.adjusted(0, 0, -room, 0), Qt.AlignmentFlag.AlignVCenter, said)
        painter.restore()
