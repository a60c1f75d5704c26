"""Saves a statement of the search on the screen, and asks that of a saved one again, in a lane of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import messages, new_file, shown
from desktop.lanes import Errand
from desktop.notebook import exported
from desktop.session import Session
from desktop.statements import making, told
from desktop.statements.dialog import StatementDialog, Wanted
from desktop.tables import Line, Save, TableDialog
from desktop.translate import number, tr
from desktop.work import WorkStrips
from desktop.workspace import Workspace
from index.answers import Query
from index.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Far:
    """How far it is, and in what: hits or pages."""

    done: int
    total: int
    pages: bool = False


class StatementController(QObject):
    """A statement is one new file; nothing is ever written over."""

    record_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        strips: WorkStrips,
        asked: Callable[[], Query],
        place: Callable[[str], Path | None],
        save: Save,
        window: QWidget,
    ) -> None:
        """`asked` is the query on the screen; `place` asks where a file shall lie that was said to be unprotected, and
        `save` keeps an unprotected copy of a list."""
        super().__init__(window)
        self._session, self._strips, self._asked = session, strips, asked
        self._place, self._save, self._window = place, save, window

    def ask(self) -> None:
        """Ask what goes into the statement of the search on the screen."""
        query = self._asked()
        dialog = StatementDialog(self._window, query)

        def save(wanted: Wanted) -> None:
            name = tr("Search statement") + wanted.form
            place = self._place(shown.file_name(name, f"statement{wanted.form}"))
            if place is not None:
                if place.suffix.lower() not in making.FORMS:  # the name was typed without its ending
                    place = place.with_name(place.name + wanted.form)
                dialog.accept()
                self.save(query, wanted, place)

        dialog.save_wanted.connect(save)
        dialog.open()

    def save(self, query: Query, wanted: Wanted, place: Path) -> None:
        """Ask the query, and write what came of it."""
        name = self._session.name
        strip = self._strips.begin(tr("Search statement"), lambda: errand.cancel())

        def work(workspace: Workspace, errand: Errand[Workspace, tuple[str, ...]]) -> tuple[str, ...]:
            made = making.made(
                workspace,
                name,
                query,
                signed_by=wanted.signed_by,
                confidential=wanted.confidential,
                progress=lambda done, total: errand.report(Far(done, total)),
                cancelled=errand.cancelled,
            )
            content = making.rendered(
                made,
                place.suffix.lower(),
                lambda done, total: errand.report(Far(done, total, pages=True)),
                errand.cancelled,
            )
            new_file.write(place, [content])
            return tuple(hit.id for hit in made.hits)

        def done(records: tuple[str, ...]) -> None:
            exported.remember(self._session, "statement", place.suffix.lower(), records)
            strip.finish(tr("Saved. It is not protected: {path}", path=place))

        def show(far: Far) -> None:
            if not errand.cancelled():
                strip.show_progress(far.done, far.total, _words(far))

        errand = self._session.copying.submit(
            work,
            done,
            lambda error: strip.finish(messages.sentence(error), warning=True),
            progress=show,
        )

    def choose(self) -> None:
        """Ask for a saved statement, and ask its search again."""
        place, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Ask a saved search again"),
            str(Path.home()),
            tr("Search statements (*.json);;All files (*)"),
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if place:
            self.ask_again(Path(place))

    def ask_again(self, place: Path) -> None:
        """Ask the search of a statement again, and list what differs."""
        name = self._session.name
        strip = self._strips.begin(tr("Asking the search again"), lambda: errand.cancel())

        def show(far: Far) -> None:
            if not errand.cancelled():
                strip.show_progress(far.done, far.total, _words(far))

        def done(found: Comparison) -> None:
            said = told.sentences(found)
            strip.finish(said[1], warning=not found.same, report=lambda: self._list(found, said))

        errand = self._session.copying.submit(
            lambda w, errand: making.asked_again(
                w, name, place, lambda at, total: errand.report(Far(at, total)), errand.cancelled
            ),
            done,
            lambda error: strip.finish(messages.sentence(error), warning=True),
            progress=show,
        )

    def _list(self, found: Comparison, said: list[str]) -> None:
        lines = [Line((words, tr("changed"), "")) for words in map(told.change, found.changes)]
        for hits, state in ((found.new, tr("new")), (found.gone, tr("gone"))):
            lines += [
                Line((hit.title or tr("Untitled"), state, hit.date), hit.id if hits is found.new else "")
                for hit in hits
            ]
        dialog = TableDialog(
            self._window,
            tr("A search asked again"),
            " ".join(said[:2]),
            (tr("What"), tr("State"), tr("Date")),
            lines,
            by=1,
            save=self._save,
        )
        dialog.record_wanted.connect(self.record_wanted)
        dialog.show()


def _words(far: Far) -> str:
    done, total = number(far.done), number(far.total)
    if far.pages:
        return tr("page {done} of {total}", done=done, total=total)
    return tr("{done} of {total} records", done=done, total=total)
