"""What the verb `search` says about other queries that may have been meant."""

from __future__ import annotations

from collections.abc import Sequence

from desktop import labels
from desktop.cli import terminal
from desktop.translate import tr, trn
from index.suggest import Suggestion


def say(suggestions: Sequence[Suggestion]) -> None:
    """A line for each."""
    for one in suggestions:
        count = trn("1 record", "{n} records", one.found)
        if one.way == "country":
            name = labels.country(one.words)
            said = tr("Country or territory: {name} ({count}): --where country={code}",
                      name=name, count=count, code=one.words)  # fmt: skip
            terminal.say(said)
        elif one.way == "place":
            name = labels.place(one.words)
            said = tr("Place: {name} ({count}): --where place={key}", name=name, count=count, key=one.words)
            terminal.say(said)
        else:
            terminal.say(tr("Did you mean: {words} ({count})", words=terminal.clean(one.words), count=count))


def as_json(suggestions: Sequence[Suggestion]) -> list[dict[str, object]]:
    """The same for programs: the other query, its filters, and how many records it finds."""
    return [
        {
            "way": one.way,
            "words": one.words,
            "query": one.query.text,
            "where": [f"{each.field}{'!' if each.exclude else ''}={each.value}" for each in one.query.filters],
            "total": one.found,
        }
        for one in suggestions
    ]
