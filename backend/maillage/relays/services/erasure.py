"""What a person asked and held, forgotten."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Func, Value

from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Person
from maillage.relays.models import (
    Application,
    CharterRequest,
    Companion,
    Concern,
    Conversation,
    Filling,
    FillingStep,
    FriendlyCall,
    HandOver,
    Joining,
    QuietAnswer,
    QuietStep,
    RelayPhoto,
    SeatAsk,
    SeatNote,
    Term,
    Turn,
    Welcome,
)
from maillage.relays.services.companions import stop_accompanying
from maillage.relays.services.concerns import give_back_concerns
from maillage.relays.services.terms import end_term


def erase_seats(person_id: UUID, now: datetime) -> None:
    """End what a person holds, delete what they asked, noted, wrote and told, and who looked after whom.

    That somebody held the seat, and when, stays.

    Facts: term.ended, companion.ended.
    """
    for term_id in Term.objects.filter(person_id=person_id, ends_at__isnull=True).order_by("pk").values_list("pk", flat=True):
        end_term(term_id=term_id, by=None, now=now)
    HandOver.objects.filter(term__person_id=person_id).delete()
    HandOver.objects.filter(successor_id=person_id).update(successor=None)
    SeatNote.objects.filter(author_id=person_id).delete()
    stop_accompanying(person_id=person_id, now=now)
    Welcome.objects.filter(person_id=person_id).delete()
    Companion.objects.filter(person_id=person_id).delete()
    FriendlyCall.objects.filter(caller_id=person_id).update(caller=None)
    for kept in (Companion, FriendlyCall, QuietStep, QuietAnswer):
        kept.objects.filter(term__person_id=person_id).delete()
    Application.objects.filter(person_id=person_id).delete()
    Joining.objects.filter(person_id=person_id).delete()
    CharterRequest.objects.filter(person_id=person_id).delete()
    addresses = ContactPoint.objects.filter(person_id=person_id, channel=Channel.EMAIL, verified_at__isnull=False).values("value")
    Conversation.objects.filter(writer_email__in=addresses).delete()
    Turn.objects.filter(author_id=person_id).delete()
    Concern.objects.filter(reporter_id=person_id).delete()
    Concern.objects.filter(answer_to__in=addresses, answer_confirmed_at__isnull=False).delete()
    Concern.objects.filter(answer_to__in=addresses).update(answer_to="")  # typed by who knows whom: what was told stays
    SeatAsk.objects.filter(person_id=person_id).delete()
    RelayPhoto.objects.filter(person_id=person_id).delete()
    user_id = Person.objects.filter(pk=person_id).values_list("user_id", flat=True).first()
    if user_id is not None:
        theirs = Concern.objects.filter(passed_over__contains=[user_id])
        theirs.update(passed_over=Func(F("passed_over"), Value(user_id), function="array_remove"))
    if user_id is not None:  # what they wrote about seats to fill; that something was tried, and when, stays
        FillingStep.objects.filter(by=user_id).update(words="", by=None)
        Filling.objects.filter(planned_by=user_id).update(next_step="", next_step_on=None, planned_by=None)
        Filling.objects.filter(taken_by=user_id).update(taken_by=None, taken_at=None)
        give_back_concerns(user_id=user_id, now=now)
