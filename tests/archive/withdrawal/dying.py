"""A process that begins a withdrawal and is ended by the system in the middle of it, as by kill -9."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from archive import unlocking
from archive.container import Archive
from archive.withdrawal import tombstones, withdrawal
from archive.withdrawal.tombstones import Reason


def main(path: Path, identity: str, step: str) -> None:
    """Withdraw a record, and die before a step of the erasing, or (`transaction`) before the tombstones are laid."""

    def die(name: str = step, done: int = 0, total: int = 0) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    if step == "transaction":
        tombstones.lay = lambda *given: die()
    with Archive(path, unlocking.unlock(path), write=True) as archive:
        seen = withdrawal.preview(archive.db, identity)
        withdrawal.withdraw(archive, seen, Reason.PERSON, progress=die)
    assert tombstones.Reason is Reason, "it should have died before"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
