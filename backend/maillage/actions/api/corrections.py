"""The words of a launched brief corrected: whom it tells, done, undone."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.actions import selectors, services
from maillage.actions.api.actions import actor, led
from maillage.actions.api.shapes import TextIn
from maillage.actions.domain import CHANGED_MOST, ActionStatus
from maillage.actions.models import Action, Correction
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people


class BriefCorrectionOut(serializers.Serializer[Any]):
    """One correction."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="that it made")
    changed = serializers.CharField(help_text="in the reader's language, else in the default one")
    by = serializers.CharField(help_text="empty once they left")
    corrected_at = serializers.DateTimeField()
    leaves_at = serializers.DateTimeField(help_text="when the first mails leave; until then it can be undone")
    told = serializers.IntegerField(help_text="how many were written to, or are brought it")
    undone_at = serializers.DateTimeField(allow_null=True)
    can_undo = serializers.BooleanField()


class BriefCorrectionsOut(serializers.Serializer[Any]):
    """The corrections of an action, the latest first; and whom another one would tell now."""

    items = BriefCorrectionOut(many=True)
    by_mail = serializers.IntegerField(help_text="who act and got or opened it: they get a mail that says what changed")
    by_hand = serializers.IntegerField(help_text="to whom a human brought it: they are brought what changed")
    unread = serializers.IntegerField(help_text="who act and have neither got nor opened it: they read the new words")
    unreached = serializers.IntegerField(help_text="who got or opened it and whom nothing reaches, or who want nothing more of it")


class BriefCorrectionIn(serializers.Serializer[Any]):
    """The words as they are to be, what changed, and the version that was read."""

    version = serializers.IntegerField(min_value=1)
    texts = serializers.DictField(child=TextIn(), help_text="by language; each one that some have read")
    changed = serializers.DictField(
        child=serializers.CharField(max_length=CHANGED_MOST, allow_blank=True),
        help_text="by language, a sentence; in the default one at least",
    )


class CorrectionsView(APIView):
    """What was corrected; correct."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_corrections", responses=BriefCorrectionsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List what was corrected, and say whom a correction would tell now."""
        return Response(_shape(request, led(request, id)))

    @extend_schema(operation_id="actions_correct", request=BriefCorrectionIn, responses={201: BriefCorrectionsOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Correct the words of a running brief; 409 when somebody else did since `version`. Mails leave ten minutes later."""
        led(request, id)
        wanted = BriefCorrectionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.correct_action(action_id=id, by=actor(request), now=now(), **wanted.validated_data)
        return Response(_shape(request, led(request, id)), status=201)


class CorrectionUndoView(APIView):
    """Taken back."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_undo_correction", request=None, responses=BriefCorrectionsOut)
    def post(self, request: Request, id: UUID, correction_id: UUID) -> Response:
        """Put the words back, until the first mails leave. Safe to repeat."""
        led(request, id)
        services.undo_correction(action_id=id, correction_id=correction_id, by=actor(request), now=now())
        return Response(_shape(request, led(request, id)))


def _shape(request: Request, action: Action) -> dict[str, Any]:
    """Say what was corrected and by whom, and write down whom the reader so reads of."""
    instant = now()
    found = list(selectors.corrections_of(action))
    told = selectors.told_of(found)
    read = {one.by.person.pk for one in found if one.by and hasattr(one.by, "person") and one.by != request.user}
    people.note_access(reader=request.user, role=Role.ORGANISER, reading="actions.corrections", person_ids=read, now=instant)
    preview = selectors.corrected_readers(action, before=action.version + 1).preview
    return {"items": [_one(action, one, told=told.get(one.pk, 0), now=instant) for one in found], **asdict(preview)}


def _one(action: Action, found: Correction, *, told: int, now: datetime) -> dict[str, Any]:
    is_latest = action.version == found.version and action.status == ActionStatus.LAUNCHED
    return {
        "id": found.pk,
        "version": found.version,
        "changed": selectors.changed_said(found, language=get_language() or "", default_language=action.default_language),
        "by": selectors.name_of(found.by) if found.by else "",
        "corrected_at": found.corrected_at,
        "leaves_at": found.leaves_at,
        "told": told,
        "undone_at": found.undone_at,
        "can_undo": is_latest and found.undone_at is None and now < min(found.leaves_at, action.ends_at),
    }
