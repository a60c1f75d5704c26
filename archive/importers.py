"""Which libraries only importing needs, and whether this installation has them: the reading edition comes without."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from archive.errors import EditorNeeded

NEEDED = ("kreuzberg", "py3langid", "py7zr", "rdflib", "trafilatura")
"""What modules of ours import where they read what is imported, or write for other programs that edit."""

BROUGHT = (
    *("certifi", "courlan", "dateparser", "htmldate", "pytz", "tld", "tzlocal", "tzdata", "urllib3"),  # by trafilatura
    *("Cryptodome", "_brotli", "backports", "bcj", "brotli", "inflate64", "multivolumefile", "pyppmd", "texttable"),
    *("chardet", "650fdafa2468af73c11f__mypyc", "charset_normalizer"),  # encodings that texts do not name
    *("compressed_rtf", "json_repair", "striprtf", "tnefparse", "xlrd"),  # by mail and old office files alone
)
"""What those bring along and nothing else needs, and the small ones that go with them."""

LIBRARIES = frozenset((*NEEDED, *BROUGHT))
"""By the names they are imported under. They are packed apart, as the editor edition."""


@cache
def present() -> bool:
    """Whether files can be imported with this installation."""
    return all(find_spec(library) is not None for library in NEEDED)


def require() -> None:
    """Raises EditorNeeded where files cannot be imported with this installation."""
    if not present():
        raise EditorNeeded()
