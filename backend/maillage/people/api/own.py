"""What is kept of me: read, taken away, agreed to, erased."""

from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.accounts.selectors import RecentlyProved
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors, services
from maillage.people.domain import AgreedBy, Channel

SOURCE = "my_data"
"""The form that the log of consents names."""


class OwnContactOut(serializers.Serializer[Any]):
    """A way to reach me."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    value = serializers.CharField()
    is_verified = serializers.BooleanField()
    is_preferred = serializers.BooleanField()


class OwnConsentOut(serializers.Serializer[Any]):
    """What I agree to, or do not, on one channel."""

    purpose = serializers.CharField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    text = serializers.CharField(help_text="the wording, in the reader's language: of what I agreed to, as it read then")
    version = serializers.CharField(help_text="of that wording: sent back when I agree")
    is_given = serializers.BooleanField()
    changed_at = serializers.DateTimeField(allow_null=True)
    can_be_changed = serializers.BooleanField(help_text="here; else it goes with the form on which it was given")


class HeldAgreementOut(serializers.Serializer[Any]):
    """A version of a document to which I agreed."""

    document = serializers.CharField()
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    how = serializers.ChoiceField(choices=AgreedBy.choices)
    language = serializers.CharField()
    paper_number = serializers.CharField()


class OwnQualificationOut(serializers.Serializer[Any]):
    """Something that I have learnt."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField(help_text="in the reader's language")
    obtained_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="the last day on which it counts")


class OwnMergeOut(serializers.Serializer[Any]):
    """Two records of me were joined."""

    merged_at = serializers.DateTimeField()
    by = serializers.CharField(allow_blank=True, help_text="empty: somebody who is gone")
    role = serializers.CharField(help_text="as what, in the reader's language")
    is_settled = serializers.BooleanField(help_text="until it is, I read only what my own address or account brought")


class OwnDataOut(serializers.Serializer[Any]):
    """What is known of me here."""

    given_name = serializers.CharField()
    family_name = serializers.CharField()
    language = serializers.CharField()
    locality = serializers.CharField()
    area = serializers.CharField()
    shows_given_name = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    contacts = OwnContactOut(many=True)
    consents = OwnConsentOut(many=True)
    agreements = HeldAgreementOut(many=True)
    qualifications = OwnQualificationOut(many=True)
    merges = OwnMergeOut(many=True)


class OwnConsentIn(serializers.Serializer[Any]):
    """What I agree to from now on, or no more."""

    purpose = serializers.CharField(max_length=64)
    channel = serializers.ChoiceField(choices=Channel.choices)
    is_given = serializers.BooleanField()
    version = serializers.CharField(max_length=64, required=False, help_text="that was shown; refused where another is in force since")


class OwnNameIn(serializers.Serializer[Any]):
    """Whether my first name is public."""

    shows = serializers.BooleanField(help_text="on the public page of the seat that I hold, and to whom I call or answer")


class EraseIn(serializers.Serializer[Any]):
    """My e-mail address, typed again: erasing cannot be undone."""

    email = serializers.CharField(max_length=254)


class OwnView(APIView):
    """What the views about oneself share: who signs in and has not said what they are called has only their account here."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    def user(self, request: Request) -> User:
        """Return who asks."""
        if not isinstance(request.user, User):
            raise TypeError("SignedIn lets nobody else through")
        return request.user

    def person_id(self, request: Request) -> UUID:
        """Return the id of the person behind who asks. Raises: NotFound."""
        person_id = selectors.own_person_id(self.user(request))
        if person_id is None:
            raise nobody_behind()
        return person_id

    def record_id(self, request: Request) -> UUID:
        """Return the id of the record that brought the account of who asks: what is theirs for sure. Raises: NotFound."""
        record_id = selectors.record_of_user(self.user(request).pk)
        if record_id is None:
            raise nobody_behind()
        return record_id

    def shown(self, request: Request) -> Response:
        """Answer with what is known of who asks. Raises: NotFound, Conflict (`people_busy`)."""
        return Response(services.show_own_data(record_id=self.record_id(request), now=now()))


def nobody_behind() -> NotFound:
    """Refuse what needs somebody who said what they are called."""
    return NotFound(_("Nothing is kept of you here but your sign-in. Say first what you are called."), code="no_person")


class MyDataView(OwnView):
    """What is known of me."""

    @extend_schema(operation_id="people_me", responses=OwnDataOut)
    def get(self, request: Request) -> Response:
        """Return my names, place, contacts, and what I agreed to."""
        return self.shown(request)


class MyConsentsView(OwnView):
    """What I agree to."""

    @extend_schema(operation_id="people_my_consent", request=OwnConsentIn, responses=OwnDataOut)
    def post(self, request: Request) -> Response:
        """Agree, or take it back: from now on. Safe to repeat."""
        person_id = self.person_id(request)
        wanted = OwnConsentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        services.choose_consent(
            person_id=person_id,
            purpose=asked["purpose"],
            channel=Channel(asked["channel"]),
            is_given=asked["is_given"],
            read=asked.get("version"),
            source=SOURCE,
            now=now(),
        )
        return self.shown(request)


class MyNameView(OwnView):
    """My first name in public."""

    @extend_schema(operation_id="people_my_name", request=OwnNameIn, responses=OwnDataOut)
    def put(self, request: Request) -> Response:
        """Show my first name on the public page of the seat that I hold, or show it no more. Safe to repeat."""
        person_id = self.person_id(request)
        wanted = OwnNameIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.show_given_name(person_id=person_id, shows=wanted.validated_data["shows"], now=now())
        return self.shown(request)


class MyExportView(OwnView):
    """All that is kept of me, as a file."""

    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="people_my_export", responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """Download it as JSON, a section a hall (GDPR, articles 15 and 20)."""
        copy = services.copy_account(user=self.user(request), now=now())
        return Response(copy, headers={"Content-Disposition": 'attachment; filename="maillage.json"', "Cache-Control": "private, no-store"})


class MyErasureView(OwnView):
    """Be forgotten."""

    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="people_my_erasure", request=EraseIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Erase me in every hall, for good, and sign me out; a record joined to mine goes too once it is settled that it is mine."""
        user = self.user(request)
        wanted = EraseIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        if wanted.validated_data["email"].strip().lower() != user.email:
            raise Invalid(code="not_your_address", fields={"email": [_("This is not the address with which you sign in.")]})
        services.erase_account(user_id=user.pk, now=now())
        logout(request._request)
        return Response(status=204)
