"""Colours: everything that is read can be read, in light and in dark."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme import (
    READABLE,
    choose_font,
    choose_scheme,
    contrast,
    current_theme,
    readable,
    scaled,
    theme_of,
    weighted,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: QColor(value >> 16, value >> 8 & 255, value & 255))


@pytest.fixture(autouse=True)
def _restored(qapp: QApplication) -> Iterator[None]:
    yield
    choose_scheme("system")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(scheme: str) -> None:
    choose_scheme(scheme)
    theme = current_theme()
    assert theme.dark == (scheme == "dark")
    pairs = {
        "text": (theme.text, theme.base),
        "text on a chosen row": (theme.text, theme.selected),
        "facts": (theme.muted, theme.base),
        "facts on a chosen row": (theme.muted, theme.selected),
        "status": (theme.muted, theme.window),
        "hit": (theme.hit_text, theme.hit),
        "hit being read": (theme.current_text, theme.current),
        "highlight": (theme.highlight_text, theme.highlight),
        "note": (theme.note, theme.base),
        "warning": (theme.warning, theme.window),
        "in force": (theme.focus, theme.base),
    }
    unreadable = {name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < READABLE}
    assert not unreadable


@given(text=COLOURS, base=COLOURS)
def test_odd_palettes_of_the_system_are_made_readable(text: QColor, base: QColor) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, text)
    palette.setColor(QPalette.ColorRole.Base, base)
    palette.setColor(QPalette.ColorRole.Window, base)
    theme = theme_of(palette)
    assert contrast(theme.hit_text, theme.hit) >= READABLE
    assert contrast(theme.warning, theme.window) >= READABLE


@given(colour=COLOURS, ground=COLOURS)
def test_a_colour_becomes_readable_on_any_ground(colour: QColor, ground: QColor) -> None:
    assert contrast(readable(colour, ground, colour), ground) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)


def test_every_label_follows_the_size_of_letters(qtbot: QtBot) -> None:
    usual, whole = QFont(QApplication.font()), QWidget()
    coloured, bold = QLabel("one", whole), QLabel("another", whole)
    qtbot.addWidget(whole)
    whole.show()
    coloured.setStyleSheet("color: red")
    bold.setFont(weighted(bold=True))
    try:
        choose_font(scaled(usual, 2))
        for label in (coloured, bold):
            qtbot.waitUntil(lambda label=label: label.font().pointSizeF() == 2 * usual.pointSizeF())
        assert bold.font().bold()
    finally:
        choose_font(usual)


LEFT = """
import gc
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from desktop.theme import choose_font

app = QApplication([])
gc.set_threshold(50, 2, 2)
for _ in range(150):
    window = QWidget()
    window.me = window  # nothing but a collection takes it
    for _ in range(40):
        QComboBox(window).setEditable(True)
    choose_font(app.font())
"""


def test_windows_that_were_left_are_not_taken_while_all_are_gone_through() -> None:
    """Qt lists what is in them, and to look at one that is gone ends the program."""
    assert subprocess.run([sys.executable, "-c", LEFT], timeout=120).returncode == 0
