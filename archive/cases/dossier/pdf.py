"""A dossier as PDF."""

from __future__ import annotations

from archive.cases.dossier.blocks import blocks, footer, title
from archive.cases.dossier.gather import Dossier
from archive.printing import pdf


def render(dossier: Dossier) -> bytes:
    """The file. Nothing in it tells who made it, or when beyond the day."""
    return pdf.render(blocks(dossier), title=title(dossier), footer=footer(dossier), made=dossier.made)
