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
from desktop.overview.actions import Page, Told
from desktop.overview.map import WorldMap
from desktop.overview.table import CaseTable
from desktop.overview.timeline import Timeline
from desktop.overview.words import COLUMNS
from desktop.translate import tr
from index.overview import ROLES, Overview

SHARPNESS = 2
"""Pixels of a picture for each of the screen's."""


def picture_of_table(told: Told, like: CaseTable) -> bytes:
    """The lines that a table shows, as PNG; all its columns, also those beyond its edge."""
    table = CaseTable()
    table.take_shape(like)
    table.rows.start(told.page)
    table.scrollTo(table.rows.index(max(0, like.rowAt(0)), 0), CaseTable.ScrollHint.PositionAtTop)
    return _picture(table)


def picture_of_map(told: Told, role: str, taken: frozenset[str], like: WorldMap) -> bytes:
    """The part of the world that a map shows, as PNG, with the name of the role in place of a single country's."""
    chart = WorldMap()
    chart.take_shape(like)
    chart.show_counts(role, told.shown.overview.by_country(role), taken)
    return _picture(chart)


def picture_of_timeline(told: Told, taken: frozenset[int], like: Timeline) -> bytes:
    """A timeline as PNG."""
    timeline = Timeline()
    timeline.resize(like.size())
    timeline.show_overview(told.shown, taken)
    return _picture(timeline)


def _picture(widget: QWidget) -> bytes:
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
