"""Joining a place: typed into a public form, confirmed from the mail; or what is left of an application that was taken back."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel, PlacedBy, Wording, words_changed
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors import wordings_known
from maillage.relays.domain import CONFIRM_WITHIN, ApplicationStatus
from maillage.relays.domain.joining import JOIN_SOURCE, STAY_SOURCE
from maillage.relays.models import Application, Joining, Seat
from maillage.relays.selectors.joining import agreed_already, join_boxes, joined_of
from maillage.relays.services.applications import withdraw_application
from maillage.relays.services.forms import note_wanted, typed_too_often, what_is_wrong
from maillage.territories.models import Area

logger = logging.getLogger(__name__)

FORGOTTEN_AT_ONCE = 1000


def join_place(
    *,
    seat_id: UUID,
    given_name: str,
    family_name: str,
    email: str,
    agrees_to: Mapping[str, str],
    is_of_age: bool,
    language: str,
    now: datetime,
    phone: str = "",
    locality: Area | None = None,
) -> None:
    """Keep that somebody wants to take part around a place, and mail their address a link; nobody else learns of it before.

    `agrees_to`: names of boxes of `JOIN_WORDINGS`, with the version of the wording that was read beside each. The answer is the
    same for a known address, an unknown one, and one that was typed too often today (which gets no further mail).
    Facts: joining.made.  Raises: NotFound (seat), Invalid by field.
    """
    boxes = join_boxes()
    ticked = [wording for name, wording in boxes.items() if name in agrees_to]
    fields = what_is_wrong(given_name=given_name, email=email, phone=phone, is_of_age=is_of_age)
    if not ticked:
        fields["agrees_to"] = [_("Tick at least one: without that there is nothing for which we may keep your address.")]
    fields |= _changed(agrees_to, boxes)
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)
    seat = Seat.objects.select_related("area").filter(pk=seat_id).first()
    if seat is None:
        raise NotFound(code="seat_unknown")
    if typed_too_often("ask", email, now=now):
        return
    with transaction.atomic():
        meeting = people.meet_person(
            given_name=given_name,
            family_name=family_name,
            email=email,
            phone=phone,
            language=language,
            locality=locality,
            area=seat.area,
            placed_by=PlacedBy.CHOSEN,
            now=now,
        )
        joining = Joining.objects.create(
            seat=seat,
            person=meeting.person,
            locality=locality,
            wordings=[wording.version for wording in ticked],
            is_of_age=is_of_age,
            created_at=now,
        )
        messaging.queue_message(
            "relays.confirm_joining",
            person=meeting.person,
            address=meeting.contact_point.value,
            language=language,
            about_id=joining.pk,
            now=now,
        )
        journal.record("joining.made", subject=joining, at=now, seat_id=seat.pk)


def confirm_joining(*, joining_id: UUID, contact_point_id: UUID, now: datetime) -> Joining:
    """Let a joining count: the address is proved, what was ticked is agreed to, and one mail says what comes next. Safe to repeat.

    Of somebody who is known nothing changes but what they agreed to here; what was not known of where they live is kept.
    Facts: joining.confirmed.  Raises: NotFound.
    """
    with transaction.atomic():
        joining = _locked(joining_id)
        if joining.confirmed_at is not None:
            return joining
        theirs = Q(person_id=joining.person_id) | Q(person__merged_into_id=joining.person_id)
        point = ContactPoint.objects.filter(theirs, pk=contact_point_id).first()
        if point is None:
            raise NotFound(code="link_broken")
        people.verify_contact_point(contact_point_id=contact_point_id, now=now)
        note_wanted("ask", point.value)
        person = people.place_person(
            person_id=joining.person_id, area=joining.seat.area, locality=joining.locality, placed_by=PlacedBy.CHOSEN, now=now
        )
        is_new = person.created_at == joining.created_at
        _agree(person, joining.wordings, by_phone=is_new, source=JOIN_SOURCE, now=now)
        joining.person, joining.confirmed_at = person, now
        joining.save(update_fields=["person", "confirmed_at"])
        messaging.queue_message("relays.joined", person=person, about_id=joining.pk, now=now)
        journal.record("joining.confirmed", subject=joining, at=now, seat_id=joining.seat_id)
    return joining


def deny_joining(*, joining_id: UUID, now: datetime) -> None:
    """Erase what was typed in somebody's name, who says that it was not them; what they had confirmed stays. Safe to repeat.

    Facts: joining.denied, person.forgotten.
    """
    with transaction.atomic():
        joining = Joining.objects.select_for_update(of=("self",)).filter(pk=joining_id, confirmed_at__isnull=True).first()
        if joining is None:
            return
        person_id = joining.person_id
        journal.record("joining.denied", subject=joining, at=now, seat_id=joining.seat_id)
        joining.delete()
        people.forget_never_confirmed(person_ids=[person_id], now=now)


def stay_as_volunteer(*, application_id: UUID, agrees_to: Mapping[str, str], now: datetime) -> Joining:
    """Take an application back and stay, taking part there, with what was agreed to before and what is ticked now. Safe to repeat.

    Nothing else is lost, and the seat can be asked for again on any day.
    Facts: application.withdrawn, promise.released, joining.confirmed.
    Raises: NotFound, Conflict (`application_decided`), Invalid (nothing is agreed to).
    """
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).select_related("seat").filter(pk=application_id).first()
        if application is None or application.status == ApplicationStatus.UNCONFIRMED:
            raise NotFound(code="application_unknown")
        person = Person.objects.get(pk=people.lock_standing(application.person_id).pk)
        joined = joined_of(application)
        if application.status == ApplicationStatus.WITHDRAWN and joined is not None:
            return joined
        if application.status == ApplicationStatus.WITHDRAWN:
            raise Conflict(_("This application was taken back. You can make a new one."), code="application_withdrawn")
        boxes = join_boxes()
        if changed := _changed(agrees_to, boxes):
            raise Invalid(fields=changed)
        ticked = [wording.version for name, wording in boxes.items() if name in agrees_to]
        if not ticked and not agreed_already(person.pk):
            raise Invalid(fields={"agrees_to": [_("Tick at least one: without that there is nothing for which we may keep your address.")]})
        withdraw_application(application_id=application_id, now=now)
        _agree(person, ticked, by_phone=False, source=STAY_SOURCE, now=now)
        if joined is None:
            joined = Joining.objects.create(
                seat=application.seat, person=person, wordings=ticked, is_of_age=application.is_of_age, created_at=now, confirmed_at=now
            )
            journal.record("joining.confirmed", subject=joined, at=now, seat_id=application.seat_id)
    return joined


def forget_joinings(*, now: datetime) -> int:
    """Delete the joinings that nobody confirmed in their week, with whom they named; say how many.

    Facts: joining.forgotten, person.forgotten, each.
    """
    with transaction.atomic():
        old = Joining.objects.filter(confirmed_at__isnull=True, created_at__lt=now - CONFIRM_WITHIN)
        forgotten = list(old.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:FORGOTTEN_AT_ONCE])
        for joining in forgotten:
            journal.record("joining.forgotten", subject=joining, at=now, seat_id=joining.seat_id)
        Joining.objects.filter(pk__in=[joining.pk for joining in forgotten]).delete()
        people.forget_never_confirmed(person_ids={joining.person_id for joining in forgotten}, now=now)
    return len(forgotten)


def _agree(person: Person, versions: Collection[str], *, by_phone: bool, source: str, now: datetime) -> None:
    """Record what was ticked: by e-mail, and by the telephone that was given with it where the relay may make contact."""
    known = wordings_known(versions)
    if unknown := [version for version in versions if version not in known]:
        logger.error("somebody agreed to wordings that nobody knows: %s", ", ".join(unknown))
    for version, wording in known.items():
        channels = [Channel.EMAIL]
        if by_phone and wording.purpose == RELAY_CONTACT.purpose and person.contact_points.filter(channel=Channel.PHONE).exists():
            channels.append(Channel.PHONE)
        for channel in channels:
            people.record_consent(person_id=person.pk, purpose=wording.purpose, channel=channel, wording=version, source=source, now=now)


def _changed(read: Mapping[str, str], boxes: Mapping[str, Wording]) -> dict[str, list[str]]:
    """Say at the group of boxes, where the form says what is wrong with it, that some words are not those that were read."""
    changed = words_changed(read, boxes)
    return {"agrees_to": next(iter(changed.values()))} if changed else {}


def _locked(joining_id: UUID) -> Joining:
    found = Joining.objects.select_for_update(of=("self",)).select_related("seat__area", "person", "locality").filter(pk=joining_id).first()
    if found is None:
        raise NotFound(code="joining_unknown")
    return found
