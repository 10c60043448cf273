"""Words and rules of filling the map: who is asked for a seat, how often, and what was tried."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Wording
from maillage.relays.domain import SIGN_OF_LIFE, SeatState

_Seat = TypeVar("_Seat", bound=Hashable)
_Person = TypeVar("_Person", bound=Hashable)

TO_FILL = (SeatState.VACANT, SeatState.APPLIED, SeatState.DORMANT)
"""The states of a seat that looks for somebody; one with a stand-in is covered (decision 18), and looks once they are silent."""


def looks_for_somebody(*, state: str, seen_at: datetime | None, now: datetime) -> bool:
    """Say whether a seat is to be filled: by its state, or because whoever stands in gave no sign of life for 60 days."""
    is_silent = state == SeatState.STAND_IN and seen_at is not None and now - seen_at > SIGN_OF_LIFE
    return state in TO_FILL or is_silent


ASK_LEAVES_AFTER = timedelta(minutes=3)
"""A question waits so long before its mail leaves: until then it is taken back as if it had never been."""

ASK_LASTS = timedelta(days=14)
"""How long a question waits for its answer; then it lapses and its link ends."""

YES_LASTS = timedelta(days=14)
"""How long a neighbour's yes waits for an organiser; then it is over, they are told, and may be asked for another seat at once."""

ASK_RESTS = timedelta(days=60)
"""Who said no, or nothing, is left alone for so long."""

NEAREST = 5
"""How many "ask the nearest" asks."""

MOST_AT_ONCE = 50
"""How many people one press asks, at most."""

LONGEST_SNOOZE = timedelta(days=183)
"""A seat can be put off for half a year: beyond that, somebody else should look after it."""

LONGEST_WORDS = 280

ASKED_LINK = "relays.asked"
"""Purpose of the signed link in the mail that asks somebody: the id is the SeatAsk."""

ASK_VOLUNTEER = "relays.ask_volunteer"
"""Purpose of the mail, and of the consent without which it does not leave."""

ASK_STAND_IN = "relays.ask_stand_in"
"""Purpose of the mail that asks a relay next door; they can stop it."""

ASKED_SOURCE = "relays.asked"
"""The page behind the link, as the log of consents names it."""

SEAT_ASKING = Wording(
    version="relay_ask.1",
    purpose=ASK_VOLUNTEER,
    text=_(
        "An organiser of my place may ask me whether I would hold a seat near me, and for that sees my name, this contact, my commune "
        "and how far it is from the seat. One question at a time, and none for 60 days after a no. I can take this back at any time."
    ),
    is_standing=True,
    title=_("Questions about other seats"),
)
"""What a volunteer agrees to: on the form that asks for a seat, on the page of their choices, on their own page. Never pre-ticked."""


class AskKind(models.TextChoices):
    """What somebody is asked."""

    VOLUNTEER = "volunteer", _("to hold the seat")
    STAND_IN = "stand_in", _("to stand in, from next door")


class AskStatus(models.TextChoices):
    """Where a question stands. Waiting and agreed are open: one for each person at a time."""

    WAITING = "waiting", _("waits for an answer")
    AGREED = "agreed", _("said yes")
    DECLINED = "declined", _("said no")
    PASSED_ON = "passed_on", _("not me, but perhaps somebody I know")
    LAPSED = "lapsed", _("did not answer")
    TAKEN_BACK = "taken_back", _("taken back before it left, or no longer needed")
    CONFIRMED = "confirmed", _("became an application, or stands in")


OPEN_ASK = (AskStatus.WAITING, AskStatus.AGREED)
RESTING_ASK = (AskStatus.DECLINED, AskStatus.PASSED_ON, AskStatus.LAPSED)
"""After these the person rests."""


def is_taken(kind: AskKind, *, state: str, seen_at: datetime | None, now: datetime) -> bool:
    """Say of a seat whether somebody else has got what is asked: its relay, or of neighbours whoever stands in and is not silent."""
    if kind == AskKind.VOLUNTEER:
        return state == SeatState.FILLED
    return not looks_for_somebody(state=state, seen_at=seen_at, now=now)


class Answer(models.TextChoices):
    """What somebody answers to the question."""

    YES = "yes", _("yes")
    NO = "no", _("no, thank you")
    NEVER = "never", _("no, and do not ask me again")
    NOT_ME = "not_me", _("not me, but…")


class Unasked(models.TextChoices):
    """Why somebody was not asked."""

    ASKED_ALREADY = "asked_already", _("is already asked for a seat: one at a time")
    RESTS = "rests", _("answered a short while ago: left alone for 60 days")
    NOT_AGREED = "not_agreed", _("did not agree to be asked, or took it back")
    NO_ADDRESS = "no_address", _("has no e-mail address for this: call them")
    HOLDS_SEAT = "holds_seat", _("holds a seat by now, or asked for one")
    OUT_OF_REACH = "out_of_reach", _("is not of your places")


class StepKind(models.TextChoices):
    """What was tried to fill a seat."""

    ASKED_VOLUNTEERS = "asked_volunteers", _("asked volunteers")
    ASKED_NEIGHBOURS = "asked_neighbours", _("asked neighbours to stand in")
    CALLED_SECTION = "called_section", _("called the local section")
    MET_ASSOCIATION = "met_association", _("met an association")
    SHARED_INVITATION = "shared_invitation", _("shared the invitation")
    PUT_UP_POSTER = "put_up_poster", _("put up the poster")
    WENT_THERE = "went_there", _("went there: a market, a station, a campus")
    OTHER = "other", _("something else")
    HANDED_ON = "handed_on", _("handed to another organiser")


WRITTEN_STEPS = tuple(kind for kind in StepKind if kind not in (StepKind.ASKED_VOLUNTEERS, StepKind.ASKED_NEIGHBOURS, StepKind.HANDED_ON))
"""Those that an organiser writes; the others are written by what they do."""

WRITTEN_STEP_CHOICES = [(kind.value, kind.label) for kind in WRITTEN_STEPS]


class Sort(models.TextChoices):
    """In which order the seats to fill are listed."""

    SINCE = "since", _("the longest empty first")
    CODE = "code", _("by code")
    NEXT = "next", _("the nearest day of a next step first")


class Whose(models.TextChoices):
    """Whose list a seat is on."""

    MINE = "mine", _("mine")
    OTHERS = "others", _("another organiser's")
    NOBODY = "nobody", _("nobody's")


class Snoozed(models.TextChoices):
    """Whether seats that were put off are listed."""

    NO = "no", _("not those that were put off")
    ONLY = "only", _("only those")
    ALL = "all", _("those too")


def spread(candidates: Mapping[_Seat, Sequence[_Person]]) -> list[tuple[_Seat, _Person]]:
    """Propose at most one person a seat and one seat a person, for as many seats as can be; nearest first.

    `candidates` lists, for each seat, who could, the nearest first. Seats with the fewest candidates choose first, and one
    who is needed by another seat gives way to the next candidate of theirs (augmenting paths), so that no seat stays empty
    for which an exchange would have found somebody. Pairs come in the order of the seats given.
    """
    taken: dict[_Person, _Seat] = {}

    def place(seat: _Seat, seen: set[_Person]) -> bool:
        for person in candidates[seat]:
            if person in seen:
                continue
            seen.add(person)
            if person not in taken or place(taken[person], seen):
                taken[person] = seat
                return True
        return False

    for seat in sorted(candidates, key=lambda seat: len(candidates[seat])):
        place(seat, set())
    chosen = {seat: person for person, seat in taken.items()}
    return [(seat, chosen[seat]) for seat in candidates if seat in chosen]
