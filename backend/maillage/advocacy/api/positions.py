"""What office holders said: listed, said, disputed, settled, undone."""

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
from maillage.advocacy.domain import KnownBy, Outcome, Stance
from maillage.advocacy.domain.positions import QUOTE_MOST, WHY_MOST, said_why
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.selectors import own_person_id


class PositionDisputeOut(serializers.Serializer[Any]):
    """Why somebody says that it is wrong; nobody is named."""

    reason = serializers.CharField()
    opened_at = serializers.DateTimeField()
    is_mine = serializers.BooleanField()


class PositionAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a position."""

    dispute = serializers.BooleanField()
    settle = serializers.BooleanField()
    undo = serializers.BooleanField()


class PositionOut(serializers.Serializer[Any]):
    """One statement of an office holder."""

    id = serializers.UUIDField()
    subject = SubjectNamedOut()
    office_holder = SpokenOfOut()
    stance = serializers.ChoiceField(choices=Stance.choices)
    known_by = serializers.ChoiceField(choices=KnownBy.choices)
    source_url = serializers.CharField(help_text="of what was said in public; else empty")
    said_on = serializers.DateField()
    quote = serializers.CharField()
    contact = serializers.UUIDField(allow_null=True, help_text="where it was heard")
    author = serializers.CharField(help_text="to organisers above; empty to others")
    is_mine = serializers.BooleanField()
    recorded_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_why = serializers.CharField()
    dispute = PositionDisputeOut(allow_null=True, help_text="the open one")
    abilities = PositionAbilitiesOut()


class PositionsOut(serializers.Serializer[Any]):
    """A page of them, the latest day first."""

    items = PositionOut(many=True)
    next = serializers.CharField(allow_null=True)


class PositionIn(serializers.Serializer[Any]):
    """What was said. Said in public, it has the address where anybody finds it."""

    office_holder = serializers.UUIDField()
    subject = serializers.UUIDField()
    stance = serializers.ChoiceField(choices=Stance.choices)
    known_by = serializers.ChoiceField(choices=KnownBy.choices)
    source_url = serializers.URLField(max_length=500, allow_blank=True, default="")
    said_on = serializers.DateField()
    quote = serializers.CharField(max_length=QUOTE_MOST, allow_blank=True, default="")
    contact = serializers.UUIDField(allow_null=True, default=None)


class PositionDisputeIn(serializers.Serializer[Any]):
    """Why it is wrong: everybody who sees the position reads that, and whom it speaks of may."""

    reason = serializers.CharField(max_length=WHY_MOST)


class SettleIn(serializers.Serializer[Any]):
    """What comes of it, and why: who said it and who disputed it read that, and whom it speaks of may."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    words = serializers.CharField(max_length=WHY_MOST)


class UndoIn(serializers.Serializer[Any]):
    """Why it is undone: everybody who sees it reads that, and whom it speaks of may."""

    why = serializers.CharField(max_length=WHY_MOST)


class PositionsView(APIView):
    """What was said; a new line."""

    policy = "advocacy.positions"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="advocacy_positions",
        parameters=[
            OpenApiParameter("subject", UUID),
            OpenApiParameter("office_holder", UUID),
            OpenApiParameter("area", description="code of a seat"),
            OpenApiParameter("after"),
            OpenApiParameter("limit", int),
        ],
        responses=PositionsOut,
    )
    def get(self, request: Request) -> Response:
        """List the positions that the reader may see, undone ones too: of their place, or below those that they organise."""
        asked, instant = request.query_params, now()
        rows = selectors.position_rows(request.user, now=instant)
        if subject := asked_id(asked, "subject"):
            rows = rows.filter(subject_id=subject)
        if holder := asked_id(asked, "office_holder"):
            rows = rows.filter(holder_id=holder)
        if area := asked.get("area", ""):
            rows = rows.filter(area__code=area.upper())
        keys, limit = ["-said_on", "-recorded_at", "-id"], read_limit(asked.get("limit"))
        page = keyset_page(rows, keys=keys, after=asked.get("after"), limit=limit)
        own = selectors.reader_ids(request.user)
        note_authors(request, "advocacy.positions", page["items"], own=own, at=instant)
        return Response({**page, "items": [position_shape(row, request=request, own=own) for row in page["items"]]})

    @extend_schema(operation_id="advocacy_position_say", request=PositionIn, responses={201: PositionOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Write down what an office holder said, as the reader heard or read it."""
        wanted = PositionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        sight = selectors.holder_seen(request.user, said["office_holder"], now=now())
        if said["contact"] is not None:
            selectors.contact_row(request.user, said["contact"], now=now())
        by = actor(request)
        position = services.say_position(
            holder_id=sight.holder_id,
            area=sight.area,
            subject_id=said["subject"],
            stance=Stance(said["stance"]),
            known_by=KnownBy(said["known_by"]),
            source_url=said["source_url"],
            said_on=said["said_on"],
            quote=said["quote"],
            contact_id=said["contact"],
            author_id=own_person_id(by),
            by=by,
            now=now(),
        )
        return Response(_shown(request, position.pk), status=201)


class PositionDeedView(APIView):
    """What the three below share: seen else 404, able else 403."""

    policy = "advocacy.positions"
    permission_classes = [SignedIn]

    def able(self, request: Request, id: UUID, deed: str) -> None:
        """Let through who may. Raises: NotFound, Forbidden."""
        row = selectors.position_row(request.user, id, now=now())
        is_mine = selectors.is_own(row, user=request.user, person_ids=selectors.reader_ids(request.user))
        if deed == "dispute" and is_mine:
            raise Forbidden(_("You said this yourself: undo it, if it is wrong."), code="own_position")
        if deed == "settle" and (is_mine or not row["organised"]):
            raise Forbidden(_("Another organiser above the place settles this."), code="not_yours_to_settle")
        if deed == "undo" and not (is_mine or row["organised"]):
            raise Forbidden(_("Whoever said it and the organisers above undo it. You can dispute it."), code="not_yours_to_undo")


class PositionDisputeView(PositionDeedView):
    """That it is wrong."""

    @extend_schema(operation_id="advocacy_position_dispute", request=PositionDisputeIn, responses=PositionOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Say that it is wrong, and why: until that is settled it makes nobody stop."""
        self.able(request, id, "dispute")
        said = PositionDisputeIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.dispute_position(position_id=id, reason=said.validated_data["reason"], by=actor(request), now=now())
        return Response(_shown(request, id))


class PositionSettleView(PositionDeedView):
    """What comes of a dispute."""

    @extend_schema(operation_id="advocacy_position_settle", request=SettleIn, responses=PositionOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """End the open dispute: the position stands, or it is undone."""
        self.able(request, id, "settle")
        said = SettleIn(data=request.data)
        said.is_valid(raise_exception=True)
        outcome, words = Outcome(said.validated_data["outcome"]), said.validated_data["words"]
        services.settle_dispute(position_id=id, outcome=outcome, words=words, by=actor(request), now=now())
        return Response(_shown(request, id))


class PositionUndoView(PositionDeedView):
    """Taking it out of what counts."""

    @extend_schema(operation_id="advocacy_position_undo", request=UndoIn, responses=PositionOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Undo it, with words: the line stays, struck through."""
        self.able(request, id, "undo")
        said = UndoIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.undo_position(position_id=id, why=said.validated_data["why"], by=actor(request), now=now())
        return Response(_shown(request, id))


def position_shape(row: dict[str, Any], *, request: Request, own: list[UUID]) -> dict[str, Any]:
    """Say a row of `selectors.position_rows` in the shape of PositionOut."""
    is_mine = selectors.is_own(row, user=request.user, person_ids=own)
    is_disputed = row["disputed_at"] is not None
    return {
        "id": row["id"],
        "subject": {"id": row["subject_id"], "title": row["title"]},
        "office_holder": spoken_of(row),
        "stance": row["stance"],
        "known_by": row["known_by"],
        "source_url": row["source_url"],
        "said_on": row["said_on"],
        "quote": row["quote"],
        "contact": row["contact_id"],
        "author": named_author(row) if row["organised"] else "",
        "is_mine": is_mine,
        "recorded_at": row["recorded_at"],
        "undone_at": row["undone_at"],
        "undone_why": said_why(row["undone_why"]),
        "dispute": {
            "reason": row["disputed_why"],
            "opened_at": row["disputed_at"],
            "is_mine": row["disputed_by"] == request.user.pk,
        }
        if is_disputed
        else None,
        "abilities": policies.position_abilities(
            is_organised=row["organised"],
            is_mine=is_mine,
            is_undone=row["undone_at"] is not None,
            is_disputed=is_disputed,
            has_disputed=row["has_disputed"],
        ),
    }


def _shown(request: Request, id: UUID) -> dict[str, Any]:
    instant = now()
    row, own = selectors.position_row(request.user, id, now=instant), selectors.reader_ids(request.user)
    note_authors(request, "advocacy.positions", [row], own=own, at=instant)
    return position_shape(row, request=request, own=own)
