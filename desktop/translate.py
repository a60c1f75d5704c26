"""Puts the program's sentences into the reader's language, through gettext catalogues and without Qt."""

from __future__ import annotations

import gettext
from pathlib import Path

import resources

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_current = "en"


def choose(languages: list[str]) -> None:
    """Take the first of the BCP 47 `languages` that has a catalogue under resources/translations, else English."""
    global _catalogue, _current
    folder = Path(resources.__file__).parent / "translations"
    _current = "en"
    _catalogue = gettext.NullTranslations()
    for tag in languages:
        name = tag.replace("-", "_")
        if name.split("_")[0] == "en":
            return
        found = gettext.find("tamarisk", str(folder), [name])
        if found:
            _catalogue = gettext.translation("tamarisk", str(folder), [name])
            _current = _tag(Path(found))
            return


def current() -> str:
    """The language that sentences are said in now, as `available` calls it."""
    return _current


def available(folder: Path | None = None) -> tuple[str, ...]:
    """The BCP 47 languages that the window can be read in: English, and those that have a catalogue."""
    folder = Path(resources.__file__).parent / "translations" if folder is None else folder
    return tuple(sorted({"en", *map(_tag, folder.glob("*/LC_MESSAGES/tamarisk.mo"))}))


def tr(sentence: str, **values: object) -> str:
    """The sentence in the reader's language, its `{name}` places filled from `values`."""
    return _fill(_catalogue.gettext(sentence), values)


def trn(one: str, many: str, count: int, **values: object) -> str:
    """The sentence that fits `count`, which also fills `{n}` with thousands separated."""
    return _fill(_catalogue.ngettext(one, many, count), {"n": number(count), **values})


def number(value: int) -> str:
    """An integer as people read it: 12,431."""
    return f"{value:,}"


def size(count: int) -> str:
    """Bytes as people read them."""
    value = float(count)
    for unit in ("bytes", "KB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "bytes" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def _fill(sentence: str, values: dict[str, object]) -> str:
    return sentence.format(**values) if values else sentence


def _tag(catalogue: Path) -> str:
    """The language of a catalogue's file."""
    return catalogue.parent.parent.name.replace("_", "-")
