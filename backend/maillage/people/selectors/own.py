"""What is kept of a person, told to them: for the screen, and whole for the file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from maillage.accounts.models import User
from maillage.accounts.selectors.security import kept_of
from maillage.people.domain import HALLS
from maillage.people.models import Access, AccessReason, Consent, ConsentState, ContactPoint, PaperForm, Person, Promise
from maillage.people.selectors.agreements import agreements_of, comments_of, qualifications_of
from maillage.people.selectors.family import family_ids
from maillage.people.selectors.imports import origins_of, waiting_of
from maillage.people.selectors.merges import own_merges
from maillage.people.selectors.organisation import organisation
from maillage.people.selectors.wordings import wordings_in_force, wordings_read


def own_person_id(user: User) -> UUID | None:
    """Return the id of the person behind a user; None when nobody is."""
    return Person.objects.filter(user=user).values_list("pk", flat=True).first()


def has_account(person_id: UUID) -> bool:
    """Say whether a person signs in here."""
    return Person.objects.filter(pk=person_id, user__is_active=True).exists()


def own_data(person_id: UUID) -> dict[str, Any]:
    """Say what this floor knows of a person: names, place, contacts, and what they agreed to now, in the reader's language."""
    person = Person.objects.select_related("area", "locality").get(pk=person_id)
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "language": person.language,
        "locality": person.locality.called if person.locality else "",
        "area": person.area.called if person.area else "",
        "shows_given_name": person.shows_given_name,
        "created_at": person.created_at,
        "contacts": _contacts(person_id),
        "consents": _consents(person_id),
        "agreements": agreements_of(person_id),
        "qualifications": qualifications_of(person_id, language=get_language() or person.language),
        "merges": own_merges([person_id]),
    }


def export_of(person_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Say all that is kept of a person, a section a hall: what a copy under GDPR articles 15 and 20 holds.

    `joined`: what still stands with each record that was merged into theirs.
    """
    own, *joined = [{name: dict(hall.export(id)) for name, hall in HALLS.items()} for id in (person_id, *_hidden_behind(person_id))]
    return {"controller": organisation().name, "made_at": now, **own} | ({"joined": joined} if joined else {})


def inspected_export_of(person_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Say all that is kept of a person but what they told in confidence, for the data-protection officer's copy.

    `left_out` names those parts, whether or not there is anything in them.
    """
    copy = export_of(person_id, now=now)
    for rows in (copy, *copy.get("joined", ())):
        for name, hall in HALLS.items():
            rows[name] = {part: kept for part, kept in rows[name].items() if part not in hall.confided}
    return {**copy, "left_out": [f"{name}.{part}" for name, hall in HALLS.items() for part in hall.confided]}


def own_rows(person_id: UUID) -> dict[str, Any]:
    """Say what this floor keeps, for the file: the whole log of consents and every reading of the access log, ids of readers left out."""
    person = Person.objects.select_related("user").get(pk=person_id)
    log = Consent.objects.filter(person_id=person_id).order_by("id").values("purpose", "channel", "act", "wording", "source", "at")
    promises = Promise.objects.filter(person_id=person_id).order_by("made_at").values("made_at", "due_at", "kept_at")
    accesses = Access.objects.filter(person_ids__contains=[person_id]).order_by("at").values("at", "role", "reading", "reason_id")
    reasons: dict[UUID | None, str] = dict(
        AccessReason.objects.filter(pk__in=[line["reason_id"] for line in accesses]).values_list("pk", "words")
    )
    papers = PaperForm.objects.filter(person_id=person_id).order_by("entered_at").values("number", "entered_at", "waiting")
    user = person.user
    return {
        **own_data(person_id),
        "sign_in": kept_of(user) if user else None,
        "consent_log": list(log),
        "papers": list(papers),
        "promises": list(promises),
        "accesses": [
            {"at": line["at"], "role": line["role"], "reading": line["reading"], "reason": reasons.get(line["reason_id"], "")}
            for line in accesses
        ],
        "origins": origins_of(person_id),
        "waiting_addresses": waiting_of(person_id),
        "comments": comments_of(person_id),
    }


def _hidden_behind(person_id: UUID) -> list[UUID]:
    return [id for id in family_ids(person_id) if id != person_id]


def _contacts(person_id: UUID) -> list[dict[str, Any]]:
    points = ContactPoint.objects.filter(person_id=person_id).order_by("-is_preferred", "pk")
    return [
        {"channel": point.channel, "value": point.value, "is_verified": point.verified_at is not None, "is_preferred": point.is_preferred}
        for point in points
    ]


def _consents(person_id: UUID) -> list[dict[str, Any]]:
    """Each standing wording for each way to reach them, agreed to or not; then what they agreed to elsewhere, or on a form.

    What is agreed to reads as it read then, everything else as it stands now. What was agreed to where they are not reached any
    more can still be taken back.
    """
    wordings = wordings_in_force()
    states = {(state.purpose, state.channel): state for state in ConsentState.objects.filter(person_id=person_id, purpose__in=wordings)}
    channels = ContactPoint.objects.filter(person_id=person_id, verified_at__isnull=False).values_list("channel", flat=True)
    offered = {(purpose, channel) for purpose, wording in wordings.items() for channel in channels if wording.stands_by(channel)}
    said = {key for key, state in states.items() if state.is_given or not wordings[key[0]].is_standing}
    read = wordings_read(person_id)
    return [
        {
            "purpose": purpose,
            "channel": channel,
            "text": str(wording.text),
            "version": wording.version,
            "is_given": bool(state and state.is_given),
            "changed_at": state.changed_at if state else None,
            "can_be_changed": (purpose, channel) in offered or (wordings[purpose].is_standing and wordings[purpose].stands_by(channel)),
        }
        for purpose, channel in sorted(offered | said)
        for state in [states.get((purpose, channel))]
        for wording in [read.get((purpose, channel), wordings[purpose]) if state and state.is_given else wordings[purpose]]
    ]
