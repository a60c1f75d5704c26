"""Asks what goes into a dossier, says whom it names before it is saved, and saves it in a lane of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from archive.errors import ArchiveError, Cancelled
from desktop import dossiers, messages, new_file, shown
from desktop.actions import NOW
from desktop.forms import growing_form, plain_label
from desktop.lanes import Errand
from desktop.notebook import exported
from desktop.review.asking import Asked
from desktop.session import Session
from desktop.theme import current_theme
from desktop.translate import tr, trn
from desktop.work import WorkStrips
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from archive.cases.dossier.gather import Dossier

FORMS = ((".pdf", "PDF"), (".html", "HTML"))


@dataclass(frozen=True, slots=True)
class Told:
    """What to know of a dossier before it is written; `facts` are those that it holds."""

    warning: str
    facts: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the ending of the file's name, and what it holds."""

    form: str
    confidential: bool
    say_withheld: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done."""

    words: str


class DossierDialog(Asked):
    """Every change of what it may hold tells anew whom it names."""

    asked = Signal(bool)  # confidential: tell whom it names
    save_wanted = Signal(object)  # Wanted

    def __init__(self, parent: QWidget, count: int) -> None:
        super().__init__(parent, tr("Dossier"), tr("Save unprotected…"), width=520)
        self.form = QComboBox()
        for ending, name in FORMS:
            self.form.addItem(name, ending)
        self.confidential = QCheckBox(tr("Take in what is confidential: facts, persons and documents"))
        self.say_withheld = QCheckBox(tr("Say in the file how many facts were kept out"))
        self.confidential.toggled.connect(self._ask)
        self.warning = plain_label("")
        self.warning.setStyleSheet(f"color: {current_theme().warning.name()}")
        self.warning.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.warning.setMinimumHeight(3 * self.warning.fontMetrics().lineSpacing())  # what it says comes later
        self.kept_out = plain_label("")
        form = growing_form()
        form.addRow(tr("Kind of file"), self.form)
        said = trn("{n} case with all its facts and sources.", "{n} cases with all their facts and sources.", count)
        self.lay_out(plain_label(said), form, self.confidential, self.say_withheld, self.warning, self.kept_out)
        self.form.setFocus()
        self.go_on.setEnabled(False)

    def open(self) -> None:
        """Show it, and ask whom the file would name."""
        super().open()
        self._ask()

    def tell(self, told: Told) -> None:
        """Say whom the file names."""
        self.warning.setText(told.warning)
        facts = trn("It holds {n} fact", "It holds {n} facts", told.facts)
        out = trn("{n} is kept out.", "{n} are kept out.", told.withheld)
        self.kept_out.setText(tr("{facts}; {out}", facts=facts, out=out))
        self.say_withheld.setEnabled(told.withheld > 0)
        self.go_on.setEnabled(True)

    def submit(self) -> None:
        """Ask where to save it."""
        if self.go_on.isEnabled():  # Enter in a box says it too
            wanted = Wanted(self.form.currentData(), self.confidential.isChecked(), self.say_withheld.isChecked())
            self.save_wanted.emit(wanted)

    def _ask(self) -> None:
        """What was said is no longer so."""
        self.go_on.setEnabled(False)
        self.warning.setText(tr("Counting whom it names…"))
        self.kept_out.setText("")
        self.asked.emit(self.confidential.isChecked())


class DossierReview(QObject):
    """A dossier is one new file; nothing is ever written over."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(
        self, session: Session, strips: WorkStrips, place: Callable[[str], Path | None], window: QWidget
    ) -> None:
        """`place` asks where a file of this name shall lie, after the dialog here has said that it is unprotected."""
        super().__init__()
        self._session, self._strips, self._place, self._window = session, strips, place, window

    def ask(self, cases: Sequence[str]) -> None:
        """Ask about the dossier of these cases (UUIDs)."""
        if not cases:
            self.told.emit(tr("Open a case, or mark cases in the list, for a dossier."))
            return
        dialog = DossierDialog(self._window, len(cases))
        name = self._session.name

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error))
            dialog.go_on.setEnabled(False)

        def tell(confidential: bool) -> None:
            self._session.reading.submit(
                lambda w, _: _told(
                    dossiers.gathered(w.archive, name, cases, confidential=confidential, say_withheld=True)
                ),
                dialog.tell,
                refuse,
                topic="dossier",
                urgency=NOW,
            )

        def save(wanted: Wanted) -> None:
            place = self._place(shown.file_name(f"{tr('Dossier')}{wanted.form}", f"dossier{wanted.form}"))
            if place is not None:
                if place.suffix.lower() not in dossiers.FORMS:  # the name was typed without its ending
                    place = place.with_name(place.name + wanted.form)
                dialog.accept()
                self.save(cases, wanted, place)

        dialog.asked.connect(tell)
        dialog.save_wanted.connect(save)
        dialog.open()

    def save(self, cases: Sequence[str], wanted: Wanted, place: Path) -> None:
        """Make the file and write it."""
        name = self._session.name
        strip = self._strips.begin(tr("Dossier"), lambda: errand.cancel())

        def work(workspace: Workspace, errand: Errand[Workspace, tuple[str, ...]]) -> tuple[str, ...]:
            def step(words: str) -> None:
                if errand.cancelled():
                    raise Cancelled()
                errand.report(Stage(words))

            step(tr("gathering the facts"))
            gathered = dossiers.gathered(
                workspace.archive,
                name,
                cases,
                confidential=wanted.confidential,
                say_withheld=wanted.say_withheld,
            )
            step(tr("setting the pages"))
            content = dossiers.rendered(gathered, place.suffix.lower())
            step(tr("writing"))
            new_file.write(place, [content])
            return dossiers.records(gathered)

        def done(records: tuple[str, ...]) -> None:
            exported.remember(self._session, "dossier", place.suffix.lower(), records)
            strip.finish(tr("Saved. It is not protected: {path}", path=place))

        errand = self._session.copying.submit(
            work,
            done,
            lambda error: strip.finish(messages.sentence(error), warning=True),
            progress=lambda stage: strip.show_progress(0, 0, stage.words),
        )


def _told(gathered: Dossier) -> Told:
    facts = sum(len(part.facts) for part in gathered.parts())
    return Told(dossiers.warning(gathered), facts, gathered.withheld or 0)
