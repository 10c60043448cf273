"""Reads that several halls answer together, for the public pages."""
