"""Two programs at once on one archive: what each records stands, and nothing is overwritten without being told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive import container, unlocking, verify
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from desktop.workspace import Workspace
from index.answers import Query

ROUNDS = 25
PROGRAM = """
import json, sys
from pathlib import Path
from archive import unlocking
from archive.cases.recording import Draft
from archive.cases.records import Assessment, Citation, Entry, Kind
from archive.errors import ChangedMeanwhile
from desktop.workspace import Workspace

path, me, document, person, rounds = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])
judged, refused, merged = [], 0, []
with Workspace(path, unlocking.unlock(path), write=True) as workspace:
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(rounds):
        name = f"{me} {turn}"
        drafts = [Draft("person", Kind.PERSON), Draft("case", Kind.CASE)]
        told = [Entry("person", "name", name), Entry("case", "person-concerned", "person"), Entry(person, "name", name)]
        made = workspace.cases.record(Citation(document, 1, 0, 12), drafts, told).made
        seen = next(one.fact for one in workspace.cases.page(person).facts if one.fact.value == "Shared")
        try:
            workspace.cases.assess(seen.id, Assessment.PROBABLE, name, seen)
            judged.append((seen.assessment_reason, name))
        except ChangedMeanwhile:
            refused += 1
        if turn % 5 == 0:
            workspace.cases.merge(person, made["person"], name)
            merged.append(made["person"])
    workspace.catch_up()
print(json.dumps({"judged": judged, "refused": refused, "merged": merged}))
"""


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Path, str, str]:
    """An archive, its one document and a person in it."""
    (tmp_path / "page.txt").write_text("A page that says all of this about nobody.\n")
    path = tmp_path / "Shared.tamarisk"
    with Workspace(path, container.create(path), write=True) as workspace:
        workspace.import_([tmp_path / "page.txt"])
        workspace.catch_up()
        document = workspace.search(Query("")).hits[0].id
        told = [Entry("person", "name", "Shared")]
        made = workspace.cases.record(Citation(document, 1, 0, 12), [Draft("person", Kind.PERSON)], told).made
    return path, document, made["person"]


def test_two_programs_record_judge_and_merge_at_once(shared: tuple[Path, str, str]) -> None:
    path, document, person = shared
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path), me, document, person, str(ROUNDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for me in ("One", "Other")
    ]
    for program in running:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in running:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    ended = [json.loads(program.communicate(timeout=120)[0]) for program in running]
    assert [program.returncode for program in running] == [0, 0]
    judged = [tuple(pair) for one in ended for pair in one["judged"]]
    assert len(judged) + sum(one["refused"] for one in ended) == 2 * ROUNDS
    # each judgement was made of the one before it: they form one chain, with none overwritten unseen
    after = dict(judged)
    assert len(after) == len(judged)
    reason, length = "", 0
    while reason in after:
        reason, length = after[reason], length + 1
    assert length == len(judged)
    with Workspace(path, unlocking.unlock(path), write=True) as workspace:
        workspace.catch_up()
        page = workspace.cases.page(person)
        names = {one.fact.value for one in page.facts if one.fact.field == "name"}
        assert names == {"Shared", *(f"{me} {turn}" for me in ("One", "Other") for turn in range(ROUNDS))}
        (shared_name,) = (one.fact for one in page.facts if one.fact.value == "Shared")
        assert shared_name.assessment_reason == reason
        assert workspace.cases.count(Kind.CASE) == 2 * ROUNDS
        gone = {identity for _, identity, _ in workspace.cases.merges(person)}
        assert gone == {identity for one in ended for identity in one["merged"]}
        assert len(gone) == 2 * len(range(0, ROUNDS, 5))
        assert verify.check(workspace.archive).faults == ()
