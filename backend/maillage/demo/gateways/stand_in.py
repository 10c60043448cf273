"""The stand-in for Stripe, told what happened before it came to be (`infra/local/stripe/history.py` says how)."""

from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

SECONDS = 60.0
_LOOPBACK = ("127.0.0.1", "localhost")


def is_there() -> bool:
    """Say whether payments go to a stand-in on this machine: nothing is ever told to Stripe itself."""
    return urlsplit(settings.STRIPE_API_URL).hostname in _LOOPBACK


def tell_history(account: str, history: dict[str, Any]) -> int:
    """Tell an account its past; return how much of it was new to it. Raises: httpx.HTTPError where nobody answers, or not so."""
    url = f"{settings.STRIPE_API_URL}/_stand-in/accounts/{account}/history"
    answer = httpx.post(url, json=history, timeout=SECONDS)
    answer.raise_for_status()
    return int(answer.json()["written"])
