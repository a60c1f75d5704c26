"""Shows a PDF or a picture page by page, as the worker process draws it, with the hits marked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSpinBox, QToolButton, QVBoxLayout, QWidget

from archive.reading.render import Rendering
from desktop import reasons
from desktop.theme import current_theme
from desktop.translate import number, tr

ZOOM_STEP, LEAST, MOST = 1.2, 0.1, 6.0
FITTED = 2.0  # a small picture is not blown up further to fit
KEPT = 4  # drawn pages kept: the one shown, its neighbours and one more


class PageView(QWidget):
    """Pages and the ways to walk them. It asks for drawings and keeps the newest few."""

    wanted = Signal(int, float, bool)  # page from 1, pixels per point, whether it is shown (or only drawn ahead)

    def __init__(self) -> None:
        super().__init__()
        self.sheet = _Sheet()
        self._area = _Area(self)
        self._area.setWidget(self.sheet)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._back = _button("◂", tr("Previous page"), lambda: self.turn(-1))
        self._on = _button("▸", tr("Next page"), lambda: self.turn(1))
        self._page = QSpinBox()
        self._page.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self._page.setKeyboardTracking(False)
        self._page.setAccessibleName(tr("Page"))
        self._page.valueChanged.connect(self._go)
        self._of = QLabel()
        self._zoom = QLabel()
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fit = _button(tr("Fit width"), tr("As wide as the pane"), self.fit)
        smaller = _button("−", tr("Smaller"), lambda: self.magnify(1 / ZOOM_STEP))
        larger = _button("+", tr("Larger"), lambda: self.magnify(ZOOM_STEP))
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said.hide()

        tools = QHBoxLayout()
        tools.setContentsMargins(8, 4, 8, 4)
        for widget in (self._back, self._page, self._of, self._on):
            tools.addWidget(widget)
        self._of.setContentsMargins(4, 0, 4, 0)
        tools.addStretch()
        for widget in (smaller, self._zoom, larger, fit):
            tools.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.said)
        column.addWidget(self._area, 1)
        self.setFocusProxy(self._area)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(150)
        self._settled.timeout.connect(self._refit)
        self._drawn: dict[tuple[int, int], Rendering] = {}
        self._scale: float | None = None  # None: as wide as the pane
        self._width = 0.0
        self._pages = 0
        self._at_end = False

    def open(self, page: int) -> None:
        """Begin a document at this page (from 1)."""
        self._drawn, self._scale, self._width, self._pages = {}, None, 0.0, 0
        self.sheet.show_image(QImage(), (), QSize(200, 100))
        self.said.hide()
        self._of.setText("")
        self._page.blockSignals(True)
        self._page.setRange(1, 1_000_000)
        self._page.setValue(max(1, page))
        self._page.blockSignals(False)
        self._ask()

    def page(self) -> int:
        """The page shown, from 1."""
        return self._page.value()

    def turn(self, by: int) -> None:
        """Go on or back by so many pages; back lands at the foot of the page."""
        if self._pages and 1 <= self.page() + by <= self._pages:
            self._at_end = by < 0
            self._page.setValue(self.page() + by)

    def magnify(self, factor: float) -> None:
        """Draw larger or smaller."""
        self._scale = min(MOST, max(LEAST, (self._scale or self._fitting()) * factor))
        self._ask()

    def fit(self) -> None:
        """Draw as wide as the pane."""
        self._scale = None
        self._ask()

    def take(self, drawing: Rendering, scale: float) -> None:
        """Keep a drawing that was wanted at this scale, and show it if its page still is."""
        self._drawn[drawing.page, _key(scale)] = drawing
        while len(self._drawn) > KEPT:
            del self._drawn[next(iter(self._drawn))]
        if drawing.page != self.page():
            return
        first = not self._pages
        self._pages, self._width = drawing.pages, drawing.page_width
        self._page.blockSignals(True)
        self._page.setMaximum(max(1, drawing.pages))
        self._page.blockSignals(False)
        self._of.setText(tr("of {n}", n=number(max(1, drawing.pages))))
        if first and self._scale is None and _key(self._fitting()) != _key(scale):
            self._ask()
            return
        self._show(drawing, scale)
        for neighbour in (drawing.page + 1, drawing.page - 1):
            if 1 <= neighbour <= self._pages and (neighbour, _key(scale)) not in self._drawn:
                self.wanted.emit(neighbour, scale, False)
                break

    def refuse(self, sentence: str) -> None:
        """Say why nothing could be drawn."""
        self.said.setText(sentence)
        self.said.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that fits the pane is drawn anew once the pane rests."""
        super().resizeEvent(event)
        self._settled.start()

    def _refit(self) -> None:
        if self._scale is None and self._width and self.isVisible():
            self._ask()

    def _go(self) -> None:
        self._ask()

    def _fitting(self) -> float:
        if not self._width:
            return 1.0
        room = self._area.viewport().width() - 24
        ratio = self.devicePixelRatioF()
        return min(FITTED * ratio, max(LEAST, room * ratio / self._width))

    def _ask(self) -> None:
        scale = self._scale if self._scale is not None else self._fitting()
        self._zoom.setText(f"{round(scale / self.devicePixelRatioF() * 100)} %")
        self._back.setEnabled(self.page() > 1)
        self._on.setEnabled(not self._pages or self.page() < self._pages)
        kept = self._drawn.get((self.page(), _key(scale)))
        if kept is not None:
            self.take(kept, scale)
        else:
            self.wanted.emit(self.page(), scale, True)

    def _show(self, drawing: Rendering, scale: float) -> None:
        if drawing.reason or not drawing.width:
            self.sheet.show_image(QImage(), (), QSize(200, 100))
            self.refuse(tr("This page cannot be drawn: {why}.", why=reasons.words(drawing.reason or "damaged")))
            return
        self.said.hide()
        image = QImage(
            drawing.pixels, drawing.width, drawing.height, drawing.width * 4, QImage.Format.Format_RGBA8888
        ).copy()
        ratio = self.devicePixelRatioF()
        places = [QRect(r.left, r.top, r.right - r.left, r.bottom - r.top) for r in drawing.rectangles]
        size = QSize(round(drawing.width / ratio), round(drawing.height / ratio))
        self.sheet.show_image(image, tuple(places), size)
        bar = self._area.verticalScrollBar()
        if self._at_end:
            bar.setValue(bar.maximum())
        elif places:
            bar.setValue(round(places[0].top() / ratio) - self._area.viewport().height() // 3)
        else:
            bar.setValue(0)
        self._at_end = False


class _Area(QScrollArea):
    """Scrolls a page and goes on to the next at its end."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Page of the original"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageDown and PageUp walk the pages once the page's end is reached; plus and minus magnify."""
        bar = self.verticalScrollBar()
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Space) and bar.value() >= bar.maximum():
            self._view.turn(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() <= bar.minimum():
            self._view.turn(-1)
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._view.magnify(ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self._view.magnify(1 / ZOOM_STEP)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls, goes on to the next page at the end, and magnifies with Ctrl."""
        bar, turned = self.verticalScrollBar(), event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._view.magnify(ZOOM_STEP if turned > 0 else 1 / ZOOM_STEP)
        elif turned < 0 and bar.value() >= bar.maximum():
            self._view.turn(1)
        elif turned > 0 and bar.value() <= bar.minimum():
            self._view.turn(-1)
        else:
            super().wheelEvent(event)


class _Sheet(QWidget):
    """Paints one drawn page and, over it, the marks."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._places: tuple[QRect, ...] = ()

    def show_image(self, image: QImage, places: tuple[QRect, ...], size: QSize) -> None:
        """Paint this image at this size, its marks given in its own pixels."""
        self._image, self._places = image, places
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page stays as it is, light, also where the window is dark."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        accent = QColor(current_theme().current)
        accent = QColor.fromHslF(max(0.0, accent.hslHueF()), 0.8, 0.82)
        share = self.width() / self._image.width()
        for place in self._places:
            painter.fillRect(
                round(place.x() * share) - 1,
                round(place.y() * share) - 1,
                round(place.width() * share) + 2,
                round(place.height() * share) + 2,
                accent,
            )


def _key(scale: float) -> int:
    return round(scale * 1000)


def _button(words: str, tip: str, pressed: object) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(pressed)
    return button
