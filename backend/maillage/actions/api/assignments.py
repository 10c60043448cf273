"""What a holder is asked, or took over next door, and answers."""

import base64
from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.actions import selectors, services
from maillage.actions.api.actions import actor
from maillage.actions.api.shapes import AssignmentOut, assignment_shape, report_shape
from maillage.actions.domain import PHOTO_HEAVIEST, Met, Way
from maillage.actions.models import Report
from maillage.actions.selectors.photos import may_remove_photo, photo_of
from maillage.advocacy.domain import Stance
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden, Invalid
from maillage.kernel.rest.permissions import SignedIn

_REPORTED_MEANWHILE = frozenset({"report_differs", "taken_over"})


class AssignmentsOut(serializers.Serializer[Any]):
    """What I am asked, the latest action first."""

    items = AssignmentOut(many=True)


class DeclineAssignmentIn(serializers.Serializer[Any]):
    """Why, if you wish to say so."""

    reason = serializers.CharField(max_length=280, allow_blank=True, default="")


class BlockAssignmentIn(serializers.Serializer[Any]):
    """What prevents it."""

    reason = serializers.CharField(max_length=280)


class ReportIn(serializers.Serializer[Any]):
    """What came of it. Nobody met: no position, and what did not work. Else a position, if the representative was met."""

    met = serializers.ChoiceField(choices=Met.choices)
    stance = serializers.ChoiceField(choices=Stance.choices, allow_null=True, default=None)
    quote = serializers.CharField(max_length=500, allow_blank=True, default="")
    failed = serializers.CharField(max_length=500, allow_blank=True, default="")
    met_on = serializers.DateField(allow_null=True, default=None, help_text="the day at the place; null: today, or as it was said before")
    photo = serializers.CharField(
        allow_blank=True,
        default="",
        max_length=PHOTO_HEAVIEST * 4 // 3 + 4,
        help_text="a JPEG, PNG or WebP in base64, drawn anew here without what the file says of place and device; empty: as it is",
    )
    read_version = serializers.IntegerField(
        min_value=0,
        allow_null=True,
        default=None,
        help_text="of the report that was there when this one was written, 0: none; another one by now is 409 `report_differs`",
    )


class AssignmentsView(APIView):
    """What I am asked."""

    policy = "actions.assignments"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_assignments", parameters=[OpenApiParameter("mine", bool)], responses=AssignmentsOut)
    def get(self, request: Request) -> Response:
        """List my assignments, the latest action first; organisers read theirs on the board."""
        instant = now()
        own = list(selectors.own_assignments(request.user).order_by("-action__starts_at", "id")[:100])
        briefs = selectors.briefs_of(own, language=get_language() or "", now=instant)
        reader_id = request.user.pk
        shapes = [assignment_shape(one, brief, reader_id=reader_id, now=instant) for one, brief in zip(own, briefs, strict=True)]
        return Response({"items": shapes})


class AssignmentView(APIView):
    """One assignment."""

    policy = "actions.assignments"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_assignment", responses=AssignmentOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return an assignment that the reader holds or organises; that they opened its brief is written down."""
        return Response(_seen(request, id))


class AnswerView(APIView):
    """What the four below share: seen else 404, held or taken over else 403."""

    policy = "actions.assignments"
    permission_classes = [SignedIn]

    def author_of(self, request: Request, id: UUID) -> UUID:
        """Return the id of the person who answers. Raises: NotFound, Forbidden."""
        assignment = selectors.assignment_seen(request.user, id, now=now())
        for person in (assignment.neighbour, assignment.holder):
            if person is not None and person.user_id == request.user.pk:
                return person.pk
        raise Forbidden(_("Only whoever holds this seat answers for it."))


class AcceptView(AnswerView):
    """Yes."""

    @extend_schema(operation_id="actions_assignment_accept", request=None, responses=AssignmentOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Say yes. Safe to repeat."""
        services.accept_assignment(assignment_id=id, author_id=self.author_of(request, id), now=now())
        return Response(_seen(request, id))


class DeclineView(AnswerView):
    """No."""

    @extend_schema(operation_id="actions_assignment_decline", request=DeclineAssignmentIn, responses=AssignmentOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Say no, with a reason or without. Safe to repeat."""
        author_id = self.author_of(request, id)
        wanted = DeclineAssignmentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.decline_assignment(assignment_id=id, author_id=author_id, reason=wanted.validated_data["reason"], now=now())
        return Response(_seen(request, id))


class BlockView(AnswerView):
    """Something prevents it."""

    @extend_schema(operation_id="actions_assignment_block", request=BlockAssignmentIn, responses=AssignmentOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Say that one would go and what outside prevents it. Safe to repeat."""
        author_id = self.author_of(request, id)
        wanted = BlockAssignmentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.block_assignment(assignment_id=id, author_id=author_id, reason=wanted.validated_data["reason"], now=now())
        return Response(_seen(request, id))


class ReportView(AnswerView):
    """What came of it."""

    @extend_schema(operation_id="actions_assignment_report", request=ReportIn, responses=AssignmentOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Report; a second report corrects the first. 409 `report_differs` and `taken_over` bear what is there as `report`."""
        author_id = self.author_of(request, id)
        wanted = ReportIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        try:
            services.report_assignment(
                assignment_id=id,
                author_id=author_id,
                met=Met(said["met"]),
                stance=None if said["stance"] is None else Stance(said["stance"]),
                quote=said["quote"],
                failed=said["failed"],
                met_on=said["met_on"],
                photo=_decoded(said["photo"]) if said["photo"] else None,
                read_version=said["read_version"],
                now=now(),
            )
        except Conflict as refused:
            if refused.code in _REPORTED_MEANWHILE:
                there = Report.objects.annotate(photo_id=F("photo__id")).get(assignment_id=id)
                refused.extra["report"] = report_shape(there, photo_id=there.photo_id)
            raise
        return Response(_seen(request, id))


class ReportPhotoView(APIView):
    """The photo that came with a report."""

    policy = "actions.assignments"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="actions_report_photo",
        parameters=[OpenApiParameter("photo", UUID, description="which one, so that another has another address")],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Answer with the picture, to whoever may read the report; a browser asks each time whether it is still there."""
        photo = photo_of(selectors.assignment_seen(request.user, id, now=now()))
        tag = f'"{photo.pk}"'
        is_known = request.headers.get("If-None-Match") == tag
        answer = HttpResponseNotModified() if is_known else HttpResponse(bytes(photo.jpeg), content_type="image/jpeg")
        answer["ETag"] = tag
        answer["Cache-Control"] = "private, no-cache"
        return answer

    @extend_schema(operation_id="actions_report_photo_remove", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it out: it is gone at once, the words stay. By who sent it, or organises the place. Safe to repeat."""
        assignment = selectors.assignment_seen(request.user, id, now=now())
        if not may_remove_photo(request.user, assignment, now=now()):
            raise Forbidden(_("Only who sent this photo, or organises the place, takes it out."))
        services.remove_report_photo(assignment_id=id, by_id=actor(request).pk, now=now())
        return Response(status=204)


def _decoded(photo: str) -> bytes:
    try:
        return base64.b64decode(photo, validate=True)
    except ValueError:
        raise Invalid(
            code="image_unreadable", fields={"photo": [_("This is no picture that we can read: send a JPEG, PNG or WebP.")]}
        ) from None


def _seen(request: Request, id: UUID) -> dict[str, Any]:
    instant = now()
    assignment = selectors.assignment_seen(request.user, id, now=instant)
    (brief,) = selectors.briefs_of([assignment], language=get_language() or "", now=instant)
    if request.method == "GET":
        services.note_opening(action=assignment.action, seat_id=assignment.seat_id, reader=actor(request), way=Way.APP, now=instant)
    return assignment_shape(assignment, brief, reader_id=request.user.pk, other_reader=actor(request), now=instant)
