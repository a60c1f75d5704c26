"""The overview as files: pictures of what is seen as PNG, and what they show as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from archive.cases.exchange.csv_export import defused
from desktop import labels
from desktop.overview import words
from desktop.overview.actions import Page
from desktop.overview.words import COLUMNS
from desktop.translate import tr
from index.overview import ROLES, Overview

SHARPNESS = 2
"""Pixels of a picture for each of the screen's."""


def picture(widget: QWidget) -> bytes:
    """A widget as PNG, as it looks now; made in memory."""
    image = QImage(widget.size() * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    image.fill(widget.palette().color(widget.backgroundRole()))
    widget.render(image)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.write(image)
    return bytes(held.data())


def table(page: Page) -> bytes:
    """The rows of a table as CSV."""
    return _csv([heading() for heading in COLUMNS.values()], (row.cells for row in page.rows))


def countries(overview: Overview) -> bytes:
    """The cases by role and country as CSV; those without a country last in each role."""
    rows = (
        (words.role(role), one.value, labels.value("country", one.value), one.count)
        for role in ROLES
        for one in sorted(overview.countries[role], key=lambda one: (not one.value, -one.count))
    )
    return _csv((tr("Role"), tr("Code"), tr("Country or territory"), tr("Cases")), rows)


def years(overview: Overview) -> bytes:
    """The cases by year as CSV; those without a date last."""
    rows = [(str(one.year), one.under_way, one.happened) for one in overview.years]
    undated = [(tr("not recorded"), overview.undated, 0)] if overview.undated else []
    heads = (tr("Year"), tr("Cases under way"), tr("Cases with an event in that year"))
    return _csv(heads, [*rows, *undated])


def _csv(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """With a byte-order mark, without which spreadsheets take the text for another encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
