"""The local catcher, asked by the journeys."""

import json
import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

PATIENCE = 30.0
"""Seconds without any mail after which the one that is waited for does not come; while others arrive, it may stand behind them."""


@dataclass(frozen=True)
class Mail:
    """A mail that somebody received."""

    subject: str
    text: str
    html: str

    def link(self, containing: str) -> str:
        """Find the one address that contains a text, as its reader would click it; `?…` only chooses an answer in advance."""
        links = sorted({found.partition("?")[0] for found in re.findall(r'https?://[^\s"<>)]+', self.text) if containing in found})
        assert len(links) == 1, f"links with {containing!r} in {self.subject!r}: {links}"
        return links[0]


class Mailbox:
    """Everything that the site has sent, by recipient."""

    def __init__(self, address: str) -> None:
        self.address = address

    def wait_for(self, to: str, *, subject: str = "") -> Mail:
        """Wait for the newest mail to this address whose subject contains the words."""
        subjects: list[str] = []
        newest, quiet_since = "", time.monotonic()
        while time.monotonic() < quiet_since + PATIENCE:
            if (latest := self._newest()) != newest:
                newest, quiet_since = latest, time.monotonic()
            mails = self._to(to)
            subjects = [str(mail["subject"]) for mail in mails]
            for mail in mails:
                if subject.casefold() in str(mail["subject"]).casefold():
                    return Mail(subject=str(mail["subject"]), text=str(mail["text"]), html=str(mail["html"]))
            time.sleep(0.2)
        raise AssertionError(f"no mail to {to} about {subject!r}; there are {subjects}")

    def _to(self, to: str) -> list[dict[str, object]]:
        items: list[dict[str, object]] = self._ask(f"mails?to={urllib.parse.quote(to)}")["items"]
        return items

    def _newest(self) -> str:
        return str(self._ask("newest")["id"])

    def _ask(self, what: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.address}/api/{what}", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
