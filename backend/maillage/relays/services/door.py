"""Asking for a seat on paper: people without an e-mail address are applicants like others."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging.domain import BY_HAND
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, PaperForm, Person
from maillage.people.selectors import email_addresses, wordings_on_paper
from maillage.people.selectors.persons import people_reached
from maillage.relays.domain import APPLICANT_CONTACT, PAPER_SOURCE, ApplicationStatus
from maillage.relays.models import Application, SeatStanding
from maillage.relays.services.applications import check_open, submit
from maillage.relays.services.clocks import start_clock
from maillage.relays.services.floods import comes_in_a_flood, tell_held


@dataclass(frozen=True)
class Paper:
    """What stands on a paper with which somebody asks for a seat, and whether its words were read aloud to them."""

    number: str
    is_read_aloud: bool
    is_of_age: bool
    agrees_to_contact: bool
    motivation: str = ""
    printed: Collection[str] = ()
    """Versions of the wordings on it, where it is older than those in force."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody met at a door or a table whom nobody has entered yet; `area_id` is where they live."""

    area_id: UUID
    given_name: str
    family_name: str
    contacts: Mapping[Channel, str]
    agrees_to: Mapping[Channel, Collection[str]]
    language: str


def enter_newcomer(*, seat_id: UUID, newcomer: Newcomer, paper: Paper, by: User, network: str, now: datetime) -> Application:
    """Enter somebody met in person together with the seat that they ask for: one paper proves both.

    Facts: person.entered, and those of `enter_application`.  Raises: as `enter_application`, and `people.enter_person`.
    """
    with transaction.atomic():
        seat = _seat(seat_id, paper=paper, by=by, now=now)
        if not any(newcomer.contacts.get(channel, "").strip() for channel in BY_HAND):
            raise Invalid(fields={"contacts": [_unreached()]})
        person = people.enter_person(
            area_id=newcomer.area_id,
            given_name=newcomer.given_name,
            family_name=newcomer.family_name,
            contacts=newcomer.contacts,
            agrees_to=newcomer.agrees_to,
            paper_number=paper.number,
            is_read_aloud=paper.is_read_aloud,
            is_of_age=paper.is_of_age,
            language=newcomer.language,
            printed=paper.printed,
            by=by,
            now=now,
        )
        return _enter(seat, person, person.papers.get(), said=paper, by=by, network=network, now=now)


def enter_application(*, seat_id: UUID, person_id: UUID, paper: Paper, by: User, network: str, now: datetime) -> Application:
    """Enter that a member without an e-mail address asks for a seat: at the door, or on the telephone, with a paper as proof.

    What they gave in person is proved by the paper, so the 48 hours start at once, unless a flood waits in front of them.
    Another organiser than `by` calls and decides. What a mail would say goes by hand.
    Facts: paper.kept, consent.given, application.entered, application.confirmed or application.held.
    Raises: NotFound (seat, person), Forbidden (`not_your_place`), Invalid by field,
    Conflict (`nobody_else_decides`, `seat_filled`, `network_closed`, `has_address`, `applied_already`).
    """
    with transaction.atomic():
        seat = _seat(seat_id, paper=paper, by=by, now=now)
        person = people_reached(by, now=now).filter(pk=person_id).first()
        if person is None:
            raise NotFound(code="person_unknown")
        person = people.lock_standing(person.pk)
        if email_addresses([person.pk]):
            raise Conflict(
                _("They have an e-mail address: they ask by the form of the seat, and confirm it themselves."), code="has_address"
            )
        if fields := people.of_age(paper.is_of_age):
            raise Invalid(_("Some fields need another look."), fields=fields)
        if not _ways(person):
            raise Invalid(fields={"contacts": [_unreached()]})
        kept = people.keep_paper(person_id=person.pk, paper_number=paper.number, is_read_aloud=paper.is_read_aloud, by=by, now=now)
        return _enter(seat, person, kept, said=paper, by=by, network=network, now=now)


def _seat(seat_id: UUID, *, paper: Paper, by: User, now: datetime) -> SeatStanding:
    seat = SeatStanding.objects.select_related("area", "network").filter(seat_id=seat_id).first()
    if seat is None:
        raise NotFound(code="seat_unknown")
    people.must_enter_people(by, area_id=seat.area_id, now=now)
    if not paper.agrees_to_contact:
        raise Invalid(fields={"agrees_to_contact": [_("We can only call them if they agree to it.")]})
    if not accounts.organisers_above(seat.area, now=now).exclude(pk=by.pk).exists():
        raise Conflict(
            _("Nobody but you organises this place, and who enters an application does not decide on it. Have a second organiser named."),
            code="nobody_else_decides",
        )
    check_open(seat, now=now)
    return seat


def _enter(seat: SeatStanding, person: Person, paper: PaperForm, *, said: Paper, by: User, network: str, now: datetime) -> Application:
    wording = wordings_on_paper(said.printed)[APPLICANT_CONTACT.purpose]
    application = Application.objects.create(
        seat_id=seat.seat_id,
        person=person,
        paper=paper,
        motivation=said.motivation.strip(),
        consent_wording=wording.version,
        is_of_age=True,
        created_at=now,
    )
    is_flood = comes_in_a_flood(network, entered_by=by, now=now)
    if not submit(application, status=ApplicationStatus.HELD if is_flood else ApplicationStatus.SUBMITTED, network=network, now=now):
        raise Conflict(_("They have already asked for this seat, and wait for an answer."), code="applied_already")
    for channel in _ways(person):
        people.record_consent(
            person_id=person.pk,
            purpose=wording.purpose,
            channel=channel,
            wording=wording.version,
            source=PAPER_SOURCE,
            now=now,
        )
    journal.record("application.entered", subject=application, at=now, actor_id=by.pk, seat_id=seat.seat_id, person_id=person.pk)
    if is_flood:
        tell_held(application, now=now)
        journal.record("application.held", subject=application, at=now, seat_id=seat.seat_id, person_id=person.pk)
    else:
        start_clock(application, now=now)
    return application


def _ways(person: Person) -> list[Channel]:
    """On which ways a human reaches somebody: what they gave in person."""
    points = ContactPoint.objects.filter(person=person, channel__in=BY_HAND, verified_at__isnull=False)
    given = set(points.values_list("channel", flat=True))
    return [channel for channel in BY_HAND if channel in given]


def _unreached() -> str:
    return _("Write a telephone number or a postal address: an e-mail address alone applies by the form of the seat.")
