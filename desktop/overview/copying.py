"""Asks what of the confidential goes into a copy of the overview, has it made without it, and has it saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.forms import Form, plain_label
from desktop.notebook import exported
from desktop.overview import actions, saving
from desktop.overview.actions import Held, Listing, Told
from desktop.overview.view import MAP, TABLE, TIMELINE, OverviewView
from desktop.session import Session
from desktop.theme import current_theme
from desktop.translate import number, tr, trn
from index.answers import Query

Keep = Callable[[str, bytes, Callable[[], None]], None]


class CopyDialog(Form):
    """How many cases hold what is confidential, and whether they go into the copy."""

    save_wanted = Signal(bool)  # take them in

    def __init__(self, parent: QWidget, held: Held) -> None:
        super().__init__(parent, tr("Confidential cases"), tr("Save unprotected…"), width=480)
        self._held = held
        self.confidential = QCheckBox(tr("Take in what is confidential"))
        self.confidential.toggled.connect(self._tell)
        self.warning = plain_label("")
        self.warning.setStyleSheet(f"color: {current_theme().warning.name()}")
        self.warning.setMinimumHeight(2 * self.warning.fontMetrics().lineSpacing())  # what it says may grow
        said = trn(
            "{n} of these {total} cases is confidential, or something that is recorded in it.",
            "{n} of these {total} cases are confidential, or something that is recorded in them.",
            len(held.confidential),
            total=number(held.total),
        )
        self.lay_out(plain_label(said), self.confidential, self.warning)
        self._tell()
        self.confidential.setFocus()

    def submit(self) -> None:
        """Have the copy made."""
        self.accept()
        self.save_wanted.emit(self.confidential.isChecked())

    def _tell(self) -> None:
        inside, total = len(self._held.confidential), self._held.total
        if self.confidential.isChecked():
            said = trn(
                "The file tells of {n} case with what is confidential, and will not be protected.",
                "The file tells of {n} cases with what is confidential, and will not be protected.",
                inside,
            )
        else:
            said = trn(
                "The file tells of {n} case with nothing confidential, and will not be protected.",
                "The file tells of {n} cases with nothing confidential, and will not be protected.",
                total - inside,
            )
        self.warning.setText(said)


class OverviewCopies(QObject):
    """A copy tells what is shown when it is asked for, also where something else is shown by the time it is made.

    `save` writes bytes under a suggested name to a place the person chooses, after a warning that it is unprotected,
    and then calls what it was given; `save_warned` does so where that was said before.
    """

    failed = Signal(object)  # ArchiveError

    def __init__(
        self,
        session: Session,
        view: OverviewView,
        save: Keep,
        save_warned: Keep,
    ) -> None:
        super().__init__()
        self._session, self._view, self._save, self._save_warned = session, view, save, save_warned

    def ask(self, listing: Listing, form: str) -> None:
        """Save what is shown as `.png` or `.csv`."""
        mode, role = self._view.mode, self._view.role

        def make(without: frozenset[str], save: Keep) -> None:
            def keep(told: Told) -> None:
                def saved() -> None:
                    exported.remember(self._session, "cases", form, (row.id for row in told.page.rows), cases=True)

                content = self._drawn(told, mode, role) if form == ".png" else _values(told, mode)
                save(_name(mode) + form, content, saved)

            actions.told(self._session, listing, without, keep, self.failed.emit)

        def weigh(held: Held) -> None:
            if not held.confidential:
                make(frozenset(), self._save)
                return
            dialog = CopyDialog(self._view.window(), held)
            dialog.save_wanted.connect(lambda take: make(frozenset() if take else held.confidential, self._save_warned))
            dialog.open()

        actions.held(self._session, listing.query, weigh, self.failed.emit)

    def _drawn(self, told: Told, mode: str, role: str) -> bytes:
        query = told.page.listing.query
        if mode == MAP:
            return saving.picture_of_map(told, role, taken(query, role), self._view.map)
        if mode == TIMELINE:
            return saving.picture_of_timeline(told, taken_years(query), self._view.timeline)
        return saving.picture_of_table(told, self._view.table)


def taken(query: Query, field: str) -> frozenset[str]:
    """The values of a field that a query asks for."""
    return frozenset(one.value for one in query.filters if one.field == field and one.value and not one.exclude)


def taken_years(query: Query) -> frozenset[int]:
    """The years that a query asks for."""
    return frozenset(map(int, filter(str.isdecimal, taken(query, "year"))))


def _values(told: Told, mode: str) -> bytes:
    if mode == TABLE:
        return saving.table(told.page)
    return (saving.countries if mode == MAP else saving.years)(told.shown.overview)


def _name(mode: str) -> str:
    return {TABLE: tr("Cases"), MAP: tr("Cases by country"), TIMELINE: tr("Cases by year")}[mode]
