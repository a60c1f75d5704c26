"""Applies what the reader has chosen for the program, from the size of letters to how is searched, and keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop import appearance, settings
from desktop.commands import Commands
from desktop.theme import choose_font, choose_scheme, scaled

if TYPE_CHECKING:
    from desktop.screen import ArchiveScreen


class Preferences:
    """The settings in force, as long as the window lives."""

    def __init__(self, file: Path, font: QFont, commands: Commands) -> None:
        """`file` keeps the settings; `font` is the application's at zoom 1."""
        self.settings, self.is_first_start = settings.load(file), not file.exists()
        self.base_font = font
        self._file, self._commands = file, commands
        self._screen: ArchiveScreen | None = None
        on = commands.on
        on("larger", lambda: self.set_zoom(appearance.stepped(self.settings.zoom, 1)))
        on("smaller", lambda: self.set_zoom(appearance.stepped(self.settings.zoom, -1)))
        on("usual_size", lambda: self.set_zoom(1.0))
        on("completing", self._complete)
        commands["completing"].setChecked(self.settings.completing)

    def apply(self) -> None:
        """Show everything in the colours and the size that were chosen."""
        choose_scheme(self.settings.appearance)
        self.set_zoom(self.settings.zoom)

    def set_zoom(self, zoom: float) -> None:
        """Every letter so many times its usual size."""
        self.settings = replace(self.settings, zoom=zoom)
        choose_font(scaled(self.base_font, zoom))

    def set_font(self, font: QFont) -> None:
        """The application's font at zoom 1 from now on."""
        self.base_font = font
        self.set_zoom(self.settings.zoom)

    def set_appearance(self, name: str) -> None:
        """Light, dark, or as the system has it."""
        self.settings = replace(self.settings, appearance=name)
        choose_scheme(name)

    def set_language(self, language: str) -> None:
        """The language of the next start, as a BCP 47 tag."""
        self.settings = replace(self.settings, language=language)

    def serve(self, screen: ArchiveScreen) -> None:
        """Search on this screen as was chosen, and as is chosen from now on."""
        self._screen = screen
        self._widen(self.settings.widen != "none")
        self._commands.on("widen_always", lambda: self._widen(self._commands["widen_always"].isChecked()))
        self._complete()

    def list_recent(self, path: Path, listed: bool) -> None:
        """List an archive among the recent ones, or no longer, and keep that at once."""
        before = self.settings
        self.settings = before.with_recent(str(path)) if listed else before.without_recent(str(path))
        if self.settings != before:
            settings.save(self.settings, self._file)

    def replace_recent(self, path: Path, other: Path) -> None:
        """List another archive in the place of one that is listed."""
        if str(path) in self.settings.recents:
            self.settings = self.settings.without_recent(str(path)).with_recent(str(other))

    def give_shape(self, window: QWidget) -> None:
        """Give the window the size and place that it had, where a screen still has room there."""
        room = window.screen().availableGeometry()
        window.resize(min(1280, room.width() - 40), min(800, room.height() - 60))
        if len(self.settings.geometry) == 4:
            shape = QRect(*self.settings.geometry)
            if any(screen.availableGeometry().contains(shape) for screen in QGuiApplication.screens()):
                window.setGeometry(shape)

    def keep(self, window: QWidget) -> None:
        """Keep everything for the next start, with the shape of the window and of its columns."""
        if self._screen is not None:
            self.settings = replace(self.settings, columns=self._screen.columns())
        shape = window.normalGeometry()
        self.settings = replace(self.settings, geometry=(shape.x(), shape.y(), shape.width(), shape.height()))
        settings.save(self.settings, self._file)

    def _widen(self, on: bool) -> None:
        """Search other spellings and forms from now on, or only what is typed."""
        self._commands["widen_always"].setChecked(on)
        changed = (self.settings.widen != "none") != on
        self.settings = replace(self.settings, widen="all" if on else "none")
        if self._screen is not None:
            self._screen.finding.usual = "all" if on else "none"
            if changed:
                self._screen.finding.widen(self._screen.finding.usual)

    def _complete(self) -> None:
        """Let the bar offer how a search may go on, or not."""
        self.settings = replace(self.settings, completing=self._commands["completing"].isChecked())
        if self._screen is not None:
            self._screen.completing.set_on(self.settings.completing)
