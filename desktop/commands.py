"""Every command of the window with its shortcut, in one table, and how the menu groups them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.translate import tr

SEPARATOR = ""
# Where each command stands in the menu, short enough for a low screen: single ones by their name, groups by their own;
# those left out have a place of their own in the window.
MENU = (
    "back", "forward", "undo", "redo", SEPARATOR,
    "Search", "Document", "Casework", "Notebook", "Import", "Archive", "View", SEPARATOR,
    "lock", "shortcuts", "quit",
)  # fmt: skip
GROUPS = {
    "Search": (
        "next_hit", "previous_hit", SEPARATOR,
        "widen", "widen_always", "fold", "completing", SEPARATOR,
        "why", "similar", SEPARATOR,
        "save_search", "state_search", "ask_again", "search_list", SEPARATOR,
        "remember", "forget",
    ),
    "Document": (
        "correct", "correct_many", "save_copy", SEPARATOR,
        "cite", "cite_csl", "cite_bibtex", "cite_ris",
    ),
    "Casework": ("record", "another_source", "pin_case", "note", SEPARATOR, "to_review", "dossier"),
    "Notebook": (
        "notebook", SEPARATOR,
        "annotate", "annotate_whole", "highlight", "tag", SEPARATOR,
        "next_note", "previous_note",
    ),
    "Import": ("import_files", "import_folder", SEPARATOR, "import_table", "import_exchange"),
    "Archive": (
        "open", "new", "listed", SEPARATOR,
        "unsearchable", "receipt", "update", "changes", "verify", "back_up", SEPARATOR,
        "publish", "withdraw", SEPARATOR,
        "change_passphrase",
    ),
    "View": (
        "all", "documents", "cases", "figures", SEPARATOR,
        "text", "original", "details", SEPARATOR,
        "larger", "smaller", "usual_size", "appearance",
    ),
}  # fmt: skip
# The others with a key, by the group that they belong to: they have a place of their own in the window.
ELSEWHERE = {
    "Search": ("search",),
    "Casework": ("next_sentence", "previous_sentence", "longer_passage", "same_fact"),
    "View": ("next_pane", "previous_pane"),
}
# Those that need an open archive.
OF_ARCHIVE = (
    "back", "forward", "import_files", "import_folder", "import_table", "import_exchange", "correct",
    "save_copy", "back_up", "receipt", "update", "changes", "verify", "publish", "withdraw",
    "listed", "change_passphrase", "lock", "search", "widen", "widen_always", "fold", "why", "next_hit", "previous_hit",
    "text", "original", "details", "all", "documents", "cases", "figures", "similar", "save_search",
    "next_pane", "previous_pane", "unsearchable", "next_sentence", "previous_sentence", "longer_passage", "pin_case",
    "annotate", "annotate_whole", "highlight", "tag", "next_note", "previous_note", "notebook", "remember", "forget",
    "record", "same_fact", "another_source", "note", "undo", "redo",
    "to_review", "correct_many", "dossier", "cite", "cite_csl", "cite_bibtex", "cite_ris",
    "state_search", "ask_again", "search_list",
)  # fmt: skip
# Single letters are commands only where nothing is typed or chosen by letters: whoever knows the place adds them there.
LOCAL = frozenset({"record", "another_source", "same_fact", "annotate", "annotate_whole", "highlight", "tag"})


def headings() -> dict[str, str]:
    """What each group of commands is called."""
    return {
        "Search": tr("Search"),
        "Document": tr("Document"),
        "Casework": tr("Casework"),
        "Notebook": tr("Notebook"),
        "Import": tr("Import"),
        "Archive": tr("Archive"),
        "View": tr("View"),
    }


class Commands:
    """The commands by name. What one does is set with `on`."""

    def __init__(self, window: QWidget) -> None:
        table: dict[str, tuple[str, tuple[str, ...]]] = {
            "search": (tr("Search"), ("Ctrl+F",)),
            "widen": (tr("Other spellings and forms, for this search"), ("Ctrl+E",)),
            "widen_always": (tr("Other spellings and forms, whenever I search"), ()),
            "fold": (tr("Fold documents that are nearly the same"), ()),
            "why": (tr("Why is this record here?"), ("Ctrl+Shift+Y",)),
            "state_search": (tr("Search statement…"), ("Ctrl+Shift+P",)),
            "ask_again": (tr("Ask a saved search again…"), ()),
            "search_list": (tr("Search a list of names…"), ("Ctrl+Shift+F",)),
            "next_hit": (tr("Next hit"), ("F3", "Ctrl+G")),
            "previous_hit": (tr("Previous hit"), ("Shift+F3", "Ctrl+Shift+G")),
            "text": (tr("Text"), ("Ctrl+1",)),
            "original": (tr("Original"), ("Ctrl+2",)),
            "details": (tr("Details"), ("Ctrl+3",)),
            "all": (tr("All records"), ("Ctrl+4",)),
            "documents": (tr("Documents"), ("Ctrl+5",)),
            "cases": (tr("Cases"), ("Ctrl+6",)),
            "figures": (tr("Figures"), ("Ctrl+7",)),
            "next_pane": (tr("Next pane"), ("F6",)),
            "previous_pane": (tr("Previous pane"), ("Shift+F6",)),
            "back": (tr("Back"), ("Alt+Left",)),
            "forward": (tr("Forward"), ("Alt+Right",)),
            "next_sentence": (tr("Select the next sentence"), ("Alt+Down",)),
            "previous_sentence": (tr("Select the previous sentence"), ("Alt+Up",)),
            "longer_passage": (tr("Select one sentence more"), ("Alt+Shift+Down",)),
            "pin_case": (tr("Pin a case…"), ("Ctrl+K",)),
            "annotate": (tr("Note in my notebook"), ("N",)),
            "annotate_whole": (tr("Note on the whole record"), ("Shift+N",)),
            "highlight": (tr("Highlight the passage"), ("H",)),
            "tag": (tr("Tags and collections…"), ("T",)),
            "next_note": (tr("Next note of mine"), ("F7",)),
            "previous_note": (tr("Previous note of mine"), ("Shift+F7",)),
            "notebook": (tr("Notebook"), ("Ctrl+J",)),
            "similar": (tr("More like this"), ("Ctrl+M",)),
            "save_search": (tr("Save this search…"), ("Ctrl+Shift+S",)),
            "completing": (tr("Offer how a search may go on"), ()),
            "remember": (tr("Remember searches in the notebook"), ()),
            "forget": (tr("Delete the past searches"), ()),
            "record": (tr("Record from the passage"), ("R",)),
            "same_fact": (tr("Seek another source for this fact"), ("S",)),
            "another_source": (tr("The passage is another source for it"), ("Shift+R",)),
            "note": (tr("New note…"), ("Ctrl+Shift+N",)),
            "undo": (tr("Take back what was done last"), ("Ctrl+Z",)),
            "redo": (tr("Do it again"), ("Ctrl+Shift+Z", "Ctrl+Y")),
            "import_files": (tr("Import files…"), ("Ctrl+I",)),
            "import_folder": (tr("Import a folder…"), ("Ctrl+Shift+I",)),
            "import_table": (tr("Import cases from a table…"), ()),
            "import_exchange": (tr("Import casework of another desk…"), ()),
            "correct": (tr("Correct what is recorded…"), ("F2",)),
            "correct_many": (tr("Correct several documents…"), ("Shift+F2",)),
            "to_review": (tr("To review"), ("Ctrl+Shift+R",)),
            "dossier": (tr("Dossier…"), ("Ctrl+D",)),
            "cite": (tr("Copy citation"), ("Ctrl+Shift+C",)),
            "cite_csl": (tr("Copy citation as CSL-JSON"), ()),
            "cite_bibtex": (tr("Copy citation as BibTeX"), ()),
            "cite_ris": (tr("Copy citation as RIS"), ()),
            "save_copy": (tr("Save a copy of the original…"), ("Ctrl+S",)),
            "back_up": (tr("Back up…"), ("Ctrl+B",)),
            "receipt": (tr("Receipt of this release…"), ()),
            "update": (tr("Update from a file…"), ()),
            "changes": (tr("What the last update changed…"), ()),
            "publish": (tr("Publish a release…"), ()),
            "withdraw": (tr("Withdraw…"), ()),
            "verify": (tr("Verify the archive"), ()),
            "unsearchable": (tr("What could not be searched…"), ("Ctrl+Shift+U",)),
            "open": (tr("Open another archive…"), ("Ctrl+O",)),
            "new": (tr("New archive…"), ("Ctrl+N",)),
            "listed": (tr("List this archive at the start"), ()),
            "change_passphrase": (tr("Change passphrase…"), ()),
            "lock": (tr("Lock"), ("Ctrl+L",)),
            "larger": (tr("Larger"), ("Ctrl++", "Ctrl+=")),
            "smaller": (tr("Smaller"), ("Ctrl+-",)),
            "usual_size": (tr("Usual size"), ("Ctrl+0",)),
            "menu": (tr("Menu"), ("F10",)),
            "shortcuts": (tr("Keyboard shortcuts"), ("F1", "Ctrl+/")),
            "quit": (tr("Quit"), ("Ctrl+Q",)),
        }
        self._window = window
        self._actions: dict[str, QAction] = {}
        for name, (words, keys) in table.items():
            action = QAction(words, window)
            action.setShortcuts([QKeySequence(key) for key in keys])
            if keys:
                native = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
                action.setToolTip(f"{words.rstrip('…')} ({native})")
            if name in LOCAL:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            else:
                window.addAction(action)
            self._actions[name] = action
        for name in ("listed", "remember", "widen", "widen_always", "fold", "completing"):
            self._actions[name].setCheckable(True)
        self._actions["previous_hit"].setIconText("▴")
        self._actions["next_hit"].setIconText("▾")
        self._actions["shortcuts"].setIconText("?")

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def names(self) -> tuple[str, ...]:
        """Every command."""
        return tuple(self._actions)

    def on(self, name: str, do: Callable[[], object]) -> None:
        """Let a command do this, and only this."""
        action = self._actions[name]
        action.triggered.disconnect() if action.property("set") else None
        action.setProperty("set", True)
        action.triggered.connect(lambda _=False: do())

    def of_archive(self, enabled: bool) -> None:
        """Allow or forbid the commands that need an open archive."""
        for name in OF_ARCHIVE:
            self._actions[name].setEnabled(enabled)

    def menu(self, appearance: QMenu) -> QMenu:
        """A menu of the commands: a few by themselves, the others in groups."""
        menu = QMenu(self._window)
        groups = {name: QMenu(words, menu) for name, words in headings().items()}
        for name, group in groups.items():
            self._fill(group, GROUPS[name], {"appearance": appearance})
        self._fill(menu, MENU, groups)
        return menu

    def _fill(self, menu: QMenu, names: Sequence[str], menus: dict[str, QMenu]) -> None:
        for name in names:
            if name == SEPARATOR:
                menu.addSeparator()
            elif name in menus:
                menu.addMenu(menus[name])
            else:
                menu.addAction(self._actions[name])
