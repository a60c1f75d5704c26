"""The screen of an open archive: bar, chips, filters, results and reading pane, and what connects them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from archive.errors import ArchiveError, Damaged
from archive.records import Passage
from desktop import actions, messages
from desktop.cases.controller import CaseController
from desktop.cases.view import CaseView
from desktop.commands import Commands
from desktop.entry.controller import EntryController
from desktop.find import lenses
from desktop.find.bar import QueryBar
from desktop.find.chips import Chips
from desktop.find.controller import FindController
from desktop.find.filters import Filters
from desktop.find.places import CASES, FIGURES, Places
from desktop.find.results import Results
from desktop.history import History, Visit
from desktop.notebook.controller import NotebookController
from desktop.overview.controller import OverviewController
from desktop.overview.view import OverviewView
from desktop.read.controller import ReadController
from desktop.read.pane import ReadingPane
from desktop.review.controller import Review
from desktop.review.several import SeveralReview
from desktop.session import Session
from desktop.translate import tr
from desktop.work import WorkStrips
from desktop.workspace import Counts
from index.answers import Hit, Query
from index.entries import DOCUMENT

COLUMNS = (210, 400, 640)


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions that the screen puts to the person through dialogs of the window."""

    place_for_copy: Callable[[str], Path | None]
    save_copy: Callable[[str, bytes], None]
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
        self.bar = QueryBar(menu, commands["shortcuts"], commands["lock"])
        self.chips, self.places, self.filters, self.results = Chips(), Places(), Filters(), Results()
        self.pane = ReadingPane(commands["next_hit"], commands["previous_hit"])
        self.case_view, self.overview_view = CaseView(), OverviewView()
        self._middle = QStackedWidget()
        self._reading = QStackedWidget()
        self.strips = WorkStrips()
        self.finding = FindController(session, self.bar, self.chips, self.places, self.filters, self.results)
        self.cases = CaseController(session, self.case_view)
        self.overview = OverviewController(session, self.overview_view, asking.save_copy)
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
        several = SeveralReview(session, self.results, self.finding, self.overview_view.table, self.overview, self)
        self.review = Review(
            session, commands, self.case_view, self.cases, self.reading, several, self.strips, asking.place, self
        )
        self._history = History()
        self._going = False
        self._listed = Query("")
        self._lay_out(columns)
        self._connect()
        self.setAcceptDrops(True)

    def begin(self, text: str = "") -> None:
        """Show every record, or the answer to `text` with its first hit open; and put the cursor into the bar."""
        self.finding.ask(Query(text))
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
        return tuple(self._splitter.sizes())

    def open_record(self, record: str, at: int = 0, passage: tuple[int, int] | None = None) -> None:
        """Read a document, whether or not it is among the results; marked is what the query finds, or one passage."""
        self.results.mark(record)
        self._reading.setCurrentWidget(self.pane)
        self._reading.show()
        self.cases.close()
        self.reading.open(record, self.finding.query.text, at, passage)
        self._arrive(Visit(self.finding.query, record, at))

    def open_subject(self, record: str, fact: str = "") -> None:
        """Show the page of a record of casework, at a fact of it."""
        self.results.mark(record)
        self._show_casework()
        self.cases.open(record, fact)
        self._arrive(Visit(self.finding.query, record, fact=fact, is_document=False))

    def _show_casework(self) -> None:
        if self.reading.record:
            self.reading.close("")
        self._reading.setCurrentWidget(self.case_view)
        self._reading.show()

    def _show_review(self) -> None:
        """Show what is to be reviewed."""
        if self.reading.record:
            self.reading.close("")
        self.cases.close()
        self._reading.setCurrentWidget(self.review.list)
        self._reading.show()
        self.review.list.setFocus()
        self.review.refresh()

    def _show_figures(self, fact: str = "") -> None:
        """Show the figures found beside each other, where nothing else is read."""
        self._show_casework()
        self.cases.open_figures(lenses.effective(self.finding.query), fact)

    def _read_passage(self, passage: Passage) -> None:
        """Read the passage a fact rests on; Back leads to the fact."""
        self._history.stay_at(self.cases.fact)
        self.open_record(passage.document, passage.start, (passage.start, passage.end))
        self.pane.tabs.setCurrentIndex(0)
        self.pane.text.setFocus()

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
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(6)
        foot.addWidget(self._to_notebook)
        foot.addWidget(self.review.button)
        foot.addWidget(self._import)
        column.addLayout(foot)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._middle.addWidget(self.results)
        self._middle.addWidget(self.overview_view)
        self._middle.addWidget(self.notebook.view)
        self._reading.addWidget(self.pane)
        self._reading.addWidget(self.case_view)
        self._reading.addWidget(self.review.list)
        for place, part in enumerate((side, self._middle, self._reading)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(place, (0, 1, 2)[place])
        for part, least in ((side, 150), (self._middle, 260), (self._reading, 320)):
            part.setMinimumWidth(least)
        self._splitter.setSizes(list(columns) if len(columns) == len(COLUMNS) else list(COLUMNS))
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (self.bar, self.chips, self.places, line):
            whole.addWidget(widget)
        whole.addWidget(self._splitter, 1)
        whole.addWidget(self.strips)
        foot_ways = (self._to_notebook, self.review.button, self._import)
        ways = (self.bar.menu_button, self.chips, self.places, self.filters, *foot_ways)
        for before, after in pairwise((*ways, self.results.sort, self.results.list, self.pane.tabs)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        do = self._commands.on
        do("search", self.bar.take_focus)
        do("next_hit", self.pane.text.next_hit)
        do("previous_hit", self.pane.text.previous_hit)
        do("back", lambda: self._visit(self._history.back()))
        do("forward", lambda: self._visit(self._history.forward()))
        do("correct", self.reading.correct)
        do("save_copy", self.reading.save_copy)
        do("next_pane", lambda: self._turn(1))
        do("previous_pane", lambda: self._turn(-1))
        do("menu", self.bar.menu_button.showMenu)
        for tab, name in enumerate(("text", "original", "details")):
            do(name, partial(self.pane.tabs.setCurrentIndex, tab))
        self._import.clicked.connect(self._commands["import_files"].trigger)
        self.finding.asked.connect(self._asked)
        self.finding.counted.connect(self.counted_hits)
        self.finding.hit_chosen.connect(self._choose)
        self.finding.nothing_kept.connect(self._say_empty)
        self.results.entered.connect(self._read)
        self.results.left.connect(self.bar.take_focus)
        self.overview.record_wanted.connect(self.open_subject)
        self.overview.filter_wanted.connect(self.finding.toggle)
        self.overview.left.connect(self.bar.take_focus)
        self.overview.failed.connect(self.failed)
        self.cases.subject_wanted.connect(self.open_subject)
        self.cases.search_wanted.connect(self._seek)
        self.cases.document_wanted.connect(self.open_record)
        self.cases.passage_wanted.connect(self._read_passage)
        self.cases.failed.connect(self.failed)
        self.case_view.page.left.connect(self._leave_page)
        self.reading.opened.connect(self._allow)
        self.reading.record_wanted.connect(self.open_record)
        self.reading.corrected.connect(self.corrected)
        self.reading.told.connect(self.told)
        self.case_view.addAction(self._commands["same_fact"])
        do("same_fact", lambda: self.entry.arm(self.cases.fact))
        self.review.told.connect(self.told)
        self.review.failed.connect(self.failed)
        self.review.changed.connect(self.corrected)
        self.review.todo_wanted.connect(self._show_review)
        self.review.subject_wanted.connect(self.open_subject)
        self.review.document_wanted.connect(self.open_record)
        self.review.list.left.connect(self._leave_page)
        self.pane.details.fact_wanted.connect(self.open_subject)
        self.pane.details.link_wanted.connect(self.review.linking.add)
        self.pane.details.unlink_wanted.connect(self.review.linking.remove)
        self.entry.changed.connect(self.review.facts.forget)
        self.entry.told.connect(self.told)
        self.entry.failed.connect(self.failed)
        self.entry.changed.connect(self.corrected)
        self.entry.changed.connect(self.cases.again)
        self.entry.record_wanted.connect(self.open_record)
        do("notebook", self._turn_notebook)
        self._to_notebook.clicked.connect(self._commands["notebook"].trigger)
        self.notebook.told.connect(self.told)
        self.notebook.failed.connect(self.failed)
        self.notebook.document_wanted.connect(self._read_noted)
        self.notebook.subject_wanted.connect(self._show_noted)
        self.notebook.view.left.connect(self._leave_notebook)
        self.bar.entered.connect(lambda: self.notebook.remember(self.bar.text()))
        self.finding.hit_chosen.connect(lambda _: self.notebook.remember(self.finding.query.text))
        self.finding.failed.connect(self.refuse)
        self.reading.failed.connect(self.failed)

    def _allow(self, is_open: bool) -> None:
        """Allow what can be done with a document while one is open."""
        self._commands["save_copy"].setEnabled(is_open)
        self._commands["correct"].setEnabled(is_open and self.reading.writable)

    def _choose(self, hit: Hit) -> None:
        if hit.kind == DOCUMENT:
            self.open_record(hit.id, hit.passage.start)
        else:
            self.open_subject(hit.id)

    def _read(self) -> None:
        if self._reading.currentWidget() is self.case_view:
            self.case_view.page.setFocus()
            return
        self.pane.tabs.setCurrentIndex(0)
        self.pane.text.setFocus()

    def _turn(self, by: int) -> None:
        """Go to the next or previous of the four panes."""
        shown = self._reading.currentWidget()
        read = self.pane.tabs.currentWidget() if shown is self.pane else self.case_view.page
        read = self.review.list if shown is self.review.list else read
        panes = (self.bar.line, self.filters, self._list(), read)
        holders = (self.bar, self.filters, self._middle, self._reading)
        here = next((n for n, part in enumerate(holders) if part.isAncestorOf(self.focusWidget() or part)), 0)
        panes[(here + by) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrive(self, visit: Visit) -> None:
        if not self._going:
            self._history.go(visit)
        self._show_ways()

    def _visit(self, visit: Visit | None) -> None:
        if visit is None:
            return
        self._going = True
        if visit.query != self.finding.query:
            self.finding.ask(visit.query)
        if visit.record and visit.is_document:
            self.open_record(visit.record, visit.at)
        elif visit.record:
            self.open_subject(visit.record, visit.fact)
            self.case_view.page.setFocus()
        elif lenses.place_of(visit.query) == FIGURES:
            self._show_figures(visit.fact)
            self.case_view.page.setFocus()
        else:
            self._read_nothing()
        self._going = False
        self._show_ways()

    def _show_ways(self) -> None:
        self._commands["back"].setEnabled(self._history.can_go_back)
        self._commands["forward"].setEnabled(self._history.can_go_forward)

    def _seek(self, words: str) -> None:
        """Search all documents for what may say it."""
        self.finding.ask(Query(words))
        self.bar.take_focus()

    def _leave_page(self) -> None:
        """Go back to the list that led to the page."""
        self._list().setFocus()

    def _list(self) -> QWidget:
        """What is listed in the middle."""
        shown = self._middle.currentWidget()
        if shown is self.notebook.view:
            return self.notebook.view.list
        return self.overview_view.picture if shown is self.overview_view else self.results.list

    def _turn_notebook(self) -> None:
        """Show the notebook in the middle; where one stands in it already, what was there before."""
        if self._middle.currentWidget() is self.notebook.view and self.notebook.view.isAncestorOf(
            self.focusWidget() or self
        ):
            self._leave_notebook()
            return
        self._middle.setCurrentWidget(self.notebook.view)
        self.notebook.show_list()
        self.notebook.view.take_focus()

    def _leave_notebook(self) -> None:
        self._middle.setCurrentWidget(self.overview_view if self.finding.place == CASES else self.results)
        self._list().setFocus()

    def _read_noted(self, record: str, at: int) -> None:
        self.open_record(record, at)
        self.pane.text.setFocus()

    def _show_noted(self, record: str, fact: str) -> None:
        self.open_subject(record, fact)
        self.case_view.page.setFocus()

    def _read_nothing(self) -> None:
        self.results.mark("")
        self.cases.close()
        self._reading.setCurrentWidget(self.pane)
        self.reading.close(tr("Choose a record to read it here."))

    def _asked(self, query: Query) -> None:
        """A new query was put: among figures, show them beside each other."""
        self._arrive(Visit(query))
        # the notebook stays where the same is asked once more, such as while an import goes on
        stays = self._middle.currentWidget() is self.notebook.view and query == self._listed
        self._listed = query
        if not stays:
            self._middle.setCurrentWidget(self.overview_view if self.finding.place == CASES else self.results)
        if self.finding.place == CASES:
            self.overview.show(lenses.effective(query))
        else:
            self.overview.close()
        # a table or map of many cases takes the room of what is not read
        reads = self.reading.record or self.cases.record or self._reading.currentWidget() is self.review.list
        self._reading.setVisible(self.finding.place != CASES or bool(reads))
        if self.finding.place == FIGURES and not self._going:
            self._show_figures()
        elif self._reading.currentWidget() is self.case_view and not self.cases.record:
            self._read_nothing()

    def _show_counts(self, counts: Counts) -> None:
        self.bar.set_count(counts.records)
        if not self.reading.record and self._reading.currentWidget() is self.pane:
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
