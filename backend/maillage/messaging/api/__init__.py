"""Endpoints of messaging."""
