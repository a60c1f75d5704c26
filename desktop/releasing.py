"""What the window and the command line ask about making releases; free of Qt."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from pathlib import Path

from archive import meta, slots
from archive.connect import writing
from archive.container import ENDING, Archive
from archive.errors import InvalidValue
from archive.release import lines, overview, publish, wording
from archive.release.choice import Choice
from archive.release.lines import Line
from archive.release.overview import Overview
from archive.release.publish import Locks, Published, WriteSlots
from archive.signing.minisign import SecretKey
from archive.verify import Step
from desktop import shown
from desktop.translate import tr, trn

PUBLISHER = "publisher"
NOTES_AT_MOST = 20_000
NAMED_AT_MOST = 8


class Releases:
    """Making releases of one archive. Raises ArchiveError for what may be expected to go wrong."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def lines(self) -> tuple[Line, ...]:
        """The release lines there are, each with its newest number and day."""
        return lines.every(self._archive.db)

    def publisher(self) -> str:
        """The name that the last release went by; empty before the first."""
        return meta.read(self._archive.db, PUBLISHER)

    def overview(
        self,
        choice: Choice,
        progress: Callable[[Step], None] = lambda step: None,
        cancelled: Callable[[], bool] = bool,
    ) -> Overview:
        """What a release would hold and tell, to be read before it is signed. Raises Cancelled."""
        return overview.overview(self._archive, choice, progress, cancelled)

    def named(self, choice: Choice, publisher: str = "", line: str = "", beside: Sequence[str] = ()) -> tuple[str, ...]:
        """What the notes, the publisher's name and that of a new line tell of what stays behind; `beside` are names to
        look for, too."""
        texts = (choice.notes, publisher or self.publisher(), self._new_line(line))
        return wording.named_in(self._archive.db, choice, texts, beside)

    def _new_line(self, name: str) -> str:
        """The words in the name of a line that no partner has read yet; without one it is called as the archive is."""
        known = {one.name for one in self.lines()}
        wanted = name or ("" if known else lines.shortened(self._archive.path.name.removesuffix(ENDING)))
        return "" if wanted in known else wanted.replace("-", " ").replace("_", " ")

    def publish(
        self,
        out: Path,
        secret: SecretKey,
        choice: Choice,
        locks: Locks,
        *,
        publisher: str = "",
        line: str = "",
        after: int = 0,
        progress: Callable[[Step], None] = lambda step: None,
        cancelled: Callable[[], bool] = bool,
        write_slots: WriteSlots = slots.write,
    ) -> Published:
        """Make the next release of a line; the archive must be open for writing. Without `publisher` it goes by the
        name of the last one. Raises as `archive.release.publish` does, and then nothing is left."""
        name = publisher or self.publisher()
        if not name:
            raise InvalidValue(field=PUBLISHER, value="", why="a release says who publishes it")
        made = publish.publish(
            self._archive,
            out,
            secret,
            choice,
            locks,
            publisher=name,
            line=line,
            after=after,
            progress=progress,
            cancelled=cancelled,
            write_slots=write_slots,
        )
        with writing(self._archive.db):
            meta.write(self._archive.db, PUBLISHER, name)
        return made


def warning(named: Sequence[str]) -> str:
    """What to know before words are signed that name what stays behind."""
    told = [shown.isolated(one) for one in named[:NAMED_AT_MOST]]
    more = [trn("1 more", "{n} more", len(named) - NAMED_AT_MOST)] if len(named) > NAMED_AT_MOST else []
    return tr(
        "The notes on the release, the publisher's name or that of the line tell of what stays behind: {names}. Every "
        "partner reads them and keeps them: change them before you sign.",
        names=", ".join([*told, *more]),
    )


def read_notes(path: Path) -> str:
    """What a publisher says of a release, from a text file in UTF-8. Raises InvalidValue."""
    most = 4 * NOTES_AT_MOST + len(codecs.BOM_UTF8)  # bytes of so many characters; some files never end
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
        text = "" if len(content) > most else content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(field="notes", value=str(path), why="not a text file in UTF-8") from error
    if len(content) > most or len(text) > NOTES_AT_MOST:
        raise InvalidValue(field="notes", value=str(path), why=f"longer than {NOTES_AT_MOST} characters")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
