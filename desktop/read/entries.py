"""Says custody entries and corrections in whole sentences."""

from __future__ import annotations

import json
import re

from archive.corrections import HIDDEN, Correction
from archive.custody import Entry
from desktop import labels, shown
from desktop.translate import size, tr

HASH = re.compile("[0-9a-f]{64}")


def custody(entry: Entry) -> str:
    """What happened, by whom, and what was said of it then, unless that was erased."""
    who, content = shown.isolated(entry.who), entry.content
    if content is None:
        return _erased(entry.action, who)
    facts = {name: shown.isolated(short(value)) for name, value in content.items()}
    if entry.action == "received" and {"name", "size", "sha256"} <= facts.keys():
        length = size(int(content["size"]))
        words = tr("Received by {who} as “{name}”: {size}, SHA-256 {sha256}.", **{**facts, "who": who, "size": length})
        if "dropped" in facts:
            words += " " + tr("Left out of what is recorded, because it could not be kept: {dropped}.", **facts)
        return words
    if entry.action == "received again" and {"name", "sha256"} <= facts.keys():
        return tr("Received again by {who} as “{name}”: the same bytes, SHA-256 {sha256}.", who=who, **facts)
    if entry.action == "corrected":
        changes = "; ".join(
            tr("{field} “{value}”", field=_field(name), value=shown.isolated(value_words(name, str(value))))
            for name, value in content.items()
        )
        return tr("Corrected by {who}. Recorded since: {changes}.", who=who, changes=changes)
    if entry.action == "read again":
        words = tr("Read again by {who} with today's readers.", who=who)
        return f"{words} {_told(facts)}" if facts else words
    said = _told(facts)
    action = shown.line(entry.action)
    return tr("An entry of the kind “{action}” by {who}. {said}", action=action, who=who, said=said)


def _told(facts: dict[str, str]) -> str:
    return "; ".join(tr("{name}: {value}", name=shown.line(name), value=value) for name, value in facts.items())


def correction(change: Correction) -> str:
    """Which value became which, and who did it."""
    facts = {
        "field": _field(change.field),
        "old": shown.isolated(value_words(change.field, change.old)),
        "new": shown.isolated(value_words(change.field, change.new)),
        "who": shown.isolated(change.who),
    }
    if change.old == HIDDEN and change.new == HIDDEN:
        return tr("{field}: it was changed by {who}. For safety the values of then are not kept.", **facts)
    if change.old == HIDDEN and not value_words(change.field, change.new):
        return tr("{field}: it was removed by {who}. For safety the earlier value is not kept.", **facts)
    if change.old == HIDDEN:
        return tr("{field}: it was changed to “{new}” by {who}. For safety the earlier value is not kept.", **facts)
    if not value_words(change.field, change.old):
        return tr("{field}: “{new}” was added by {who}.", **facts)
    if not value_words(change.field, change.new):
        return tr("{field}: “{old}” was removed by {who}.", **facts)
    return tr("{field}: “{old}” was changed to “{new}” by {who}.", **facts)


def value_words(field: str, value: str) -> str:
    """A value as the archive keeps it, in words: several stand there as a JSON list."""
    if field in ("authors", "countries"):
        try:
            parts = [str(part) for part in json.loads(value)]
        except (ValueError, TypeError):
            return value
        return "; ".join(parts) if field == "authors" else ", ".join(labels.country(code) for code in parts)
    if field == "language" and value:
        return labels.language(value)
    return labels.value(field, value) if field in ("type", "confidentiality") and value else value


def short(value: str | int) -> str:
    """A value as it reads in a sentence: of a hash its first 12 digits."""
    words = str(value)
    return words[:12] if HASH.fullmatch(words) else words


def _erased(action: str, who: str) -> str:
    if action == "received":
        return tr("Received by {who}. What was recorded of it was erased later.", who=who)
    if action == "received again":
        return tr("Received again by {who}. What was recorded of it was erased later.", who=who)
    if action == "corrected":
        return tr("Corrected by {who}. What was recorded of it was erased later.", who=who)
    action = shown.line(action)
    return tr("An entry of the kind “{action}” by {who}. What was recorded of it was erased.", action=action, who=who)


def _field(name: str) -> str:
    return shown.line(labels.field(name))
