"""Writes of the demo."""

from maillage.demo.services.campaign import make_campaign

__all__ = ["make_campaign"]
