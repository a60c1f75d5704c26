"""Says to people what an expected failure means, by its code, from the tables of sentences in `desktop.failures`."""

from __future__ import annotations

from archive.errors import ArchiveError
from desktop import shown
from desktop.failures import archives, machine, notebooks, releases, updates
from desktop.failures.facts import Facts, Sentences
from desktop.translate import tr

_SENTENCES: Sentences = {
    **archives.SENTENCES,
    **machine.SENTENCES,
    **notebooks.SENTENCES,
    **releases.SENTENCES,
    **updates.SENTENCES,
}


def sentence(error: ArchiveError) -> str:
    """What happened, what was kept and what to do, for one expected failure."""
    facts = Facts({name: shown.line(str(value)) for name, value in error.facts.items()})
    for cls in type(error).__mro__:
        code = getattr(cls, "code", None)
        if code in _SENTENCES:
            return _SENTENCES[code](facts)
    return tr("The work could not be done ({error}). What was stored before is unchanged.", error=error)
