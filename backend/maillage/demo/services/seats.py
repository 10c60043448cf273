"""Seats filled, held for a while, asked for, fallen asleep: as `domain.spread` draws them."""

from datetime import datetime, timedelta

from maillage.accounts.models import User
from maillage.demo.domain.spread import part
from maillage.demo.domain.texts import MOTIVATIONS
from maillage.demo.services.charter import agree
from maillage.demo.services.people import Population
from maillage.people import services as people
from maillage.people.domain import CONTACT_PROMISE, Channel
from maillage.people.models import DocumentVersion, Person
from maillage.relays import services as relays
from maillage.relays.domain import APPLICANT_CONTACT, SIGN_OF_LIFE, ApplicationStatus, SeatState, TermKind
from maillage.relays.models import Application, Seat, Term

NEW_SEATS_IN = 12
"""One filled seat in this many was filled this week."""
MISSED_IN = 24
"""One promise in this many was missed: a record without a miss is not believable."""


def settle_seat(
    seat: Seat, state: SeatState, *, population: Population, decided_by: User, now: datetime, charter: DocumentVersion, email: str = ""
) -> Person | None:
    """Bring one seat into a state, with the application that led to it."""
    code = seat.area.code
    if state == SeatState.VACANT:
        return None
    if state == SeatState.APPLIED:
        person = population.person(area=seat.area, met_at=now - timedelta(hours=1 + part(f"asked {code}", of=44)), email=email)
        _application(seat, person, asked_at=person.created_at, decided_by=None)
        return person
    started_at = _start(code, state, now=now)
    person = population.person(
        area=seat.area, met_at=started_at - timedelta(days=4), email=email, shows_given_name=bool(part(f"shows {code}", of=4))
    )
    application = _application(seat, person, asked_at=person.created_at, decided_by=decided_by)
    kind = TermKind.STAND_IN if state == SeatState.STAND_IN else TermKind.RELAY
    agree(person, charter, now=started_at)
    term = relays.open_term(seat=seat, person=person, kind=kind, now=started_at, by=decided_by, application=application)
    if state != SeatState.DORMANT:
        Term.objects.filter(pk=term.pk).update(seen_at=max(started_at, now - timedelta(hours=part(f"seen {code}", of=400))))
    return person


def _start(code: str, state: SeatState, *, now: datetime) -> datetime:
    if state == SeatState.DORMANT:
        return now - SIGN_OF_LIFE - timedelta(days=10 + part(f"asleep {code}", of=60))
    if part(f"new {code}", of=NEW_SEATS_IN) == 0:
        return now - timedelta(hours=2 + part(f"hours {code}", of=150))
    return now - timedelta(days=8 + part(f"since {code}", of=100))


def _application(seat: Seat, person: Person, *, asked_at: datetime, decided_by: User | None) -> Application:
    code = seat.area.code
    promise = people.make_promise(person=person, area=seat.area, now=asked_at)
    people.record_consent(
        person_id=person.pk,
        purpose=APPLICANT_CONTACT.purpose,
        channel=Channel.EMAIL,
        wording=APPLICANT_CONTACT.version,
        source="demo",
        now=asked_at,
    )
    application = Application.objects.create(
        seat=seat,
        person=person,
        status=ApplicationStatus.APPROVED if decided_by else ApplicationStatus.SUBMITTED,
        motivation=MOTIVATIONS[part(f"why {code}", of=len(MOTIVATIONS))],
        consent_wording=APPLICANT_CONTACT.version,
        created_at=asked_at,
        confirmed_at=asked_at,
        promise=promise,
        decided_at=asked_at + timedelta(days=4) if decided_by else None,
        decided_by=decided_by,
    )
    if decided_by:
        waited = timedelta(hours=2 + part(f"called {code}", of=34))
        if part(f"missed {code}", of=MISSED_IN) == 0:
            waited = CONTACT_PROMISE + timedelta(hours=5)
        people.keep_promise(promise_id=promise.pk, by=decided_by, now=asked_at + waited)
    return application
