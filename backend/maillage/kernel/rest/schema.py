"""The description of the API, for anybody."""

from collections.abc import Sequence

from drf_spectacular.views import SpectacularAPIView
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission


class SchemaView(SpectacularAPIView):
    """It is the same for everybody, so that no cookie is read."""

    authentication_classes: Sequence[type[BaseAuthentication]] = []
    permission_classes: Sequence[type[BasePermission]] = []
