"""Starts the program: guards the process, then hands over to the command line or to the window.

The guard is applied when this module is loaded: a worker process loads it anew before it reads anything.
"""

from __future__ import annotations

from desktop import guard

guard.apply()

import multiprocessing  # noqa: E402
import sys  # noqa: E402


def main() -> int:
    """Runs what the arguments ask for and returns the exit status.

    `tamarisk` and `tamarisk ARCHIVE` open the window; whatever else is given, the command line judges.
    """
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if _is_for_window(arguments):
        from desktop.app import run as open_window

        return open_window(arguments[0] if arguments else None)
    from desktop.cli.main import run as run_command

    return run_command(arguments)


def _is_for_window(arguments: list[str]) -> bool:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return not arguments
    from desktop.cli.main import cli

    return arguments[0] not in cli.commands


if __name__ == "__main__":
    sys.exit(main())
