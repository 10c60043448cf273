"""Applications: asked for in public, seen by the organisers above and by who made them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.kernel.links import read_link
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import Anyone, SignedIn
from maillage.kernel.rest.throttles import PublicWrites, network_mark
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.relays import selectors, services
from maillage.relays.domain import CONFIRM_LINK, NETWORK, WITHDRAW_LINK, ApplicationStatus
from maillage.relays.selectors.applications import SORTS
from maillage.relays.selectors.mailboxes import check_mailbox, check_mailbox_asked


class ApplicationIn(serializers.Serializer[Any]):
    """What the form asks, and nothing more."""

    seat = serializers.UUIDField()
    given_name = serializers.CharField(max_length=100)
    family_name = serializers.CharField(max_length=100, allow_blank=True, default="")
    email = serializers.EmailField()
    phone = serializers.CharField(max_length=32, allow_blank=True, default="")
    motivation = serializers.CharField(max_length=2000, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    is_of_age = serializers.BooleanField(help_text="15 or older in France: who is younger does not agree alone; never pre-ticked")
    agrees_to_contact = serializers.BooleanField(help_text="to the wording relay_application in force; never pre-ticked")
    shows_given_name = serializers.BooleanField(default=False)
    agrees_to_be_asked = serializers.BooleanField(
        default=False, help_text="to the wording relay_ask in force: other seats near; never pre-ticked"
    )
    read = serializers.DictField(
        child=serializers.CharField(max_length=64),
        required=False,
        help_text="by box (`agrees_to_contact`, …) the version of the wording that was shown; refused where another is in force since",
    )


class SeatNameOut(serializers.Serializer[Any]):
    """Which seat."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()


class AskedOut(serializers.Serializer[Any]):
    """The same answer whoever the address belongs to: a mail was sent there."""

    seat = SeatNameOut()
    confirm_before = serializers.DateTimeField()


class TokenIn(serializers.Serializer[Any]):
    """The token of a link in a mail."""

    token = serializers.CharField(max_length=256)


class ConfirmedOut(serializers.Serializer[Any]):
    """An application whose 48 hours run, or that waits for somebody to look first (`held`)."""

    status = serializers.ChoiceField(choices=ApplicationStatus.choices)
    seat = SeatNameOut()
    call_before = serializers.DateTimeField(allow_null=True)


class ApplicantContactOut(serializers.Serializer[Any]):
    """Where the applicant is reached."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    value = serializers.CharField()
    is_verified = serializers.BooleanField()


class ApplicantOut(serializers.Serializer[Any]):
    """Who applies."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    commune = serializers.CharField()
    contacts = ApplicantContactOut(many=True)


class ApplicationPromiseOut(serializers.Serializer[Any]):
    """The clock of the human contact, and who owes it while it waits."""

    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    kept_at = serializers.DateTimeField(allow_null=True)
    owed_by = serializers.CharField(help_text="who owes the call, for organisers; empty once kept, or when nobody is known by name")
    owed_from = serializers.CharField(help_text="the place that they organise")
    climbs = serializers.IntegerField(help_text="how often it has climbed to the next organiser up")
    is_mine = serializers.BooleanField(help_text="the reader is one of those who owe it")


class ApplicationAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with the application."""

    contact = serializers.BooleanField()
    approve = serializers.BooleanField()
    decline = serializers.BooleanField()
    release = serializers.BooleanField(help_text="let it in, or decline it, out of the queue of a flood")
    withdraw = serializers.BooleanField()


class ApplicationPaperOut(serializers.Serializer[Any]):
    """The paper of an application that was entered for who has no e-mail address."""

    number = serializers.CharField()
    is_mine = serializers.BooleanField(help_text="the reader entered it, so another organiser calls and decides")


class ApplicationOut(serializers.Serializer[Any]):
    """An application as its organisers and its applicant see it."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ApplicationStatus.choices)
    seat = SeatNameOut()
    person = ApplicantOut()
    motivation = serializers.CharField(help_text="once taken back its applicant alone reads this, and their contacts")
    created_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    words = serializers.CharField(help_text="the organiser's, when declined")
    why_withdrawn = serializers.CharField(help_text="what was said when it was taken back; empty when nothing was")
    promise = ApplicationPromiseOut(allow_null=True)
    is_own = serializers.BooleanField(help_text="the reader asked for it, so another organiser calls and decides")
    paper = ApplicationPaperOut(allow_null=True, help_text="for organisers")
    abilities = ApplicationAbilitiesOut()


class ApplicationsOut(serializers.Serializer[Any]):
    """A page of applications, the one that waits longest first."""

    items = ApplicationOut(many=True)
    next = serializers.CharField(allow_null=True)


class ApplicationsView(APIView):
    """Ask for a seat; list who asked."""

    policy = "relays.applications"
    throttle_classes = [PublicWrites]

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Asking is public: it ignores cookies (decision 16)."""
        return [] if self._is_asking() else list(super().get_authenticators())

    def get_permissions(self) -> Sequence[BasePermission]:
        """Anyone may ask; who is signed in may list what they see."""
        return [Anyone()] if self._is_asking() else [SignedIn()]

    def _is_asking(self) -> bool:
        return self.request is not None and self.request.method == "POST"

    @extend_schema(
        operation_id="relays_applications",
        parameters=[
            OpenApiParameter("status", enum=[status.value for status in ApplicationStatus if status != ApplicationStatus.UNCONFIRMED]),
            OpenApiParameter("open", bool, description="those that wait for an answer"),
            OpenApiParameter("mine", bool, description="those that I made"),
            OpenApiParameter("climbed", bool, description="missed calls that have climbed to me"),
            OpenApiParameter("area", description="code of a seat, or id of an area that holds seats"),
            OpenApiParameter("q", description="part of a name, a seat or a commune; accents and typing errors are forgiven"),
            OpenApiParameter("sort", enum=list(SORTS), description="`due` when absent"),
            OpenApiParameter("after"),
            OpenApiParameter("limit", int),
        ],
        responses=ApplicationsOut,
    )
    def get(self, request: Request) -> Response:
        """List the applications that the reader may see, the oldest confirmed first."""
        asked, instant = request.query_params, now()
        rows = selectors.application_rows(
            request.user,
            now=instant,
            status=_status(asked.get("status")),
            is_open=asked.get("open") in ("1", "true"),
            is_own=asked.get("mine") in ("1", "true"),
            is_climbed=asked.get("climbed") in ("1", "true"),
            area=asked.get("area", ""),
            typed=asked.get("q", "")[:100],
        )
        page = keyset_page(rows, keys=_keys(asked.get("sort")), after=asked.get("after"), limit=read_limit(asked.get("limit")))
        note_reading(request, "relays.applications", page["items"], now=instant)
        return Response({**page, "items": shapes(page["items"], request.user)})

    @extend_schema(operation_id="relays_apply", request=ApplicationIn, responses={202: AskedOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Ask for a seat: a mail asks the address to confirm, and nobody is told before."""
        wanted = ApplicationIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        asked = services.apply_for_seat(seat_id=fields.pop("seat"), **fields, now=now())
        area = asked.seat.area
        return Response(
            {"seat": {"id": asked.seat.seat_id, "code": area.code, "name": area.called}, "confirm_before": asked.confirm_before}, status=202
        )


class ConfirmView(APIView):
    """The link of the confirming mail, posted."""

    policy = "signed_link"
    authentication_classes: Sequence[type[BaseAuthentication]] = []
    permission_classes = [Anyone]
    throttle_classes = [PublicWrites]

    @extend_schema(operation_id="relays_application_confirm", request=TokenIn, responses=ConfirmedOut)
    def post(self, request: Request) -> Response:
        """Confirm an application: the contact point is proved and the 48 hours start, or somebody looks first. Safe to repeat."""
        instant = now()
        application_id, contact_point_id, *mailbox = read_link(CONFIRM_LINK, _token(request), now=instant)
        check_mailbox_asked(application_id, contact_point_id=contact_point_id, mailbox=mailbox)
        application = services.confirm_application(
            application_id=application_id, contact_point_id=contact_point_id, network=network_mark(NETWORK, request), now=instant
        )
        area = application.seat.area
        return Response(
            {
                "status": application.status,
                "seat": {"id": application.seat_id, "code": area.code, "name": area.called},
                "call_before": application.promise.due_at if application.promise else None,
            }
        )


class WithdrawLinkView(APIView):
    """The link that takes an application back, posted."""

    policy = "signed_link"
    authentication_classes: Sequence[type[BaseAuthentication]] = []
    permission_classes = [Anyone]
    throttle_classes = [PublicWrites]

    @extend_schema(operation_id="relays_application_withdraw_by_link", request=TokenIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Take an application back, from the mail. Safe to repeat."""
        instant = now()
        application_id, *mailbox = read_link(WITHDRAW_LINK, _token(request), now=instant)
        check_mailbox(application_id, mailbox=mailbox)
        services.withdraw_application(application_id=application_id, now=instant)
        return Response(status=204)


def note_reading(request: Request, reading: str, rows: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Write down that an organiser reads these rows of `selectors.application_rows`: who applies, and who owes the call.

    Who reads their own is not noted: their row names nobody else.
    """
    organised = [row for row in rows if row["organised"]]
    owed = [selectors.said(row) for row in organised]
    callers = {call.person_id for call in owed if call.person_id and call.user_id not in (None, request.user.pk)}
    others = {row["person_id"] for row in organised if not row["own"]} | callers
    people.note_access(reader=request.user, role=Role.ORGANISER, reading=reading, person_ids=others, now=now)


def shapes(rows: Sequence[Mapping[str, Any]], reader: Actor) -> list[dict[str, Any]]:
    """Say rows of `selectors.application_rows` in the shape of ApplicationOut, with where each applicant is reached."""
    contacts = selectors.applicant_contacts(rows)
    return [_shape(row, [] if _is_taken_back(row) else contacts[row["id"]], reader) for row in rows]


def _is_taken_back(row: Mapping[str, Any]) -> bool:
    """Whether the reader may no longer know what was written and where its applicant is reached: the consent went with it."""
    return row["status"] == ApplicationStatus.WITHDRAWN and not row["own"]


def _shape(row: Mapping[str, Any], contacts: list[dict[str, Any]], reader: Actor) -> dict[str, Any]:
    return {
        "id": row["id"],
        "status": row["status"],
        "seat": {"id": row["seat_id"], "code": row["seat__area__code"], "name": row["place"]},
        "person": {
            "id": row["person_id"],
            "name": f"{row['person__given_name']} {row['person__family_name']}".strip(),
            "commune": row["commune"] or "",
            "contacts": contacts,
        },
        "motivation": "" if _is_taken_back(row) else row["motivation"],
        "created_at": row["created_at"],
        "confirmed_at": row["confirmed_at"],
        "decided_at": row["decided_at"],
        "words": row["decision_words"],
        "why_withdrawn": row["withdrawal_words"],
        "promise": _promise(row) if row["promise_id"] else None,
        "is_own": row["own"],
        "paper": _paper(row, reader) if row["paper_id"] and row["organised"] else None,
        "abilities": selectors.abilities_of(row, reader),
    }


def _paper(row: Mapping[str, Any], reader: Actor) -> dict[str, Any]:
    return {"number": row["paper__number"], "is_mine": row["paper__entered_by_id"] == reader.pk}


def _promise(row: Mapping[str, Any]) -> dict[str, Any]:
    owed = selectors.said(row)
    return {
        "started_at": row["promise__made_at"],
        "due_at": row["promise__due_at"],
        "kept_at": row["promise__kept_at"],
        "owed_by": owed.name if row["organised"] else "",
        "owed_from": owed.place,
        "climbs": row["climbs"],
        "is_mine": row["is_mine"],
    }


def _token(request: Request) -> str:
    wanted = TokenIn(data=request.data)
    wanted.is_valid(raise_exception=True)
    return str(wanted.validated_data["token"])


def _keys(raw: str | None) -> list[str]:
    if raw is not None and raw not in SORTS:
        raise Invalid(code="bad_sort", fields={"sort": [", ".join(SORTS)]})
    return SORTS[raw or "due"]


def _status(raw: str | None) -> ApplicationStatus | None:
    if raw is None:
        return None
    if raw not in ApplicationStatus.values:
        raise Invalid(code="bad_status", fields={"status": [f"{', '.join(ApplicationStatus.values)}"]})
    return ApplicationStatus(raw)
