"""Paragraphs that parts of the territory add to a launched brief."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.actions import selectors, services
from maillage.actions.api.actions import actor
from maillage.actions.api.board import watched
from maillage.actions.domain import WORDS_MOST, ActionStatus
from maillage.actions.models import Action
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people


class LocalParagraphAreaOut(serializers.Serializer[Any]):
    """Whose seats read it."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class LocalParagraphOut(serializers.Serializer[Any]):
    """What a part of the territory adds at the end of the brief, in one language."""

    id = serializers.UUIDField()
    area = LocalParagraphAreaOut()
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    words = serializers.CharField(help_text="in markdown, with blocks as in a brief")
    version = serializers.IntegerField()
    by = serializers.CharField(help_text="who changed it last; empty once they left")
    changed_at = serializers.DateTimeField()
    is_theirs = serializers.BooleanField(help_text="the reader may change it and take it out, while the action runs")


class LocalParagraphsOut(serializers.Serializer[Any]):
    """What reaches seats that the reader organises, the widest place first; and for which places they may add one."""

    items = LocalParagraphOut(many=True)
    areas = LocalParagraphAreaOut(many=True)
    is_open = serializers.BooleanField(help_text="the action runs")


class LocalParagraphIn(serializers.Serializer[Any]):
    """A paragraph for the seats at and below a place; `version` is the one that was read, 0 where there was none."""

    area = serializers.UUIDField()
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    words = serializers.CharField(max_length=WORDS_MOST)
    version = serializers.IntegerField(min_value=0)


class ParagraphRemovalIn(serializers.Serializer[Any]):
    """The version that was read."""

    version = serializers.IntegerField(min_value=1)


class ParagraphsView(APIView):
    """All of an action; one written."""

    policy = "actions.board"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_paragraphs", responses=LocalParagraphsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List the paragraphs that reach seats which the reader organises."""
        return Response(_shape(request, watched(request, id)))

    @extend_schema(operation_id="actions_write_paragraph", request=LocalParagraphIn, responses=LocalParagraphsOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Add a paragraph or change it; 409 when somebody else changed it since `version`. Nobody is written to."""
        action = watched(request, id)
        wanted = LocalParagraphIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        area, is_theirs = selectors.area_added_to(request.user, action, asked.pop("area"), now=now())
        if not is_theirs:
            raise Forbidden(_("Only who organises this place adds to its brief."))
        services.write_paragraph(action_id=id, area=area, by=actor(request), now=now(), **asked)
        return Response(_shape(request, action))


class ParagraphView(APIView):
    """One of them."""

    policy = "actions.board"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="actions_remove_paragraph",
        parameters=[OpenApiParameter("version", int, required=True, description="the one that was read")],
        responses=LocalParagraphsOut,
    )
    def delete(self, request: Request, id: UUID, paragraph_id: UUID) -> Response:
        """Take a paragraph out of the brief; 409 when somebody else changed it since `version`."""
        action = watched(request, id)
        wanted = ParagraphRemovalIn(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        if not selectors.is_theirs(selectors.paragraph_seen(request.user, action, paragraph_id, now=now())):
            raise Forbidden(_("Only who organises this place adds to its brief."))
        services.remove_paragraph(
            action_id=id, paragraph_id=paragraph_id, version=wanted.validated_data["version"], by=actor(request), now=now()
        )
        return Response(_shape(request, action))


def _shape(request: Request, action: Action) -> dict[str, Any]:
    instant = now()
    found = list(selectors.paragraphs_seen(request.user, action, now=instant))
    read = {each.by.person.pk for each in found if each.by and hasattr(each.by, "person")}
    people.note_access(reader=request.user, role=Role.ORGANISER, reading="actions.paragraphs", person_ids=read, now=instant)
    areas = selectors.areas_added_to(request.user, action, now=instant)
    return {
        "items": [
            {
                "id": each.pk,
                "area": {"id": each.area_id, "name": each.area.called},
                "language": each.language,
                "words": each.words,
                "version": each.version,
                "by": selectors.name_of(each.by) if each.by else "",
                "changed_at": each.changed_at,
                "is_theirs": selectors.is_theirs(each),
            }
            for each in found
        ],
        "areas": [{"id": area.pk, "name": area.called} for area in areas],
        "is_open": action.status == ActionStatus.LAUNCHED,
    }
