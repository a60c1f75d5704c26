"""Starts the window: shows it first, and does everything that can wait afterwards."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication

from desktop import settings, translate
from desktop.crash import CrashReporter
from desktop.style import PlainStyle
from desktop.theme import with_fallbacks
from desktop.window import NAME, MainWindow
from resources import icons


def run(path: str | None, find: str = "") -> int:
    """Show the window, on an archive where one is given and with `find` asked of it; returns the exit status when it
    is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName(NAME.lower())
    app.setApplicationDisplayName("")  # else Qt adds it to every title
    app.setDesktopFileName(NAME.lower())
    app.setWindowIcon(QIcon(str(icons.program())))
    app.setStyle(PlainStyle("Fusion"))  # looks alike everywhere and follows light and dark
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop would never see Ctrl+C
    reporter = CrashReporter()
    reporter.install()
    file = settings.default_file()
    chosen = settings.load(file).language
    translate.choose([chosen] if chosen else QLocale.system().uiLanguages())
    window = MainWindow(file, QFont(app.font()), reporter.show, find)
    window.show()
    QTimer.singleShot(0, lambda: _go_on(window, path))
    return app.exec()


def _go_on(window: MainWindow, path: str | None) -> None:
    """What can wait until the window stands."""
    gc.freeze()
    gc.enable()  # switched off in desktop.__main__, while modules load
    window.warm_up()  # first, so that what opens an archive finds it done
    if path is not None:
        window.open_path(Path(path).absolute())
    QTimer.singleShot(0, lambda: _load_fonts(window))


def _load_fonts(window: MainWindow) -> None:
    from resources import fonts

    chosen = window.preferences
    chosen.set_font(with_fallbacks(chosen.base_font, [str(file) for file in fonts.files()]))
