"""Finds title, authors, date and address in the head of a press article that came as plain text.

An article's head is what stands above its first paragraph. Each of its lines is a label, a byline, a date line, a
biography, some furniture of the page, or the title. Where the lines leave a doubt, nothing is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.reading import dates
from archive.records import Metadata

_HEAD_LINES = 40
_TITLE_AT_MOST = 220
_HEAD_LINE_AT_MOST = 1000
_PARAGRAPH_FROM = 120
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*(?=\s+[^a-z\s]|\s*$)|[。！？][」』”’）]*|[؟۔။།]")
# Words that end in a full stop and no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Lt|Sgt|Rev|No|vs|Inc|Ltd|Co|al|Nr|U\.S|U\.K))\.$"
)
_BYLINE = re.compile(
    r"^(?:by|written by|reported by|reporting by|story by|words by|por|par|von|di|door|автор[ы]?|yazan|oleh)\b"
    r"[:\s]\s*(?P<names>.+)$"
    r"|^(?:作者|作 者|撰文|撰稿|采写|採訪|采访|记者|記者|文)\s*[:：/／|｜]\s*(?P<han>.+)$",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"^(?:and|&|with|y|et|und|e)\s+(?P<names>.+)$", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|、|，|/|&|\band\b|\bund\b|\bet\b|\by\b|\s和\s|\s与\s|\s{2,})\s*")
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "du",
        "van",
        "von",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abu",
        "y",
        "e",
        "ter",
        "ten",
        "af",
        "zu",
    ]
)
_ROLE = re.compile(
    r"^(?:staff|senior|chief|foreign|special|contributing)?\s*(?:writers?|reporters?|correspondents?|editors?|journalists?|"
    r"contributors?|columnists?|staff)$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:first )?(?:published|posted|released|date|issued|publicado|publié|veröffentlicht|опубликовано|yayınlanma)\b"
    r"(?:\s+(?:on|at))?|发布|發布|发表|日期|时间|時間",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|edited|revised|accessed|retrieved|archived|actualizado|mis à jour|aktualisiert|обновлено)\b"
    r"|更新|修改|编辑|存档",
    re.IGNORECASE,
)
# What may stand on a date line beside the date.
_BESIDE_DATE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|星期.|周[一二三四五六日]|\d{1,2}[:.h]\d{2}(?::\d{2})?"
    r"|\b[ap]\.?m\.?\b|\b(?:UTC|GMT|[A-Z]{2,4}T)\b(?:\s*[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d{2}:?\d{2}"
    r"|\b(?:on|at|last|the|le|el|am|um|T|Z|г|года?)\b|[上下]午|日|\d+\s+min(?:ute)?s?\s+read",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:link copied|cross[- ]?posted from|originally published|copy link|read more|sign up|follow us|here is the|"
    r"click here|skip to|share (?:this|on)|责任编辑|责编)\b.{0,80}$"
    r"|^(?:photo|image|photograph|credit|caption|source|url|link|原文|来源|來源|图片|编辑|編輯)\s*[:：].{0,80}$"
    r"|^(?:share|tweet|print|e-?mail|facebook|twitter|whatsapp|telegram|related|advertisement|subscribe|listen|watch|menu|"
    r"home|news|world|opinion|breaking|exclusive|photos?|comments?|log ?in|download|save|分享|转载|点击)\W*$",
    re.IGNORECASE,
)
_SOURCE_URL = re.compile(
    r"^(?:source|url|link|original|permalink|原文(?:链接)?|来源|链接)?\s*[:：]?\s*<?(?P<url>https?://[^\s<>]+)>?$",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_HAN_ROLE = re.compile(r"(?:\w*记者|\w*記者|实习生|實習生|特约撰稿人?|编辑|編輯|微信公众号)")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class _Head:
    """What the lines above the first paragraph have given so far."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    words: str = ""
    url: str = ""


def metadata(text: str) -> Metadata:
    """What an article in plain text says of itself. Without a title, `Untitled: ` and its first sentence.

    Text that does not look like prose with a head (lists, tables, code, verse) gives no title at all.
    """
    lines = [line.strip() for line in text[:60_000].split("\n")]
    head = _Head()
    body = _walk(lines, head)
    if not head.published:
        _take_signed_date(text, head)
    title = head.title
    if not title and body >= 0:
        title = f"Untitled: {first_sentence(lines[body])}"
    return Metadata(
        title=title,
        authors=tuple(head.authors),
        published=head.published,
        published_words=head.words,
        source_url=head.url,
    )


def first_sentence(paragraph: str, at_most: int = 200) -> str:
    """The first sentence of a paragraph, cut at a word with an ellipsis where it is longer than `at_most`."""
    paragraph = " ".join(paragraph.split())
    for match in _SENTENCE_END.finditer(paragraph):
        sentence = paragraph[: match.end()]
        if not _ABBREVIATION.search(sentence):
            break
    else:
        sentence = paragraph
    if len(sentence) <= at_most:
        return sentence
    return (sentence[:at_most].rsplit(" ", 1)[0] if " " in sentence[:at_most] else sentence[:at_most]).rstrip(
        ",;: "
    ) + "…"


def _walk(lines: list[str], head: _Head) -> int:
    """Sort the lines of the head; the number of the first paragraph's line, or -1 where there is none."""
    seen = 0
    for at, line in enumerate(lines):
        if not line:
            continue
        seen += 1
        if seen > _HEAD_LINES:
            return -1
        if _is_biography(line, head):
            continue
        if _is_paragraph(line):
            return at
        if len(line) > _HEAD_LINE_AT_MOST:
            continue
        if _take_url(line, head) or _FURNITURE.match(line) or line.endswith((":", "：")):
            continue
        if _take_byline(line, head) or _take_date(line, head):
            continue
        if not head.title and seen <= 6 and not head.published and _may_be_title(lines, at):
            head.title = line
    return -1


def _width(line: str) -> int:
    """The length of a line in Latin letters: a Han character says as much as three."""
    return len(line) + 2 * len(_HAN.findall(line))


def _is_paragraph(line: str) -> bool:
    if _width(line) < _PARAGRAPH_FROM or not _is_prose(line):
        return False
    ends = list(_SENTENCE_END.finditer(line))
    return len(line) > _TITLE_AT_MOST or any(not _ABBREVIATION.search(line[: end.end()]) for end in ends)


def _is_prose(line: str) -> bool:
    """Whether a line is mostly letters: code, tables and addresses are not."""
    return sum(character.isalpha() for character in line) >= 0.7 * len(re.sub(r"\s", "", line))


def _is_biography(line: str, head: _Head) -> bool:
    return any(line.startswith(author) for author in head.authors) and line not in head.authors


def _may_be_title(lines: list[str], at: int) -> bool:
    """Whether a line stands alone, reads like a headline, and something follows that an article could be."""
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else ""
    if (
        len(line) > _TITLE_AT_MOST
        or line[-1] in ".,;。，；、"
        or not (_WORD.search(line) or len(_HAN.findall(line)) > 1)
    ):
        return False
    if not _is_prose(line):
        return False
    if following and not (_is_paragraph(following) or _head_line(following)):
        return False
    return any(_is_paragraph(later) for later in lines[at + 1 : at + _HEAD_LINES])


def _head_line(line: str) -> bool:
    """Whether a line is plainly a byline, a date line or furniture."""
    scratch = _Head()
    return bool(_take_byline(line, scratch) or _take_date(line, scratch) or _FURNITURE.match(line))


def _take_url(line: str, head: _Head) -> bool:
    match = _SOURCE_URL.match(line)
    if match and not head.url:
        head.url = match["url"]
    return match is not None


def _take_byline(line: str, head: _Head) -> bool:
    """Take the authors of a byline; true also for a line that only repeats one of them or names a role."""
    if line in head.authors or _ROLE.match(line):
        return True
    match = _BYLINE.match(line)
    names = match and (match["names"] or match["han"])
    if not names and head.authors:
        further = _FURTHER.match(line)
        names = further and further["names"]
    if not names:
        return False
    names = re.split(r"\s*(?:[|｜•·]|\s[–—-]\s|\(|（)", names)[0]
    for found in dates.find(names)[:1]:
        names = names[: found.start].rstrip(" ,|")
    people = _han_names(names) if _HAN.search(names) else []
    people = people or [name.strip(" .") for name in _BETWEEN_NAMES.split(names) if name and name.strip(" .")]
    if not people or not all(_is_name(person) for person in people):
        return False
    head.authors.extend(person for person in people if person not in head.authors and not _ROLE.match(person))
    return True


def _han_names(names: str) -> list[str]:
    """Chinese names that a byline sets apart by spaces as well as by signs; what is longer is an office or a
    medium.
    """
    parts = [_HAN_ROLE.sub("", part) for part in re.split(r"[\s、，,/&]+|\s和\s", names.strip())]
    return [part for at, part in enumerate(parts) if 2 <= len(part) <= (12 if at == 0 else 4)]


def _is_name(words: str) -> bool:
    if len(words) > 60:
        return False
    if _ROLE.match(words):
        return True
    if _HAN.search(words):
        return len(words) <= 12 and not re.search(r"[，。！？：\d]", words)
    tokens = words.split()
    capital = [token for token in tokens if token[0].isupper() or not token[0].isascii()]
    return (
        1 <= len(tokens) <= 6
        and bool(capital)
        and all(token in capital or token.lower() in _PARTICLES for token in tokens)
    )


def _take_date(line: str, head: _Head) -> bool:
    """Take the date of a line that holds nothing but dates, hours and their labels; updates are no publication."""
    if len(line) > 160:
        return False
    found = dates.find(line)
    if not found:
        return False
    rest, last, published = "", 0, ""
    for each in found:
        before = line[last : each.start]
        rest += before + " "
        if not published and not (_UPDATED.search(before) and not _PUBLISHED.search(before)):
            published = each.edtf
        last = each.end
    rest += line[last:]
    for pattern in (_PUBLISHED, _UPDATED, _BESIDE_DATE):
        rest = pattern.sub(" ", rest)
    if len(re.sub(r"[\W_]+", "", rest)) > 3:
        return False
    if published and not head.published:
        head.published, head.words = published, line
    return True


def _take_signed_date(text: str, head: _Head) -> None:
    """Letters and statements bear their date alone on the last line."""
    last = text[-4000:].rstrip().rsplit("\n", 1)[-1].strip()
    found = dates.find(last) if len(last) <= 40 else []
    if len(found) == 1 and len(found[0].edtf) == 10 and _take_date(last, head):
        return
