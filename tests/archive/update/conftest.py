"""Short ways to make records that are published."""

from tests.archive.cases.conftest import Make, Say, document, make, say

__all__ = ["Make", "Say", "document", "make", "say"]
