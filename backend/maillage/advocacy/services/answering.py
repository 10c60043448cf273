"""Asking whoever wrote to an office holder whether they answered, and keeping what they say."""

import contextlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.advocacy.domain import StepKind
from maillage.advocacy.domain.answering import ANSWERS, question_due
from maillage.advocacy.domain.contacts import Step
from maillage.advocacy.models import AnswerQuestion, Contact
from maillage.advocacy.selectors.answering import asked_on, is_paused, question_asked, requests_waiting, still_sees
from maillage.advocacy.services.contacts import add_step, locked_contact, take_step_back
from maillage.kernel.dates import day_in
from maillage.kernel.daytime import by_day
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of


def ask_if_answered(*, now: datetime) -> int:
    """Ask whoever is due (`domain.answering.question_due`), by day of the place, and say how many. Safe to run twice.

    Who pauses is left alone and asked later, within five weeks; who serves the place no more is not asked.
    Facts: answer.asked, each.
    """
    asked = 0
    for contact_id in requests_waiting(today=now.date()):
        with contextlib.suppress(IntegrityError), transaction.atomic():  # asked by another run in this moment
            asked += _ask(contact_id, now=now)
    return asked


def say_if_answered(*, question_id: UUID, was_answered: bool, now: datetime) -> AnswerQuestion:
    """Keep what whoever logged the request says: a step of the contact, and no more questions once there was an answer.

    Said again the other way, the new word takes the place of the old one, unless its author corrected the contact by hand since: that
    stays. That there was no answer is not added beside one.
    Facts: answer.told, contact.continued, contact.corrected.  Raises: NotFound, Conflict (`not_yours_any_more`).
    """
    with transaction.atomic():
        question = question_asked(question_id)
        contact = locked_contact(question.contact_id)
        by = _require_theirs(contact, now=now)
        question.refresh_from_db(fields=["was_answered", "said_at", "step"])
        if question.was_answered == was_answered:
            return question
        if question.step_id is not None:
            take_step_back(contact_id=contact.pk, step_id=question.step_id, now=now)
        question.was_answered, question.said_at, question.step = was_answered, now, None
        journal.record("answer.told", subject=question, at=now, actor_id=by.pk, was_answered=was_answered)
        if not contact.steps.filter(kind__in=ANSWERS).exists():
            kind = StepKind.ANSWER if was_answered else StepKind.NO_ANSWER
            step = Step(kind=kind, on=day_in(now, contact.area.time_zone))
            add_step(contact_id=contact.pk, step=step, author_id=contact.author_id, by=by, now=now)
            question.step = contact.steps.latest("pk")  # the contact is locked: nobody wrote in between
        question.save(update_fields=["was_answered", "said_at", "step"])
    return question


def _ask(contact_id: UUID, *, now: datetime) -> int:
    locked = Contact.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("area", "by")
    contact = locked.filter(pk=contact_id).first()
    steps = list(contact.steps.all()) if contact else []
    first = asked_on(steps)
    if contact is None or contact.by is None or first is None or by_day(now, contact.area.time_zone) != now:
        return 0
    number = question_due(
        asked_on=first,
        steps=[StepKind(step.kind) for step in steps],
        asked=set(contact.questions.values_list("number", flat=True)),
        today=day_in(now, contact.area.time_zone),
    )
    if number is None or is_paused(contact.author_id) or not still_sees(contact, now=now):
        return 0
    question = AnswerQuestion.objects.create(contact=contact, number=number, asked_at=now)
    messaging.queue_messages("advocacy.answer_question", [recipient_of(contact.by, about_id=question.pk)], now=now)
    journal.record("answer.asked", subject=question, at=now, contact_id=contact.pk, number=number)
    return 1


def linked_question(question_id: UUID, *, now: datetime) -> AnswerQuestion:
    """The question of a signed link, while whom it asks serves the place. Raises: NotFound, Conflict (`not_yours_any_more`)."""
    question = question_asked(question_id)
    _require_theirs(question.contact, now=now)
    return question


def _require_theirs(contact: Contact, *, now: datetime) -> User:
    """Return whoever logged a contact, if they still serve its place. Raises: Conflict."""
    if contact.by is None or not still_sees(contact, now=now):
        raise Conflict(_("This place is not yours any more. Tell the organisers."), code="not_yours_any_more")
    return contact.by


def own_question(question_id: UUID, *, user_id: UUID, now: datetime) -> AnswerQuestion:
    """A question that waits for a user. Raises: NotFound."""
    question = question_asked(question_id)
    if question.contact.by_id != user_id or not still_sees(question.contact, now=now):
        raise NotFound(code="question_unknown")
    return question
