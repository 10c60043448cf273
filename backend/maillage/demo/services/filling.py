"""Volunteers who agreed to be asked, and what organisers tried for the seats to fill."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from maillage.accounts.models import User
from maillage.demo.domain.spread import part
from maillage.demo.services.people import ORIGIN, Population
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.relays import services as relays
from maillage.relays.domain import SeatState
from maillage.relays.domain.filling import SEAT_ASKING, TO_FILL, StepKind
from maillage.relays.models import Seat

VOLUNTEERS_IN = 3
"""A place in so many has one."""
TAKEN_ON_IN = 3
"""One seat to fill in so many is on somebody's list."""
TRIED = (StepKind.CALLED_SECTION, StepKind.PUT_UP_POSTER, StepKind.SHARED_INVITATION, StepKind.WENT_THERE)


def look_for_somebody(
    seats: Sequence[Seat],
    states: Mapping[str, SeatState],
    *,
    organisers: Mapping[UUID | None, User],
    otherwise: User,
    population: Population,
    now: datetime,
) -> None:
    """Let some people agree to be asked everywhere, and organisers take on some of the seats that look for somebody."""
    for seat in seats:
        code = seat.area.code
        if part(f"volunteers {code}", of=VOLUNTEERS_IN) == 0:
            person = population.person(area=seat.area, met_at=now - timedelta(days=3 + part(f"volunteer {code}", of=90)))
            people.record_consent(
                person_id=person.pk,
                purpose=SEAT_ASKING.purpose,
                channel=Channel.EMAIL,
                wording=SEAT_ASKING.version,
                source=ORIGIN,
                now=person.created_at,
            )
        if states[code] not in TO_FILL or part(f"taken on {code}", of=TAKEN_ON_IN):
            continue
        by = organisers.get(seat.area.parent_id, otherwise)
        at = now - timedelta(days=2 + part(f"tried {code}", of=30))
        relays.take_on_seat(seat_id=seat.pk, by=by, now=at)
        relays.note_step(seat_id=seat.pk, kind=TRIED[part(f"how {code}", of=len(TRIED))], words="", by=by, now=at)
        on = (now + timedelta(days=1 + part(f"next {code}", of=14))).date()
        relays.plan_next_step(seat_id=seat.pk, words="Rappeler la maison des associations", on=on, by=by, now=now)
