"""Persons met, given an account, forgotten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from maillage import journal
from maillage.accounts import services as accounts
from maillage.accounts.models import Grant, User
from maillage.kernel.text import fold
from maillage.people.domain import UNCONFIRMED_KEPT, Channel, PlacedBy, normal_value
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors.organisation import organisation
from maillage.people.services.standing import lock_standing
from maillage.territories.models import Area

UNCONFIRMED = Person.objects.filter(confirmed_at__isnull=True, user__isnull=True)
"""Who was typed into a form and never said that it was them."""

FORGOTTEN_AT_ONCE = 1000
"""How many one run of the sweep takes; the next one takes the rest."""


@dataclass(frozen=True)
class Meeting:
    """Whom a form speaks of, and the e-mail address that must confirm it.

    `is_known` may change what the confirming mail says; it must never change what the browser is told.
    """

    person: Person
    contact_point: ContactPoint
    is_known: bool


def meet_person(
    *,
    given_name: str,
    family_name: str,
    email: str,
    language: str,
    now: datetime,
    phone: str = "",
    locality: Area | None = None,
    area: Area | None = None,
    placed_by: PlacedBy | None = None,
    placed_with: str = "",
) -> Meeting:
    """Find or make the person whom a public form speaks of, before anything is proved (decision 9).

    Anyone can type anyone's name and address, so nothing that is already known changes, whatever was typed:

    - an address that somebody of the same name has proved: that person, untouched (the record that stands for them);
    - any other case, a known address of another name included (couples share one): a new person with an unproved
      contact point, invisible until `verify_contact_point`, forgotten after 30 days. Two forms before the proof make two
      persons, so that the second cannot rewrite the first.

    The caller answers the same in both cases and mails a signed link to the contact point.
    Facts: person.met (of a new one).  Raises: Invalid (email, phone).
    """
    address = normal_value(Channel.EMAIL, email)
    number = normal_value(Channel.PHONE, phone, country=organisation().country) if phone.strip() else ""
    with transaction.atomic():
        if known := proved_point(address, given_name=given_name, family_name=family_name):
            return Meeting(person=known.person, contact_point=known, is_known=True)
        person = Person.objects.create(
            given_name=given_name.strip(),
            family_name=family_name.strip(),
            language=language,
            locality=locality,
            area=area,
            placed_by=placed_by or "",
            placed_with=placed_with,
            created_at=now,
        )
        point = ContactPoint.objects.create(person=person, channel=Channel.EMAIL, value=address, is_preferred=True)
        if number:
            ContactPoint.objects.create(person=person, channel=Channel.PHONE, value=number, is_preferred=True)
        journal.record("person.met", subject=person, at=now)
    return Meeting(person=person, contact_point=point, is_known=False)


def proved_point(address: str, *, given_name: str, family_name: str) -> ContactPoint | None:
    """Return the address of whoever proved it under this name, of the record that stands for them, locked; None where nobody did."""
    name = fold(f"{family_name} {given_name}")
    proved = ContactPoint.objects.filter(
        channel=Channel.EMAIL, value=address, verified_at__isnull=False, person__erased_at__isnull=True, person__folded_name=f" {name}"
    )
    known = proved.select_related("person").select_for_update(of=("person",), no_key=True).order_by("verified_at", "pk").first()
    if known is None or known.person.merged_into_id is None:
        return known
    same = ContactPoint.objects.filter(channel=Channel.EMAIL, value=address, verified_at__isnull=False)
    return same.select_related("person").filter(person_id=lock_standing(known.person_id).pk).first()


def give_account(*, person_id: UUID, now: datetime) -> User | None:
    """Let a person sign in with their proved e-mail address, and return their user.

    None when they have no proved address, or when it already signs another person in (a couple's shared address), or somebody who
    was appointed by it and has not said yet what they are called (`name_account`, which finds whoever it was): they then hold what
    they hold without a user. Facts: user.invited.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=lock_standing(person_id).pk)
        if person.user_id is not None:
            return person.user
        point = (
            person.contact_points.filter(channel=Channel.EMAIL, verified_at__isnull=False).order_by("-is_preferred", "verified_at").first()
        )
        if point is None:
            return None
        invited = accounts.invite_user(email=point.value, language=person.language, now=now)
        user = User.objects.select_for_update().get(pk=invited.pk)  # whoever says at this moment whose it is comes first
        if Person.objects.filter(user=user).exists() or Grant.objects.filter(user=user).running(now).exists():
            return None
        person.user = user
        person.save(update_fields=["user"])
    return user


def choose_language(*, person_id: UUID, language: str, now: datetime) -> bool:
    """Keep the language in which a person is written to, and reads where they sign in; say whether it changed.

    Facts: person.language_chosen.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person_id)
        if person.language == language:
            return False
        person.language = language
        person.save(update_fields=["language"])
        if person.user is not None:
            accounts.choose_language(user=person.user, language=language)
        journal.record("person.language_chosen", subject=person, at=now)
    return True


def show_given_name(*, person_id: UUID, shows: bool, now: datetime) -> bool:
    """Show a person's first name on the public page of the seat that they hold, or show it no more; say whether that changed.

    Facts: person.name_shown, person.name_hidden.
    """
    with transaction.atomic():
        person = lock_standing(person_id)
        if person.shows_given_name == shows:
            return False
        person.shows_given_name = shows
        person.save(update_fields=["shows_given_name"])
        journal.record("person.name_shown" if shows else "person.name_hidden", subject=person, at=now)
    return True


def place_person(*, person_id: UUID, area: Area, locality: Area | None, placed_by: PlacedBy, now: datetime) -> Person:
    """Keep where a person lives, once they proved who they are, as far as nothing is known of it; return the record that stands.

    What is known stays: a commune is kept only beside the constituency that they said it for. Facts: person.placed.
    """
    with transaction.atomic():
        person = Person.objects.select_related("area").get(pk=lock_standing(person_id).pk)
        said = []
        if person.area_id is None:
            person.area, person.placed_by, person.placed_with = area, placed_by, ""
            said += ["area", "placed_by", "placed_with"]
        if person.locality_id is None and locality is not None and person.area_id == area.pk:
            person.locality = locality
            said.append("locality")
        if said:
            person.save(update_fields=said)
            journal.record("person.placed", subject=person, at=now)
    return person


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete whoever was typed into a form 30 days ago and never confirmed it; say how many. Facts: person.forgotten."""
    with transaction.atomic():
        return _forget(UNCONFIRMED.filter(created_at__lt=now - UNCONFIRMED_KEPT), now=now)


def forget_never_confirmed(*, person_ids: Collection[UUID], now: datetime) -> int:
    """Delete, of these people, whoever never confirmed anything, with the form that named them. Facts: person.forgotten."""
    with transaction.atomic():
        return _forget(UNCONFIRMED.filter(pk__in=person_ids), now=now)


def _forget(forgotten: QuerySet[Person], *, now: datetime) -> int:
    people = list(forgotten.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:FORGOTTEN_AT_ONCE])
    for person in people:
        journal.record("person.forgotten", subject=person, at=now)
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    return len(people)
