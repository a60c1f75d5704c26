"""Says how a record was found where not by the words as typed: which other forms were searched, and which it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from desktop import codes, labels
from desktop.translate import tr
from index import countries, gazetteer
from index.answers import PLACE_NAME, Widened

_FORMS = 6
_NAMES = 12


def words(code: str) -> str:
    """What leads from what was typed to a record: another form of it, some of its words, a field that is not shown."""
    return codes.words(_WAYS, code)


def also(widened: Sequence[Widened]) -> str:
    """Which other forms were searched too, a few of them for each way that leads to some; empty where none were."""
    by_way: dict[str, dict[str, None]] = {}
    for one in widened:
        if one.way != PLACE_NAME:
            by_way.setdefault(one.way, {})[one.found] = None
    said = [
        tr(
            "{forms} ({way})",
            forms=", ".join([*list(forms)[:_FORMS], *(["…"] if len(forms) > _FORMS else [])]),
            way=words(way),
        )
        for way, forms in by_way.items()
    ]
    return tr("Searched too: {forms}", forms="; ".join(said)) if said else ""


def places(widened: Sequence[Widened], most: int | None = _NAMES) -> list[str]:
    """For each place that was asked for, by which of its names it was found in texts, and what a text cannot tell; at
    most so many names each, every one where that is None."""
    by_place: dict[str, list[str]] = {}
    for one in widened:
        if one.way == PLACE_NAME:
            by_place.setdefault(one.typed, []).append(one.found)
    said = []
    for key, names in by_place.items():
        listed = _some(names, most)
        said.append(tr("{place}: recorded there, or named in the text: {names}", place=labels.place(key), names=listed))
        if also := list(dict.fromkeys(other for name in names for other in _others(name, by_place.keys()))):
            others = "; ".join(also)
            said.append(tr("Not told apart in texts, because a name is shared: {places}", places=others))
        if hidden := [name.text for name in gazetteer.names(key) if name.hidden]:
            listed = _some(hidden, most)
            said.append(tr("Not looked for in texts, because they are ordinary words: {names}", names=listed))
    return said


def _some(names: Sequence[str], most: int | None) -> str:
    return ", ".join([*names[:most], *(["…"] if len(names) > len(names[:most]) else [])])


def _others(name: str, asked: Set[str]) -> Iterator[str]:
    """The country and the places that go by the name of a place and were not asked for, too."""
    code = countries.called(name)
    if code and code not in {about.country for about in map(gazetteer.place, asked) if about}:
        yield tr("{country} (country or territory)", country=labels.country(code))
    yield from (labels.place(one.key) for one in gazetteer.called(name) if one.key not in asked)


def through(widened: Sequence[Widened]) -> list[str]:
    """What stands in a hit in place of what was typed, and how one leads to the other."""
    return [tr("matched {found} through {way}", found=one.found, way=words(one.way)) for one in widened]


_WAYS: codes.Words = {
    "prefix": lambda: tr("beginning of a word"),
    "wildcard": lambda: tr("wildcard"),
    "fuzzy": lambda: tr("similar spelling"),
    "traditional": lambda: tr("simplified or traditional characters"),
    "variants": lambda: tr("variant letters or accents"),
    "any-word": lambda: tr("some of the words"),
    "pinyin": lambda: tr("pinyin"),
    "wade-giles": lambda: tr("Wade-Giles"),
    "cantonese": lambda: tr("Cantonese spelling"),
    "uyghur": lambda: tr("Uyghur in another script"),
    "korean": lambda: tr("Korean in another script"),
    "kana": lambda: tr("Japanese in another script"),
    "wylie": lambda: tr("Wylie"),
    "tibetan": lambda: tr("Tibetan in another script"),
    "romanised": lambda: tr("another script"),
    "name": lambda: tr("another name"),
    "compound": lambda: tr("a compound with the word"),
    "order": lambda: tr("the name in another order"),
    "initials": lambda: tr("initials"),
    "label": lambda: tr("another word for it"),
    "author": lambda: tr("its authors"),
    "publisher": lambda: tr("its publisher"),
    "file-name": lambda: tr("its file name or code"),
    PLACE_NAME: lambda: tr("a name of the place"),
    "stem": lambda: tr("another form of the word"),
}
