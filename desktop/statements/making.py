"""Makes search statements for the window and the command line, as JSON or PDF, and asks one again."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import Cancelled
from index.answers import Query
from index.comparison import Comparison, compare
from index.statement import Statement

if TYPE_CHECKING:
    from desktop.workspace import Workspace

FORMS = (".json", ".pdf")
MOST_PRINTED = 2_000
"""Hits that a PDF prints; the file that it carries along has all. To set a page takes a sixth of a second."""
Progress = Callable[[int, int], None]


def made(
    workspace: Workspace,
    name: str,
    query: Query,
    *,
    signed_by: str = "",
    confidential: bool = False,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = bool,
) -> Statement:
    """Ask the query and record what comes of it; `name` is the archive's. Raises Cancelled, Moving, Interrupted."""
    from index import statement

    return statement.make(
        workspace.archive,
        workspace.index,
        query,
        name=name,
        program=version("tamarisk"),
        signed_by=" ".join(signed_by.split()),
        confidential=confidential,
        progress=progress,
        cancelled=cancelled,
    )


def rendered(
    statement: Statement,
    form: str,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = bool,
) -> bytes:
    """The file: `form` is one of FORMS. `progress` gets pages done and to be done. Raises Cancelled."""
    from index import statement_file

    content = statement_file.written(statement)
    if form != ".pdf":
        return content
    import datetime

    from archive.printing import pdf
    from desktop.statements import printed

    def going_on(page: int, pages: int) -> None:
        if cancelled():
            raise Cancelled
        progress(page, pages)

    return pdf.render(
        printed.blocks(statement, statement_file.digest(statement), MOST_PRINTED),
        title=printed.title(),
        footer=printed.footer(statement),
        made=datetime.date.fromisoformat(statement.made.at[:10]),
        attached=pdf.Attachment("statement.json", content, "application/json"),
        going_on=going_on,
    )


def asked_again(
    workspace: Workspace,
    name: str,
    path: Path,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = bool,
) -> Comparison:
    """Ask the search of a statement again, and say what differs. Raises NotAStatement, AlteredStatement, and as
    `made` does."""
    from index import statement_file

    before = statement_file.read(path)
    now = made(workspace, name, before.query, confidential=before.confidential, progress=progress, cancelled=cancelled)
    return compare(before, now)
