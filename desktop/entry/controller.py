"""Entering in the window: pins a case, opens the strip at a passage, and connects it with notes and taking back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError, NoSuchRecord
from archive.notes import Note
from archive.records import Document
from desktop import messages
from desktop.changes import Change
from desktop.commands import Commands
from desktop.entry import actions
from desktop.entry.actions import Armed, Kept
from desktop.entry.bar import EntryBar
from desktop.entry.journal import Step
from desktop.entry.material import Gatherer, Pin
from desktop.entry.names import Names
from desktop.entry.note import NoteDialog
from desktop.entry.passage import Passage
from desktop.entry.pinning import PinPanel
from desktop.entry.recorder import Recorder
from desktop.entry.settling import made_by
from desktop.entry.undoing import Undoing
from desktop.read.controller import ReadController
from desktop.read.pane import TEXT, ReadingPane
from desktop.session import Session
from desktop.translate import tr, trn

WRITING = ("record", "pin_case", "same_fact", "another_source", "note", "undo", "redo")


class EntryController(QObject):
    """What was recorded in this window is its own to take back; another window's is not."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    changed = Signal()  # the archive holds something else by now
    undone = Signal()  # something was taken back, or done again
    record_wanted = Signal(str)

    def __init__(
        self, session: Session, pane: ReadingPane, reading: ReadController, commands: Commands, window: QWidget
    ) -> None:
        super().__init__()
        self._session, self._pane, self._reading, self._commands = session, pane, reading, commands
        self._window = window
        self._gatherer, self._passage = Gatherer(), Passage(pane, reading)
        self._undoing = Undoing(session, lambda: self.recorder.is_saving or self._sending > 0)
        self._sending = 0  # further sources on their way
        self._armed: Armed | None = None
        self.bar = EntryBar(commands["record"], commands["pin_case"])
        self.recorder = Recorder(session, self._gatherer)
        pane.put_in(self.bar, self.recorder.strip)
        self.recorder.saved.connect(self._keep)
        self.recorder.closed.connect(self._leave)
        self.recorder.told.connect(self.told)
        self.recorder.pin_lost.connect(lambda: self.pin(None))
        self.recorder.opened.connect(self._reveal)
        self._undoing.told.connect(self.told)
        self._undoing.changed.connect(self.changed)
        self._undoing.changed.connect(self.undone)
        self._undoing.failed.connect(self.failed)
        self._undoing.undone.connect(self._give_up)
        self._undoing.redone.connect(self._take_over)
        self.bar.unpin_wanted.connect(lambda: self.pin(None))
        self.bar.left.connect(self._leave)
        self.recorder.turned.connect(self._place_attribution)
        self.recorder.strip.attribution.passed.connect(lambda _: None if self._is_open() else self._leave())
        self.bar.disarm_wanted.connect(lambda: self._arm(None))
        pane.tabs.currentChanged.connect(lambda tab: self.recorder.show_strip(tab == TEXT and self._is_open()))
        reading.opened.connect(self._follow)
        for name in ("record", "another_source"):
            pane.text.addAction(commands[name])
        on = commands.on
        on("record", self.record)
        on("pin_case", self.choose_pin)
        on("another_source", self.add_source)
        on("note", self.new_note)
        on("undo", self._undoing.undo)
        on("redo", self._undoing.redo)
        on("next_sentence", lambda: self._walk(1))
        on("previous_sentence", lambda: self._walk(-1))
        on("longer_passage", lambda: None if self._passage.lengthen() else self._walk(1))
        self.set_writable(session.writable)

    @property
    def pinned(self) -> Pin | None:
        """The pinned case."""
        return self.recorder.pin

    @property
    def armed(self) -> Armed | None:
        """The fact that further sources are sought for."""
        return self._armed

    def set_writable(self, writable: bool) -> None:
        """Readers see no Record."""
        self.bar.setVisible(writable)
        for name in WRITING:
            self._commands[name].setEnabled(writable)
            self._commands[name].setVisible(writable)
        self._writable = writable
        self._allow()

    def forget_steps(self) -> None:
        """Forget what could be taken back: it holds words that must not be kept."""
        self._undoing.forget()

    def forget(self) -> None:
        """Forget what could be taken back, the pinned case, and the fact that sources are sought for."""
        self.forget_steps()
        self.pin(None)
        self._arm(None)

    def choose_pin(self) -> None:
        """Ask which case to pin."""

        def ask(names: Names) -> None:
            panel = PinPanel(self._window, names)
            panel.pinned.connect(self._choose)
            panel.open()

        actions.look_up(self._session, self._gatherer, ask, self.failed.emit)

    def _choose(self, pin: Pin) -> None:
        self.pin(pin)
        if self._reading.is_open and not self._is_open():
            self._pane.text.setFocus()  # where the next key records

    def pin(self, pin: Pin | None) -> None:
        """Pin a case from now on, or none."""
        self.recorder.pin = pin
        self.bar.show_pin(pin)
        if self._is_open():
            self.recorder.begin_again()

    def record(self) -> None:
        """Open the strip at the passage that is selected, else at the sentence one stands in."""
        selected = self._passage.selected() if self._writable else None
        if selected is not None:
            self._pane.text.select(selected.start, selected.end)
            self.recorder.open(selected)

    def arm(self, fact: str) -> None:
        """Seek further sources for a fact."""
        if fact and self._writable:
            actions.arm(self._session, fact, self._arm, self.failed.emit)

    def add_source(self) -> None:
        """Let the passage be a further source of the fact that sources are sought for."""
        if self._armed is None:
            self.told.emit(tr("First choose a fact on a page and press S; then a passage, and Shift+R."))
            return
        selected = self._passage.selected() if self._writable else None
        if selected is None:
            return
        attribution = self.recorder.strip.attribution
        attribution.keep_typed()
        citation = self.recorder.citation(selected)
        sentence = tr("Another source for {fact}.", fact=self._armed.words)
        said = tr("{what} {how} Ctrl+Z takes it back.", what=sentence, how=attribution.said())

        def done(kept: Kept) -> None:
            self._sending -= 1
            self._keep_step(kept, said, sentence)

        def refuse(error: ArchiveError) -> None:
            self._sending -= 1
            self._refuse(error)

        self._sending += 1
        actions.add_source(self._session, self._armed, citation, done, refuse)

    def keep(self, change: Change) -> None:
        """Something was changed elsewhere in the window: it is the last that can be taken back."""
        self._undoing.add(change)
        self.told.emit(tr("{what} Ctrl+Z takes that back.", what=change.sentence))

    def new_note(self) -> None:
        """Ask for a note, keep it as a document and open it."""
        document = self._reading.document
        dialog = NoteDialog(self._window, document.metadata.language if document else "")

        def kept(note: Document) -> None:
            dialog.accept()
            self.changed.emit()
            self.record_wanted.emit(note.id)
            self.told.emit(tr("The note was kept. Facts can be recorded from it."))

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error), str(error.facts.get("field", "")))

        def save(note: Note) -> None:
            actions.add_note(self._session, note, kept, refuse)

        dialog.save_wanted.connect(save)
        dialog.open()

    def repaint(self) -> None:
        """Take the colours of now."""
        self.bar.repaint_all()
        self.recorder.strip.repaint_all()

    def _walk(self, by: int) -> None:
        """Select the sentence before or after; where nothing of the strip is accepted yet, it goes along."""
        if not self._passage.walk(by):
            return
        if self._is_open() and not self.recorder.is_touched:
            self.record()
        else:
            self._pane.text.setFocus()

    def _keep(self, kept: Kept, pin: Pin | None, go_on: bool) -> None:
        """The strip has recorded something."""
        count = len(kept.recording.entries)
        said = trn("{n} fact was recorded.", "{n} facts were recorded.", count)
        self._keep_step(kept, tr("{what} Ctrl+Z takes that back.", what=said), said, pin)
        if go_on and self._passage.walk(1):
            self.record()

    def _keep_step(self, kept: Kept, told: str, sentence: str, pin: Pin | None = None) -> None:
        if kept.done is None:
            return
        step = Step(kept.recording, kept.done, sentence, pin)
        self._undoing.add(step)
        self._find_pin(step)
        self.told.emit(told)
        self.changed.emit()

    def _take_over(self, step: Step) -> None:
        """It was recorded again: what is in hand means what it made."""
        self.recorder.take_over(made_by(step.recording, step.done), step.pin)
        self._find_pin(step)

    def _give_up(self, step: Step, gone: tuple[str, ...]) -> None:
        """It was taken back: what is in hand has to make what is gone; a case that is gone is new again."""
        made = [one for one in made_by(step.recording, step.done) if one.id in gone]
        pinned = self.recorder.pin
        self.recorder.give_up(made, step.pin)
        if step.pin is not None and pinned is not None and pinned.id in gone:
            self.pin(step.pin)

    def _find_pin(self, step: Step) -> None:
        """A new case has its code by now."""
        pinned = self.recorder.pin
        if pinned is not None and pinned.id in step.done.made.values():
            actions.find_case(self._session, pinned.id, self._show_pin, self.failed.emit)

    def _show_pin(self, pin: Pin) -> None:
        if self.recorder.pin is not None and self.recorder.pin.id == pin.id:
            self.recorder.show_pin(pin)
            self.bar.show_pin(pin)

    def _arm(self, armed: Armed | None) -> None:
        self._armed = armed
        self.bar.show_armed(armed.words if armed else "")
        self._place_attribution()
        if armed is not None:
            self.told.emit(
                tr("Select a passage and press Shift+R: it becomes another source for {fact}.", fact=armed.words)
            )

    def _place_attribution(self) -> None:
        """How a source is recorded is seen wherever a key records one: in the strip, else under what is sought."""
        strip = self.recorder.strip
        if not strip.isHidden():
            strip.take_in()
        elif self._armed is not None:
            self.bar.take_in(strip.attribution)
        else:
            strip.attribution.hide()

    def _refuse(self, error: ArchiveError) -> None:
        if isinstance(error, NoSuchRecord) or error.code == "changed-meanwhile":
            self._arm(None)
        self.failed.emit(error)

    def _follow(self, is_open: bool) -> None:
        """Another document is read, or none: the strip belongs to the one before."""
        document = self._reading.document
        if not is_open or document is None or document.id != self.recorder.document:
            self.recorder.close()
        if document is not None:
            self.recorder.show_language(document.id, document.metadata.language)
        self._allow()

    def _allow(self) -> None:
        is_open = self._reading.is_open
        for name in ("next_sentence", "previous_sentence", "longer_passage"):
            self._commands[name].setEnabled(is_open)
        for name in ("record", "another_source"):
            self._commands[name].setEnabled(is_open and self._writable)

    def _is_open(self) -> bool:
        return self.recorder.is_open

    def _reveal(self) -> None:
        self._pane.text.reveal(*self._pane.text.selected())

    def _leave(self) -> None:
        self._pane.text.setFocus()
