"""Says in a few words what is amiss: why a document has no good text, what its reader noticed, what does not verify."""

from __future__ import annotations

from desktop import codes
from desktop.translate import tr


def words(code: str) -> str:
    """The words for a code: a reading's reason or note, a fault of an import, or one that verifying found."""
    return codes.words(_REASONS, code)


_REASONS: codes.Words = {
    # Why a document has no text or poor text.
    "no-text-layer": lambda: tr("its pages are pictures without text, not recognised yet"),
    "pages-without-text": lambda: tr("some of its pages are pictures without text, not recognised yet"),
    "pages-damaged": lambda: tr("some of its pages are damaged"),
    "not-recognised-yet": lambda: tr("a picture whose text is not recognised yet"),
    "password": lambda: tr("locked with a password of its own"),
    "encrypted": lambda: tr("its text is encrypted"),
    "damaged": lambda: tr("damaged, or cut off"),
    "incomplete": lambda: tr("parts of it are missing or damaged"),
    "empty": lambda: tr("the file is empty"),
    "no-text": lambda: tr("it holds no text"),
    "little-text": lambda: tr("almost no text was found in it"),
    "garbled-text": lambda: tr("much of the text is garbled"),
    "unknown-type": lambda: tr("a kind of file this program does not read"),
    "unknown-compression": lambda: tr("packed in a way this program does not unpack"),
    "too-large": lambda: tr("larger than the limit for reading"),
    "text-limit": lambda: tr("longer than the limit: the rest of the text was not taken"),
    "timeout": lambda: tr("reading took too long and was stopped"),
    "crashed": lambda: tr("the reader failed on this file"),
    "reader-missing": lambda: tr("a part of the program is missing; install it again, then read the file again"),
    "editor-needed": lambda: tr("read by the editor edition of this program alone"),
    "memory": lambda: tr("reading needed too much memory and was stopped"),
    "original-absent": lambda: tr("the original is not in this archive"),
    "no-such-page": lambda: tr("there is no such page"),
    "cannot-open": lambda: tr("the file could not be opened"),
    "no-permission": lambda: tr("the system does not allow access"),
    "input-output": lambda: tr("the disk or stick failed while it was read"),
    "special-file": lambda: tr("a device or pipe, not a file"),
    "link": lambda: tr("a link to another place: not followed"),
    "is-archive": lambda: tr("an archive of this program: open it instead"),
    "missing": lambda: tr("nothing is there under this name"),
    "changed": lambda: tr("changed while it was read: import it again"),
    # What a reader noticed on the way.
    "bomb-ratio": lambda: tr("unpacks to far more than its size: stopped as a precaution"),
    "members-limit": lambda: tr("holds more files than the limit: the rest was not unpacked"),
    "members-unreadable": lambda: tr("some of the files in it could not be unpacked"),
    "size-limit": lambda: tr("unpacks to more than the limit: the rest was not unpacked"),
    "depth-limit": lambda: tr("packed inside packed too many times: the rest was not unpacked"),
    "nested-too-deeply": lambda: tr("parts inside parts too many times: the rest was not read"),
    "charset-uncertain": lambda: tr("the character set is uncertain, so some letters may be wrong"),
    "charset-guessed": lambda: tr("the character set was guessed"),
    "json-repaired": lambda: tr("broken JSON, repaired as far as possible"),
    "front-matter-broken": lambda: tr("the lines at its head could not be read as fields"),
    "front-matter-only": lambda: tr("it has fields at its head and no text"),
    "page-whole": lambda: tr("no article was found in the page, so all of its text was taken"),
    # What does not verify.
    "page": lambda: tr("a page of the file does not have its code"),
    "table": lambda: tr("a table is not consistent"),
    "reference": lambda: tr("a row names another that is missing"),
    "trigger": lambda: tr("a rule of the database is missing"),
    "custody": lambda: tr("the chain of custody is broken"),
    "text": lambda: tr("a text does not have its hash"),
    "original": lambda: tr("an original does not have its hash"),
    "passage": lambda: tr("the passage of a fact no longer stands in its document"),
    "source": lambda: tr("a source is not as it was recorded"),
    "unsourced": lambda: tr("a fact has no source"),
    "fact-altered": lambda: tr("a fact is not as it was recorded"),
}
