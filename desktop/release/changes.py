"""What an update changed, in whole sentences; for the window and the terminal alike."""

from __future__ import annotations

from collections.abc import Sequence

from archive.update.changelog import Change, Changelog, What
from archive.update.locking import Locks
from archive.update.planning import Offer
from archive.update.update import Prepared
from desktop import labels, messages, shown
from desktop.translate import number, tr, trn
from desktop.updating import Done
from desktop.withdrawal import purged
from desktop.withdrawal.why import withdrawn

LISTED = 500
"""Changes of a sort that are listed before it is only said how many more there are."""


def heading(log: Changelog) -> str:
    """Which release leads to which."""
    return tr(
        "From release {base} to release {number} of {date}",
        base=number(log.base),
        number=number(log.number),
        date=log.date,
    )


def summary(log: Changelog) -> tuple[str, ...]:
    """How much changed, a sentence a sort."""
    counted = {what: sum(one.what is what for one in log.changes) for what in What}
    corrected = counted[What.CORRECTED] + counted[What.SET_ASIDE]
    added = counted[What.ADDED] + counted[What.SOURCE]
    withdrawn, left_out = counted[What.WITHDRAWN], counted[What.LEFT_OUT]
    told = (
        tr("Added: {n}", n=number(added)) if added else "",
        tr("Corrected: {n}", n=number(corrected)) if corrected else "",
        tr("Withdrawn: {n}", n=number(withdrawn)) if withdrawn else "",
        tr("No longer in the release: {n}", n=number(left_out)) if left_out else "",
    )
    return tuple(filter(None, told)) or (tr("Nothing that is shown has changed."),)


def paragraphs(log: Changelog, most: int = LISTED) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everything that changed: headings with their lines. The publisher's own words come first."""
    said = tuple(map(shown.line, log.notes.strip().splitlines()))
    found = [(tr("What the publisher says"), said)] if said else []
    sorts = (
        (tr("Withdrawn"), (What.WITHDRAWN,)),
        (tr("Corrected"), (What.CORRECTED, What.SET_ASIDE)),
        (tr("Added"), (What.ADDED, What.SOURCE)),
        (tr("No longer in the release"), (What.LEFT_OUT,)),
    )
    for title, sort in sorts:
        lines = [line(one) for one in log.changes if one.what in sort]
        if sort == (What.WITHDRAWN,) or sort == (What.LEFT_OUT,):
            lines = _counted([one for one in log.changes if one.what in sort])
        if len(lines) > most:
            lines = [*lines[:most], trn("and 1 more", "and {n} more", len(lines) - most)]
        if lines:
            found.append((title, tuple(lines)))
    return tuple(found)


def line(one: Change) -> str:
    """One change in a sentence or two."""
    title, new = shown.isolated(one.title), shown.isolated(one.new)
    old = tr("(not told)") if one.hidden else shown.isolated(one.old) if one.old else tr("not recorded")
    field = labels.field(one.field) if one.field else ""
    match one.what:
        case What.ADDED if one.kind == "fact":
            words = tr("{title}: {field}: {new}", title=title, field=field, new=new)
        case What.ADDED:
            words = tr("{kind}: {title}", kind=kind(one.kind), title=title)
        case What.SOURCE:
            words = tr("{title}: {field}: {new}, by a further source", title=title, field=field, new=new)
        case What.SET_ASIDE:
            words = tr("{title}: {field}: {old} stands no longer", title=title, field=field, old=old)
        case What.CORRECTED:
            title = kind(one.kind) if one.field == "title" else title  # which the line would say twice
            new = new if one.new else tr("not recorded")
            words = tr("{title}: {field}: {old} → {new}", title=title, field=field, old=old, new=new)
        case What.WITHDRAWN:
            words = withdrawn(one.at, one.reason)
            words = tr("{kind}: {words}", kind=kind(one.kind), words=words)
        case _:
            words = tr("{kind}: no longer in the release", kind=kind(one.kind))
    if one.source:
        words = tr("{words} (source: {source})", words=words, source=shown.isolated(one.source))
    if one.reason and one.what is not What.WITHDRAWN:
        words = tr("{words} Why: {reason}", words=words, reason=shown.isolated(one.reason))
    return words


def of_record(log: Changelog, changes: Sequence[Change]) -> tuple[str, ...]:
    """What the last update changed in one record."""
    if not changes:
        return ()
    return (tr("Changed with release {n}, {date}:", n=number(log.number), date=log.date), *map(line, changes))


def kind(code: str) -> str:
    """What sort of record something is or was."""
    return labels.value("kind", code) if code else tr("Record")


def warning(prepared: Prepared) -> str:
    """What goes with an update, said before; empty where nothing does."""
    said = []
    if prepared.withdrawn:
        said.append(
            tr(
                "What was withdrawn goes for good: from the release, from the index, and from what your notebook "
                "quotes. Your own words stay."
            )
        )
    if prepared.log.gone:
        said.append(tr("The older releases beside it are deleted, because they hold what must not be kept."))
    if prepared.locks is Locks.OTHER:
        said.append(
            tr(
                "This is a full release: it opens with the passphrase or key that its publisher made it for, which may "
                "be another than until now. Have it at hand."
            )
        )
    if prepared.locks is Locks.NONE:
        said.append(tr("The release until now was protected, and this one is not: whoever has its folder can read it."))
    return " ".join(said)


def done(found: Done) -> tuple[str, ...]:
    """What came of it, and what is to be done by hand."""
    said = [tr("Release {n} is in use now.", n=number(found.log.number))]
    if found.found is not None:
        said += purged.sentences(found.found)
    if found.notebook is not None and any(one.what is What.WITHDRAWN for one in found.log.changes):
        said.append(
            tr(
                "Your notebook may still quote what was withdrawn, for it could not be opened. {why}",
                why=messages.sentence(found.notebook),
            )
        )
    if found.index is not None:
        said.append(
            tr(
                "The index was not made anew, and may still hold words of what went. That is done when the release is "
                "next searched. {why}",
                why=messages.sentence(found.index),
            )
        )
    said += [
        tr("{path} still holds what was withdrawn and could not be deleted. Please delete or destroy it.", path=path)
        for path in found.left
    ]
    return tuple(said)


def offer(one: Offer) -> str:
    """An update or a release that lies somewhere."""
    if one.base:
        return tr(
            "Update from release {base} to {number}, {date}: {path}",
            base=number(one.base),
            number=number(one.number),
            date=shown.line(one.date),
            path=shown.line(str(one.path)),
        )
    return tr(
        "Full release {number}, {date}: {path}",
        number=number(one.number),
        date=shown.line(one.date),
        path=shown.line(str(one.path)),
    )


def _counted(changes: Sequence[Change]) -> list[str]:
    """Withdrawn records of one sort, day and reason in one line: nothing tells them apart."""
    found: dict[str, int] = {}
    for one in changes:
        words = line(one)
        found[words] = found.get(words, 0) + 1
    return [words if n == 1 else tr("{n} × {words}", n=number(n), words=words) for words, n in found.items()]
