"""The dialog of an update: what lies on sticks, how far it is, what changes, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive.update import delta
from archive.update.planning import Offer
from archive.update.update import Prepared
from desktop import shown
from desktop.forms import plain_label
from desktop.release import changes
from desktop.theme import current_theme
from desktop.translate import number, tr

PATH = Qt.ItemDataRole.UserRole


class UpdateDialog(QDialog):
    """Nothing is in use before what changes was shown and `use_button` was pressed."""

    look_wanted = Signal()
    source_chosen = Signal(object)  # Path of a delta, a release, or a folder with such
    stop_wanted = Signal()
    use_wanted = Signal()

    def __init__(self, parent: QWidget, installed: str) -> None:
        """`installed` says which release is in use."""
        super().__init__(parent)
        self.setWindowTitle(tr("Update"))
        self.resize(760, 560)
        self.installed = plain_label(installed)
        self.said = plain_label(tr("Looking for updates on sticks and other media…"))
        self.problem = plain_label("")
        self.problem.setStyleSheet(f"color: {current_theme().warning.name()}")
        self.problem.hide()
        self.offers = QListWidget()
        self.offers.setAccessibleName(tr("Updates that were found"))
        self.offers.itemActivated.connect(lambda item: self.source_chosen.emit(item.data(PATH)))
        self.offers.currentItemChanged.connect(lambda *_: self._allow())
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(tr("What changes"))
        self.words.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(10)
        self.bar.setAccessibleName(tr("Building the later release"))
        self.bar.hide()
        self.begin_button = QPushButton(tr("Use the chosen one"))
        self.begin_button.clicked.connect(self._begin)
        self.file_button = QPushButton(tr("Choose a file…"))
        self.file_button.clicked.connect(self._choose_file)
        self.folder_button = QPushButton(tr("Choose a folder…"))
        self.folder_button.clicked.connect(self._choose_folder)
        self.look_button = QPushButton(tr("Look again"))
        self.look_button.clicked.connect(self.look_wanted)
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.clicked.connect(self.stop_wanted)
        self.use_button = QPushButton(tr("Use this release from now on"))
        self.use_button.clicked.connect(self.use_wanted)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for label in (self.installed, self.said):
            column.addWidget(label)
        column.addWidget(self.offers, 1)
        column.addWidget(self.words, 1)
        for widget in (self.problem, self.bar):
            column.addWidget(widget)
        row = QHBoxLayout()
        self._choosing = (self.begin_button, self.file_button, self.folder_button, self.look_button)
        for button in (*self._choosing, self.stop_button, self.use_button):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.choose()

    def choose(self, problem: str = "") -> None:
        """Let an update be chosen; `problem` is why the last one was of no use."""
        self._show(self._choosing, offers=True)
        self.problem.setText(shown.line(problem))
        self.problem.setVisible(bool(problem))
        self._allow()

    def list_offers(self, found: Sequence[Offer]) -> None:
        """List what was found."""
        self.offers.clear()
        for one in found:
            item = QListWidgetItem(changes.offer(one))
            item.setData(PATH, one.path)
            self.offers.addItem(item)
        if found:
            self.offers.setCurrentRow(0)
            self.said.setText(tr("Found on sticks and other media, and beside the release:"))
        else:
            self.said.setText(tr("No update was found on sticks or other media. Choose the file or its folder."))
        self._allow()

    def begin(self) -> None:
        """The later release is being built."""
        self._show((self.stop_button,), offers=True)
        self.problem.hide()
        self.said.setText(tr("The later release is built beside this one, which stays as it is."))
        self.bar.setRange(0, 0)
        self.bar.show()

    def show_progress(self, words: str, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(round(1000 * done / total) if total else 0)
        self.said.setText(words)

    def tell(self, prepared: Prepared) -> None:
        """Show what changes, before anything does."""
        self._show((self.use_button,), offers=False)
        log = prepared.log
        self.said.setText("\n".join([changes.heading(log), "   ".join(changes.summary(log))]))
        parts = ["\n".join([title, *(f"    {line}" for line in lines)]) for title, lines in changes.paragraphs(log)]
        self.words.setPlainText("\n\n".join(parts))
        warning = changes.warning(prepared)
        self.problem.setText(warning)
        self.problem.setVisible(bool(warning))
        self.use_button.setDefault(True)
        self.use_button.setFocus()

    def tell_done(self, sentences: Sequence[str], own: Sequence[str], release: int) -> None:
        """Say what came of it; the release is opened when the dialog is closed."""
        self._show((), offers=False)
        self.problem.hide()
        self.installed.hide()
        self.said.setText(sentences[0])
        parts = list(sentences[1:])
        if own:
            parts.append("\n".join([tr("Your own words:"), *(f"    {shown.line(text)}" for text in own)]))
        self.words.setPlainText("\n\n".join(parts) or tr("Your notes are kept as they were."))
        self.words.setAccessibleName(tr("What came of it"))
        self.close_button.setText(tr("Open release {n}", n=number(release)))
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    def wait(self) -> None:
        """It is being put in use: a moment that is not to be stopped."""
        self._show((), offers=False)
        self.close_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()

    def reject(self) -> None:
        """Not while it is being put in use."""
        if self.close_button.isEnabled():
            super().reject()

    def _show(self, buttons: Sequence[QPushButton], *, offers: bool) -> None:
        for button in (*self._choosing, self.stop_button, self.use_button):
            button.setVisible(button in buttons)
        self.offers.setVisible(offers)
        self.offers.setEnabled(self.begin_button in buttons)
        self.words.setVisible(not offers)
        self.bar.hide()
        self.close_button.setEnabled(True)

    def _allow(self) -> None:
        self.begin_button.setEnabled(self.offers.currentItem() is not None)

    def _begin(self) -> None:
        item = self.offers.currentItem()
        if item is not None:
            self.source_chosen.emit(item.data(PATH))

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            tr("Update from a file"),
            str(Path.home()),
            tr("Updates") + f" (*{delta.ENDING})",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if name:
            self.source_chosen.emit(Path(name))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self,
            tr("Update from a folder, or from a full release"),
            str(Path.home()),
            options=QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly,
        )
        if name:
            self.source_chosen.emit(Path(name))
