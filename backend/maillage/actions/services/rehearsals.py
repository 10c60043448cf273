"""A brief rehearsed: sent before the launch to who organises, as its holder would get it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.actions.domain import BEFORE_LAUNCH, COLLEAGUES_MOST, REHEARSALS_AN_HOUR
from maillage.actions.models import Rehearsal, RehearsalReader
from maillage.actions.selectors import colleagues_of, seat_language, seat_of
from maillage.actions.services.drafts import locked
from maillage.kernel.errors import Conflict, Invalid, Refusal
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of


class TooManyRehearsals(Refusal):
    """Somebody rehearsed often within an hour."""

    status = 429
    code = "too_many_rehearsals"


def rehearse_action(
    *, action_id: UUID, seat_id: UUID, version: int, colleague_ids: Collection[UUID], by: User, now: datetime, language: str = ""
) -> Rehearsal:
    """Send the brief of one seat to oneself and to up to five organisers of the network, marked as a rehearsal.

    `version` is the one that the organiser reads. `language`: that of the seat's holder unless said, else the action's default one.
    Facts: action.rehearsed.
    Raises: NotFound (`action_unknown`, `seat_unknown`), Invalid by field, Conflict (`already_launched`, `version_conflict`),
    TooManyRehearsals.
    """
    with transaction.atomic():
        action = locked(action_id)
        if action.status not in BEFORE_LAUNCH:
            raise Conflict(_("This action has been launched: there is nothing left to rehearse."), code="already_launched")
        if action.version != version:
            raise Conflict(
                _("Somebody else has changed this action meanwhile. Look at it again before you rehearse it."),
                code="version_conflict",
                version=action.version,
            )
        seat = seat_of(action, seat_id, organised_by=by, now=now)
        known = {user.pk: user for user in colleagues_of(action, but=by, now=now)}
        chosen = dict.fromkeys(colleague_ids)
        if len(chosen) > COLLEAGUES_MOST or not known.keys() >= chosen.keys():
            raise Invalid(
                _("Some fields need another look."),
                fields={"colleagues": [_("Choose up to %(most)s organisers of this network.") % {"most": COLLEAGUES_MOST}]},
            )
        if Rehearsal.objects.filter(by=by, rehearsed_at__gt=now - timedelta(hours=1)).count() >= REHEARSALS_AN_HOUR:
            raise TooManyRehearsals(
                _("You rehearsed %(most)s times within an hour. Nothing was sent: try again later.") % {"most": REHEARSALS_AN_HOUR}
            )
        rehearsal = Rehearsal.objects.create(
            action=action,
            seat=seat,
            version=action.version,
            language=language or seat_language(action, seat),
            by=by,
            rehearsed_at=now,
        )
        readers = [by, *(known[user_id] for user_id in chosen)]
        RehearsalReader.objects.bulk_create(RehearsalReader(rehearsal=rehearsal, user=user) for user in readers)
        messaging.queue_messages(
            "actions.rehearsal",
            [replace(recipient_of(user, about_id=rehearsal.pk), language=rehearsal.language) for user in readers],
            now=now,
        )
        journal.record(
            "action.rehearsed",
            subject=action,
            at=now,
            actor_id=by.pk,
            rehearsal_id=rehearsal.pk,
            seat_id=seat.pk,
            version=action.version,
            readers=len(readers),
        )
    return rehearsal
