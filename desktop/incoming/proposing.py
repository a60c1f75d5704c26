"""Proposes what each column of a table means, by the words of its header and by its values; no Qt.

A proposal is a beginning that a person corrects: what is not understood is not imported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from archive.cases import fields, values
from archive.cases.exchange import table, worded
from archive.cases.exchange.mapping import NAMES, ORDERS, Map
from archive.cases.exchange.table import Row
from archive.cases.fields import Type
from archive.connect import Database
from archive.errors import InvalidValue
from desktop import labels
from desktop.casework import Choice
from desktop.incoming.columns import CASE, EVENTS, NOTHING, ORIGIN, PERSON, Use, with_use

FIRST = 4
"""Values shown of a column."""
TRIED = 300
"""Different values by which a column is judged."""
EVENT = EVENTS[0]

# words of headers, in small letters, and what they stand for; the longest that is found decides
_HEADS: tuple[tuple[str, str, str], ...] = (
    (PERSON, "name", "name|full name|names|person|persons|prisoner|姓名|名字|人物|当事人|nom|nombre|имя"),
    (PERSON, "gender", "gender|sex|性别|sexe|sexo|пол"),
    (PERSON, "born", "born|birth|birth date|date of birth|dob|出生|出生日期|生日"),
    (PERSON, "died", "died|death|death date|date of death|去世|死亡|死亡日期"),
    (PERSON, "citizenship", "citizenship|nationality|国籍"),
    (PERSON, "ethnicity", "ethnicity|ethnic group|ethnic background|民族"),
    (PERSON, "occupation", "occupation|profession|job|职业"),
    (PERSON, "position", "position|post|role|identity|职务|身份"),
    (PERSON, "minor", "minor|under 18|未成年"),
    (CASE, "outcome", "outcome|status|current status|fate|结果|现状"),
    (EVENT, "event-type", "event|event type|type|what happened|act|事件类型"),
    (EVENT, "date", "date|event date|date of event|when|日期|时间"),
    (EVENT, "ended", "ended|end|end date|until|结束"),
    (EVENT, "place", "place|location|city|prison|where|region|地点|地方|城市"),
    (EVENT, "host", "country|host|host country|国家"),
    (EVENT, "origin", "origin|country of origin|来源国"),
    (EVENT, "duration", "duration|term|sentence|length|刑期"),
    (EVENT, "charge", "charge|charges|offence|crime|罪名"),
    (EVENT, "method", "method|means|手段|方式"),
    (EVENT, "channel", "channel|legal channel|legal basis"),
    (EVENT, "official-record", "case number|file number|docket|judgment|文书|案号"),
    (EVENT, "account", "account|description|remarks|remark|notes|summary|details|punishment|内容|备注|处罚|经过"),
    (ORIGIN, "", "source|sources|reference|references|link|url|link to source|参考|来源|出处|链接"),
)
_NEUTRAL = (
    "-",
    "--",
    "—",
    "–",
    "?",
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "unknown",
    "not known",
    "无",
    "不详",
    "未知",
    "不明",
)
_SEPARATORS = ("、", ";", "；", "|")
_CHOICES = {"m": "male", "男": "male", "f": "female", "女": "female", "y": "yes", "是": "yes", "n": "no", "否": "no"}
_WORD = re.compile(r"[a-zа-я0-9/ ]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, first values, and its different values, the most frequent first; `filled` cells have any."""

    name: str
    first: tuple[str, ...]
    values: tuple[str, ...]
    filled: int


def columns(rows: Sequence[Row], header: int, sheet: str = "") -> tuple[Column, ...]:
    """The columns of a table whose names stand in row `header`, called as `table.columns` calls them."""
    told = [row for row in rows if not sheet or row.sheet == sheet]
    heads = next((row for row in told if row.number == header), None)
    below = [row for row in told if row.number > header]
    found = []
    for name, at in table.columns(heads, below).items() if heads else ():
        counted = Counter(row.cells[at].strip() for row in below if at < len(row.cells) and row.cells[at].strip())
        several = tuple(value for value, _ in counted.most_common())
        found.append(Column(name, tuple(counted)[:FIRST], several, counted.total()))
    return tuple(found)


def proposed(db: Database, found: Sequence[Column], usual: Map) -> Map:
    """A map for these columns, with sheet, header and language of `usual`."""
    empty = frozenset(value.casefold() for column in found for value in column.values if value.casefold() in _NEUTRAL)
    told = replace(usual, parts=(), origins=(), empty=empty)
    for column in found:
        said = tuple(value for value in column.values if value.casefold() not in empty)
        use = use_for(db, column.name, said)
        taken = {(part.name, rule.field) for part in told.parts for rule in part.rules if rule.column}
        if (use.part, use.field) in taken and not fields.field(use.field).many:
            use = Use()
        told = with_use(told, column.name, use)
    return told


def use_for(db: Database, name: str, said: Sequence[str]) -> Use:
    """How a column with this header and these values is likely used."""
    part, field = _by_head(name) or _by_values(said)
    if part in (NOTHING, ORIGIN):
        return Use(part)
    known = fields.field(field)
    pieces, separators = tuple(said), tuple[str, ...]()
    if field in NAMES or (known.many and known.type is not Type.TEXT):
        separators = separators_in(said, 1 if field in NAMES else len(said) // 20)
        pieces = tuple(piece for value in said for piece in _split(value, separators))
    dates = order_of(pieces) if known.type is Type.DATE else ""
    synonyms = synonyms_for(field, pieces)
    if pieces and reads(db, field, pieces[:TRIED], dates, synonyms) < 0.5:
        # what cannot be read as such keeps its words, where there is a field that they are true of
        return Use(part, "position") if field == "occupation" else Use(EVENT, "account") if part == EVENT else Use()
    return Use(part, field, dates, separators, synonyms, required=field == "name")


def order_of(said: Sequence[str]) -> str:
    """The order of day, month and year that reads most of these dates; the day first where two read as many."""

    def read(order: str) -> int:
        return sum(_is_date(value, order) for value in said)

    return max(("dmy", "ymd", "mdy"), key=read) if any(read(order) for order in ORDERS) else "ymd"


def separators_in(said: Sequence[str], least: int) -> tuple[str, ...]:
    """What stands between several values in at least so many cells."""
    return tuple(one for one in _SEPARATORS if sum(one in value for value in said) >= max(1, least))


def synonyms_for(field: str, said: Sequence[str]) -> dict[str, str]:
    """The codes of words that name countries, or choices in other words."""
    known = fields.field(field)
    if known.type is Type.COUNTRY:
        named = _countries()
        return {value.casefold(): named[value.casefold()] for value in said if value.casefold() in named}
    if known.type is Type.CHOICE:
        usual = {**{choice: choice for choice in known.choices}, **_CHOICES}
        found = {value: usual.get(value.casefold(), "") for value in said if value not in known.choices}
        return {value.casefold(): code for value, code in found.items() if code in known.choices}
    return {}


def reads(db: Database, field: str, said: Sequence[str], dates: str, synonyms: Mapping[str, str]) -> float:
    """The share of these values that a field takes."""
    return sum(_is_read(db, field, value, dates, synonyms) for value in said) / max(1, len(said))


def countries() -> tuple[Choice, ...]:
    """All countries and territories, by their names."""
    codes = set(_countries().values())
    return tuple(sorted((Choice(code, labels.country(code)) for code in codes), key=lambda one: one.words))


def _is_read(db: Database, field: str, value: str, dates: str, synonyms: Mapping[str, str]) -> bool:
    try:
        text = synonyms.get(value.casefold(), value)
        values.canonical(db, fields.field(field), worded.date(text, dates) if dates else text)
    except InvalidValue:
        return False
    return True


def _by_head(name: str) -> tuple[str, str] | None:
    """What the words of a header say."""
    head = " ".join(re.sub(r"[_\-.:()]+", " ", name.casefold()).split())
    best, length = None, 0
    for part, field, words in _HEADS:
        for word in words.split("|"):
            found = re.search(rf"\b{re.escape(word)}\b", head) if _WORD.fullmatch(word) else word in head
            if found and len(word) + (100 if word == head else 0) > length:
                best, length = (part, field), len(word) + (100 if word == head else 0)
    return best


def _by_values(said: Sequence[str]) -> tuple[str, str]:
    """What most values look like, where the header says nothing."""
    some = said[:50]
    if not some:
        return NOTHING, ""
    if sum(bool(re.match(r"https?://", value)) for value in some) * 2 > len(some):
        return ORIGIN, ""
    if sum(any(_is_date(value, order) for order in ORDERS) and len(value) > 5 for value in some) * 2 > len(some):
        return EVENT, "date"
    if sum(value.casefold() in _countries() for value in some) * 2 > len(some):
        return EVENT, "host"
    return NOTHING, ""


def _is_date(value: str, order: str) -> bool:
    try:
        return bool(worded.date(value, order))
    except InvalidValue:
        return False


def _split(value: str, separators: Sequence[str]) -> tuple[str, ...]:
    pattern = "|".join(map(re.escape, separators))
    return tuple(piece.strip() for piece in re.split(pattern, value) if piece.strip()) if pattern else (value,)


@cache
def _countries() -> dict[str, str]:
    """Countries and territories by their names, in small letters, in the languages of the thesauri, and by codes."""
    from babel import Locale  # loading CLDR takes longer than showing the window

    found: dict[str, str] = {}
    for tag in ("en", "ar", "es", "fr", "ru", "ug", "zh_Hans"):
        for code, name in Locale.parse(tag).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in ("ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"):
                found.setdefault(name.casefold(), code)
                found.setdefault(code.casefold(), code)
    return found
