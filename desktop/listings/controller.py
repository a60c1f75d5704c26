"""Searches a list of names from the window: the file, how it is searched, the table, and the files made of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from archive.errors import Cancelled
from desktop import messages, new_file, shown
from desktop.lanes import Errand
from desktop.listings import reading, writing
from desktop.listings.dialog import ListDialog, Wanted
from desktop.listings.reading import Names
from desktop.listings.running import Head, Run, Tail
from desktop.listings.table import ListTable
from desktop.notebook import exported
from desktop.session import Session
from desktop.translate import number, tr, trn
from desktop.work import WorkStrips
from desktop.workspace import Workspace
from index.answers import Filter, Query
from index.listing import LineCounts, literal

PAUSE = 0.1
"""Seconds between two words of progress."""


@dataclass(frozen=True, slots=True)
class Far:
    """How many lines are done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What came of a list, whole or as far as it went."""

    head: Head
    results: tuple[LineCounts, ...]
    tail: Tail


class ListController(QObject):
    """One list after another; each has a table of its own."""

    query_wanted = Signal(object)  # Query

    def __init__(
        self,
        session: Session,
        strips: WorkStrips,
        asked: Callable[[], Query],
        place: Callable[[str], Path | None],
        window: QWidget,
    ) -> None:
        """`asked` is the query on the screen, whose filters hold for the list too; `place` warns that a copy is
        unprotected and asks where it shall lie."""
        super().__init__(window)
        self._session, self._strips, self._asked = session, strips, asked
        self._place, self._window = place, window

    def choose(self) -> None:
        """Ask for a list."""
        place, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Search a list of names"),
            str(Path.home()),
            tr("Lists (*.txt *.csv *.tsv *.xlsx *.xls *.ods);;All files (*)"),
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if place:
            self.read(Path(place))

    def read(self, place: Path) -> None:
        """Read a list, then ask how it is to be searched."""
        strip = self._strips.begin(tr("Reading the list"), lambda: errand.cancel())

        def done(names: Names) -> None:
            strip.hide()
            strip.deleteLater()
            self._ask(names)

        errand = self._session.copying.submit(
            lambda _, errand: reading.read(place, errand.cancelled),
            done,
            lambda error: strip.finish(messages.sentence(error), warning=True),
        )

    def search(self, names: Names, wanted: Wanted, filters: tuple[Filter, ...]) -> None:
        """Search a list, and show what came of it."""
        name = self._session.name
        strip = self._strips.begin(tr("Searching the list"), lambda: errand.cancel())

        def work(workspace: Workspace, errand: Errand[Workspace, Listed]) -> Listed:
            told = 0.0

            def progress(done: int, total: int) -> None:
                nonlocal told
                if time.monotonic() - told > PAUSE:
                    told = time.monotonic()
                    errand.report(Far(done, total))

            run = Run(
                workspace,
                name,
                Path(names.file).name,
                wanted.column,
                names.lines(wanted.column),
                filters=filters,
                sound=wanted.sound,
                confidential=wanted.confidential,
                progress=progress,
                cancelled=errand.cancelled,
            )
            return Listed(run.head, tuple(run.results()), run.tail())

        def show(far: Far) -> None:
            if not errand.cancelled():
                strip.show_progress(far.done, far.total, _words(far))

        def done(found: Listed) -> None:
            def again() -> None:
                self.show(found)

            if found.tail.stopped:
                said = tr("Stopped: {far} were searched.", far=_words(Far(len(found.results), found.head.lines)))
            else:
                said = trn("{n} line was searched.", "{n} lines were searched.", found.head.lines)
            strip.finish(said, warning=found.tail.stopped, report=again)
            self.show(found)

        errand = self._session.copying.submit(
            work, done, lambda error: strip.finish(messages.sentence(error), warning=True), progress=show
        )

    def show(self, found: Listed) -> ListTable:
        """Show the table of a list that was searched."""
        table = ListTable(self._window, found.head, found.results, found.tail)
        table.line_wanted.connect(
            lambda one: self.query_wanted.emit(Query(literal(one.line.text), found.head.searched))
        )
        table.csv_wanted.connect(lambda: self._save(found, ".csv"))
        table.json_wanted.connect(lambda: self._save(found, ".json"))
        table.show()
        return table

    def save(self, found: Listed, place: Path) -> None:
        """Write a list that was searched, as CSV or JSON by the ending of the file's name."""
        strip = self._strips.begin(tr("Saving the list"), lambda: errand.cancel())

        def work(_: Workspace, errand: Errand[Workspace, None]) -> None:
            def lines() -> Iterator[LineCounts]:
                for one in found.results:
                    if errand.cancelled():
                        raise Cancelled
                    yield one

            if place.suffix.lower() == ".json":
                pieces = (piece.encode() for piece in writing.as_json(found.head, lines(), lambda: found.tail))
                new_file.write(place, pieces)
            else:
                new_file.write(place, writing.as_csv(found.head, lines(), lambda: found.tail))

        def done(_: None) -> None:
            best = (hit.id for one in found.results for hit in one.counted.best)
            exported.remember(self._session, "list", place.suffix.lower(), best)
            strip.finish(tr("Saved. It is not protected: {path}", path=place))

        errand = self._session.copying.submit(
            work,
            done,
            lambda error: strip.finish(messages.sentence(error), warning=True),
        )

    def _ask(self, names: Names) -> None:
        filters = self._asked().filters
        dialog = ListDialog(self._window, names, filters)

        def go_on(wanted: Wanted) -> None:
            dialog.accept()
            self.search(names, wanted, filters)

        dialog.search_wanted.connect(go_on)
        dialog.open()

    def _save(self, found: Listed, form: str) -> None:
        place = self._place(shown.file_name(tr("List search") + form, f"list{form}"))
        if place is not None:
            self.save(found, place if place.suffix.lower() == form else place.with_name(place.name + form))


def _words(far: Far) -> str:
    return tr("{done} of {total} lines", done=number(far.done), total=number(far.total))
