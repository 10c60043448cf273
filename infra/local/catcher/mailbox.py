"""The mails that were caught: a folder of .eml files, newest first."""

import email
import email.policy
import re
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from threading import Lock
from typing import Any

RECIPIENT = "X-Caught-For"
SENDER = "X-Caught-From"
LINK = re.compile(r"https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]")


@dataclass(frozen=True)
class Caught:
    """What a list says of one mail. `to` are the addresses that it was handed over for, whatever its header says."""

    id: str
    sender: str
    to: tuple[str, ...]
    subject: str
    received_at: datetime

    def is_about(self, words: str) -> bool:
        """Say whether every word stands in an address or in the subject."""
        text = " ".join((*self.to, self.sender, self.subject)).casefold()
        return all(word in text for word in words.casefold().split())


class Mailbox:
    """All that was caught since somebody emptied it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._mails = {path.stem: _summary(path.stem, _parsed(path.read_bytes())) for path in sorted(folder.glob("*.eml"))}

    def keep(self, content: bytes, *, sender: str, recipients: list[str]) -> Caught:
        """Keep one mail as it came, its envelope written above its headers."""
        envelope = "".join(f"{name}: {value}\r\n" for name, value in ((SENDER, sender), (RECIPIENT, ", ".join(recipients))))
        with self._lock:
            name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
            whole = envelope.encode("utf-8", "surrogateescape") + content
            (self._folder / f"{name}.eml").write_bytes(whole)
            self._mails[name] = _summary(name, _parsed(whole))
            return self._mails[name]

    def list(self, words: str = "") -> list[Caught]:
        """List what is about some words, newest first."""
        with self._lock:
            return [mail for mail in reversed(self._mails.values()) if mail.is_about(words)]

    def read(self, id: str) -> "Mail | None":
        """Open one mail."""
        with self._lock:
            caught = self._mails.get(id)
            return Mail(caught, _parsed((self._folder / f"{id}.eml").read_bytes())) if caught else None

    def empty(self) -> None:
        """Throw all of them away."""
        with self._lock:
            self._mails.clear()
            for path in self._folder.glob("*.eml"):
                path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Mail:
    """One opened mail."""

    caught: Caught
    message: EmailMessage

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers as they were sent."""
        return [(name, str(value)) for name, value in self.message.items() if name not in (RECIPIENT, SENDER)]

    @property
    def text(self) -> str:
        """The plain text, empty when there is none."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML, empty when there is none."""
        return self._body("html")

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Name, type and content of what is attached."""
        return [
            (part.get_filename() or part.get_content_type(), part.get_content_type(), bytes(part.get_payload(decode=True) or b""))
            for part in self.message.iter_attachments()
        ]

    def as_dict(self) -> dict[str, Any]:
        """Write it for a program, with the links that its text holds."""
        return {
            "id": self.caught.id,
            "from": self.caught.sender,
            "to": list(self.caught.to),
            "subject": self.caught.subject,
            "received_at": self.caught.received_at.isoformat(),
            "headers": self.headers,
            "text": self.text,
            "html": self.html,
            "links": LINK.findall(self.text),
        }

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def _summary(id: str, message: EmailMessage) -> Caught:
    recipients = tuple(address for _, address in getaddresses([str(message.get(RECIPIENT, ""))]) if address)
    received_at = datetime.fromtimestamp(int(id.partition("-")[0]) / 1e9, UTC)
    return Caught(id, str(message.get("From", message.get(SENDER, ""))), recipients, str(message.get("Subject", "")), received_at)
