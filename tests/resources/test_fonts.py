"""The bundled fonts: each script the archive is searched in is drawn by one of them alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout
from pytestqt.qtbot import QtBot

from resources import fonts

SAMPLES = {
    "simplified": "桂民海 维权律师 《红色通缉令》，曼谷。",
    "traditional": "桂民海 維權律師 「紅色通緝令」，曼谷。",
    "japanese": "人権 カタカナ ひらがな",
    "korean": "인권 변호사",
    "tibetan": "བོད་ཡིག རྒྱལ་ཁབ། ༡༢༣ བསྒྲུབས",
    "uyghur": "ئۇيغۇرچە خەۋەر، ھوقۇق ژۇرنال گېزىت ڭ ؟",
    "arabic": "حُقُوقُ الإنسان ٢٠١٥",
    "persian": "حقوق بشر گچپژ ۱۳۹۴",
    "hindi": "हिन्दी क्षेत्र १२३",
    "thai": "ภาษาไทย กรุงเทพฯ ๑๒๓",
}


def everything_in(codec: str) -> str:
    """All characters that a double-byte codec of the standard library can express, less those for private use."""
    pairs = (bytes([first, second]) for first in range(0x81, 0xFF) for second in range(0x40, 0xFF))
    found = {pair.decode(codec, "ignore") for pair in pairs}
    return "".join(sorted(one for one in found if len(one) == 1 and not "\ue000" <= one <= "\uf8ff"))


def families(qtbot: QtBot) -> list[str]:
    """The families of the bundled fonts, made known to Qt."""
    return [
        family
        for path in fonts.files()
        for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    ]


@pytest.mark.parametrize("script", SAMPLES)
def test_a_text_of_the_script_is_drawn_with_bundled_fonts_alone(qtbot: QtBot, script: str) -> None:
    bundled = families(qtbot)
    font = QFont()
    font.setFamilies(bundled)
    layout = QTextLayout(SAMPLES[script], font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert runs
    assert {run.rawFont().familyName() for run in runs} <= set(bundled)
    assert 0 not in {glyph for run in runs for glyph in run.glyphIndexes()}


@pytest.mark.parametrize("codec", ["gb2312", "gbk", "big5", "euc_kr", "shift_jis"])
def test_every_han_character_of_the_east_asian_encodings_is_there(qtbot: QtBot, codec: str) -> None:
    han = QRawFont(str(fonts.files()[0]), 16)
    letters = [one for one in everything_in(codec) if one.isalpha() and one >= "\u2e80"]
    assert len(letters) > 4000
    assert [one for one in letters if not han.supportsCharacter(ord(one))] == []


def test_the_licence_lies_beside_them_and_all_are_small_enough_to_ship() -> None:
    folder = Path(fonts.__file__).parent
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")
    assert all(path.name in (folder / "README").read_text("utf-8") for path in fonts.files())
    assert sum(path.stat().st_size for path in fonts.files()) < 8_000_000
