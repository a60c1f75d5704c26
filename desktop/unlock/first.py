"""What whoever starts the program for the first time is told and asked: the language, and what “protected” means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLabel

from desktop import translate
from desktop.forms import plain_label
from desktop.translate import tr


def meaning_of_protected(first: bool) -> QLabel:
    """What the word means, in two sentences; hidden where it is not the `first` time."""
    label = plain_label(
        tr(
            "Protected means that every file of an archive is encrypted: without its passphrase nobody can read it, "
            "and nobody can recover a lost one. It does not protect what is open on the screen: lock the archive "
            "before you leave the computer."
        )
    )
    if not first:
        label.hide()
    return label


def language_box(languages: Sequence[str]) -> QComboBox:
    """The languages of the window, each called as its speakers call it; hidden where there is no choice."""
    box = QComboBox()
    box.setAccessibleName(tr("Language of the window"))
    if len(languages) < 2:
        box.hide()
        return box
    from babel import Locale  # loading CLDR takes longer than showing the window

    for tag in languages:
        box.addItem(Locale.parse(tag, sep="-").get_display_name() or tag, tag)
    box.setCurrentIndex(max(0, box.findData(translate.current())))
    return box
