"""What a person asked and held, told to them."""

from typing import Any
from uuid import UUID

from maillage.relays.models import (
    Application,
    CharterRequest,
    Companion,
    Filling,
    FillingStep,
    FriendlyCall,
    HandOver,
    Joining,
    QuietAnswer,
    QuietStep,
    SeatAsk,
    SeatNote,
    Term,
    Welcome,
)
from maillage.relays.selectors.concerns import concerns_from, own_concerns
from maillage.relays.selectors.conversations import conversations_of_person
from maillage.relays.selectors.photos import photo_of_person
from maillage.territories.models import called


def seats_of(person_id: UUID) -> dict[str, Any]:
    """Say which seats a person asked for and held, what they wrote, answered and told, for the file that they take away."""
    asked = Application.objects.filter(person_id=person_id).order_by("created_at")
    asks = SeatAsk.objects.filter(person_id=person_id, sent_at__isnull=False).order_by("asked_at")
    steps = FillingStep.objects.filter(by__person=person_id).order_by("at")
    on_list = Filling.objects.filter(taken_by__person=person_id).order_by("taken_at")
    held = Term.objects.filter(person_id=person_id).order_by("starts_at")
    notes = SeatNote.objects.filter(author_id=person_id).order_by("written_at", "pk")
    handed = HandOver.objects.filter(term__person_id=person_id).order_by("begun_at")
    reading = CharterRequest.objects.filter(person_id=person_id).order_by("sent_at")
    joined = Joining.objects.filter(person_id=person_id).order_by("created_at")
    there = called("seat__area")
    return {
        "applications": list(
            asked.values(
                "seat__area__code",
                "status",
                "motivation",
                "is_of_age",
                "created_at",
                "confirmed_at",
                "decided_at",
                "decision_words",
                "withdrawal_words",
                place=there,
            )
        ),
        "joined": list(
            joined.values(
                "seat__area__code", "wordings", "is_of_age", "created_at", "confirmed_at", place=there, commune=called("locality")
            )
        ),
        **_looked_after(person_id),
        "terms": list(held.values("seat__area__code", "kind", "starts_at", "ends_at", "ending", "paused_at", "paused_until", place=there)),
        "asked_for": list(asks.values("seat__area__code", "kind", "status", "asked_at", "answered_at", place=there)),
        "seats_to_fill": list(on_list.values("seat__area__code", "taken_at", "next_step", "next_step_on", place=there)),
        "tried": list(steps.values("seat__area__code", "kind", "words", "count", "at")),
        "notes": list(notes.values("seat__area__code", "kind", "text", "due_on", "kept_at", "written_at", "handed_at")),
        "hand_overs": list(handed.values("term__seat__area__code", "status", "ends_on", "gives_notes", "words", "begun_at", "settled_at")),
        "charter_requests": list(reading.values("version__number", "sent_at")),
        "conversations": conversations_of_person(person_id),
        "concerns": [*own_concerns([person_id]), *concerns_from(person_id)],
        "photo": photo_of_person(person_id),
    }


def _looked_after(person_id: UUID) -> dict[str, Any]:
    """Who accompanied them and whom they accompanied, by place; what was tried when they were quiet, and what was written of it."""
    when = ("kind", "status", "offered_at", "asked_at", "agreed_at", "ended_at")
    calls = FriendlyCall.objects.filter(term__person_id=person_id).order_by("opened_at")
    made = FriendlyCall.objects.filter(done_by__person=person_id).order_by("done_at")
    return {
        "welcomes_newcomers": list(
            Welcome.objects.filter(person_id=person_id).values(
                "as_facilitator", "as_buddy", "places", "contact__channel", "contact__value", "since", "ended_at"
            )
        ),
        "accompanied_by": list(
            Companion.objects.filter(term__person_id=person_id).order_by("offered_at").values(*when, place_name=called("place"))
        ),
        "accompanies": list(
            Companion.objects.filter(person_id=person_id).order_by("offered_at").values(*when, place_name=called("term__seat__area"))
        ),
        "quiet_steps": list(QuietStep.objects.filter(term__person_id=person_id).order_by("at").values("kind", "since", "at")),
        "quiet_answers": list(QuietAnswer.objects.filter(term__person_id=person_id).order_by("at").values("answer", "at")),
        "friendly_calls": list(calls.values("opened_at", "done_at", "outcome", "words", "closed_at", "closed_because")),
        "friendly_calls_made": list(made.values("done_at", "outcome", "words", place=called("term__seat__area"))),
    }
