"""The style of every widget: Fusion, which looks alike everywhere, with edges that are seen on a dark ground, too."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QPlainTextEdit, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from desktop.theme import theme_of

PRIMITIVE = QStyle.PrimitiveElement
# What is typed into or ticked, and how round its corners are, in pixels.
EDGED = {
    PRIMITIVE.PE_FrameLineEdit: 2.0,
    PRIMITIVE.PE_IndicatorCheckBox: 2.0,
    PRIMITIVE.PE_IndicatorRadioButton: 100.0,
}

TYPED_INTO = 2.0
"""The same for fields of several lines, which are frames like any other to a style."""


class PlainStyle(QProxyStyle):
    """Without icons on the buttons of dialogs. A style sheet for the application would do this and the edges, too, but
    then widgets that exist already miss the families of a font that is set later, and with them whole scripts."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        """Part of QStyle's interface."""
        if hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 0
        return super().styleHint(hint, option, widget, returnData)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Part of QStyle's interface."""
        super().drawPrimitive(element, option, painter, widget)
        corner = EDGED.get(element, TYPED_INTO if element == PRIMITIVE.PE_Frame and _is_typed_into(widget) else None)
        if corner is None:
            return
        theme, focused = theme_of(option.palette), bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        corner = min(corner, edge.width() / 2, edge.height() / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.focus if focused else theme.muted, 1.5 if focused else 1.0))
        painter.drawRoundedRect(edge, corner, corner)
        painter.restore()


def _is_typed_into(widget: QWidget | None) -> bool:
    return isinstance(widget, QPlainTextEdit) and not widget.isReadOnly()
