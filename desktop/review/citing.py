"""Copies citations to the clipboard: as text, or as other programs read them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from archive.citations import formats, items
from desktop.actions import NOW
from desktop.notebook import exported
from desktop.session import Session
from desktop.translate import tr

FORMS = {"text": "cite", "csl": "cite_csl", "bibtex": "cite_bibtex", "ris": "cite_ris"}
"""The forms of a citation, and the command of each."""


class Citing(QObject):
    """A citation leaves the archive unprotected, as all that is copied does."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def copy(self, record: str, form: str) -> None:
        """Copy the citation of a document or cited work in one of FORMS."""
        self._session.reading.submit(
            lambda w, _: formats.FORMATS[form]([items.item(w.archive.db, record)]),
            lambda text: self._take(record, form, text),
            self.failed.emit,
            topic="cite",
            urgency=NOW,
        )

    def _take(self, record: str, form: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text.rstrip("\n"))
        exported.remember(self._session, "citation", form, [record])
        self.told.emit(tr("The citation was copied."))
