"""Derives every colour and font the window paints with from the system's palette, in light and in dark."""

from __future__ import annotations

import gc
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

READABLE = 4.5  # WCAG 2.1, 1.4.3: the least contrast of text against its ground


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one scheme. Every colour of text reaches READABLE on the ground it is meant for.

    `hit` is the one accent: the ground of marked words, `current` that of the hit being read. `highlight` is the ground
    of what the reader highlighted, `note` the line under what a note is on. `warning` is amber text, `focus` the
    system's own colour of choice, for what is in force or has the focus.
    """

    dark: bool
    base: QColor
    window: QColor
    text: QColor
    muted: QColor
    line: QColor
    bar: QColor
    focus: QColor
    hit: QColor
    hit_text: QColor
    current: QColor
    current_text: QColor
    highlight: QColor
    highlight_text: QColor
    note: QColor
    selected: QColor
    hover: QColor
    warning: QColor
    warning_ground: QColor


def theme_of(palette: QPalette) -> Theme:
    """The theme that fits a palette."""
    base, window = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Window)
    text = palette.color(QPalette.ColorRole.Text)
    dark = luminance(base) < luminance(text)
    hit = blend(base, QColor("#d6336c"), 0.42 if dark else 0.22)
    current = QColor("#f783ac") if dark else QColor("#a61e4d")
    highlight = blend(base, QColor("#2f9e44"), 0.38 if dark else 0.26)
    selected = blend(base, palette.color(QPalette.ColorRole.Highlight), 0.28 if dark else 0.16)
    return Theme(
        dark=dark,
        base=base,
        window=window,
        text=text,
        muted=readable(blend(text, base, 0.35), selected, text),
        line=blend(window, text, 0.16),
        bar=blend(base, text, 0.42),
        focus=readable(palette.color(QPalette.ColorRole.Highlight), selected, text),
        hit=hit,
        hit_text=readable(text, hit, text),
        current=current,
        current_text=QColor("#1a0009") if dark else QColor("#ffffff"),
        highlight=highlight,
        highlight_text=readable(text, highlight, text),
        note=readable(QColor("#69db7c") if dark else QColor("#2b8a3e"), base, text),
        selected=selected,
        hover=blend(base, text, 0.05),
        warning=readable(QColor("#ffc14d") if dark else QColor("#8a5300"), window, text),
        warning_ground=blend(window, QColor("#ffb000"), 0.16),
    )


def current_theme() -> Theme:
    """The theme of the application's palette as it is now."""
    return theme_of(QApplication.palette())


def choose_scheme(name: str) -> None:
    """Paint everything `light`, `dark`, or as the `system` has it, from now on."""
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(_SCHEMES.get(name, Qt.ColorScheme.Unknown))
    QApplication.setPalette(QApplication.style().standardPalette())
    if name in _SCHEMES and theme_of(QApplication.palette()).dark != (name == "dark"):
        QApplication.setPalette(_palette(dark=name == "dark"))  # a system that knows no schemes


def _palette(*, dark: bool) -> QPalette:
    palette = QPalette()
    for role, colours in _COLOURS.items():
        palette.setColor(role, QColor(colours[dark]))
    muted = blend(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Window), 0.55)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, muted)
    return palette


_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_ROLE = QPalette.ColorRole
_COLOURS = {  # light, dark
    _ROLE.Window: ("#f0f0f0", "#232427"),
    _ROLE.WindowText: ("#141414", "#e6e4e1"),
    _ROLE.Base: ("#ffffff", "#1a1b1d"),
    _ROLE.AlternateBase: ("#f6f6f6", "#232427"),
    _ROLE.Text: ("#141414", "#e6e4e1"),
    _ROLE.Button: ("#f0f0f0", "#323337"),
    _ROLE.ButtonText: ("#141414", "#e6e4e1"),
    _ROLE.BrightText: ("#ffffff", "#ffffff"),
    _ROLE.Light: ("#ffffff", "#4a4b50"),
    _ROLE.Midlight: ("#e6e6e6", "#3b3c41"),
    _ROLE.Mid: ("#b8b8b8", "#2a2b2e"),
    _ROLE.Dark: ("#9f9f9f", "#141517"),
    _ROLE.Shadow: ("#696969", "#0a0a0b"),
    _ROLE.Highlight: ("#2a78b8", "#3d7eb8"),
    _ROLE.HighlightedText: ("#ffffff", "#ffffff"),
    _ROLE.Link: ("#0b5394", "#8ab8e6"),
    _ROLE.ToolTipBase: ("#ffffdc", "#323337"),
    _ROLE.ToolTipText: ("#141414", "#e6e4e1"),
    _ROLE.PlaceholderText: ("#6b6b6b", "#a3a19e"),
    _ROLE.Accent: ("#2a78b8", "#3d7eb8"),
}


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blend(one: QColor, other: QColor, share: float) -> QColor:
    """`one` with `share` (0 to 1) of `other` mixed in."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def readable(colour: QColor, ground: QColor, limit: QColor) -> QColor:
    """`colour`, moved towards `limit`, then towards black or white, until it can be read on `ground`."""
    extreme = QColor("#ffffff") if luminance(ground) < 0.18 else QColor("#000000")
    for goal in (limit, extreme):
        for step in range(11):
            tried = blend(colour, goal, step / 10)
            if contrast(tried, ground) >= READABLE:
                return tried
    return extreme


def scaled(font: QFont, factor: float, bold: bool = False) -> QFont:
    """A copy of `font` at another size."""
    copy = QFont(font)
    if font.pointSizeF() > 0:
        copy.setPointSizeF(font.pointSizeF() * factor)
    else:
        copy.setPixelSize(max(1, round(font.pixelSize() * factor)))
    copy.setBold(bold)
    return copy


def choose_font(font: QFont) -> None:
    """Set everything in this font from now on."""
    QApplication.setFont(font)
    collects = gc.isenabled()
    gc.disable()  # it could take a window that was left, while Qt's list of widgets still holds what is in it
    try:
        for widget in QApplication.allWidgets():
            if widget.styleSheet():  # Qt leaves these in the font that they had
                widget.setStyleSheet(widget.styleSheet())
    finally:
        if collects:
            gc.enable()


def weighted(*, bold: bool) -> QFont:
    """A font with a weight of its own alone: whoever is set in it still follows the window's size."""
    font = QFont()
    font.setBold(bold)
    return font


def with_fallbacks(font: QFont, files: list[str]) -> QFont:
    """A copy of `font` that falls back to the bundled font files for what the system's own fonts lack."""
    families = [QFontInfo(font).family()]
    for file in files:
        number = QFontDatabase.addApplicationFont(file)
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    copy = QFont(font)
    copy.setFamilies(list(dict.fromkeys(families)))
    return copy
