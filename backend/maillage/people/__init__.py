"""Persons, how to reach them, and what they agreed to. Most never sign in."""
