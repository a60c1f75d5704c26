"""Says what must be known of an answer: how its query was read, in which order records come, what was not looked at."""

from __future__ import annotations

from desktop import codes
from desktop.translate import tr


def words(code: str) -> str:
    """The sentence for a note of an answer, or of a line in a list search."""
    return codes.words(_NOTES, code)


_NOTES: codes.Words = {
    "newest-first": lambda: tr("Very many records: the best titles first, then the newest."),
    "best-first": lambda: tr("Very many records: the best first, then the newest."),
    "rarer-first": lambda: tr("Very many records: those with the rarest of the words first."),
    "places-unread": lambda: tr(
        "A name of the place is a frequent word: only the newest passages with it were looked at, so that"
        " records may be missing. Search for the word itself to see them all."
    ),
    "places-unknown": lambda: tr(
        "A place that was asked for is not known any more, so nothing is found by it. Choose it anew by its name."
    ),
    "plain-words": lambda: tr("Some signs could not be read as operators and were taken as plain words."),
    "question": lambda: tr("Many words: records that hold only some of them are listed too, the best first."),
    "some-forms": lambda: tr("Too many words have this form or spelling: only the most frequent were searched."),
    "cut": lambda: tr("Only the beginning of this long query was used."),
    "other-forms": lambda: tr("Nothing is found as typed; other spellings and forms find something."),
    "no-words": lambda: tr("There is no word in this to search for."),
    "behind": lambda: tr("Records are still being made searchable: there may be more than is listed."),
    "not-indexed": lambda: tr("The archive is not searchable yet."),
    "building": lambda: tr("only a part can be searched so far"),
}
