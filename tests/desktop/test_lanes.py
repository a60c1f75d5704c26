"""Lanes: order, dropping, interrupting, failures, and where the resource lives."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.errors import ArchiveError, DiskFull
from desktop.lanes import Errand, Lane


class Bench:
    """A resource that works until it is interrupted, and remembers the threads it was used in."""

    def __init__(self) -> None:
        self.opened_in = threading.get_ident()
        self.closed_in = 0
        self.interrupted = threading.Event()
        self.begun = threading.Event()

    def close(self) -> None:
        self.closed_in = threading.get_ident()

    def interrupt(self) -> None:
        self.interrupted.set()

    def work(self) -> None:
        self.begun.set()
        assert self.interrupted.wait(20)


class Stage:
    """A lane with what it opened and what it reported."""

    def __init__(self, *, interruptible: bool) -> None:
        self.benches: list[Bench] = []
        self.broken: list[BaseException] = []
        self.said: list[object] = []
        self.failed: list[ArchiveError] = []
        self.lane: Lane[Bench] = Lane(self._open, interruptible=interruptible, broken=self.broken.append)

    def _open(self) -> Bench:
        self.benches.append(Bench())
        return self.benches[-1]

    def say(self, word: str, *, topic: str = "", urgency: int = 0) -> Errand[Bench, str]:
        return self.lane.submit(lambda *_: word, self.said.append, self.failed.append, topic=topic, urgency=urgency)

    def hold(self, topic: str = "") -> threading.Event:
        """Keep the lane busy until the event is set."""
        begun, go_on = threading.Event(), threading.Event()

        def work(*_: object) -> str:
            begun.set()
            assert go_on.wait(20)
            return "held"

        self.lane.submit(work, self.said.append, self.failed.append, topic=topic)
        assert begun.wait(20)
        return go_on


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    stage = Stage(interruptible=True)
    yield stage
    stage.lane.close()
    assert not stage.broken


def test_the_most_urgent_goes_first_and_equals_keep_their_order(stage: Stage, qtbot: QtBot) -> None:
    go_on = stage.hold()
    for word, urgency in (("late", 0), ("first", 3), ("second", 3), ("third", 1)):
        stage.say(word, urgency=urgency)
    go_on.set()
    qtbot.waitUntil(lambda: len(stage.said) == 5)
    assert stage.said == ["held", "first", "second", "third", "late"]


def test_a_newer_errand_of_its_topic_drops_the_one_that_waits(stage: Stage, qtbot: QtBot) -> None:
    go_on = stage.hold()
    old = stage.say("old", topic="search")
    stage.say("new", topic="search")
    go_on.set()
    qtbot.waitUntil(lambda: "new" in stage.said)
    assert old.dropped
    assert stage.said == ["held", "new"]


def test_a_newer_errand_interrupts_the_one_that_runs_and_its_answer_is_dropped(stage: Stage, qtbot: QtBot) -> None:
    stage.say("open")
    qtbot.waitUntil(lambda: stage.said == ["open"])
    bench = stage.benches[0]
    stage.lane.submit(lambda b, _: b.work(), stage.said.append, stage.failed.append, topic="search")
    assert bench.begun.wait(20)
    stage.say("new", topic="search")
    qtbot.waitUntil(lambda: "new" in stage.said)
    assert bench.interrupted.is_set()
    assert stage.said == ["open", "new"]


def test_an_answer_that_nobody_has_looked_at_is_dropped_too(stage: Stage, qtbot: QtBot) -> None:
    answered = threading.Event()
    stage.say("old", topic="search")
    stage.lane.submit(lambda *_: answered.set(), lambda _: None, stage.failed.append)
    assert answered.wait(20)  # so the answer "old" lies in the window's queue
    stage.say("new", topic="search")
    qtbot.waitUntil(lambda: "new" in stage.said)
    assert stage.said == ["new"]


def test_a_lane_that_writes_is_never_interrupted(qtbot: QtBot) -> None:
    stage = Stage(interruptible=False)
    stage.say("open")
    qtbot.waitUntil(lambda: stage.said == ["open"])
    go_on = stage.hold(topic="import")
    stage.say("new", topic="import")
    assert not stage.benches[0].interrupted.is_set()
    go_on.set()
    qtbot.waitUntil(lambda: "new" in stage.said)
    stage.lane.close()


def test_finishing_does_what_waits_and_tells_nobody(stage: Stage, qapp: QApplication) -> None:
    kept: list[str] = []
    go_on = stage.hold()
    stage.lane.submit(lambda *_: kept.append("words"), lambda _: stage.said.append("told"), stage.failed.append)
    go_on.set()
    stage.lane.finish()
    qapp.processEvents()
    assert kept == ["words"]
    assert not stage.said
    assert stage.benches[0].closed_in
    assert stage.say("late").dropped


def test_a_cancelled_errand_still_tells_how_it_ended(stage: Stage, qtbot: QtBot) -> None:
    begun = threading.Event()

    def work(_: Bench, errand: Errand[Bench, str]) -> str:
        begun.set()
        while not errand.cancelled():
            threading.Event().wait(0.01)
        return "stopped early"

    errand = stage.lane.submit(work, stage.said.append, stage.failed.append)
    assert begun.wait(20)
    errand.cancel()
    qtbot.waitUntil(lambda: stage.said == ["stopped early"])


def test_expected_failures_and_bugs_come_back_apart(stage: Stage, qtbot: QtBot) -> None:
    def full(*_: object) -> str:
        raise DiskFull(path="/stick")

    def bug(*_: object) -> str:
        raise ZeroDivisionError

    stage.lane.submit(full, stage.said.append, stage.failed.append)
    stage.lane.submit(bug, stage.said.append, stage.failed.append)
    qtbot.waitUntil(lambda: bool(stage.failed) and bool(stage.broken))
    assert stage.failed[0].code == "disk-full"
    assert isinstance(stage.broken.pop(), ZeroDivisionError)
    stage.say("goes on")
    qtbot.waitUntil(lambda: stage.said == ["goes on"])


def test_progress_arrives_in_the_window_s_thread_in_order(stage: Stage, qtbot: QtBot) -> None:
    seen: list[tuple[object, int]] = []

    def work(_: Bench, errand: Errand[Bench, str]) -> str:
        for step in range(5):
            errand.report(step)
        return "done"

    stage.lane.submit(
        work,
        stage.said.append,
        stage.failed.append,
        progress=lambda step: seen.append((step, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: stage.said == ["done"])
    assert seen == [(step, threading.get_ident()) for step in range(5)]


def test_the_resource_lives_in_the_lane_s_thread_and_is_opened_once(stage: Stage, qtbot: QtBot) -> None:
    assert not stage.benches
    stage.say("one")
    stage.say("two")
    qtbot.waitUntil(lambda: len(stage.said) == 2)
    stage.lane.close()
    (bench,) = stage.benches
    assert bench.opened_in == bench.closed_in != threading.get_ident()


def test_a_closed_lane_calls_nobody(stage: Stage, qtbot: QtBot) -> None:
    go_on = stage.hold()
    stage.say("waiting")
    threading.Timer(0.05, go_on.set).start()
    stage.lane.close()
    assert stage.say("too late").dropped
    QApplication.processEvents()
    assert stage.said == []
