"""Signing in without a script."""
