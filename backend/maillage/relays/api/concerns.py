"""Something is wrong: told by whoever is signed in, read by the one person with whom it stands."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import Actor
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors as people_selectors
from maillage.people import services as people
from maillage.people.models import Person
from maillage.relays import policies, services
from maillage.relays.domain import concern_due
from maillage.relays.models import Conversation
from maillage.relays.selectors.concerns import (
    MAY_BE_NAMED,
    concern_read_by,
    concerns_page,
    name_of,
    own_concerns,
    place_of,
    safety_contacts,
    standing_from,
    zone_of,
)
from maillage.relays.selectors.conversations import conversation_seen


class ReaderOut(serializers.Serializer[Any]):
    """Who reads what is told now, and by when."""

    id = serializers.CharField(help_text="to be sent back with what is told; empty: the administrators")
    name = serializers.CharField(help_text="empty: the administrators, because nobody is named")
    next_id = serializers.CharField(help_text="of who reads it instead, where one asks so; empty: the administrators")
    next_name = serializers.CharField(help_text="who reads it instead, where one asks so; empty: the administrators")
    has_next = serializers.BooleanField(help_text="whether somebody else than the named person can read it")
    due_at = serializers.DateTimeField()


class OwnConcernOut(serializers.Serializer[Any]):
    """What I told, and what became of it."""

    id = serializers.UUIDField()
    what = serializers.CharField()
    who = serializers.CharField()
    happened = serializers.CharField()
    made_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    rung = serializers.IntegerField(help_text="1, 2: the named person; 3: the administrators")
    taken_at = serializers.DateTimeField(allow_null=True)
    taken_by = serializers.CharField()
    outcome = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)


class MyConcernsOut(serializers.Serializer[Any]):
    """What I told, the latest first, and who would read another one."""

    reader = ReaderOut()
    items = OwnConcernOut(many=True)


class ConcernIn(serializers.Serializer[Any]):
    """What happened."""

    what = serializers.CharField(max_length=4000)
    who = serializers.CharField(max_length=200, allow_blank=True, default="")
    happened = serializers.CharField(max_length=200, allow_blank=True, default="", help_text="when, in one's own words")
    conversation = serializers.UUIDField(required=False, allow_null=True, help_text="that it speaks of: a copy goes with it")
    about = serializers.UUIDField(
        required=False, allow_null=True, help_text="the `id` of the named person whom it concerns: it never reaches them"
    )
    reader = serializers.CharField(
        max_length=36,
        allow_blank=True,
        required=False,
        help_text="the `id` of whom the form said that reads it; asked again where it changed",
    )


class ConcernAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with it."""

    take_up = serializers.BooleanField()
    close = serializers.BooleanField()


class ConcernOut(serializers.Serializer[Any]):
    """A concern, for the one person with whom it stands."""

    id = serializers.UUIDField()
    reporter = serializers.CharField()
    from_writer = serializers.BooleanField(help_text="told by somebody who wrote to a place")
    from_visitor = serializers.BooleanField(help_text="told by anybody, from the public page of a place")
    is_answered = serializers.BooleanField(help_text="whether whoever told it is reached by the outcome")
    place = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField()
    happened = serializers.CharField()
    quoted = serializers.CharField()
    made_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    taken_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)
    abilities = ConcernAbilitiesOut()


class ConcernsOut(serializers.Serializer[Any]):
    """A page of what stands with the reader; `is_named`: they are one of those to whom things are told."""

    is_named = serializers.BooleanField()
    items = ConcernOut(many=True)
    next = serializers.CharField(allow_null=True)


class OutcomeIn(serializers.Serializer[Any]):
    """What came of it."""

    outcome = serializers.CharField(max_length=4000)


class ConcernDoneOut(serializers.Serializer[Any]):
    """Where the concern stands now."""

    id = serializers.UUIDField()
    taken_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class SafetyContactOut(serializers.Serializer[Any]):
    """Somebody named."""

    position = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField(help_text="with which they sign in")


class SafetyContactsOut(serializers.Serializer[Any]):
    """Who is named; none: what is told goes to the administrators."""

    items = SafetyContactOut(many=True)


class SafetyContactsIn(serializers.Serializer[Any]):
    """Whom to name, by the addresses with which they sign in: the first, then the second."""

    emails = serializers.ListField(child=serializers.EmailField(max_length=254), max_length=2)
    names = serializers.ListField(
        child=serializers.CharField(max_length=200, allow_blank=True),
        max_length=2,
        default=list,
        help_text="what people are told, of who is not known by name; in the same order",
    )


class ConcernsView(APIView):
    """Told, and read."""

    policy = "relays.concerns"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="relays_concerns",
        responses=ConcernsOut,
        parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)],
    )
    def get(self, request: Request) -> Response:
        """List what stands with the reader; each reading is written down."""
        page = concerns_page(
            request.user, now=now(), after=request.query_params.get("after"), limit=read_limit(request.query_params.get("limit"))
        )
        read = {row["reporter_id"] for row in page["items"] if row["reporter_id"]}
        people.note_access(reader=request.user, role=_role(request.user), reading="relays.concerns", person_ids=read, now=now())
        is_named = any(contact.user_id == request.user.pk for contact in safety_contacts(now=now()))
        return Response({"is_named": is_named, "items": [_shape(row) for row in page["items"]], "next": page["next"]})

    @extend_schema(operation_id="relays_concern_tell", request=ConcernIn, responses={201: OwnConcernOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Tell that something is wrong."""
        person = _person(request)
        said = ConcernIn(data=request.data)
        said.is_valid(raise_exception=True)
        asked = said.validated_data
        about: Conversation | None = None
        if asked.get("conversation"):
            about = conversation_seen(request.user, asked["conversation"], now=now())
        concern = services.tell_concern(
            what=asked["what"],
            who=asked["who"],
            happened=asked["happened"],
            about=asked.get("about"),
            seen=asked.get("reader"),
            reporter=person,
            conversation=about,
            now=now(),
        )
        return Response(next(row for row in own_concerns([person.pk]) if row["id"] == concern.pk), status=201)


class MyConcernsView(APIView):
    """What I told."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_my_concerns", responses=MyConcernsOut)
    def get(self, request: Request) -> Response:
        """Say who reads what is told now and by when, and what became of what I told."""
        person, instant = _person(request), now()
        first = standing_from(1, now=instant)
        after = standing_from(1, now=instant, past=[user.pk for user in first.users]) if first.reader else first
        reader = {
            "id": first.reader,
            "name": first.name,
            "next_id": after.reader,
            "next_name": after.name,
            "has_next": bool(first.reader and after.users),
            "due_at": concern_due(instant, zone=zone_of(place_of(person))),
        }
        return Response({"reader": reader, "items": own_concerns(people_selectors.side_of(person.pk).ids)})


class TakeUpView(APIView):
    """A concern taken up."""

    policy = "relays.concern_reader"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_concern_take_up", request=None, responses=ConcernDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take it up: from now on nobody else reads it. Safe to repeat."""
        concern = concern_read_by(request.user, id, now=now())
        done = services.take_up_concern(concern_id=concern.pk, by=_user(request), now=now())
        return Response({"id": done.pk, "taken_at": done.taken_at, "closed_at": done.closed_at})


class CloseView(APIView):
    """A concern closed."""

    policy = "relays.concern_reader"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_concern_close", request=OutcomeIn, responses=ConcernDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say what came of it, in words that whoever told it reads."""
        concern = concern_read_by(request.user, id, now=now())
        said = OutcomeIn(data=request.data)
        said.is_valid(raise_exception=True)
        done = services.close_concern(concern_id=concern.pk, outcome=said.validated_data["outcome"], by=_user(request), now=now())
        return Response({"id": done.pk, "taken_at": done.taken_at, "closed_at": done.closed_at})


class SafetyContactsView(APIView):
    """To whom things are told."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_safety_contacts", responses=SafetyContactsOut)
    def get(self, request: Request) -> Response:
        """Say who is named."""
        accounts.as_administrator(request.user, now=now())
        return Response(self.shape(request))

    @extend_schema(operation_id="relays_safety_contacts_name", request=SafetyContactsIn, responses=SafetyContactsOut)
    def put(self, request: Request) -> Response:
        """Name one or two people, oneself among them if one likes; an empty list names nobody, while the public is not in."""
        by = accounts.as_administrator(request.user, now=now())
        said = SafetyContactsIn(data=request.data)
        said.is_valid(raise_exception=True)
        asked = said.validated_data
        services.name_safety_contacts(emails=asked["emails"], names=asked["names"], by=by, now=now())
        return Response(self.shape(request))

    def shape(self, request: Request) -> dict[str, Any]:
        """Say who is named, after writing down that it is read."""
        contacts = safety_contacts(now=now())
        named = {contact.user.person.pk for contact in contacts if hasattr(contact.user, "person")}
        people.note_access(reader=request.user, role=Role.ADMINISTRATOR, reading="relays.safety_contacts", person_ids=named, now=now())
        items = [{"position": each.position, "name": name_of(each.user), "email": each.user.email} for each in contacts]
        return {"items": items}


def _user(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotFound
    return request.user


def _person(request: Request) -> Person:
    """The record that brought the account of who asks: what they tell stays with it, whatever it is joined to.

    Raises: NotFound (`no_person`).
    """
    record_id = people_selectors.record_of_user(_user(request).pk)
    person = Person.objects.select_related("area", "locality").filter(pk=record_id).first() if record_id else None
    if person is None:
        raise NotFound(code="no_person")
    return person


def _role(user: Actor) -> Role:
    """As what somebody reads concerns."""
    held = set(accounts.running_grants(user, now=now()).values_list("role", flat=True))
    return next((role for role in (*MAY_BE_NAMED, Role.ADMINISTRATOR) if role in held), Role.MODERATOR)


def _shape(row: dict[str, Any]) -> dict[str, Any]:
    is_taken, is_closed = row["taken_at"] is not None, row["closed_at"] is not None
    kept = (
        "id",
        "from_writer",
        "from_visitor",
        "is_answered",
        "what",
        "who",
        "happened",
        "quoted",
        "made_at",
        "due_at",
        "taken_at",
        "outcome",
        "closed_at",
    )
    return {
        **{name: row[name] for name in kept},
        "reporter": row["name"] or "",
        "place": row["place"] or "",
        "abilities": policies.concern_abilities(is_taken=is_taken, is_closed=is_closed),
    }
