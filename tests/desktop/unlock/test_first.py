"""A first start says what is new to a person, once; and the language of the window can be chosen where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from desktop import again, settings, translate
from desktop.theme import current_theme
from desktop.unlock.first import language_box, meaning_of_protected
from desktop.window import MainWindow


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program with a catalogue in German."""
    place = tmp_path / "program/translations/de/LC_MESSAGES"
    place.mkdir(parents=True)
    catalogue = Catalog("de")
    catalogue.add("Offline", "Ohne Netz")
    with (place / "tamarisk.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "program/__init__.py"))
    yield
    translate.choose([])


def test_what_protected_means_is_said_at_the_first_start_alone(
    new_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = new_window()
    assert window.start.meaning.isVisible()
    assert window.start.meaning.text().count(". ") == 1  # two sentences
    window.leave()
    again = new_window()
    assert not again.start.meaning.isVisible()
    assert meaning_of_protected(first=False).isHidden()


def test_without_translations_no_language_is_asked_for(new_window: Callable[[], MainWindow]) -> None:
    assert translate.available() == ("en",)
    assert not new_window().start.language.isVisible()


@pytest.mark.usefixtures("german")
def test_a_language_is_chosen_by_its_own_name_and_the_program_starts_anew_in_it(
    new_window: Callable[[], MainWindow], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path | None] = []
    monkeypatch.setattr(again, "start", started.append)
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    window = new_window()
    box = window.start.language
    assert box.isVisible()
    assert [(box.itemText(at), box.itemData(at)) for at in range(box.count())] == [("Deutsch", "de"), ("English", "en")]
    assert box.currentData() == "en"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert started == [None]
    assert settings.load(tmp_path / "config/settings.json").language == "de"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [(["de-AT", "en"], "de"), (["en-GB", "de"], "en"), (["fr", "de-DE"], "de"), (["fr"], "en"), ([], "en")],
)
def test_the_first_language_that_is_there_is_spoken(wanted: list[str], spoken: str) -> None:
    translate.choose(wanted)
    assert translate.current() == spoken
    assert translate.tr("Offline") == ("Ohne Netz" if spoken == "de" else "Offline")


@pytest.mark.usefixtures("german")
def test_the_language_in_use_is_the_one_that_is_shown(qtbot: QtBot) -> None:
    translate.choose(["de"])
    box = language_box(translate.available())
    qtbot.addWidget(box)
    assert box.currentData() == "de"


def test_the_ways_on_are_read_on_a_ground_that_became_dark_or_light(
    new_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = new_window()

    def is_written_in(colour: str) -> bool:
        drawn = (button.icon().pixmap(20, 20).toImage().pixelColor(9, 10).name() for button in window.start.buttons)
        return all(colour in one.styleSheet() for one in window.start.buttons) and set(drawn) == {colour}

    colours = set()
    for name in ("dark", "light", "dark"):
        window.preferences.set_appearance(name)
        colours.add(current_theme().text.name())
        qtbot.waitUntil(lambda: is_written_in(current_theme().text.name()))
    assert len(colours) == 2
