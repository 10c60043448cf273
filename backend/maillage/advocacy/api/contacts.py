"""When one spoke with office holders: listed, logged, continued, corrected."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.advocacy import policies, selectors, services
from maillage.advocacy.api.shapes import SpokenOfOut, SubjectNamedOut, actor, asked_id, named_author, note_authors, spoken_of
from maillage.advocacy.domain import ContactKind, Initiative, ReadableBy, StepKind
from maillage.advocacy.domain.contacts import DECISION_MOST, STEPS_MOST, WORDS_MOST, Step
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.selectors import own_person_id


class ContactStepIn(serializers.Serializer[Any]):
    """Something that happened on a day, in words that the person they speak of may read."""

    kind = serializers.ChoiceField(choices=StepKind.choices)
    on = serializers.DateField()
    words = serializers.CharField(max_length=WORDS_MOST, allow_blank=True, default="")


class ContactStepOut(ContactStepIn):
    """The same, and whether the reader wrote it."""

    is_mine = serializers.BooleanField()


class HolderContactAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a contact."""

    add_step = serializers.BooleanField()
    correct = serializers.BooleanField()
    remove = serializers.BooleanField()


class HolderContactOut(serializers.Serializer[Any]):
    """One entry into communication, from the request to the minutes."""

    id = serializers.UUIDField()
    office_holder = SpokenOfOut()
    initiative = serializers.ChoiceField(choices=Initiative.choices)
    kind = serializers.ChoiceField(choices=ContactKind.choices)
    subject = SubjectNamedOut(allow_null=True)
    decision = serializers.CharField(help_text="the decision aimed at, where no subject says it")
    readable_by = serializers.ChoiceField(choices=ReadableBy.choices)
    author = serializers.CharField(help_text="to organisers above; empty to others")
    is_mine = serializers.BooleanField()
    logged_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    corrected_at = serializers.DateTimeField(allow_null=True, help_text="that it was corrected; what stood is not kept")
    counts_on = serializers.DateField(allow_null=True, help_text="since when it is an entry into communication; null: it is none")
    latest_on = serializers.DateField()
    steps = ContactStepOut(many=True)
    abilities = HolderContactAbilitiesOut()


class HolderContactsOut(serializers.Serializer[Any]):
    """A page of them, the latest first."""

    items = HolderContactOut(many=True)
    next = serializers.CharField(allow_null=True)


class HolderContactWordsIn(serializers.Serializer[Any]):
    """What a contact says: the decision aimed at is a subject, or own words."""

    initiative = serializers.ChoiceField(choices=Initiative.choices)
    kind = serializers.ChoiceField(choices=ContactKind.choices)
    subject = serializers.UUIDField(allow_null=True, default=None)
    decision = serializers.CharField(max_length=DECISION_MOST, allow_blank=True, default="")
    readable_by = serializers.ChoiceField(choices=ReadableBy.choices)
    steps = serializers.ListField(child=ContactStepIn(), max_length=STEPS_MOST)


class HolderContactIn(HolderContactWordsIn):
    """A new contact."""

    office_holder = serializers.UUIDField()


class HolderContactChangeIn(HolderContactWordsIn):
    """A contact as it should stand, with the reader's own steps, and the version that was read."""

    version = serializers.IntegerField(min_value=1)


class ContactsView(APIView):
    """What there was; a new one."""

    policy = "advocacy.contacts"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="advocacy_contacts",
        parameters=[
            OpenApiParameter("office_holder", UUID),
            OpenApiParameter("area", description="code of a seat"),
            OpenApiParameter("after"),
            OpenApiParameter("limit", int),
        ],
        responses=HolderContactsOut,
    )
    def get(self, request: Request) -> Response:
        """List the contacts that the reader may see: of their place, or below those that they organise."""
        asked, instant = request.query_params, now()
        rows = selectors.contact_rows(request.user, now=instant)
        if holder := asked_id(asked, "office_holder"):
            rows = rows.filter(holder_id=holder)
        if area := asked.get("area", ""):
            rows = rows.filter(area__code=area.upper())
        page = keyset_page(rows, keys=["-latest_on", "-id"], after=asked.get("after"), limit=read_limit(asked.get("limit")))
        return Response({**page, "items": _shapes(request, page["items"])})

    @extend_schema(operation_id="advocacy_contact_log", request=HolderContactIn, responses={201: HolderContactOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Log one entry into communication."""
        wanted = HolderContactIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        sight = selectors.holder_seen(request.user, wanted.validated_data["office_holder"], now=now())
        by = actor(request)
        contact = services.log_contact(
            holder_id=sight.holder_id, area=sight.area, author_id=own_person_id(by), by=by, now=now(), **_said(wanted.validated_data)
        )
        return Response(_shown(request, contact.pk), status=201)


class ContactView(APIView):
    """One of them, by who logged it."""

    policy = "advocacy.contacts"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_contact_correct", request=HolderContactChangeIn, responses=HolderContactOut)
    def patch(self, request: Request, id: UUID) -> Response:
        """Put it right; 409 when it changed since `version`. What stood is not kept."""
        _own(request, id)
        wanted = HolderContactChangeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        by = actor(request)
        services.correct_contact(
            contact_id=id,
            version=wanted.validated_data["version"],
            author_id=own_person_id(by),
            by=by,
            now=now(),
            **_said(wanted.validated_data),
        )
        return Response(_shown(request, id))

    @extend_schema(operation_id="advocacy_contact_remove", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it away within a day, while no position, no report and no step of somebody else hangs on it."""
        _own(request, id)
        by = actor(request)
        services.remove_contact(contact_id=id, author_id=own_person_id(by), by=by, now=now())
        return Response(status=204)


class ContactStepsView(APIView):
    """What happened next."""

    policy = "advocacy.contacts"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_contact_step", request=ContactStepIn, responses={201: HolderContactOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Say what happened next: whoever sees it."""
        selectors.contact_row(request.user, id, now=now())
        said = ContactStepIn(data=request.data)
        said.is_valid(raise_exception=True)
        by = actor(request)
        services.add_step(contact_id=id, step=_step(said.validated_data), author_id=own_person_id(by), by=by, now=now())
        return Response(_shown(request, id), status=201)


def _said(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "initiative": Initiative(asked["initiative"]),
        "kind": ContactKind(asked["kind"]),
        "subject_id": asked["subject"],
        "decision": asked["decision"],
        "readable_by": ReadableBy(asked["readable_by"]),
        "steps": [_step(step) for step in asked["steps"]],
    }


def _step(said: dict[str, Any]) -> Step:
    return Step(kind=StepKind(said["kind"]), on=said["on"], words=said["words"])


def _own(request: Request, id: UUID) -> None:
    """Let through who logged it by hand. Raises: NotFound, Forbidden."""
    row = selectors.contact_row(request.user, id, now=now())
    if not selectors.is_own(row, user=request.user, person_ids=selectors.reader_ids(request.user)):
        raise Forbidden(_("Whoever logged a contact puts it right. You can add what happened next."), code="not_your_contact")
    if row["by_id"] is None:
        raise Forbidden(_("A report wrote this contact. Correct the report, and it follows."), code="of_a_report")


def _shown(request: Request, id: UUID) -> dict[str, Any]:
    return _shapes(request, [selectors.contact_row(request.user, id, now=now())])[0]


def _shapes(request: Request, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say rows of `selectors.contact_rows` in the shape of HolderContactOut, and write down whom they name."""
    instant, own = now(), selectors.reader_ids(request.user)
    note_authors(request, "advocacy.contacts", rows, own=own, at=instant)
    steps = selectors.steps_of(row["id"] for row in rows)

    def is_mine(row: dict[str, Any]) -> bool:
        return selectors.is_own(row, user=request.user, person_ids=own)

    return [
        {
            "id": row["id"],
            "office_holder": spoken_of(row),
            "initiative": row["initiative"],
            "kind": row["kind"],
            "subject": {"id": row["subject_id"], "title": row["title"]} if row["subject_id"] else None,
            "decision": row["decision"],
            "readable_by": row["readable_by"],
            "author": named_author(row) if row["organised"] else "",
            "is_mine": is_mine(row),
            "logged_at": row["logged_at"],
            "version": row["version"],
            "corrected_at": row["corrected_at"],
            "counts_on": row["counts_on"],
            "latest_on": row["latest_on"],
            "steps": [
                {"kind": step["kind"], "on": step["on"], "words": step["words"], "is_mine": is_mine(step)}
                for step in steps.get(row["id"], [])
            ],
            "abilities": policies.contact_abilities(
                is_mine=is_mine(row),
                is_reported=row["by_id"] is None,
                is_kept=row["has_position"] or not all(is_mine(step) for step in steps.get(row["id"], [])),
                logged_at=row["logged_at"],
                now=instant,
            ),
        }
        for row in rows
    ]
