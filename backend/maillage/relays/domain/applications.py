"""Words and rules of asking for a seat."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Wording


class ApplicationStatus(models.TextChoices):
    """Where an application stands; it is open until approved, declined or withdrawn."""

    UNCONFIRMED = "unconfirmed", _("waiting for its confirming mail")
    HELD = "held", _("waiting for an organiser to look first")
    SUBMITTED = "submitted", _("submitted")
    CONTACTED = "contacted", _("contacted")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_APPLICATION = (ApplicationStatus.SUBMITTED, ApplicationStatus.CONTACTED)

WAITING_APPLICATION = (*OPEN_APPLICATION, ApplicationStatus.HELD)
"""Confirmed and not answered. A held one starts no clock and colours no seat: a flood must not paint the map."""

FLOOD = ((timedelta(hours=1), 20), (timedelta(days=1), 60))
"""How many applications of one network (an IPv4 address, an IPv6 /64) are let in at once, and over how long.

A stand whose three volunteers share one wifi brings an application each ten minutes and volunteer at best, 18 an hour, and
60 are more than three hours of that without a pause; an office, a school or a village behind one address brings fewer. One
machine that makes up people brings hundreds. Whoever comes after is not refused: an organiser looks first, and the 48 hours
start when they let them in, which one press does for the whole queue.
"""

HELD_CLIMBS_EVERY = timedelta(days=2)
"""How long the organisers of one place have to look at what is held, before the next place up is told too.

As long as a call may take: whoever waits was promised none yet, and is not to wait longer for a look than for a voice.
"""

NETWORK = "relays.applications"
"""For which purpose networks are marked here: the mark of another purpose is another."""

NETWORK_KEPT = timedelta(days=1)
"""How long the keyed mark of a network stays with an application: the longest time over which a flood is reckoned."""

CONFIRM_WITHIN = timedelta(days=7)
"""An application that nobody confirmed for this long is forgotten, and its link with it."""

WITHDRAWN_KEPT = timedelta(days=30)
"""How long what was written in an application stays once it was taken back: it may be taken up again. Only its applicant reads it."""

WITHDRAW_WITHIN = timedelta(days=180)
"""How long the links in the mails to an applicant let them take their application back, or choose another way on."""

MAILS_A_DAY = 3
"""Mails of one form that ask an address to confirm in 24 hours, whoever types it, until its owner confirms one."""

WHY_WITHDRAWN = 500
"""Letters for why somebody takes their application back, which nobody need say."""

APPLICANT_CONTACT = Wording(
    version="relay_application.1",
    purpose="relays.application",
    text=_(
        "The organiser of this place may contact me about this seat, and for that sees my name, this contact and what I write here. "
        "I can take this back at any time."
    ),
    title=_("Contact about a seat"),
)
"""What an applicant agrees to; kept as a consent once the address is confirmed."""

APPLY_SOURCE = "relays.apply"
"""The form that asks for a seat, as the log of consents names it."""

PAPER_SOURCE = "relays.on_paper"
"""A paper on which somebody asks for a seat, whose words were read aloud to them, as the log of consents names it."""

CONFIRM_LINK = "relays.confirmation"
"""Purpose of the signed link that confirms an application: ids are the application, the contact point and its mailbox."""

WITHDRAW_LINK = "relays.withdrawal"
"""Purpose of the signed link that takes an application back: ids are the application and the mailbox that received it."""

MISSED_LINK = "relays.missed"
"""Purpose of the signed link that leads from an apology to the ways on: ids as of the one before."""
