"""The mail that asks who was silent for nearly three years whether to stay: once, a few a minute."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import User
from maillage.kernel import dates
from maillage.kernel.errors import NotFound
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Lane, Letter, MessageStatus, Paragraph, Purpose, Quiet, Reason, Recipient, RecipientKind
from maillage.messaging.domain.staying import STAY_PURPOSE
from maillage.messaging.models import Message
from maillage.messaging.services.by_hand import note_passed_on
from maillage.messaging.services.queue import queue_messages
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.domain.staying import ASKED_A_MINUTE, ASKED_BEFORE, STAY_LINK
from maillage.people.models import StayQuestion
from maillage.people.selectors import zone_of_person

STAY = Purpose(
    STAY_PURPOSE,
    lane=Lane.MAIL,
    recipients=frozenset({RecipientKind.PERSON}),
    title=gettext_lazy("the question whether you stay"),
)

MOST_WAITING = 5 * ASKED_A_MINUTE
"""Questions that have not left yet: a mail server that is slow is not given more."""


def ask_silent_people(*, now: datetime) -> int:
    """Write to the next people who are to be asked, as many as a minute takes; say how many. Safe to run twice.

    Who has no e-mail address is asked by hand where they gave another way: the message waits among the letters and calls of
    their place. Who gave none is not asked. What still waits there and whose question is gone, after another sign, is closed.
    """
    gone = ~Exists(StayQuestion.objects.filter(pk=OuterRef("about_id")))
    waiting = Message.objects.filter(gone, purpose=STAY.name, status=MessageStatus.BY_HAND)
    waiting.update(status=MessageStatus.REFUSED, refusal=Reason.NOTHING_TO_SAY)
    if Message.objects.filter(purpose=STAY.name, status=MessageStatus.QUEUED).count() >= MOST_WAITING:
        return 0
    with transaction.atomic():
        silent = people.silent_to_ask(most=ASKED_A_MINUTE, now=now)
        recipients = [Recipient(person_id=one.person_id, kind=RecipientKind.PERSON, about_id=one.id) for one in silent]
        return queue_messages(STAY.name, recipients, now=now)


def stay_letter(message: Message) -> Letter:
    """Ask somebody whether to stay, and say what becomes of them if they do nothing. No link does it by being opened."""
    if message.about_id is None:
        raise LookupError("nobody was silent")
    question = StayQuestion.objects.get(pk=message.about_id)
    if question.stayed_at is not None and message.channel == Channel.EMAIL:
        raise LookupError("they stay: there is nothing to ask")
    ends_at = (question.asked_at or message.queued_at) + ASKED_BEFORE
    token = sign_link(STAY_LINK, ids=[question.pk], ends_at=ends_at)
    day = dates.day(ends_at, zone_of_person(question.person_id))
    by_hand = message.channel != Channel.EMAIL
    return Letter(
        subject=_("Do you wish to stay?"),
        preview=_("If you do nothing, we forget you on %(day)s.") % {"day": day},
        blocks=(
            Paragraph(
                _(
                    "It is nearly three years since we heard from you. We keep what we know of people no longer than that, "
                    "unless they say so."
                )
            ),
            Paragraph(
                _("If you wish to stay, tell whoever passes this on to you. If you do nothing, we forget you on %(day)s.") % {"day": day}
                if by_hand
                else _("If you wish to stay, one press is enough. If you do nothing, we forget you on %(day)s.") % {"day": day}
            ),
            Button(_("I wish to stay"), f"{settings.PUBLIC_URL}{reverse('mail-stay', args=[token])}", accent=True),
            Quiet(_("You are asked this once. To sign in, or to answer anything that you are asked, does the same.")),
        ),
    )


def note_they_stay(*, message_id: UUID, by: User, now: datetime) -> None:
    """Keep what somebody told whoever passed the question on by hand: that they stay; the message is then passed on too.

    Safe to repeat. Facts: person.stayed, message.passed_on.  Raises: NotFound.
    """
    with transaction.atomic():
        people.stay(question_id=_question(_asking(message_id)), by=by, now=now)
        # Only now: whoever erases somebody locks them first, then deletes what they were sent.
        if Message.objects.select_for_update().filter(pk=message_id, status=MessageStatus.BY_HAND).first():
            note_passed_on(message_id=message_id, by=by, now=now)


def take_back_they_stay(*, message_id: UUID, by: User, now: datetime) -> None:
    """Undo `note_they_stay`, which was noted by mistake; that the question was passed on is undone apart. Safe to repeat.

    Facts: person.stay_taken_back.  Raises: NotFound.
    """
    people.take_back_stay(question_id=_question(_asking(message_id)), by=by, now=now)


def they_stay(message: Message) -> bool | None:
    """Say whether somebody answered the question of a message by a yes; None of a message that does not ask it. One query or none."""
    if message.purpose != STAY_PURPOSE:
        return None
    return StayQuestion.objects.filter(pk=_question(message), stayed_at__isnull=False).exists()


def _asking(message_id: UUID) -> Message:
    message = Message.objects.filter(pk=message_id, purpose=STAY_PURPOSE).first()
    if message is None:
        raise NotFound(code="letter_unknown")
    return message


def _question(message: Message) -> UUID:
    if message.about_id is None:
        raise NotFound(code="letter_unknown")
    return message.about_id
