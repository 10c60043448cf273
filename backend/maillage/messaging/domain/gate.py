"""The gate that every message passes when it leaves: may this be sent to this recipient, now?"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.messaging.domain.purposes import Purpose
from maillage.messaging.domain.words import RecipientKind


class Reason(models.TextChoices):
    """Why the gate refuses."""

    UNKNOWN_PURPOSE = "unknown_purpose", _("nobody says what this is for")
    WRONG_RECIPIENT = "wrong_recipient", _("this purpose does not take such recipients")
    NO_ADDRESS = "no_address", _("no proved address")
    SUPPRESSED = "suppressed", _("the address asked for silence, or does not exist")
    NO_CONSENT = "no_consent", _("did not agree to this")
    STOPPED = "stopped", _("stopped this")
    NOTHING_TO_SAY = "nothing_to_say", _("what it was about is gone")


@dataclass(frozen=True)
class Circumstances:
    """What the gate asks of a message: `agreed` is what the recipient said to the purpose, None when never asked."""

    kind: RecipientKind
    has_address: bool
    is_suppressed: bool
    agreed: bool | None


def gate(purpose: Purpose | None, circumstances: Circumstances) -> Reason | None:
    """Return why a message may not leave, first that holds; None when it may (`law.md`: on consent only)."""
    if purpose is None:
        return Reason.UNKNOWN_PURPOSE
    if circumstances.kind not in purpose.recipients:
        return Reason.WRONG_RECIPIENT
    if not circumstances.has_address:
        return Reason.NO_ADDRESS
    if circumstances.is_suppressed:
        return Reason.SUPPRESSED
    if purpose.needs_consent and circumstances.agreed is not True:
        return Reason.NO_CONSENT
    if purpose.can_be_stopped and circumstances.agreed is False:
        return Reason.STOPPED
    return None
