"""Draws an SVG as a square PNG. Usage: icon.py DRAWING SIZE TARGET, under Qt's platform `offscreen`."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication, QIcon


def main(drawing: str, size: int, target: str) -> int:
    """Write the picture; returns 0 if that was possible."""
    app = QGuiApplication([])
    done = QIcon(drawing).pixmap(size, size).save(target, "PNG")
    del app
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
