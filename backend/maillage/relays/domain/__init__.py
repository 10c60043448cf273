"""Words and rules of seats (decision 18). Computed on paper: no clock, no table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Wording

SIGN_OF_LIFE = timedelta(days=60)
"""A holder without sign-in, answer or report for this long makes the seat dormant (decision 18)."""


class SeatState(models.TextChoices):
    """The state of a seat, first that holds; exclusive, they sum to the total."""

    FILLED = "filled", _("filled")
    STAND_IN = "stand_in", _("stand-in")
    DORMANT = "dormant", _("dormant")
    APPLIED = "applied", _("applied")
    VACANT = "vacant", _("vacant")


class TermKind(models.TextChoices):
    """As what a person holds a seat."""

    RELAY = "relay", _("relay")
    STAND_IN = "stand_in", _("stand-in")


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

NETWORK = "relays.applications"
"""For which purpose networks are marked here: the mark of another purpose is another."""

NETWORK_KEPT = timedelta(days=1)
"""How long the keyed mark of a network stays with an application: the longest time over which a flood is reckoned."""

LONGEST_PAUSE = timedelta(days=183)
"""Half a year: who needs longer hands over, so that the place has somebody."""

STANDING = timedelta(weeks=6)
"""After how long a relay may welcome newcomers: long enough to have been asked something, and to have done it."""

NEWCOMER = timedelta(days=90)
"""For how long an organiser is shown that a newcomer has nobody to turn to."""

MOST_COMPANIONS = 5
"""How many newcomers one person accompanies at once, at most."""

COUNTERPARTS = 5
"""How many seats like theirs a relay is shown."""

CALL_AFTER = timedelta(days=21)
"""A human calls whoever was quiet for this long (decision 18)."""

MAIL_AFTER = timedelta(days=45)
"""A friendly mail asks whoever was quiet for this long: fifteen days are left until the seat is shown as dormant."""

NEWS = timedelta(days=7)
"""A seat filled for less long than this is news: the map marks it with a white knot."""

CONFIRM_WITHIN = timedelta(days=7)
"""An application that nobody confirmed for this long is forgotten, and its link with it."""

WITHDRAW_WITHIN = timedelta(days=180)
"""How long the links in the mails to an applicant let them take their application back, or choose another way on."""

APPLICANT_CONTACT = Wording(
    version="relay_application.1",
    purpose="relays.application",
    text=_(
        "The organiser of this place may contact me about this seat, and for that sees my name, this contact and what I write here. "
        "I can take this back at any time."
    ),
)
"""What an applicant agrees to; kept as a consent once the address is confirmed."""

APPLY_SOURCE = "relays.apply"
"""The form that asks for a seat, as the log of consents names it."""

CONFIRM_LINK = "relays.confirmation"
"""Purpose of the signed link that confirms an application: ids are the application and the contact point."""

WITHDRAW_LINK = "relays.withdrawal"
"""Purpose of the signed link that takes an application back: the id is the application."""

MISSED_LINK = "relays.missed"
"""Purpose of the signed link that leads from an apology to the three ways on: the id is the application."""

CHARTER_LINK = "relays.charter"
"""Purpose of the signed link to the page on which one person reads the charter and agrees to it: the id is the person."""

CHARTER_LINK_LASTS = timedelta(days=60)

CHARTER_AGAIN = timedelta(days=1)
"""How long an applicant who was sent the charter is left in peace."""

REMIND_AGAIN = timedelta(days=7)
"""How long a holder who was asked or reminded to agree is left in peace."""

MAILS_A_DAY = 3
"""Confirming mails that one address receives in 24 hours, whoever types it."""


class ConversationStatus(models.TextChoices):
    """Whose turn it is when somebody from outside writes to whoever answers for a place."""

    UNCONFIRMED = "unconfirmed", _("waiting for its confirming mail")
    WAITING = "waiting", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    ENDED = "ended", _("ended")


class Side(models.TextChoices):
    """Who says a turn of a conversation."""

    WRITER = "writer", _("who wrote")
    SEAT = "seat", _("who answers for the place")


LONGEST_WORDS = 2000
"""Letters of one turn of a conversation."""

MOST_TURNS = 4
"""Asked, answered, asked once more, answered: what needs longer is said at a table or on the telephone."""

CONVERSATION_KEPT = timedelta(days=365)
"""A conversation is forgotten this long after its last turn; the links in its mails lead there until then."""

WRITE_LINK = "relays.write"
"""Purpose of the signed link that confirms what was written to a seat: the id is the conversation."""

CONVERSATION_LINK = "relays.conversation"
"""Purpose of the signed link to one's own conversation with a seat: the id is the conversation."""

CONCERN_LATE, CONCERN_MORNING = time(20), time(9)
"""What is told before the first hour of the place is taken up the same day, afterwards by the second of the next."""

CONCERN_KEPT = timedelta(days=365)
"""A concern is forgotten this long after its outcome was told."""


def concern_due(at: datetime, *, zone: str) -> datetime:
    """Say by when somebody takes a concern up: the end of the same day of the place, after 20:00 the next morning at 9:00."""
    local = at.astimezone(ZoneInfo(zone))
    if local.time() < CONCERN_LATE:
        return datetime.combine(local.date(), time(23, 59), tzinfo=local.tzinfo).astimezone(at.tzinfo)
    return datetime.combine(local.date() + timedelta(days=1), CONCERN_MORNING, tzinfo=local.tzinfo).astimezone(at.tzinfo)


SMALLEST_SHOWN = 5
"""Figures about fewer people than this are not shown: somebody could be recognised."""


WELCOME = Wording(
    version="relay_welcome.1",
    purpose="relays.welcome",
    text=_(
        "I welcome newcomers. One who said yes to me, once I said yes too, sees my first name, my place and this contact. Until then they "
        "read my place only. Organisers who look for somebody see my first name and my place. I can take this back at any time."
    ),
)
"""What somebody agrees to who welcomes newcomers; kept as a consent on the channel of the contact they chose."""

STILL_HERE_LINK = "relays.still_here"
"""Purpose of the signed link by which a quiet relay answers from a mail: the id is the term."""

WORDS_OF_A_CALL = 280
"""How long the words about a friendly call are, at most: the person reads them, so that they are few and kind."""


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
    ENDED = "ended", _("ended")


TAKEN_COMPANION = (CompanionStatus.ASKED, CompanionStatus.RUNNING)
"""What takes one of the places that a companion offers: an offer takes none, since the newcomer may never answer."""

OPEN_COMPANION = (CompanionStatus.OFFERED, *TAKEN_COMPANION)


class QuietStepKind(models.TextChoices):
    """A rung of the friendly ladder, in the order in which they are climbed."""

    CALL = "call", _("somebody was asked to call")
    MAIL = "mail", _("a friendly mail was sent")
    DORMANT = "dormant", _("the seat is shown as dormant")


class CallOutcome(models.TextChoices):
    """What came of a friendly call."""

    WELL = "well", _("all is well")
    BREAK = "break", _("needs a break")
    HAND_OVER = "hand_over", _("wants to hand over")
    NOT_REACHED = "not_reached", _("could not be reached")


class CallClosed(models.TextChoices):
    """Why a friendly call is asked of nobody any more."""

    BACK = "back", _("they were back")
    PAUSED = "paused", _("they pause")
    ENDED = "ended", _("the term ended")


class StillHere(models.TextChoices):
    """What a quiet relay answers."""

    HERE = "here", _("still here")
    BREAK = "break", _("needs a break")
    HAND_OVER = "hand_over", _("wants to hand over")


@dataclass(frozen=True)
class Coverage:
    """How many seats of a network are in each state; the five sum to `total` (decision 18)."""

    total: int
    filled: int
    stand_in: int
    applied: int
    vacant: int
    dormant: int

    @property
    def covered(self) -> int:
        """Seats with somebody who answers: the headline, and the numerator of every coverage rate."""
        return self.filled + self.stand_in


@dataclass(frozen=True)
class PromiseRecord:
    """How often the promise of a human contact was kept somewhere: `kept` of `total` whose outcome is known.

    `mean_hours` is from the confirmed application to the contact, over those that were contacted; None when none was.
    """

    area_name: str
    kept: int
    total: int
    mean_hours: float | None


@dataclass(frozen=True)
class TermFacts:
    """What the rule of seat states asks of a term that has not ended."""

    kind: TermKind
    is_paused: bool
    seen_at: datetime | None


def seat_state(*, terms: list[TermFacts], has_open_application: bool, now: datetime) -> SeatState:
    """Derive a seat's state from its running terms and its applications, first that holds (decision 18)."""
    for term in terms:
        if term.kind == TermKind.RELAY and not term.is_paused and term.seen_at and now - term.seen_at <= SIGN_OF_LIFE:
            return SeatState.FILLED
    if any(term.kind == TermKind.STAND_IN for term in terms):
        return SeatState.STAND_IN
    if terms:
        return SeatState.DORMANT
    return SeatState.APPLIED if has_open_application else SeatState.VACANT


def has_standing(*, starts_at: datetime, seen_at: datetime, is_paused: bool, now: datetime) -> bool:
    """Say whether a relay's running term lets them welcome newcomers: six weeks old, not paused, not dormant."""
    return now - starts_at >= STANDING and not is_paused and now - seen_at <= SIGN_OF_LIFE


def days_later(instant: datetime, days: timedelta, *, zone: str) -> datetime:
    """Say when so many days have passed on the wall clock of a place: the same hour of the day there, summer time or not."""
    return (instant.astimezone(ZoneInfo(zone)) + days).astimezone(UTC)


def quiet_days(*, seen_at: datetime, is_paused: bool, now: datetime, zone: str) -> int:
    """Count the whole days since a holder's last sign of life, on the wall clock of the place; none while they pause.

    A sign of life is a sign-in, an answer or a report (decision 18), and so is the end of a pause: days of a pause never count.
    """
    if is_paused or now <= seen_at:
        return 0
    there = ZoneInfo(zone)
    since, until = seen_at.astimezone(there).replace(tzinfo=None), now.astimezone(there).replace(tzinfo=None)
    return max(0, (until - since).days)


def quiet_step(*, seen_at: datetime, is_paused: bool, taken: Collection[QuietStepKind], now: datetime, zone: str) -> QuietStepKind | None:
    """Say which rung of the ladder is due for a quiet term; None where none is, or where it was taken since that sign of life.

    A call at 21 days, a mail at 45, dormant at 60 exactly as the state of the seat says it. Of several that are due at once,
    because the machine had stood still, the last one is taken: nobody gets two at a time, and none goes back.
    """
    if is_paused:
        return None
    due = [
        kind
        for kind, is_due in (
            (QuietStepKind.CALL, now >= days_later(seen_at, CALL_AFTER, zone=zone)),
            (QuietStepKind.MAIL, now >= days_later(seen_at, MAIL_AFTER, zone=zone)),
            (QuietStepKind.DORMANT, now - seen_at > SIGN_OF_LIFE),
        )
        if is_due
    ]
    order = list(QuietStepKind)
    if not due or any(order.index(step) >= order.index(due[-1]) for step in taken):
        return None
    return due[-1]
