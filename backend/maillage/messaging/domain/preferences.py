"""The links that lead a person to their choices and to their data, without a login."""

from datetime import timedelta

PREFERENCES_LINK = "messaging.preferences"
"""Purpose of the signed link in the foot of mails: ids are the person and the mailbox that received it. Whoever holds it sees no name and
no address; once that mailbox is the person's no more, they stop everything, and see and give nothing."""

PREFERENCES_KEPT = timedelta(days=365)
"""How long it leads there; afterwards the page mails a new one to whoever asks."""

OWN_DATA_LINK = "messaging.own_data"
"""Purpose of the signed link that shows and erases what is known of a person; only ever mailed to their proved address. The ids are
the person and the message that brought it: without that message it opens nothing."""

OWN_DATA_MAIL = "messaging.own_data"
"""Purpose of that message."""

OWN_DATA_KEPT = timedelta(hours=24)

LINKS_A_DAY = 3
"""Mails with a link that one address receives in 24 hours, whoever asks."""

CHANGES_AN_HOUR = 10
"""How often choices are changed in an hour; each is told by a mail. Taking back is never refused."""


def masked(address: str) -> str:
    """Show of an address what its owner recognises and a stranger cannot use: `n…@p….example`."""
    local, _, domain = address.partition("@")
    host, dot, rest = domain.rpartition(".")
    return f"{local[:1]}…@{host[:1]}…{dot}{rest}"
