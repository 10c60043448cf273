"""What is done with an application."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden
from maillage.kernel.rest.permissions import SignedIn
from maillage.relays import selectors, services
from maillage.relays.api.applications import ApplicationOut, note_reading, shapes
from maillage.relays.domain import OPEN_APPLICATION, WHY_WITHDRAWN, TermKind
from maillage.relays.services.decisions import not_yours_to_decide


class ApprovalIn(serializers.Serializer[Any]):
    """As what the applicant is appointed."""

    kind = serializers.ChoiceField(choices=TermKind.choices, default=TermKind.RELAY)


class ApprovedOut(serializers.Serializer[Any]):
    """The term that an approval opened; `others_open` applications for the same seat still wait for an answer."""

    term_id = serializers.UUIDField()
    application = ApplicationOut()
    others_open = serializers.IntegerField()


class DeclineApplicationIn(serializers.Serializer[Any]):
    """The organiser's words, which the mail carries."""

    words = serializers.CharField(max_length=2000)


class WithdrawApplicationIn(serializers.Serializer[Any]):
    """Why, where it was said."""

    words = serializers.CharField(max_length=WHY_WITHDRAWN, allow_blank=True, default="")


class ApplicationView(APIView):
    """One application."""

    policy = "relays.applications"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_application", responses=ApplicationOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return an application that the reader may see."""
        return Response(_seen(request, id))


class DecisionView(APIView):
    """What the four below share: seen else 404, able else 403, already decided 409."""

    policy = "relays.applications"
    permission_classes = [SignedIn]
    ability = ""

    def allowed(self, request: Request, id: UUID) -> User:
        """Return the actor. Raises: NotFound, Forbidden, Conflict when the moment is past."""
        row = selectors.application_seen(request.user, id, now=now())
        able = selectors.abilities_of(row, request.user)
        ever = selectors.abilities_of(row, request.user, status=OPEN_APPLICATION[0])
        if not ever[self.ability]:
            if row["organised"] and self.ability != "withdraw":
                raise not_yours_to_decide(is_own=row["own"])
            raise Forbidden(_("Only an organiser of this place decides about this application."))
        if not able[self.ability] and self.ability == "withdraw":
            raise Conflict(_("This application has already been decided."), code="application_decided")
        return actor(request)


class ContactView(DecisionView):
    """A human spoke with the applicant."""

    ability = "contact"

    @extend_schema(operation_id="relays_application_contact", request=None, responses=ApplicationOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Keep that the applicant was called, and with it the promise."""
        services.note_contact(application_id=id, by=self.allowed(request, id), now=now())
        return Response(_seen(request, id))


class ApproveView(DecisionView):
    """Appoint."""

    ability = "approve"

    @extend_schema(operation_id="relays_application_approve", request=ApprovalIn, responses=ApprovedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Appoint the applicant. Of two organisers at once one succeeds; the other is told who was faster (409)."""
        by = self.allowed(request, id)
        wanted = ApprovalIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        term = services.approve_application(application_id=id, by=by, kind=TermKind(wanted.validated_data["kind"]), now=now())
        return Response({"term_id": term.pk, "application": _seen(request, id), "others_open": selectors.open_elsewhere(id)})


class DeclineView(DecisionView):
    """Say no, in words."""

    ability = "decline"

    @extend_schema(operation_id="relays_application_decline", request=DeclineApplicationIn, responses=ApplicationOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Decline, with words that the applicant reads."""
        by = self.allowed(request, id)
        wanted = DeclineApplicationIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.decline_application(application_id=id, words=wanted.validated_data["words"], by=by, now=now())
        return Response(_seen(request, id))


class WithdrawView(DecisionView):
    """Take back one's own."""

    ability = "withdraw"

    @extend_schema(operation_id="relays_application_withdraw", request=WithdrawApplicationIn, responses=ApplicationOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take my application back, or that of somebody without an e-mail address who told me so."""
        by = self.allowed(request, id)
        wanted = WithdrawApplicationIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        is_own = selectors.application_seen(request.user, id, now=now())["own"]
        services.withdraw_application(application_id=id, words=wanted.validated_data["words"], by=None if is_own else by, now=now())
        return Response(_seen(request, id))


def actor(request: Request) -> User:
    """Return who is signed in."""
    if not isinstance(request.user, User):
        raise TypeError("SignedIn lets nobody else through")
    return request.user


def _seen(request: Request, id: UUID) -> dict[str, Any]:
    instant = now()
    row = selectors.application_seen(request.user, id, now=instant)
    note_reading(request, "relays.application", [row], now=instant)
    return shapes([row], request.user)[0]
