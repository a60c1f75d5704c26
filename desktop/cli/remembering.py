"""Remembers in the reader's notebook what a verb wrote without protection, as the window does for its own copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.cli import terminal
from desktop.translate import tr

if TYPE_CHECKING:
    from desktop.workspace import Workspace


def remember(workspace: Workspace, what: str, form: str, records: Iterable[str]) -> None:
    """Remember that these records (UUIDs) left the open archive; `what` and `form` as in `desktop.notebook.exported`.

    Where there is no notebook on this computer none is made. The copy is written by now, so one that does not open is
    told in one sentence and is no failure.
    """
    from archive.errors import ArchiveError
    from archive.notebook import opening
    from archive.notebook.errors import NotebookLocked
    from desktop import messages
    from desktop.notebook import exported

    archive = workspace.archive
    try:
        if not opening.place(archive.id, release=archive.is_release).exists():
            return
        with opening.of_archive(archive.key, protected=archive.protected, release=archive.is_release) as notebook:
            exported.note(notebook.db, what, form, records)
    except NotebookLocked:
        terminal.remark(
            tr(
                "Your notebook does not remember this copy, because it was made under another key of this archive: "
                "“tamarisk notebook unlock” opens it with the passphrase you gave it."
            )
        )
    except ArchiveError as error:
        terminal.remark(
            tr("Your notebook does not remember this copy. {why}", why=terminal.clean(messages.sentence(error)))
        )
    except OSError as error:  # the user's data folder may be anything
        terminal.remark(tr("Your notebook does not remember this copy. {why}", why=terminal.clean(str(error.strerror))))
