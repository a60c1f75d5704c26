"""Signed folders: keys and signatures as minisign's, the bag around a release, and its receipt."""
