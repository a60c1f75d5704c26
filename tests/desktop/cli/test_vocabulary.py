"""The verb `vocabulary`: thesauri listed, taken out and in, and terms taken out of use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.cli.conftest import Tamarisk


@pytest.fixture
def desk(tamarisk: Tamarisk, tmp_path: Path) -> Path:
    path = tmp_path / "desk.tamarisk"
    assert tamarisk("new", path, "--open").status == 0
    return path


def test_vocabularies_and_their_terms_are_listed(tamarisk: Tamarisk, desk: Path) -> None:
    counted = tamarisk("vocabulary", desk, "list", "--json").json()["vocabularies"]
    assert {"method", "outcome", "event-type"} <= counted.keys()
    terms = tamarisk("vocabulary", desk, "list", "method", "--json").json()["terms"]
    assert len(terms) == counted["method"]
    assert "\n  exit-ban  Exit ban" in tamarisk("vocabulary", desk, "list", "method").out
    assert tamarisk("vocabulary", desk, "list", "nothing").status == 2


@pytest.mark.parametrize("ending", ["csv", "ttl"])
def test_a_vocabulary_goes_out_and_in_again(tamarisk: Tamarisk, desk: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"method.{ending}"
    told = tamarisk("vocabulary", desk, "export", "method", "--out", out, "--json").json()
    assert ("skos:Concept" in out.read_text("utf-8")) == (ending == "ttl")
    again = tamarisk("vocabulary", desk, "import", "method", out, "--json").json()
    assert (again["new"], again["altered"], again["same"]) == (0, 0, told["terms"])
    new = tamarisk("vocabulary", desk, "import", "way", out, "--json").json()
    assert new["new"] == told["terms"]


def test_terms_come_in_and_go_out_of_use(tamarisk: Tamarisk, desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "method.csv"
    file.write_text("code,broader,preferred:en\nsecret,,Secret\ndrone,approach-abroad,Drone\n", "utf-8")
    said = tamarisk("vocabulary", desk, "import", "method", file)
    assert "new: 2; altered: 0" in said.out
    assert tamarisk("vocabulary", desk, "retire", "method", "secret", "--into", "drone").status == 0
    assert tamarisk("vocabulary", desk, "retire", "method", "drone").status == 0
    listed = tamarisk("vocabulary", desk, "list", "method").out
    assert "secret [merged drone]" in listed
    assert "drone [retired]" in listed
    file.write_text("code,broader\nlost,nowhere\n", "utf-8")
    assert tamarisk("vocabulary", desk, "import", "method", file).status == 2


def test_wrong_requests_are_told_as_such(tamarisk: Tamarisk, desk: Path) -> None:
    for words in (["export"], ["import", "method"], ["retire", "method"], ["list", "a", "b"], ["list", "--into", "x"]):
        assert tamarisk("vocabulary", desk, *words).status == 2
    assert tamarisk("vocabulary", desk, "retire", "method", "no-such-term").status == 2
