"""What the mails to donors have in common."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.fundraising.domain.mentions import mentions_said
from maillage.fundraising.domain.rule_parts import TermCode
from maillage.fundraising.models import Donor, Fund
from maillage.fundraising.selectors.funds import facts_of, rules_of
from maillage.messaging.domain import Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services import queue_message


def to_donor(purpose: str, donor: Donor, *, about_id: UUID, now: datetime) -> None:
    """Write down a mail to the address that a donor gave; nothing where it was forgotten."""
    if donor.email:
        queue_message(purpose, address=donor.email, kind=RecipientKind.ADDRESS, language=donor.language, about_id=about_id, now=now)


def about(message: Message) -> UUID:
    """Return the id of the row that a message speaks of. Raises: LookupError where it speaks of nothing."""
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    return message.about_id


def page(message: Message, path: str) -> str:
    """Return the address of a page in the language of a message."""
    return f"{settings.PUBLIC_URL}/{message.language}/{path}"


def mandate_rows(fund: Fund, reference: str) -> tuple[tuple[str, str], ...]:
    """What the mandate of a debit has to name, as far as it is known: its reference, and whom it lets debit."""
    rows = ((_("Mandate"), reference), (_("Creditor"), fund.legal_name), (_("Creditor identifier"), fund.creditor_id))
    return tuple((label, value) for label, value in rows if value)


def told_beforehand(fund: Fund, *, at: datetime) -> str:
    """Say how long before it a debit is told, as its giver agreed."""
    days = rules_of(fund, at).term(TermCode.DEBIT_TOLD_BEFORE).number
    said = ngettext(
        "You agreed that each debit is told to you %(days)s day before.",
        "You agreed that each debit is told to you %(days)s days before.",
        days,
    )
    return said % {"days": days}


def mention_lines(fund: Fund, *, at: datetime) -> tuple[Quiet, ...]:
    """Return what the law has each call for donations say."""
    return tuple(Quiet(mention) for mention in mentions_said(rules_of(fund, at), facts_of(fund)))
