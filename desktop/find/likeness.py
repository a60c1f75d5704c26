"""More like this: asks for what is like the passage that is selected, or the document or page that is read."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop import actions
from desktop.cases.controller import CaseController
from desktop.columns import Reader
from desktop.commands import Commands
from desktop.find.controller import FindController
from desktop.read.controller import ReadController
from desktop.read.text import TextView
from desktop.session import Session
from desktop.translate import tr
from index.answers import Query


class Likeness(QObject):
    """The command, and where it stands in menus."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(
        self,
        session: Session,
        commands: Commands,
        finding: FindController,
        reader: Reader,
        reading: tuple[TextView, ReadController],
        cases: CaseController,
    ) -> None:
        super().__init__()
        self._session, self._commands, self._finding = session, commands, finding
        self._reader, self._cases = reader, cases
        self._text, self._reading = reading
        commands.on("similar", self.ask)
        self._text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._text.customContextMenuRequested.connect(self._open_menu)

    def stand_in(self, *homes: QWidget) -> None:
        """Stand in the context menus of these."""
        for home in homes:
            home.addAction(self._commands["similar"])
            home.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def ask(self) -> None:
        """Ask for what is like what is read; of a document like the passage selected, if there is one."""
        record, passage = "", None
        if self._reader.shows_document:
            record, place = self._reading.record, self._text.selected()
            passage = place if place[0] < place[1] else None
        elif self._reader.shows_casework:
            record = self._cases.record
        if not record:
            self.told.emit(tr("Choose a record first: then others like it can be found."))
            return
        actions.similar(self._session, record, passage, self._show, self.failed.emit)

    def _show(self, query: Query) -> None:
        if query.text:
            self._finding.ask(query)
        else:
            self.told.emit(tr("No word of it stands in any other record."))

    def _open_menu(self, place: QPoint) -> None:
        menu = self._text.createStandardContextMenu()
        menu.setParent(self._text, menu.windowFlags())
        menu.addSeparator()
        menu.addAction(self._commands["similar"])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._text.viewport().mapToGlobal(place))
