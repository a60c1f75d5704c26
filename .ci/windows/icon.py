"""Draws the program's picture at the sizes Windows shows and keeps them in one .ico.

Usage: icon.py ICO. Needs the program's own libraries; no display.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from resources import icons

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # pixels, for screens of 100 % to 250 %


def drawn(size: int) -> Image.Image:
    """The picture, drawn anew for this many pixels each way."""
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(icons.program())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data())))


def main(target: str) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _ = QGuiApplication([])
    *smaller, largest = map(drawn, SIZES)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    largest.save(target, "ICO", sizes=[(size, size) for size in SIZES], append_images=smaller)


if __name__ == "__main__":
    main(*sys.argv[1:])
