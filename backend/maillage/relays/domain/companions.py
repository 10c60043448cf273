"""Words and rules of accompanying a newcomer."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Wording
from maillage.relays.domain.seats import SIGN_OF_LIFE

STANDING = timedelta(weeks=6)
"""After how long a relay may welcome newcomers: long enough to have been asked something, and to have done it."""

ANSWERED_WITHIN = timedelta(days=7)
"""How long a companion whom a newcomer said yes to may leave it unanswered: the first weeks are those that count."""

NEWCOMER = timedelta(days=90)
"""For how long an organiser is shown that a newcomer has nobody to turn to."""

MOST_COMPANIONS = 5
"""How many newcomers one person accompanies at once, at most."""

COUNTERPARTS = 5
"""How many seats like theirs a relay is shown."""

WELCOME = Wording(
    version="relay_welcome.1",
    purpose="relays.welcome",
    text=_(
        "I welcome newcomers. One who said yes to me, once I said yes too, sees my first name, my place and this contact. Until then they "
        "read my place only. Organisers who look for somebody see my first name and my place. I can take this back at any time."
    ),
    title=_("Welcoming newcomers"),
)
"""What somebody agrees to who welcomes newcomers; kept as a consent on the channel of the contact they chose."""


class CompanionKind(models.TextChoices):
    """Who accompanies a newcomer."""

    FACILITATOR = "facilitator", _("facilitator")
    BUDDY = "buddy", _("buddy")


class CompanionStatus(models.TextChoices):
    """Where it stands between a newcomer and a companion; both are asked, and either may say no without a reason."""

    OFFERED = "offered", _("offered to the newcomer")
    ASKED = "asked", _("the newcomer said yes, the companion is asked")
    RUNNING = "running", _("both said yes")
    PASSED = "passed", _("the newcomer wanted somebody else, or nobody")
    REFUSED = "refused", _("the companion said no, or had no place left")
    UNANSWERED = "unanswered", _("the companion gave no answer")
    ENDED = "ended", _("ended")


TAKEN_COMPANION = (CompanionStatus.ASKED, CompanionStatus.RUNNING)
"""What takes one of the places that a companion offers: an offer takes none, since the newcomer may never answer."""

OPEN_COMPANION = (CompanionStatus.OFFERED, *TAKEN_COMPANION)


def has_standing(*, starts_at: datetime, seen_at: datetime, is_paused: bool, now: datetime) -> bool:
    """Say whether a relay's running term lets them welcome newcomers: six weeks old, not paused, not dormant."""
    return now - starts_at >= STANDING and not is_paused and now - seen_at <= SIGN_OF_LIFE
