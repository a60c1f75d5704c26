"""Dossiers: what a case record says and on what it rests, as one file for a reader without the archive.

`gather.gather` collects, `blocks.blocks` words it, `html.render` and `pdf.render` print the same blocks.
"""
