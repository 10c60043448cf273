"""The charter, and what is written as it is: read, drafted, proposed, adopted, agreed to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.markdown import safe_html
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors, services
from maillage.people.api.document_shapes import (
    AdoptionIn,
    BodyIn,
    BodyOut,
    CharterOut,
    ProposalIn,
    VersionChangeIn,
    VersionOut,
    charter,
    version_page,
)
from maillage.people.domain import AgreedBy, DocumentWords

LANGUAGE = OpenApiParameter("language", enum=[code for code, _name in settings.LANGUAGES], description="in which the text is read")


class CharterView(APIView):
    """The charter."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_charter", responses=CharterOut)
    def get(self, request: Request) -> Response:
        """Say what is in force, what is under way where I may read it, and where I stand."""
        return Response(charter(actor(request), instant=now()))


class DraftView(APIView):
    """The next version."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_draft_charter", request=None, responses={201: VersionOut})
    def post(self, request: Request) -> Response:
        """Begin it from the words in force; 409 while another one is under way."""
        by, instant = actor(request), now()
        must_write(by, instant=instant)
        version = services.draft_charter(by=by, now=instant)
        return Response(version_page(by, version.pk, instant=instant, language=read_in(request)), status=201)


class VersionView(APIView):
    """One version."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_document_version", parameters=[LANGUAGE], responses=VersionOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a version, with what changed since the one in force or the one that it replaced."""
        return Response(version_page(actor(request), id, instant=now(), language=read_in(request)))

    @extend_schema(operation_id="people_edit_document", request=VersionChangeIn, responses=VersionOut)
    def patch(self, request: Request, id: UUID) -> Response:
        """Change the words of a version under way; 409 when somebody else changed them since `revision`."""
        by, instant = able(request, id)
        said = _said(VersionChangeIn, request)
        texts = {language: DocumentWords(words["title"], words["body"], words["summary"]) for language, words in said["texts"].items()}
        services.edit_version(version_id=id, revision=said["revision"], texts=texts, by=by, now=instant)
        return Response(version_page(by, id, instant=instant, language=read_in(request)))


class VersionPreviewView(APIView):
    """A text as it is being written."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_preview_document", request=BodyIn, responses=BodyOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Draw it."""
        able(request, id)
        return Response({"html": safe_html(_said(BodyIn, request)["body"])})


class ProposeView(APIView):
    """Open for comments."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_propose_document", request=ProposalIn, responses=VersionOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Propose a draft, which takes comments until a day; of the charter relays are told, one mail each."""
        by, instant = able(request, id)
        services.propose_version(version_id=id, by=by, now=instant, **_said(ProposalIn, request))
        return Response(version_page(by, id, instant=instant, language=read_in(request)))


class AdoptView(APIView):
    """Put in force."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_adopt_document", request=AdoptionIn, responses=VersionOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Adopt a proposed version. Of the charter, whoever holds a seat is asked to agree until a day, and goes on holding it."""
        by, instant = able(request, id)
        services.adopt_version(version_id=id, by=by, now=instant, **_said(AdoptionIn, request))
        return Response(version_page(by, id, instant=instant, language=read_in(request)))


class WithdrawVersionView(APIView):
    """Give up."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_withdraw_document", request=None, responses=CharterOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Withdraw a version under way; a draft is deleted, a proposed one stays readable to its writers."""
        by, instant = able(request, id)
        services.withdraw_version(version_id=id, by=by, now=instant)
        return Response(charter(by, instant=instant))


class AgreeView(APIView):
    """Agree."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_agree_charter", request=None, responses=CharterOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Keep that I agreed to the version in force. Safe to repeat."""
        by, instant = actor(request), now()
        person_id = selectors.own_person_id(by)
        if person_id is None:
            raise Forbidden(_("Nobody is known behind your sign-in, who could agree."), code="no_person")
        version = selectors.version_seen(selectors.standing_of(by, now=instant), id)
        services.agree_to_version(person_id=person_id, version_id=version.pk, source=AgreedBy.APP, language=read_in(request), now=instant)
        return Response(charter(by, instant=instant))


def actor(request: Request) -> User:
    """Return who is signed in."""
    if not isinstance(request.user, User):
        raise TypeError("SignedIn lets nobody else through")
    return request.user


def able(request: Request, version_id: UUID) -> tuple[User, datetime]:
    """Return the actor and the instant. Raises: NotFound when unseen, Forbidden for who does not write."""
    by, instant = actor(request), now()
    standing = selectors.standing_of(by, now=instant)
    selectors.version_seen(standing, version_id)
    _refuse_reader(standing)
    return by, instant


def must_write(user: User, *, instant: datetime) -> None:
    """Refuse who does not write what people agree to.  Raises: Forbidden."""
    _refuse_reader(selectors.standing_of(user, now=instant))


def _refuse_reader(standing: selectors.Standing) -> None:
    if not standing.writes:
        raise Forbidden(_("Organisers of the whole country and administrators write what people agree to."))


def _said(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    asked = shape(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def read_in(request: Request) -> str:
    """Return the language in which a text is read: the one asked for, else the reader's."""
    asked = request.query_params.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
