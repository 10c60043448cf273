"""What positions are about: listed, opened, edited, closed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.advocacy import policies, selectors, services
from maillage.advocacy.api.shapes import actor
from maillage.advocacy.domain.subjects import AIM_MOST, TITLE_MOST
from maillage.advocacy.models import Subject
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import SignedIn


class SubjectTextOut(serializers.Serializer[Any]):
    """A subject in one language."""

    title = serializers.CharField(max_length=TITLE_MOST)
    decision = serializers.CharField(max_length=AIM_MOST, help_text="the decision aimed at")


class SubjectAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a subject."""

    edit = serializers.BooleanField()
    close = serializers.BooleanField()


class SubjectOut(serializers.Serializer[Any]):
    """What positions are about."""

    id = serializers.UUIDField()
    title = serializers.CharField(help_text="in the reader's language, else in the default one")
    decision = serializers.CharField()
    default_language = serializers.CharField()
    texts = serializers.DictField(child=SubjectTextOut(), help_text="by language")
    version = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    abilities = SubjectAbilitiesOut()


class SubjectsAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with subjects."""

    open = serializers.BooleanField()


class SubjectsOut(serializers.Serializer[Any]):
    """The subjects, the newest first."""

    items = SubjectOut(many=True)
    abilities = SubjectsAbilitiesOut()


class SubjectIn(serializers.Serializer[Any]):
    """The words of a subject."""

    default_language = serializers.ChoiceField(choices=settings.LANGUAGES)
    texts = serializers.DictField(child=SubjectTextOut(), help_text="by language; replaces all of them")


class SubjectChangeIn(SubjectIn):
    """The words as they should stand, and the version that was read."""

    version = serializers.IntegerField(min_value=1)


class SubjectsView(APIView):
    """All of them; a new one."""

    policy = "advocacy.subjects"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_subjects", responses=SubjectsOut)
    def get(self, request: Request) -> Response:
        """List the subjects, closed ones too, for who holds a seat or organises."""
        reach = selectors.subject_reach(request.user, now=now())
        subjects = selectors.subjects_seen(reach)
        return Response({"items": [subject_shape(subject, leads=reach.leads) for subject in subjects], "abilities": {"open": reach.leads}})

    @extend_schema(operation_id="advocacy_subject_open", request=SubjectIn, responses={201: SubjectOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a subject: who organises the whole country."""
        reach = selectors.subject_reach(request.user, now=now())
        selectors.subjects_seen(reach)
        _lead(reach)
        wanted = SubjectIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        subject = services.open_subject(**wanted.validated_data, by=actor(request), now=now())
        return Response(subject_shape(subject, leads=True), status=201)


class SubjectView(APIView):
    """One of them."""

    policy = "advocacy.subjects"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_subject_edit", request=SubjectChangeIn, responses=SubjectOut)
    def patch(self, request: Request, id: UUID) -> Response:
        """Change its words; 409 when somebody else changed them since `version`."""
        reach = _led(request, id)
        wanted = SubjectChangeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.edit_subject(subject_id=id, **wanted.validated_data, by=actor(request), now=now())
        return Response(subject_shape(selectors.subject_seen(reach, id), leads=True))


class SubjectCloseView(APIView):
    """The end of one."""

    policy = "advocacy.subjects"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_subject_close", request=None, responses=SubjectOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Close it: nothing new is said on it by hand. Safe to repeat."""
        reach = _led(request, id)
        services.close_subject(subject_id=id, by=actor(request), now=now())
        return Response(subject_shape(selectors.subject_seen(reach, id), leads=True))


def _led(request: Request, id: UUID) -> selectors.SubjectReach:
    """Let through who leads subjects. Raises: NotFound, Forbidden."""
    reach = selectors.subject_reach(request.user, now=now())
    selectors.subject_seen(reach, id)
    _lead(reach)
    return reach


def _lead(reach: selectors.SubjectReach) -> None:
    """Raises: Forbidden (`national_organisers_only`)."""
    if not reach.leads:
        raise Forbidden(_("Who organises the whole country opens and closes subjects."), code="national_organisers_only")


def subject_shape(subject: Subject, *, leads: bool) -> dict[str, Any]:
    """Say a subject in the shape of SubjectOut."""
    text = selectors.subject_text(subject, language=get_language() or "")
    return {
        "id": subject.pk,
        "title": text.title,
        "decision": text.decision,
        "default_language": subject.default_language,
        "texts": {text.language: {"title": text.title, "decision": text.decision} for text in subject.texts.all()},
        "version": subject.version,
        "opened_at": subject.opened_at,
        "closed_at": subject.closed_at,
        "abilities": policies.subject_abilities(leads=leads, is_closed=subject.closed_at is not None),
    }
