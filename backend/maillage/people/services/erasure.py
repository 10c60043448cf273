"""A person takes what is kept of them, or asks to be forgotten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maillage import journal
from maillage.accounts import services as accounts
from maillage.people.domain import HALLS
from maillage.people.models import (
    AccessReason,
    ConsentState,
    ContactPoint,
    DocumentComment,
    Likeness,
    PaperForm,
    Person,
    StayQuestion,
    ToldApart,
)
from maillage.people.selectors.family import family_ids, standing_id
from maillage.people.services.agreements import erase_agreements
from maillage.people.services.imports import erase_imported
from maillage.people.services.merges import forget_merges
from maillage.people.services.promises import release_promises


def erase_person(*, person_id: UUID, now: datetime) -> None:
    """Forget a person, in every hall, by the fate that each model states: all or nothing.

    What they held ends, what they were sent and what named them goes, and who signs in with their address signs in no
    more. What is left has ids, instants and answers, and names nobody. Records merged into theirs are theirs, and go too;
    asked of one of those, all of them go. Safe to repeat.
    Facts: person.erased, each record.  Raises: Person.DoesNotExist.
    """
    with transaction.atomic():
        for person in _locked_family(person_id):
            if person.erased_at is None:
                for hall in reversed(HALLS.values()):  # from the highest floor down: what stands on others goes first
                    hall.erase(person.pk, now)
                journal.record("person.erased", subject=person, at=now)


def _locked_family(person_id: UUID) -> list[Person]:
    """Lock a person's records in the order of their keys: the one that stands and those hidden behind it."""
    while True:
        family = family_ids(standing_id(person_id))
        people = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=family).order_by("pk"))
        if not people:
            raise Person.DoesNotExist
        if family_ids(standing_id(person_id)) == family:  # nobody joined one to another while we waited
            return people


def erase_own_rows(person_id: UUID, now: datetime) -> None:
    """Apply the fates of this floor's models, and delete the user."""
    person = Person.objects.get(pk=person_id)
    user_id = person.user_id
    release_promises(person_id=person_id, now=now)
    erase_imported(person_id=person_id)  # while their addresses say which lines of files are theirs
    AccessReason.objects.filter(person_id=person_id).delete()
    PaperForm.objects.filter(person_id=person_id).delete()
    DocumentComment.objects.filter(author_id=person_id).update(author=None, words="")
    erase_agreements(person_id=person_id)
    StayQuestion.objects.filter(person_id=person_id).delete()
    ContactPoint.objects.filter(person_id=person_id).delete()
    ConsentState.objects.filter(person_id=person_id).delete()
    forget_merges(person_id)
    for pairs in (Likeness, ToldApart):
        pairs.objects.filter(Q(person_id=person_id) | Q(other_id=person_id)).delete()
    person.user = person.locality = person.area = None
    person.given_name = person.family_name = person.placed_by = person.placed_with = ""
    person.shows_given_name = False
    person.erased_at = now
    person.save()
    if user_id is not None:
        accounts.delete_user(user_id=user_id)
