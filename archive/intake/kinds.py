"""The title and type of a document where it names none: from the name of its file and the family of its format."""

from __future__ import annotations

import dataclasses

from archive.reading.result import Reading

TYPES = {
    "application/pdf": "pdf",
    "application/epub+zip": "book",
    "application/msword": "text document",
    "application/rtf": "text document",
    "application/vnd.ms-excel": "spreadsheet",
    "application/vnd.ms-powerpoint": "presentation",
    "application/vnd.ms-outlook": "message",
    "application/mbox": "mailbox",
    "application/x-wordpress+json": "web page",
    "application/xhtml+xml": "web page",
    "application/x-fictionbook+xml": "book",
    "message/rfc822": "message",
    "multipart/related": "web page",
    "text/html": "web page",
    "text/csv": "table",
    "text/tab-separated-values": "table",
}
PARTS = (
    ("wordprocessing", "text document"),
    ("ms-word", "text document"),
    ("opendocument.text", "text document"),
    ("spreadsheet", "spreadsheet"),
    ("ms-excel", "spreadsheet"),
    ("presentation", "presentation"),
    ("powerpoint", "presentation"),
)
CONTAINERS = ("zip", "tar", "7z", "rar", "bzip2", "xz", "zstd")
FAMILIES = {"text": "text", "image": "picture", "audio": "sound", "video": "video", "font": "other"}


def of(media_type: str) -> str:
    """A code such as `pdf`, `message`, `web page`, `container` or `other` for a media type."""
    if media_type in TYPES:
        return TYPES[media_type]
    for part, kind in PARTS:
        if part in media_type:
            return kind
    family, _, subtype = media_type.partition("/")
    if any(subtype.endswith((name, name + "-compressed")) for name in CONTAINERS):
        return "container"
    return FAMILIES.get(family, "other")


def title(name: str) -> str:
    """The title of a document that came under this name and has none of its own."""
    return name.rpartition("/")[2]


def completed(reading: Reading, name: str) -> Reading:
    """A reading with a title and a type: where it has none of its own, those of its name and format."""
    metadata = reading.metadata
    return dataclasses.replace(
        reading,
        metadata=dataclasses.replace(
            metadata, title=metadata.title or title(name), type=metadata.type or of(reading.media_type)
        ),
    )
