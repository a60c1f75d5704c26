"""The language of a text is named where it is sure, and left open where it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading.language import declared, detect, settle


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The committee met on Tuesday to discuss the new road through the valley.", "en"),
        ("El comité se reunió el martes para hablar de la nueva carretera que quieren construir.", "es"),
        ("Комитет собрался во вторник, чтобы обсудить новую дорогу через долину.", "ru"),
        ("ئۇيغۇر ئاپتونوم رايونى خەلق ھۆكۈمىتى بۈگۈن ئۇقتۇرۇش چىقاردى", "ug"),
        ("سازمان ملل متحد یک سازمان بین‌المللی است که در سال ۱۹۴۵ تأسیس شد", "fa"),
        ("اجتمعت اللجنة يوم الثلاثاء لمناقشة الطريق الجديد عبر الوادي", "ar"),
        ("Қазақстан Республикасы зайырлы, құқықтық және әлеуметтік мемлекет", "kk"),
        ("བོད་ཀྱི་སྐད་ཡིག་ནི་རྒྱ་གར་གྱི་སྐད་ཡིག་དང་འབྲེལ་བ་ཡོད།", "bo"),
        ("猎狐行动", "zh-Hans"),
        ("獵狐行動與天網", "zh-Hant"),
        ("これは日本語で書かれた文章です", "ja"),
        ("위원회는 화요일에 새 도로를 논의했다", "ko"),
        ("hello", ""),
        ("1 2 3", ""),
        ("", ""),
        ("https://paper.example/a/very/long/address/that/says/nothing", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh_TW.UTF-8", "zh-Hant"),
        ("en-US", "en"),
        ("deu", "de"),
        ("und", ""),
        ("x-y", ""),
        ("sr-Latn-RS", "sr-Latn"),
    ],
)
def test_declared(tag: str, language: str) -> None:
    assert declared(tag) == language


def test_a_declaration_yields_to_what_is_plain() -> None:
    assert settle("en-US", "Комитет собрался во вторник, чтобы обсудить новую дорогу через долину.") == "ru"
    assert settle("zh", "獵狐行動與天網") == "zh-Hant"
    assert settle("de", "ok") == "de"


def test_the_model_is_unpacked_in_memory() -> None:
    """In a process of its own, whose temporary folder does not exist."""
    program = (
        "from archive.reading.language import detect; print(detect('The committee met on Tuesday to discuss the road'))"
    )
    nowhere = {"TMPDIR": "/nowhere", "TEMP": "/nowhere", "TMP": "/nowhere"}
    watch = (
        "import sys\ndef hook(event, arguments):\n    assert not event.startswith(('tempfile.', 'socket.')), event\n"
        "sys.addaudithook(hook)\nimport tempfile\ntempfile.gettempdir = tempfile._get_default_tempdir = None\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch + program],
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("en\n", "")


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert detect(text) == declared(detect(text)) or detect(text) in ("mn-Mong", "kk-Arab")


@pytest.mark.parametrize("language", ["en", "es", "ru", "tr", "ar", "zh"])
def test_real_passages_are_never_named_wrongly(shared: Path, language: str) -> None:
    data = json.loads((shared / "corpora" / "relevance" / "xquad" / f"xquad.{language}.json").read_text())
    passages = [paragraph["context"][:120] for article in data["data"] for paragraph in article["paragraphs"]][:80]
    found = [detect(passage) for passage in passages]
    expected = {"zh": "zh-Hans"}.get(language, language)
    assert set(found) <= {expected, "", "zh"}
    assert found.count(expected) >= 0.85 * len(found)
