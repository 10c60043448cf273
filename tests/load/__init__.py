"""Figures that are measured, compared with a reference in the same run, and never fail a build."""
