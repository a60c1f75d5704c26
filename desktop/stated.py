"""Connects search statements and list searches to the screen of an open archive."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.commands import Commands
from desktop.copies import Copies
from desktop.find import lenses
from desktop.listings.controller import ListController
from desktop.screen import ArchiveScreen
from desktop.session import Session
from desktop.statements.controller import StatementController
from index.answers import Query


class Stated:
    """What can be stated of searches; both live as long as the window."""

    def __init__(
        self, session: Session, screen: ArchiveScreen, commands: Commands, copies: Copies, window: QWidget
    ) -> None:
        def asked() -> Query:
            return lenses.effective(screen.finding.query)

        self.statements = StatementController(session, screen.strips, asked, copies.where, copies.save, window)
        self.lists = ListController(session, screen.strips, asked, copies.place, window)
        self.statements.record_wanted.connect(screen.going.open_record)
        self.lists.query_wanted.connect(screen.finding.ask)
        commands.on("state_search", self.statements.ask)
        commands.on("ask_again", self.statements.choose)
        commands.on("search_list", self.lists.choose)
