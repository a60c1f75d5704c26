"""Releases: what leaves the working archive for partners, signed, and what is withdrawn from it and from them."""
