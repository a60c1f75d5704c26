"""Asks before an import who may see what is added."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from archive.records import Confidentiality
from desktop import labels, shown
from desktop.forms import Form, confidentiality_box, growing_form, level_of, plain_label
from desktop.translate import number, tr, trn

NAMED = 4  # of what is imported, so many are named


class ImportDialog(Form):
    """What is about to be imported, and how confidential it is."""

    def __init__(self, parent: QWidget, paths: tuple[Path, ...]) -> None:
        super().__init__(parent, tr("Import"), tr("Import"), width=480)
        self.level = confidentiality_box(Confidentiality.RESTRICTED)
        self._meaning = plain_label("")
        self.level.currentIndexChanged.connect(self._explain)
        self._explain()
        form = growing_form()
        form.addRow(labels.field("confidentiality"), self.level)
        self.lay_out(plain_label(named(paths)), form, self._meaning)
        self.go_on.setFocus()

    def chosen(self) -> Confidentiality:
        """Who may see what is added."""
        return level_of(self.level)

    def _explain(self) -> None:
        self._meaning.setText(_MEANINGS[self.chosen()]())


def named(paths: tuple[Path, ...]) -> str:
    """What is about to be imported: a few names, and how many there are beside them."""
    names = [f"•  {shown.isolated(path.name or str(path))}" for path in paths[:NAMED]]
    if len(paths) > NAMED:
        names.append(tr("and {n} more", n=number(len(paths) - NAMED)))
    head = trn(
        "{n} file or folder is imported with everything in it:",
        "{n} files or folders are imported with everything in them:",
        len(paths),
    )
    return "\n".join([head, *names])


_MEANINGS = {
    Confidentiality.PUBLIC: lambda: tr("Anyone may see it: it is published, or may be."),
    Confidentiality.RESTRICTED: lambda: tr("For those who work with this archive."),
    Confidentiality.CONFIDENTIAL: lambda: tr("For this desk alone: it is not to be passed on."),
}
