"""Says to people what codes mean: expected failures, verdict reasons, notes of readers and how a hit was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from archive.errors import ArchiveError
from desktop import labels, shown
from desktop.translate import tr
from index import countries, gazetteer
from index.answers import PLACE_NAME, Widened

_FORMS = 6
_NAMES = 12


def sentence(error: ArchiveError) -> str:
    """What happened, what was kept and what to do, for one expected failure."""
    facts = _Facts({name: shown.line(str(value)) for name, value in error.facts.items()})
    for cls in type(error).__mro__:
        code = getattr(cls, "code", None)
        if code in _SENTENCES:
            return _SENTENCES[code](facts)
    return tr("The work could not be done ({error}). What was stored before is unchanged.", error=error)


def reason(code: str) -> str:
    """Why a document has no good text, what a reader noticed, or what widened a search, in a few words.

    A code may carry a detail after a colon (`charset-guessed:gb18030`); unknown codes are shown as they are.
    """
    name, _, detail = code.partition(":")
    if name in _REASONS:
        words = _REASONS[name]()
        return tr("{words} ({detail})", words=words, detail=shown.line(detail)) if detail else words
    return shown.line(code.replace("-", " "))


def why_withdrawn(code: str) -> str:
    """Why a record was withdrawn, in a few words."""
    return _WITHDRAWN[code]() if code in _WITHDRAWN else shown.line(code)


def withdrawn(at: str, code: str) -> str:
    """When and why something was withdrawn."""
    return tr("withdrawn on {at}, {reason}", at=at, reason=why_withdrawn(code))


def also(widened: Sequence[Widened]) -> str:
    """Which other forms were searched too, a few of them for each way that leads to some; empty where none were."""
    by_way: dict[str, dict[str, None]] = {}
    for one in widened:
        if one.way != PLACE_NAME:
            by_way.setdefault(one.way, {})[one.found] = None
    said = [
        tr(
            "{forms} ({way})",
            forms=", ".join([*list(forms)[:_FORMS], *(["…"] if len(forms) > _FORMS else [])]),
            way=reason(way),
        )
        for way, forms in by_way.items()
    ]
    return tr("Searched too: {forms}", forms="; ".join(said)) if said else ""


def places(widened: Sequence[Widened]) -> list[str]:
    """For each place that was asked for, by which of its names it was found in texts, and what a text cannot tell."""
    by_place: dict[str, list[str]] = {}
    for one in widened:
        if one.way == PLACE_NAME:
            by_place.setdefault(one.typed, []).append(one.found)
    said = []
    for key, names in by_place.items():
        listed = _some(names)
        said.append(tr("{place}: recorded there, or named in the text: {names}", place=labels.place(key), names=listed))
        if also := list(dict.fromkeys(other for name in names for other in _others(name, by_place.keys()))):
            others = "; ".join(also)
            said.append(tr("Not told apart in texts, because a name is shared: {places}", places=others))
        if hidden := [name.text for name in gazetteer.names(key) if name.hidden]:
            said.append(tr("Not looked for in texts, because they are ordinary words: {names}", names=_some(hidden)))
    return said


def _some(names: Sequence[str]) -> str:
    return ", ".join([*names[:_NAMES], *(["…"] if len(names) > _NAMES else [])])


def _others(name: str, asked: Set[str]) -> Iterator[str]:
    """The country and the places that go by the name of a place and were not asked for, too."""
    code = countries.called(name)
    if code and code not in {about.country for about in map(gazetteer.place, asked) if about}:
        yield tr("{country} (country or territory)", country=labels.country(code))
    yield from (labels.place(one.key) for one in gazetteer.called(name) if one.key not in asked)


def through(widened: Sequence[Widened]) -> list[str]:
    """What stands in a hit in place of what was typed, and how one leads to the other."""
    return [tr("matched {found} through {way}", found=one.found, way=reason(one.way)) for one in widened]


class _Facts(dict[str, str]):
    """Facts by name; one that the error lacks reads as an ellipsis, so that a sentence always stands."""

    def __missing__(self, key: str) -> str:
        return "…"

    def why(self) -> str:
        return f" ({self['why']})" if self.get("why") else ""


_SENTENCES: dict[str, Callable[[_Facts], str]] = {
    "missing": lambda f: tr(
        "There is no archive at {path}. Was the stick removed or the folder moved?", path=f["path"]
    ),
    "not-an-archive": lambda f: tr(
        "{path} is not a Tamarisk archive{why}. Choose the folder whose name ends in .tamarisk.",
        path=f["path"],
        why=f.why(),
    ),
    "already-exists": lambda f: tr(
        "Something is already there: {path}. It was left as it is; choose another name.", path=f["path"]
    ),
    "wrong-passphrase": lambda f: tr(
        "This passphrase does not open the archive. Check caps lock and the keyboard layout, then try again."
    ),
    "wrong-key-passphrase": lambda f: tr(
        "This passphrase does not open the secret key for signing. Check caps lock and the keyboard layout, then try "
        "again."
    ),
    "not-a-key": lambda f: tr(
        "That is not a key that can be used for signatures{why}. Choose the file that “tamarisk key new” or minisign "
        "made.",
        why=f.why(),
    ),
    "not-a-signature": lambda f: tr(
        "The signature cannot be read{why}, so nobody can tell who published this. Do not use it; ask the publisher "
        "for a new copy.",
        why=f.why(),
    ),
    "bad-signature": lambda f: tr(
        "The signature does not fit: this is not what the publisher signed with the key {key}. Do not use it; ask the "
        "publisher for a new copy.",
        key=f["key"],
    ),
    "other-key": lambda f: tr(
        "This was signed with another key ({key}) than the one you trust ({expected}). Do not use it before you have "
        "asked the publisher, by a way you know, whether their key has changed.",
        key=f["key"],
        expected=f["expected"],
    ),
    "not-a-release": lambda f: tr(
        "{path} is not a release, or does not say what it is in a form that can be read{why}. Nothing was changed.",
        path=f["path"],
        why=f.why(),
    ),
    "refused-release": lambda f: {
        "other-key": tr(
            "{path} was signed with another key than the one you trust for this archive, so it was not opened. Ask the "
            "publisher, by a way you know, whether their key has changed. Nothing was changed.",
            path=f["path"],
        ),
        "tampered": tr(
            "What {path} says of itself is not what was signed, so it was not opened. Somebody changed it, or it broke "
            "when it was copied. Copy it anew, or ask the publisher for another copy; `tamarisk verify` tells more. "
            "Nothing was changed.",
            path=f["path"],
        ),
    }.get(
        str(f["state"]),
        tr(
            "{path} is not as it was published ({file}), so it was not opened. It broke when it was copied, or "
            "somebody changed it. Copy it anew, or ask the publisher for another copy; `tamarisk verify` tells more. "
            "Nothing was changed.",
            path=f["path"],
            file=f["file"],
        ),
    ),
    "not-a-delta": lambda f: tr(
        "{path} is no update, or cannot be used{why}. Nothing was changed; copy it anew with all that lies beside it.",
        path=f["path"],
        why=f.why(),
    ),
    "wrong-base": lambda f: _WRONG_BASE.get(str(f.get("why", "")), _WRONG_BASE[""])(f),
    "older-release": lambda f: tr(
        "{path} leads to release {number}, and release {installed} is installed. Nothing was changed; an older release "
        "would bring back what was corrected or withdrawn since.",
        path=f["path"],
        number=f["number"],
        installed=f["installed"],
    ),
    "other-content": lambda f: tr(
        "What came of it is not what the publisher signed, so it is not used: {path}. The release that is installed "
        "goes on as before. Ask the publisher for the full release.",
        path=f["path"],
    ),
    "other-formats": lambda f: tr(
        "{path} cannot be applied by this program: the releases are of formats {old} and {new}. Nothing was changed; "
        "use the full release.",
        path=f["path"],
        old=f["old"],
        new=f["new"],
    ),
    "no-update": lambda f: tr(
        "Nothing in {path} leads on from release {installed} of “{line}”. Nothing was changed.",
        path=f["path"],
        installed=f["installed"],
        line=f["line"],
    ),
    "untrusted-update": lambda f: tr(
        "{path} is not whole, or not signed by a publisher you trust, so it was not used. Nothing was changed; look at "
        "its receipt, and ask the publisher.",
        path=f["path"],
    ),
    "passphrase-needed": lambda f: tr("This archive is protected. Enter its passphrase."),
    "cannot-unlock": lambda f: tr("None of the archive's keys could be opened: {path}.", path=f["path"]),
    "changed-meanwhile": lambda f: tr(
        "Another window or program has changed this record meanwhile. Nothing was overwritten. Look at it again, then "
        "repeat what you wanted."
    ),
    "newer-format": lambda f: tr(
        "This archive was made by a newer version of Tamarisk (it needs format {needed}, this program reads up to "
        "{supported}). Nothing was changed. Install the newer program to open it.",
        needed=f["readable_from"],
        supported=f["supported"],
    ),
    "damaged": lambda f: tr(
        "A file of the archive is damaged: {path}{why}. Nothing was changed. Make a copy of the folder as it is, "
        "then restore your last backup.",
        path=f["path"],
        why=f.why(),
    ),
    "left-open": lambda f: tr(
        "The archive is in use, or was not closed when it was last used, and nothing can be written here: {path}. What "
        "it holds cannot be read in full like this. Close it where it is open, or copy the whole folder to a place "
        "that can be written.",
        path=f["path"],
    ),
    "environment": lambda f: tr(
        "The computer would not do it: {path}{why}. What was stored before is unchanged.",
        path=f["path"],
        why=f.why(),
    ),
    "read-only": lambda f: tr(
        "Nothing can be written here: {path}. You can search and read; to import or correct, copy the archive to a "
        "place that can be written.",
        path=f["path"],
    ),
    "release-frozen": lambda f: tr(
        "{path} is a release, which stays as it was signed: nothing can be written into it. You can search and read; "
        "to copy it, copy its folder.",
        path=f["path"],
    ),
    "no-such-line": lambda f: tr(
        "The archive has several release lines: {names}. Nothing was published; say which one is meant.",
        names=f["names"],
    ),
    "disk-full": lambda f: tr(
        "The disk is full: {path}. Everything stored before is kept. Free some room and start again; the work goes on "
        "where it stopped.",
        path=f["path"],
    ),
    "no-permission": lambda f: tr(
        "The system does not allow access to {path}. Check who owns it and its permissions.", path=f["path"]
    ),
    "not-saved": lambda f: _UNSAVED.get(f["fault"], _UNSAVED["environment"])(f),
    "busy": lambda f: tr(
        "Another program is writing to this archive: {path}. Wait until it is done, or close it, then try again.",
        path=f["path"],
    ),
    "unsafe-place": lambda f: tr(
        "{path} is not a safe place for an archive in use{why}. Copy it to a folder on this computer's own disk.",
        path=f["path"],
        why=f.why(),
    ),
    "editor-needed": lambda f: tr(
        "Importing files, and vocabularies as SKOS, needs the editor edition of Tamarisk, and this is the reading "
        "edition. Nothing was changed; "
        "searching, reading, notes and updates work without it. To import, install the package tamarisk-editor beside "
        "this one and start the program again."
    ),
    "no-such-record": lambda f: tr("No record has the id {id}. It may have been withdrawn.", id=f["id"]),
    "withdrawn": lambda f: tr(
        "{id} was withdrawn on {at} ({reason}) and is not in this archive any more. Nothing was changed.",
        id=f["id"],
        at=f["at"],
        reason=why_withdrawn(f["reason"]),
    ),
    "ambiguous-id": lambda f: tr(
        "{count} records begin with {id}. Give more of its characters.", count=f["count"], id=f["id"]
    ),
    "original-absent": lambda f: tr(
        "The original is not in this archive: it was received in a smaller form without originals, or the original "
        "held something that was withdrawn. Its text is here."
    ),
    "invalid-value": lambda f: tr(
        "“{value}” cannot be kept as {field}{why}. Nothing was changed.",
        value=f["value"],
        field=labels.field(f["field"]),
        why=f.why(),
    ),
    "moving": lambda f: tr(
        "The archive kept changing while this was being made, so nothing was written. Wait until the import is done, "
        "then try again."
    ),
    "not-a-statement": lambda f: tr(
        "{path} is not a search statement that this program can read{why}. Nothing was searched. Choose the JSON file "
        "as it was saved.",
        path=f["path"],
        why=f.why(),
    ),
    "altered-statement": lambda f: tr(
        "{path} is not as it was written: its content does not have the SHA-256 that it names. Nothing was searched. "
        "Look for an unaltered copy.",
        path=f["path"],
    ),
    "not-a-list": lambda f: tr(
        "There is no list of names or words in {path}{why}. Nothing was searched. Choose a text file with a name on "
        "each line, or a table.",
        path=f["path"],
        why=f.why(),
    ),
    "notebook-damaged": lambda f: tr(
        "Your notebook cannot be opened, because it is damaged: {path}{why}. The archive itself is not "
        "touched. Move that folder elsewhere, and a new notebook begins; “tamarisk notebook "
        "import” brings in what you exported as JSON.",
        path=f["path"],
        why=f.why(),
    ),
    "notebook-locked": lambda f: tr(
        "Your notebook cannot be opened: it was made under another key of this archive ({path}). The archive "
        "itself is not touched. If you gave the notebook a passphrase, “tamarisk notebook unlock” opens it; "
        "else move that folder elsewhere, and a new notebook begins.",
        path=f["path"],
    ),
    "not-a-package": lambda f: tr(
        "{path} is not a notebook package that this program can read{why}. Your notebook is unchanged. Ask for the "
        "file as it was made.",
        path=f["path"],
        why=f.why(),
    ),
    "package-for-others": lambda f: tr(
        "{path} was made for another key than yours, or its first lines were altered. Your notebook is unchanged. Your "
        "key is {key}; send it to whoever made the package, and ask for a new one.",
        path=f["path"],
        key=f["key"],
    ),
    "altered-package": lambda f: tr(
        "{path} is cut off, or not as it was made. Your notebook is unchanged. Copy the file once more, or ask for it "
        "again.",
        path=f["path"],
    ),
    "package-too-large": lambda f: tr(
        "{path} is larger than the {limit} MB that a notebook package may have, packed or unpacked. No notebook was "
        "changed. Hand over one collection at a time.",
        path=f["path"],
        limit=f["limit"],
    ),
    "package-about-another": lambda f: tr(
        "{path} belongs to another archive than the one that is open. Your notebook is unchanged. Open the archive "
        "with the id {archive}, and merge it there.",
        path=f["path"],
        archive=f["archive"],
    ),
    "newer-package": lambda f: tr(
        "{path} was made by a newer version of Tamarisk (format {version}, this program reads up to {supported}). Your "
        "notebook is unchanged. Install the newer program to read it.",
        path=f["path"],
        version=f["version"],
        supported=f["supported"],
    ),
    "missigned-package": lambda f: tr(
        "The signature in {path} does not fit what the package holds. Your notebook is unchanged. Ask whoever sent it, "
        "over another way, whether they made it.",
        path=f["path"],
    ),
    "cancelled": lambda f: tr("Stopped. What was stored until then is kept."),
}

_WRONG_BASE: dict[str, Callable[[_Facts], str]] = {
    "": lambda f: tr(
        "{path} starts from release {needed} of “{line}”, and release {installed} is installed. Nothing was changed; "
        "first install release {needed}, or put the updates that lead to it beside this one.",
        path=f["path"],
        needed=f["needed"],
        installed=f["installed"],
        line=f["line"],
    ),
    "line": lambda f: tr(
        "{path} is for another archive, or for other readers of it (“{line}”). Nothing was changed.",
        path=f["path"],
        line=f["line"],
    ),
    "content": lambda f: tr(
        "{path} starts from another release {needed} than the one that is installed. Nothing was changed; ask the "
        "publisher for the full release.",
        path=f["path"],
        needed=f["needed"],
    ),
}

_UNSAVED: dict[str, Callable[[_Facts], str]] = {
    "disk-full": lambda f: tr(
        "The disk is full: {path} was not saved, and nothing of it was left there. Free some room, or choose another "
        "place.",
        path=f["path"],
    ),
    "read-only": lambda f: tr(
        "Nothing can be written there: {path} was not saved. Choose another place.", path=f["path"]
    ),
    "no-permission": lambda f: tr(
        "The system does not allow writing there: {path} was not saved. Choose another place.", path=f["path"]
    ),
    "environment": lambda f: tr(
        "{path} could not be saved{why}, and nothing of it was left there. Choose another place or name.",
        path=f["path"],
        why=f.why(),
    ),
}

_WITHDRAWN: dict[str, Callable[[], str]] = {
    "person": lambda: tr("at the request of a person concerned"),
    "error": lambda: tr("because it was an error"),
    "legal": lambda: tr("for a legal reason"),
    "replaced": lambda: tr("because something else replaces it"),
}

_REASONS: dict[str, Callable[[], str]] = {
    # Why a document has no text or poor text.
    "no-text-layer": lambda: tr("its pages are pictures without text, not recognised yet"),
    "pages-without-text": lambda: tr("some of its pages are pictures without text, not recognised yet"),
    "pages-damaged": lambda: tr("some of its pages are damaged"),
    "not-recognised-yet": lambda: tr("a picture whose text is not recognised yet"),
    "password": lambda: tr("locked with a password of its own"),
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
    "building": lambda: tr("only a part can be searched so far"),
    # How a hit was found.
    "prefix": lambda: tr("beginning of a word"),
    "wildcard": lambda: tr("wildcard"),
    "fuzzy": lambda: tr("similar spelling"),
    "traditional": lambda: tr("simplified or traditional characters"),
    "variants": lambda: tr("variant letters or accents"),
    "any-word": lambda: tr("some of the words"),
    "pinyin": lambda: tr("pinyin"),
    "wade-giles": lambda: tr("Wade-Giles"),
    "cantonese": lambda: tr("Cantonese spelling"),
    "uyghur": lambda: tr("Uyghur in another script"),
    "korean": lambda: tr("Korean in another script"),
    "kana": lambda: tr("Japanese in another script"),
    "wylie": lambda: tr("Wylie"),
    "tibetan": lambda: tr("Tibetan in another script"),
    "romanised": lambda: tr("another script"),
    "name": lambda: tr("another name"),
    "compound": lambda: tr("a compound with the word"),
    "order": lambda: tr("the name in another order"),
    "initials": lambda: tr("initials"),
    "label": lambda: tr("another word for it"),
    "author": lambda: tr("its authors"),
    "publisher": lambda: tr("its publisher"),
    "file-name": lambda: tr("its file name or code"),
    "stem": lambda: tr("another form of the word"),
    # What must be said of an answer.
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
}
