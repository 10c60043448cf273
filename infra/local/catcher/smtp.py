"""Takes mails by SMTP and keeps them."""

from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.local.catcher.mailbox import Mailbox

REFUSED = "@refused.example"  # so that a journey can see what happens to a mail that is not taken


class Keeper:
    """Says yes to every mail, but for the one domain that always refuses."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]) -> str:  # noqa: N802  aiosmtpd's name
        """Take a recipient."""
        if address.casefold().endswith(REFUSED):
            return "550 5.1.1 no such mailbox (the stand-in refuses this domain)"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Keep a mail."""
        content = envelope.content
        kept = self._mailbox.keep(
            content if isinstance(content, bytes) else (content or "").encode(),
            sender=envelope.mail_from or "",
            recipients=[str(address) for address in envelope.rcpt_tos],
        )
        return f"250 kept as {kept.id}"


def controller(mailbox: Mailbox, *, host: str, port: int) -> Controller:
    """Make the SMTP server of one mailbox; `start` runs it in a thread of its own."""
    return Controller(Keeper(mailbox), hostname=host, port=port, decode_data=False, enable_SMTPUTF8=True)
