"""My photo on the public page of my seat: shown by my own choice, taken back at any time."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.images import HEAVIEST
from maillage.kernel.rest.bodies import Untouched
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.selectors import wording_in_force
from maillage.relays import services
from maillage.relays.api.welcome import person_behind
from maillage.relays.domain.photos import PHOTO
from maillage.relays.selectors.photos import holds_a_seat, photo_path


class OwnPhotoOut(serializers.Serializer[Any]):
    """My photo, if I show one, and what I agree to with it."""

    photo = serializers.CharField(help_text="path of the picture; empty: none is shown")
    may_show = serializers.BooleanField(help_text="I hold a seat")
    wording = serializers.CharField(help_text="what I agree to, in the reader's language")
    version = serializers.CharField(help_text="of that wording; sent back with the photo")


class OwnPhotoView(APIView):
    """My choice."""

    policy = "signed_in"
    parser_classes = [Untouched]
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_photo", responses=OwnPhotoOut)
    def get(self, request: Request) -> Response:
        """Say whether I show a photo, and what I would agree to."""
        return Response(_shape(person_behind(request)))

    @extend_schema(
        operation_id="relays_photo_show",
        parameters=[OpenApiParameter("agrees", str, required=True, description="version of the wording that I agree to")],
        request={"image/jpeg": OpenApiTypes.BINARY, "image/png": OpenApiTypes.BINARY, "image/webp": OpenApiTypes.BINARY},
        responses=OwnPhotoOut,
    )
    def put(self, request: Request) -> Response:
        """Show a photo, sent as it is, on the public page of my seat; it takes the place of the one before."""
        person_id = person_behind(request)
        sent = request._request.read(HEAVIEST + 1)
        services.show_photo(person_id=person_id, sent=sent, agrees=request.query_params.get("agrees", ""), now=now())
        return Response(_shape(person_id))

    @extend_schema(operation_id="relays_photo_take_back", request=None, responses=OwnPhotoOut)
    def delete(self, request: Request) -> Response:
        """Take it back: it is gone at once. Safe to repeat."""
        person_id = person_behind(request)
        services.take_photo_back(person_id=person_id, now=now())
        return Response(_shape(person_id))


def _shape(person_id: UUID) -> dict[str, Any]:
    wording = wording_in_force(PHOTO.purpose)
    return {
        "photo": photo_path(person_id),
        "may_show": holds_a_seat(person_id),
        "wording": str(wording.text),
        "version": wording.version,
    }
