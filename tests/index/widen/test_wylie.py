"""Tibetan syllables are taken apart as they are built, and are heard in the ways in which people write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.widen import wylie
from tests.index.conftest import Desk

WRITTEN = """བསྒྲུབས bsgrubs|བོད bod|ལྗོངས ljongs|ལྷ lha|གཡག gyag|བཀྲ bkra|ཤིས shis|ལྷུན lhun|པོ po|དགའ dga|གངས gangs
བདག bdag|རྒྱལ rgyal|མཚོ mtsho|འབྲས bras|སྤུངས spungs|ཨ a|མདོ mdo|དབང dbang|དབུས dbus|ཟླ zla|གྲྭ grwa|ལྕགས lcags|སའི sa
རྗེ rje|གླིང gling|ཀླུ klu|དཔལ dpal|འཛིན dzin|མངའ mnga|ཆབ chab|ཟ za|ང nga|ལ la"""
HEARD = """ལྷ་ས lhasa|གཞིས་ཀ་རྩེ shigatse|ཨ་མདོ amdo|བཀྲ་ཤིས་ལྷུན་པོ tashilhunpo trashilhunpo|འབྲས་སྤུངས drepung
བློ་བཟང lobsang|བསྟན་འཛིན tenzin|རིན་པོ་ཆེ rinpoche rimpoche|རྡོ་རྗེ dorje|བྱང chang jang|དབང wang|དགའ་ལྡན ganden
བླ་བྲང labrang|བསྟན་འགྱུར tengyur|ཆབ་མདོ chamdo|མངའ་རིས ngari|སྒྲོལ་མ dolma drolma
འོད་ཟེར woeser oser|ཆོས་འཕེལ choephel chophel|དཀོན་མཆོག kunchok konchok|སེང་གེ sangay senge|ངག་དབང ngawang
ཡེ་ཤེས yeshe yeshi|འཕྲིན་ལས trinley thinley|རྒྱལ་སྲས gyalsey"""


@pytest.mark.parametrize("line", WRITTEN.replace("\n", "|").split("|"))
def test_syllables_are_written_in_wylie(line: str) -> None:
    syllable, latin = line.split(" ")
    assert wylie.written(syllable) == latin


@pytest.mark.parametrize("line", HEARD.replace("\n", "|").split("|"))
def test_syllables_are_heard_in_what_people_write(line: str) -> None:
    run, *latin = line.split(" ")
    rows = [""]
    for at, one in enumerate(run.split("་")):
        rows = [row + signs for row in rows for signs in wylie.spoken(one, first=not at)]
    heard = {wylie.alike(row) for row in rows}
    for word in latin:
        assert heard & set(wylie.heard(word)), (word, wylie.heard(word), sorted(heard))
    assert not heard & set(wylie.heard("beijing"))


stacks = st.builds(
    "".join,
    st.tuples(
        st.sampled_from([*wylie.LETTERS]),
        st.text(st.sampled_from("ྐྔདྨྩྱྲླྷ"), max_size=2),
        st.sampled_from(["", *wylie.VOWELS]),
    ),
)


@example("པདྨ")
@example("ཀརྨ")
@given(
    st.text(st.characters(min_codepoint=0x0F40, max_codepoint=0x0FBC), max_size=7)
    | st.lists(stacks, min_size=1, max_size=4).map("".join)
)
def test_anything_of_the_script_may_be_asked_for(syllable: str) -> None:
    found = wylie.parts(syllable)
    assert (found is not None) or wylie.written(syllable) == ""
    for first in (True, False):
        heard = wylie.spoken(syllable, first=first)
        assert bool(heard) == (found is not None)
        assert all(isinstance(one, str) for signs in heard for one in wylie.latin(signs, syllable))


def test_a_sanskrit_word_in_the_archive_stops_no_search(desk: Desk) -> None:
    lotus = desk.add("པདྨ། Pema came.")
    assert desk.found("Pema", widen="all") == [lotus]
    assert desk.found("nothing", widen="all") == []
