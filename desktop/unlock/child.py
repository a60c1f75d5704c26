"""Works with passphrases in a process of its own: scrypt holds Python's lock for seconds, and the window with it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from archive import container, slots, unlocking
from archive.errors import ArchiveError
from archive.keys import ArchiveKey

T = TypeVar("T")


def in_child(function: Callable[..., T], *arguments: object) -> T:
    """Call a function of a module with picklable arguments in a fresh process; what it wrote in memory ends with it.

    Raises the ArchiveError that `function` raises; RuntimeError where the process ended without an answer.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, function, arguments), daemon=True)
    process.start()
    there.close()
    try:
        failure, value = here.recv()
    except EOFError as error:
        raise RuntimeError("the process for the keys ended without an answer") from error
    finally:
        here.close()
        process.join()
    if failure is not None:
        raise failure(**value)
    answer: T = value
    return answer


def unlock(path: Path, passphrase: str | None, identities: tuple[str, ...] = ()) -> ArchiveKey:
    """`archive.unlocking.unlock` in a child."""
    return in_child(unlocking.unlock, path, passphrase, identities)


def create(path: Path, passphrase: str | None, recipients: tuple[str, ...]) -> ArchiveKey:
    """`archive.container.create` in a child."""
    return in_child(_create, path, passphrase, recipients)


def change_passphrase(path: Path, key: ArchiveKey, old: str, new: str) -> None:
    """Wrap the key anew in the slot that `old` opens, in a child. Raises WrongPassphrase, InvalidValue."""
    in_child(_change, path, key, old, new)


def write_slots(path: Path, key: ArchiveKey, passphrase: str | None, recipients: Sequence[str], slot: str) -> None:
    """`archive.slots.write`, in a child where there is a passphrase."""
    if passphrase is None:
        slots.write(path, key, None, recipients, slot)
    else:
        in_child(slots.write, path, key, passphrase, tuple(recipients), slot)


def _create(path: Path, passphrase: str | None, recipients: tuple[str, ...]) -> ArchiveKey:
    return container.create(path, passphrase=passphrase, recipients=recipients)


def _change(path: Path, key: ArchiveKey, old: str, new: str) -> None:
    slots.change_passphrase(path, key, unlocking.slot_of(path, old), new)


def _answer(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        pipe.send((None, function(*arguments)))
    except ArchiveError as error:
        pipe.send((type(error), error.facts))
