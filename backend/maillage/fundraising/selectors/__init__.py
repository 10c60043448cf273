"""Reads of fundraising."""
