"""A person takes what is kept of them, or asks to be forgotten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.accounts import services as accounts
from maillage.people.domain import HALLS
from maillage.people.models import AccessReason, ConsentState, ContactPoint, DocumentComment, PaperForm, Person
from maillage.people.services.agreements import erase_agreements
from maillage.people.services.imports import erase_imported
from maillage.people.services.promises import release_promises


def erase_person(*, person_id: UUID, now: datetime) -> None:
    """Forget a person, in every hall, by the fate that each model states: all or nothing.

    What they held ends, what they were sent and what named them goes, and who signs in with their address signs in no
    more. What is left has ids, instants and answers, and names nobody. Safe to repeat.
    Facts: person.erased.  Raises: Person.DoesNotExist.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
        if person.erased_at is not None:
            return
        for hall in reversed(HALLS.values()):  # from the highest floor down: what stands on others goes first
            hall.erase(person_id, now)
        journal.record("person.erased", subject=person, at=now)


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
    ContactPoint.objects.filter(person_id=person_id).delete()
    ConsentState.objects.filter(person_id=person_id).delete()
    person.user = person.locality = person.area = None
    person.given_name = person.family_name = person.placed_by = person.placed_with = ""
    person.shows_given_name = False
    person.erased_at = now
    person.save()
    if user_id is not None:
        accounts.delete_user(user_id=user_id)
