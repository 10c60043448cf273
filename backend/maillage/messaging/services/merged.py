"""The letter to whom two records were joined into one, at every address of both; when that settles; and when they are taken apart."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage import journal
from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Lane, Letter, MessageStatus, Paragraph, Purpose, Quiet, Recipient, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.queue import queue_message, queue_messages
from maillage.people import services as people
from maillage.people.domain.merging import OBJECTED_WITHIN
from maillage.people.models import Merge, Person
from maillage.people.selectors import addresses_of_merge, records_proved_on
from maillage.people.selectors.organisation import organisation, zone_of_house

JOINED_LINK = "messaging.joined"
"""Purpose of the signed link on which somebody says whether two records are both theirs: the join, then the records that the
mailbox which received it speaks for."""

ANSWERED_WITHIN = timedelta(days=365)
"""How long the link works: a join can be undone long after it was settled."""

LOOKED_AT_ONCE = 200
"""How many joins one transaction asks about: the letters of all of them are read in one query."""

_TITLE = gettext_lazy("what is done with your record")

JOINED = Purpose("people.joined", lane=Lane.MAIL, recipients=frozenset({RecipientKind.ADDRESS, RecipientKind.PERSON}), title=_TITLE)
PARTED = Purpose("people.parted", lane=Lane.MAIL, recipients=frozenset({RecipientKind.PERSON}), title=_TITLE)


def tell_of_merge(*, merge_id: UUID, now: datetime) -> None:
    """Write to every proved address of two records that were joined: they may be two people's. To who has none, by hand.

    A merge that was undone meanwhile is not told.
    """
    merge = Merge.objects.select_related("person").filter(pk=merge_id, undone_at__isnull=True).first()
    if merge is None:
        return
    found = addresses_of_merge(merge)
    recipients = [
        Recipient(address=address, kind=RecipientKind.ADDRESS, language=language, about_id=merge.pk) for address, language in found.items()
    ]
    queue_messages(JOINED.name, recipients or [Recipient(person_id=merge.person_id, about_id=merge.pk)], now=now)


def settle_merges(*, now: datetime, after_at: datetime | None = None, after_id: UUID | None = None) -> int:
    """Settle the next joins to which nobody objected in time after every proved address of both records was written to; say how many.

    A letter that could not be sent was read by nobody: such a join waits for a yes. Where neither record has an address there is
    nobody to ask, and the time alone counts. The job that goes on behind these stands in the same transaction.
    Facts: person.merge_settled, each.
    """
    waiting = Merge.objects.filter(settled_at=None, undone_at=None, objected_at=None, merged_at__lte=now - OBJECTED_WITHIN)
    if after_at is not None:
        waiting = waiting.filter(Q(merged_at__gt=after_at) | Q(merged_at=after_at, pk__gt=after_id))
    with transaction.atomic():
        joins = list(waiting.order_by("merged_at", "pk").values_list("merged_at", "pk")[:LOOKED_AT_ONCE])
        letters = _letters_of([merge_id for _at, merge_id in joins])
        settled = 0
        for _at, merge_id in joins:
            if merge_id in letters and all(_was_read_in_time(letter, now=now) for letter in letters[merge_id]):
                settled += people.settle_merge(merge_id=merge_id, now=now)
        if len(joins) == LOOKED_AT_ONCE:
            last_at, last_id = joins[-1]
            journal.jobs.enqueue("messaging.settle_merges", after_at=last_at, after_id=last_id)
    return settled


def tell_of_parting(*, merge_id: UUID, now: datetime) -> None:
    """Write to both people whose records were taken apart again, where the joining had been told."""
    merge = Merge.objects.filter(pk=merge_id, undone_at__isnull=False).first()
    if merge is None or not Message.objects.filter(purpose=JOINED.name, about_id=merge_id).exists():
        return
    for person in Person.objects.standing().filter(pk__in=[merge.person_id, merge.absorbed_id]).order_by("pk"):
        queue_message(PARTED.name, person=person, about_id=merge.pk, now=now)


def joined_letter(message: Message) -> Letter:
    """Say that two records were joined, what that changed and how to object; no name, since a reader may be the wrong one."""
    merge = _merge_of(message, is_undone=False)
    return Letter(
        subject=_("Two records of you were joined"),
        preview=_("If they are not both yours, say so: it is undone."),
        blocks=(
            Paragraph(
                _("On %(day)s an organiser of your place joined two records that we held, since they looked like one person's.")
                % {"day": dates.day(merge.merged_at, zone_of_house())}
            ),
            Paragraph(_("Nothing is lost. What you had taken back on either of them stays taken back.")),
            Paragraph(
                _("For %(days)s days each address reads of it only what was known of it before, unless both say that all of it is theirs.")
                % {"days": OBJECTED_WITHIN.days}
            ),
            *_answers(merge, message),
            Quiet(_("If they are not both yours, or you never heard of us, say so: they are taken apart again. %(how)s") % {"how": _how()}),
        ),
    )


def parted_letter(message: Message) -> Letter:
    """Say that two records that had been joined are two again."""
    merge = _merge_of(message, is_undone=True)
    return Letter(
        subject=_("Your record stands by itself again"),
        preview=_("It had been joined to another one, and was taken apart."),
        blocks=(
            Paragraph(
                _("It had been joined to another record on %(day)s, and was taken apart again.")
                % {"day": dates.day(merge.merged_at, zone_of_house())}
            ),
            Paragraph(_("What you take part in and what you agreed to is as it was before. What was taken back since stays so.")),
            Button(_("See my record"), f"{settings.PUBLIC_URL}/app/me/data"),
        ),
    )


def _letters_of(merge_ids: list[UUID]) -> dict[UUID, list[Message]]:
    """The letters that told of these joins; none of a join that is not told yet."""
    found: dict[UUID, list[Message]] = {}
    told = Message.objects.filter(purpose=JOINED.name, about_id__in=merge_ids)
    for letter in told.only("about_id", "recipient_kind", "status", "sent_at"):
        if letter.about_id is not None:
            found.setdefault(letter.about_id, []).append(letter)
    return found


def _was_read_in_time(letter: Message, *, now: datetime) -> bool:
    """Say whether its reader had their time to object; who is told by hand has no link to do so, and is not waited for."""
    if letter.recipient_kind != RecipientKind.ADDRESS:
        return True
    return letter.status == MessageStatus.SENT and letter.sent_at is not None and letter.sent_at <= now - OBJECTED_WITHIN


def _answers(merge: Merge, message: Message) -> tuple[Button, ...]:
    """Lead to the page where whoever reads at this address says yes or no; nothing for who is told by hand."""
    records = sorted(records_proved_on(merge, message.address)) if message.address else []
    if not records:
        return ()
    token = sign_link(JOINED_LINK, ids=[merge.pk, *records], ends_at=merge.merged_at + ANSWERED_WITHIN)
    with translation.override(message.language):
        page = f"{settings.PUBLIC_URL}{reverse('joined-records', args=[token])}"
    return (Button(_("They are both mine"), page), Button(_("They are not both mine"), f"{page}?are=not-mine"))


def _merge_of(message: Message, *, is_undone: bool) -> Merge:
    if message.about_id is None:
        raise LookupError("a merge is told")
    return Merge.objects.get(pk=message.about_id, undone_at__isnull=not is_undone)


def _how() -> str:
    email = organisation().email
    return _("Write to %(email)s.") % {"email": email} if email else _("Answer the organiser of your place.")


LETTERS = ((JOINED, joined_letter), (PARTED, parted_letter))
