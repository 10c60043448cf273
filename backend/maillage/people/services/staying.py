"""Who gave no sign of life for long is asked whether to stay, and forgotten three years after their last sign."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import NotFound
from maillage.people.domain.staying import ASKED_BEFORE, KEPT_AFTER_LAST_SIGN, falls_silent_at, may_be_forgotten
from maillage.people.models import Person, StayQuestion
from maillage.people.selectors.family import family_ids
from maillage.people.selectors.signs import last_signs
from maillage.people.services.consents import the_controller
from maillage.people.services.erasure import erase_person
from maillage.people.services.standing import lock_standing

LOOKED_AT_ONCE = 2_000
"""How many people one transaction asks about: each hall answers for all of them in one query."""

FORGOTTEN_AN_HOUR = 5_000
"""How many jobs an hour's run asks for, each to forget one person: more than are asked in an hour."""


@dataclass(frozen=True)
class Silent:
    """Somebody who is to be asked now whether to stay, by the question's id."""

    id: UUID
    person_id: UUID


def look_for_silent(*, now: datetime, after_at: datetime | None = None, after_id: UUID | None = None) -> bool:
    """Open a question for each of the next people whose last sign is nearly three years old; say whether more people remain.

    Only who joined that long ago is looked at, in that order, some thousands in a transaction with the job that goes on behind
    them: killed anywhere, nothing is lost or done twice. Who gave a sign since a question was opened is not asked any more.
    Facts: people.fell_silent, with their count.
    """
    with transaction.atomic():
        people = _next_people(joined_by=now - (KEPT_AFTER_LAST_SIGN - ASKED_BEFORE), after_at=after_at, after_id=after_id)
        signs = last_signs([person_id for person_id, _at in people], now=now)
        silent = [person_id for person_id, joined_at in people if falls_silent_at(signs.get(person_id, joined_at)) <= now]
        lively = {person_id for person_id, _at in people} - set(silent)
        StayQuestion.objects.filter(person__in=lively, stayed_at__isnull=True).delete()
        known = set(StayQuestion.objects.filter(person__in=silent, stayed_at__isnull=True).values_list("person_id", flat=True))
        new = [StayQuestion(person_id=person_id, found_at=now) for person_id in silent if person_id not in known]
        StayQuestion.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            journal.record("people.fell_silent", subject=the_controller(), at=now, count=len(new))
        more = len(people) == LOOKED_AT_ONCE
        if more:
            last_id, last_at = people[-1]
            journal.jobs.enqueue("people.look_for_silent", after_at=last_at, after_id=last_id)
    return more


def silent_to_ask(*, most: int, now: datetime) -> list[Silent]:
    """Take the next people who are to be asked and mark them as asked; the caller queues the mails in the same transaction.

    Two workers never take the same.
    """
    with transaction.atomic():
        waiting = StayQuestion.objects.filter(asked_at__isnull=True, stayed_at__isnull=True).order_by("pk")
        taken = list(waiting.select_for_update(skip_locked=True).values_list("pk", "person_id")[:most])
        StayQuestion.objects.filter(pk__in=[question_id for question_id, _person in taken]).update(asked_at=now)
    return [Silent(id=question_id, person_id=person_id) for question_id, person_id in taken]


def stay(*, question_id: UUID, now: datetime, by: User | None = None) -> StayQuestion:
    """Keep that somebody says they stay, which is a sign of life; `by`: to whom they said it. Safe to repeat.

    Facts: person.stayed.  Raises: NotFound (`stay_question_gone`): they are forgotten, or gave another sign.
    """
    with transaction.atomic():
        asked = StayQuestion.objects.filter(pk=question_id).values_list("person_id", flat=True).first()
        if asked is not None:
            lock_standing(asked)  # whoever forgets them waits for this yes, or this for them
        question = StayQuestion.objects.select_for_update(of=("self",)).filter(pk=question_id).first()
        if question is None:
            raise NotFound(code="stay_question_gone")
        if question.stayed_at is None:
            question.stayed_at = now
            question.save(update_fields=["stayed_at"])
            journal.record("person.stayed", subject=Person(pk=question.person_id), at=now, actor_id=by.pk if by else None)
    return question


def take_back_stay(*, question_id: UUID, by: User, now: datetime) -> None:
    """Let a question stand open again whose answer was noted by mistake: they have their month anew, as if asked today.

    Safe to repeat. Facts: person.stay_taken_back.
    """
    with transaction.atomic():
        question = StayQuestion.objects.select_for_update(of=("self",)).filter(pk=question_id, stayed_at__isnull=False).first()
        if question is not None and not StayQuestion.objects.filter(person_id=question.person_id, stayed_at__isnull=True).exists():
            question.stayed_at = None
            if question.asked_at:
                question.asked_at = now
            question.save(update_fields=["stayed_at", "asked_at"])
            journal.record("person.stay_taken_back", subject=Person(pk=question.person_id), at=now, actor_id=by.pk)


def forget_silent(*, now: datetime) -> int:
    """Ask for the jobs that forget who was asked a month ago and did not answer; say how many are new. Safe to repeat.

    A job for each, so that one who cannot be forgotten is told to the operators and keeps nobody else here.
    """
    due = StayQuestion.objects.filter(stayed_at__isnull=True, asked_at__lte=now - ASKED_BEFORE).order_by("asked_at", "pk")
    found = due.values_list("pk", flat=True)[:FORGOTTEN_AN_HOUR]
    return journal.jobs.enqueue_many("people.forget_person", [{"question_id": id} for id in found], unique_by="question_id")


def forget_person(*, question_id: UUID, now: datetime) -> bool:
    """Erase whom a question asked a month ago, by the service of one's own erasure, unless they gave a sign in three years.

    Every hall is asked once more while nobody can answer the question or sign in. Say whether they were forgotten.
    Safe to repeat. Facts: those of `erase_person`.
    """
    with transaction.atomic():
        person_id = StayQuestion.objects.filter(pk=question_id).values_list("person_id", flat=True).first()
        if person_id is None:
            return False
        family = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=family_ids(person_id)).order_by("pk"))
        list(User.objects.select_for_update().filter(person__in=[record.pk for record in family]).order_by("pk"))
        question = StayQuestion.objects.select_for_update(of=("self",)).filter(pk=question_id, stayed_at__isnull=True).first()
        person = Person.objects.standing().filter(pk=person_id).first()
        if question is None or person is None or person.confirmed_at is None:
            return False
        last = last_signs([person_id], now=now).get(person_id, person.confirmed_at)
        if falls_silent_at(last) > now:
            question.delete()
        if not may_be_forgotten(last_sign=last, asked_at=question.asked_at, now=now):
            return False
        erase_person(person_id=person_id, now=now)
        return True


def _next_people(*, joined_by: datetime, after_at: datetime | None, after_id: UUID | None) -> list[tuple[UUID, datetime]]:
    """The next people who joined by an instant, in that order: `people_person_joined` read from its end."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"by": joined_by, "at": after_at, "id": after_id, "most": LOOKED_AT_ONCE})
        return list(cursor.fetchall())


_NEXT = """
SELECT id, confirmed_at FROM people_person
WHERE confirmed_at IS NOT NULL AND erased_at IS NULL AND merged_into_id IS NULL AND confirmed_at <= %(by)s
  AND (%(at)s::timestamptz IS NULL OR (confirmed_at, id) > (%(at)s::timestamptz, %(id)s::uuid))
ORDER BY confirmed_at, id LIMIT %(most)s
"""
