"""What the window does with the notebook, each as one function: work in its lane, the answer in the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from archive.errors import ArchiveError
from archive.notebook.records import Collection, Colour, Note
from desktop.notebook.records import About, Kept, Memory, Spot, Whole
from desktop.session import Session

Failed = Callable[[ArchiveError], None]
Done = Callable[[None], None]


def about(session: Session, records: Sequence[str], done: Callable[[About], None], failed: Failed) -> None:
    """What it says of the record that is shown."""
    session.notebook.submit(lambda desk, _: desk.about(records), done, failed, topic="about")


def whole(session: Session, done: Callable[[Whole], None], failed: Failed) -> None:
    """All of it."""
    session.notebook.submit(lambda desk, _: desk.whole(), done, failed, topic="whole")


def keep(
    session: Session,
    editor: str,
    spot: Spot,
    seen: Note | None,
    text: str,
    colour: Colour | None,
    done: Callable[[Kept], None],
    failed: Failed,
) -> None:
    """Keep what an editor holds; later words of the same editor stand for earlier ones."""
    session.notebook.submit(
        lambda desk, _: desk.keep(editor, spot, seen, text, colour), done, failed, topic=f"keep {editor}"
    )


def forget_editor(session: Session, editor: str, failed: Failed) -> None:
    """Nothing more comes from an editor."""
    session.notebook.submit(lambda desk, _: desk.forget_editor(editor), lambda _: None, failed)


def delete(session: Session, note: Note, done: Done, failed: Failed) -> None:
    """Delete a note for good."""
    session.notebook.submit(lambda desk, _: desk.delete(note), done, failed)


def mark(session: Session, spot: Spot, colour: Colour, done: Done, failed: Failed) -> None:
    """Highlight a passage."""
    session.notebook.submit(lambda desk, _: desk.mark(spot, colour), done, failed)


def recolour(session: Session, note: Note, colour: Colour | None, done: Done, failed: Failed) -> None:
    """Highlight a note's passage, or no longer."""
    session.notebook.submit(lambda desk, _: desk.recolour(note, colour), done, failed)


def tag(session: Session, record: str, name: str, on: bool, done: Done, failed: Failed) -> None:
    """Put a tag on a record, or take it off."""
    session.notebook.submit(lambda desk, _: (desk.tag if on else desk.untag)(record, name), done, failed)


def collect(session: Session, name: str, record: str, done: Done, failed: Failed) -> None:
    """Add a record to a collection by name, or only make the collection where `record` is empty."""
    session.notebook.submit(lambda desk, _: desk.collect(name, record), done, failed)


def release(session: Session, collection: str, record: str, done: Done, failed: Failed) -> None:
    """Take a record out of a collection."""
    session.notebook.submit(lambda desk, _: desk.release(collection, record), done, failed)


def rename(session: Session, collection: Collection, name: str, done: Done, failed: Failed) -> None:
    """Give a collection another name."""
    session.notebook.submit(lambda desk, _: desk.rename(collection, name), done, failed)


def drop(session: Session, collection: str, done: Done, failed: Failed) -> None:
    """Delete a collection."""
    session.notebook.submit(lambda desk, _: desk.drop(collection), done, failed)


def remember(session: Session, text: str, done: Callable[[Memory], None], failed: Failed) -> None:
    """Remember a query."""
    session.notebook.submit(lambda desk, _: desk.remember(text), done, failed)


def forget(session: Session, text: str, done: Callable[[Memory], None], failed: Failed) -> None:
    """Forget a query, or all of them where `text` is empty."""
    session.notebook.submit(lambda desk, _: desk.forget(text), done, failed)


def recall(session: Session, done: Callable[[Memory], None], failed: Failed) -> None:
    """The queries of the past; the first that is asked of the notebook, and so what opens it."""
    session.notebook.submit(lambda desk, _: desk.memory(), done, failed)


def keep_history(session: Session, on: bool, done: Callable[[Memory], None], failed: Failed) -> None:
    """Switch the remembering of queries on or off."""
    session.notebook.submit(lambda desk, _: desk.keep_history(on), done, failed)


def export(
    session: Session, form: str, heading: str, destination: Path, done: Callable[[int], None], failed: Failed
) -> None:
    """Write the notebook to a file that is not protected."""
    session.notebook.submit(lambda desk, _: desk.export(form, heading, destination), done, failed)
