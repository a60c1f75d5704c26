"""Starts the program: guards the process, then hands over to the command line or to the window.

The guard is applied when this module is loaded: a worker process loads it anew before it reads anything.
"""

from __future__ import annotations

import os

from desktop import guard, reach

guard.apply()
reach.extend()
# numpy's linear algebra, which nothing here uses, would start a thread for each core, and each first spins
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gc  # noqa: E402
import multiprocessing  # noqa: E402
import sys  # noqa: E402


def main() -> int:
    """Runs what the arguments ask for and returns the exit status.

    `tamarisk`, `tamarisk ARCHIVE` and `tamarisk ARCHIVE --find QUERY` open the window; whatever else is given, the
    command line judges.
    """
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if _is_for_window(arguments):
        # What is loaded stays: to look through it for what may go takes a tenth of the time until the window stands.
        gc.disable()
        from desktop.app import run as open_window

        path, _, find = (*arguments, "", "", "")[:3]
        return open_window(path or None, find)
    from desktop.cli.main import run as run_command

    return run_command(arguments)


def _is_for_window(arguments: list[str]) -> bool:
    if not arguments:
        return True
    if arguments[0].startswith("-") or (len(arguments) > 1 and (len(arguments) != 3 or arguments[1] != "--find")):
        return False
    from desktop.cli.main import cli

    return arguments[0] not in cli.commands


if __name__ == "__main__":
    sys.exit(main())
