"""What every test may use: the folder of real material, where it exists."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# set before Qt is loaded: without a display it would end the process
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What numbers and file names look like is not left to whoever runs this; of LC_ALL=C Qt warns, which fails a test.
os.environ["LC_ALL"] = "C.UTF-8"
SHARED = Path(os.environ.get("TAMARISK_SHARED", Path(__file__).resolve().parents[2] / "shared"))

# How long an example takes depends on the machine and on who else uses it.
# Where others wait for the outcome, the same examples are tried each time; elsewhere new ones.
settings.register_profile("tamarisk", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tamarisk")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real material is not here")
    return SHARED
