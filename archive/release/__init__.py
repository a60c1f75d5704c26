"""Releases: what leaves the working archive for partners, signed, and how it is verified and updated."""
