"""Edges of what is typed into or ticked: seen on their ground in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.style import PlainStyle
from desktop.theme import choose_scheme, contrast

SEEN = 3.0  # WCAG 2.1, 1.4.11: the least contrast of an edge by which a control is known


@pytest.fixture(autouse=True)
def _restored(qapp: QApplication) -> Iterator[None]:
    yield
    choose_scheme("system")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QCheckBox, QRadioButton])
def test_an_edge_is_seen(kind: type[QWidget], scheme: str, qtbot: QtBot) -> None:
    choose_scheme(scheme)
    widget = kind()
    qtbot.addWidget(widget)
    style = PlainStyle("Fusion")
    widget.setStyle(style)
    widget.resize(widget.sizeHint())
    image = widget.grab().toImage()
    place = QPoint(0, image.height() // 2)
    if kind in (QCheckBox, QRadioButton):
        option, which = QStyleOptionButton(), {
            QCheckBox: QStyle.SubElement.SE_CheckBoxIndicator,
            QRadioButton: QStyle.SubElement.SE_RadioButtonIndicator,
        }  # fmt: skip
        option.initFrom(widget)
        area = style.subElementRect(which[kind], option, widget)
        place = QPoint(area.left(), area.center().y())
    ground = widget.palette().window().color()
    assert max(contrast(image.pixelColor(place + QPoint(x, 0)), ground) for x in range(2)) >= SEEN
