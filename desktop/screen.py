"""The screen of an open archive: its parts, how they are laid out, and which of them hears what another says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from archive.errors import ArchiveError, Damaged
from desktop import actions, messages
from desktop.cases.controller import CaseController
from desktop.cases.view import CaseView
from desktop.columns import Columns, Middle, Reader, Side
from desktop.commands import Commands
from desktop.entry.controller import EntryController
from desktop.find import lenses
from desktop.find.bar import QueryBar
from desktop.find.chips import Chips
from desktop.find.completing import Completing
from desktop.find.controller import FindController
from desktop.find.filters import Filters
from desktop.find.likeness import Likeness
from desktop.find.places import CASES, Places
from desktop.find.results import Results
from desktop.find.suggested import Suggesting
from desktop.going import Going
from desktop.notebook.controller import NotebookController
from desktop.overview.controller import OverviewController
from desktop.overview.view import OverviewView
from desktop.read.controller import ReadController
from desktop.read.pane import ReadingPane
from desktop.review.controller import Review
from desktop.review.several import SeveralReview
from desktop.session import Session
from desktop.translate import tr
from desktop.turning import Turning
from desktop.work import WorkStrips
from desktop.workspace import Counts


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions that the screen puts to the person through dialogs of the window."""

    place_for_copy: Callable[[str], Path | None]
    save_copy: Callable[[str, bytes, Callable[[], None]], None]
    save_warned: Callable[[str, bytes, Callable[[], None]], None]
    """The same for what was said to be unprotected before."""
    place: Callable[[str], Path | None]
    """The place alone, for a file that was said to be unprotected before."""


class ArchiveScreen(QWidget):
    """Made for one session and thrown away with it."""

    counted = Signal(object)  # Counts
    counted_hits = Signal(object)  # Query
    corrected = Signal()  # the index is to be brought up
    index_damaged = Signal()  # it is to be made anew
    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    import_wanted = Signal(object)  # tuple[Path, ...]
    sample_wanted = Signal()

    def __init__(
        self, session: Session, commands: Commands, menu: QMenu, asking: Asking, columns: Sequence[int]
    ) -> None:
        super().__init__()
        self.session = session
        self._commands = commands
        self.bar = QueryBar(menu, commands["shortcuts"], commands["lock"], commands["widen"])
        self.chips, self.places, self.filters, self.results = Chips(), Places(), Filters(), Results()
        self.pane = ReadingPane(commands["next_hit"], commands["previous_hit"])
        self.case_view, self.overview_view = CaseView(), OverviewView()
        self.strips = WorkStrips()
        self.finding = FindController(session, self.bar, self.chips, self.places, self.filters, self.results)
        self.suggesting = Suggesting(session, self.bar, self.finding)
        self.cases = CaseController(session, self.case_view)
        self.overview = OverviewController(session, self.overview_view, asking.save_copy, asking.save_warned)
        self.reading = ReadController(session, self.pane, asking.place_for_copy)
        self.entry = EntryController(session, self.pane, self.reading, commands, self)
        self.notebook = NotebookController(
            session,
            commands,
            self.bar,
            (self.pane, self.reading),
            (self.case_view, self.cases),
            asking.place_for_copy,
        )
        self.completing = Completing(session, self.bar, lambda: self.notebook.past.memory.past)
        several = SeveralReview(session, self.results, self.finding, self.overview_view.table, self.overview, self)
        self.review = Review(
            session, commands, self.case_view, self.cases, self.reading, several, self.strips, asking.place, self
        )
        self._middle = Middle(self.results, self.overview_view, self.notebook.view)
        self._reader = Reader(self.pane, self.case_view, self.review.list)
        self.going = Going(self.finding, self.results, self._reader, self.reading, self.cases)
        self.likeness = Likeness(
            session, commands, self.finding, self._reader, (self.pane.text, self.reading), self.cases
        )
        self.likeness.stand_in(self.results.list, self.case_view.page)
        self._lay_out(columns)
        self._turning = Turning(self, commands, self._columns, self._middle, self._reader)
        self._connect()
        self.setAcceptDrops(True)

    def begin(self, text: str = "") -> None:
        """Show every record, or the answer to `text` with its first hit open; and put the cursor into the bar."""
        self.finding.ask(self.finding.fresh(text))
        if text:
            self.finding.read_first()
        self.refresh_counts()
        self.review.refresh()
        self.bar.take_focus()

    def refresh(self, everything: bool = True) -> None:
        """The archive has changed: ask anew, but leave a list that is being read alone unless `everything` says so."""
        if everything or self.results.is_empty:
            self.finding.again()
            self.review.refresh()
        self.refresh_counts()

    def refresh_counts(self) -> None:
        """Count what the archive holds."""
        actions.take_stock(self.session, self._show_counts, self.failed.emit)

    def set_writable(self, writable: bool) -> None:
        """Allow or forbid what changes the archive."""
        self.reading.writable = writable
        if not writable:
            self.told.emit(tr("Read only: nothing can be imported or corrected here."))
        self._import.setEnabled(writable)
        self.setAcceptDrops(writable)
        for name in ("import_files", "import_folder", "import_table", "import_exchange"):
            self._commands[name].setEnabled(writable)
        self._allow(self.reading.is_open)
        self.entry.set_writable(writable)
        self.review.set_writable(writable)

    def leave(self) -> None:
        """Keep what is typed: the session ends."""
        self.notebook.flush()

    def columns(self) -> tuple[int, ...]:
        """The widths of the three columns."""
        return self._columns.widths()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is imported."""
        paths = dropped(event)
        if paths:
            event.acceptProposedAction()
            self.import_wanted.emit(paths)

    def _lay_out(self, columns: Sequence[int]) -> None:
        self._import = QPushButton(tr("Import…"))
        self._import.setToolTip(tr("Import files; folders are in the menu, or can be dropped here"))
        self._to_notebook = QPushButton(tr("Notebook"))
        self._to_notebook.setToolTip(self._commands["notebook"].toolTip())
        ways_on = (self._to_notebook, self.review.button, self._import)
        self._columns = Columns(Side(self.filters, ways_on), self._middle, self._reader, columns)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (self.bar, self.chips, self.places, line):
            whole.addWidget(widget)
        whole.addWidget(self._columns, 1)
        whole.addWidget(self.strips)
        ways = (self.bar.menu_button, self.chips, self.places, self.filters, *ways_on)
        for before, after in pairwise((*ways, self.results.sort, self.results.list, self.pane.tabs)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        do = self._commands.on
        do("widen", lambda: self.finding.widen("all" if self._commands["widen"].isChecked() else "none"))
        self._commands["fold"].setChecked(self.finding.folding)
        do("fold", lambda: self.finding.fold(self._commands["fold"].isChecked()))
        do("why", lambda: self.finding.explain(self))
        do("next_hit", self.pane.text.next_hit)
        do("previous_hit", self.pane.text.previous_hit)
        do("back", self.going.back)
        do("forward", self.going.forward)
        do("correct", self.reading.correct)
        do("save_copy", self.reading.save_copy)
        do("menu", self.bar.menu_button.showMenu)
        for tab, name in enumerate(("text", "original", "details")):
            do(name, partial(self.pane.tabs.setCurrentIndex, tab))
        self.going.ways_changed.connect(self._show_ways)
        self._import.clicked.connect(self._commands["import_files"].trigger)
        self.finding.counted.connect(self.counted_hits)
        self.finding.hit_chosen.connect(self.going.open_hit)
        self.finding.nothing_kept.connect(self._say_empty)
        self.overview.record_wanted.connect(self.going.open_fact)
        self.overview.filter_wanted.connect(self.finding.toggle)
        self.overview.every_wanted.connect(lambda: self.finding.ask(lenses.in_place(self.finding.fresh(""), CASES)))
        self.cases.subject_wanted.connect(self.going.open_subject)
        self.cases.document_wanted.connect(self.going.open_record)
        self.cases.passage_wanted.connect(self.going.read_passage)
        self.reading.opened.connect(self._allow)
        self.reading.record_wanted.connect(self.going.open_record)
        self.reading.corrected.connect(self.corrected)
        self.reading.forgotten.connect(self.entry.forget_steps)
        self.case_view.addAction(self._commands["same_fact"])
        do("same_fact", lambda: self.entry.arm(self.cases.fact))
        self.review.changed.connect(self.corrected)
        self.review.subject_wanted.connect(self.going.open_subject)
        self.review.document_wanted.connect(self.going.open_record)
        self.pane.details.fact_wanted.connect(self.going.open_subject)
        self.pane.details.link_wanted.connect(self.review.linking.add)
        self.pane.details.unlink_wanted.connect(self.review.linking.remove)
        for making in (self.review, self.reading):
            making.made.connect(self.entry.keep)
        self.review.several.changed.connect(self.reading.again)
        self.entry.undone.connect(self.reading.again)
        self.entry.undone.connect(self.review.refresh)
        self.entry.changed.connect(self.corrected)
        self.entry.changed.connect(self.cases.again)
        self.entry.record_wanted.connect(self.going.open_record)
        self._to_notebook.clicked.connect(self._commands["notebook"].trigger)
        self.notebook.document_wanted.connect(self.going.open_noted)
        self.notebook.subject_wanted.connect(self.going.open_fact)
        self.bar.entered.connect(lambda: self.notebook.remember(self.bar.text()))
        self.finding.hit_chosen.connect(lambda _: self.notebook.remember(self.finding.query.text))
        do("save_search", lambda: self.notebook.searches.save(self.finding.query))
        for telling in (self.finding, self.reading, self.review, self.entry, self.notebook, self.likeness):
            telling.told.connect(self.told)
        for failing in (
            *(self.overview, self.cases, self.reading, self.review, self.entry, self.notebook, self.likeness),
        ):
            failing.failed.connect(self.failed)
        self.finding.failed.connect(self.refuse)

    def _allow(self, is_open: bool) -> None:
        """Allow what can be done with a document while one is open."""
        self._commands["save_copy"].setEnabled(is_open)
        self._commands["correct"].setEnabled(is_open and self.reading.writable)

    def _show_ways(self, back: bool, forward: bool) -> None:
        self._commands["back"].setEnabled(back)
        self._commands["forward"].setEnabled(forward)

    def _show_counts(self, counts: Counts) -> None:
        self.bar.set_count(counts.records)
        if not self.reading.record and self._reader.shows_document:
            self.reading.close(tr("Choose a record to read it here.") if counts.records else "")
        self.counted.emit(counts)

    def _say_empty(self) -> None:
        self.results.instead().say(
            tr("Nothing here yet. Drop files or a folder."),
            tr("Everything stays on this computer."),
            (
                (tr("Import…"), self._commands["import_files"].trigger),
                (tr("Look at the sample"), self.sample_wanted.emit),
            ),
        )

    def repaint_all(self) -> None:
        """The palette is another: what carries colours of its own takes them anew."""
        self.reading.repaint()
        self.cases.repaint()
        self.overview.repaint()
        self.entry.repaint()
        self.notebook.repaint()
        self.finding.repaint()
        self.suggesting.links.repaint_all()

    def refuse(self, error: ArchiveError) -> None:
        """Say in the middle why nothing can be listed; a damaged index can be made anew."""
        if isinstance(error, Damaged) and Path(str(error.facts["path"])).name == "index.db":
            self.results.instead().say(
                tr("The index is damaged; making it anew. Nothing of the archive is lost."), "", ()
            )
            self.index_damaged.emit()
            return
        self.results.instead().say(messages.sentence(error), "", ((tr("Try again"), self.finding.again),))


def dropped(event: QDropEvent) -> tuple[Path, ...]:
    """The local files and folders of a drop."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
