"""What all verbs share: which archive, how it is unlocked, and whether the answer is to be JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive.errors import PassphraseNeeded
from desktop.cli import terminal
from desktop.translate import number, tr

if TYPE_CHECKING:
    from archive.keys import ArchiveKey
    from desktop.workspace import Workspace

Verb = TypeVar("Verb", bound=Callable[..., Any])
VARIABLE = "TAMARISK_PASSPHRASE_FILE"
SECRET_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)


@dataclass(slots=True)
class Request:
    """What is asked for beside a verb's own arguments; an expected failure is told by it, too."""

    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """An archive and the means to open it; nothing is read before `key`, `passphrase` or `open` asks for it."""

    path: Path
    passphrase_file: str | None
    identity_files: tuple[str, ...]
    although_refused: bool = False

    def open(self, *, write: bool = False) -> Workspace:
        """The archive, opened. Raises what unlocking and opening may raise, and RefusedRelease for a release that is
        not as it was signed, unless it is to be opened `although_refused`."""
        from desktop import trusting
        from desktop.workspace import Workspace

        here = self if write else self.in_use()
        key = here.key()
        here.require_unaltered(key)
        if later := trusting.newest_read(here.path, key):
            said, newest = later
            terminal.remark(
                tr(
                    "This is release {n} of “{line}”, and you have read release {newest} on this computer. What was "
                    "corrected or withdrawn since may stand in this one.",
                    n=number(said.number),
                    line=terminal.clean(said.line),
                    newest=number(newest),
                )
            )
        frozen = self.although_refused and trusting.is_stripped(here.path, key)
        return Workspace(here.path, key, write=write, frozen=frozen)

    def require_unaltered(self, key: ArchiveKey) -> None:
        """Raise RefusedRelease for a release that is not as it was signed, unless it is to be opened all the same."""
        from desktop import trusting

        def proving() -> None:
            terminal.remark(tr("What is in this release is held against what its publisher signed. This is done once."))

        if not self.although_refused:
            trusting.require_unaltered(self.path, key, proving)

    def in_use(self) -> Access:
        """The same means for the release that took the place of the one that was named; what its update left to be
        deleted is deleted."""
        from desktop import updating

        path = updating.arrive(self.path)
        if path == self.path:
            return self
        terminal.remark(tr("{path} was updated; {now} is in use.", path=self.path.name, now=path.name))
        return replace(self, path=path)

    def key(self, passphrase: str | None = None) -> ArchiveKey:
        """The archive's key. Raises ArchiveMissing, NotAnArchive, CannotUnlock, NewerFormat, Damaged."""
        from archive import slots, unlocking

        unlocking.require_archive(self.path)
        if not slots.is_protected(self.path):
            return unlocking.unlock(self.path)
        identities = self._identities()
        if passphrase is None and (self.passphrase_file or not identities):
            passphrase = self.passphrase()
        return unlocking.unlock(self.path, passphrase, identities)

    def passphrase(self) -> str:
        """The passphrase, from its file or the person at the terminal. Raises PassphraseNeeded without either."""
        if self.passphrase_file:
            return read_passphrase(self.passphrase_file)
        if not terminal.is_watched(sys.stdin):
            terminal.remark(hint())
            raise PassphraseNeeded(path=str(self.path))
        return str(click.prompt(tr("Passphrase"), hide_input=True, err=True))

    def _identities(self) -> list[str]:
        """The age secret keys in the identity files, one a line; lines that begin with # are remarks."""
        lines = [line.strip() for name in self.identity_files for line in _read(name).splitlines()]
        return [line for line in lines if line and not line.startswith("#")]


def read_passphrase(name: str) -> str:
    """The first line of a file, or of standard input where `name` is a dash."""
    passphrase = _read(name).split("\n", 1)[0].rstrip("\r")
    if not passphrase:
        raise click.UsageError(tr("The passphrase file is empty: {file}", file=name))
    return passphrase


def ask_new_passphrase(name: str | None) -> str:
    """A new passphrase: from a file, else asked for twice. A usage error where there is neither file nor terminal."""
    if name:
        return read_passphrase(name)
    if not terminal.is_watched(sys.stdin):
        raise click.UsageError(hint())
    return str(click.prompt(tr("New passphrase"), hide_input=True, err=True, confirmation_prompt=tr("Once more")))


def hint() -> str:
    """How to give a passphrase where nobody can be asked."""
    return tr(
        "There is no terminal to ask for a passphrase. Put it into a file and give --passphrase-file FILE, or name "
        "the file in {variable}.",
        variable=VARIABLE,
    )


def archive_argument(verb: Verb) -> Verb:
    """Give a verb its archive and the ways to unlock it, as the argument `access`."""

    def with_access(
        *,
        archive: str,
        passphrase_file: str | None,
        identity_files: tuple[str, ...],
        although_refused: bool,
        **others: Any,
    ) -> Any:
        from archive.connect import translated
        from archive.layout import named

        with translated(Path(archive)):
            access = Access(named(Path(archive)), passphrase_file, identity_files, although_refused)
            return verb(access=access, **others)

    decorated: Any = with_access
    decorated.__click_params__ = getattr(verb, "__click_params__", [])
    decorated = click.option(
        "--although-refused",
        is_flag=True,
        help=tr("Open a release though it is not as its publisher signed it."),
    )(decorated)
    decorated = click.option(
        "--identity",
        "identity_files",
        multiple=True,
        metavar="FILE",
        type=SECRET_FILE,
        help=tr("A file with an age secret key that the archive was made for. May be given several times."),
    )(decorated)
    decorated = passphrase_file_option(decorated)
    return click.argument("archive", type=click.Path())(decorated)  # type: ignore[no-any-return]


def passphrase_file_option(verb: Verb) -> Verb:
    """Let a verb read the passphrase from a file."""
    return click.option(
        "--passphrase-file",
        metavar="FILE",
        type=SECRET_FILE,
        envvar=VARIABLE,
        help=tr(
            "Read the passphrase from the first line of FILE (- is standard input). {variable} may name the file "
            "instead. Without either it is asked for.",
            variable=VARIABLE,
        ),
    )(verb)


def json_option(verb: Verb) -> Verb:
    """Let a verb answer in JSON; it gets `as_json`."""

    def note(context: click.Context, parameter: click.Parameter, value: bool) -> bool:
        context.ensure_object(Request).as_json = value
        return value

    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        is_eager=True,
        callback=note,
        help=tr("Answer in JSON, for programs; also when something fails."),
    )(verb)


def _read(name: str) -> str:
    try:
        with click.open_file(name, encoding="utf-8-sig") as file:
            return str(file.read())
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(tr("{file} cannot be read: {why}", file=name, why=error)) from error
