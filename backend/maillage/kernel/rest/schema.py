"""The description of the API, for anybody."""

from typing import ClassVar

from drf_spectacular.views import SpectacularAPIView


class SchemaView(SpectacularAPIView):
    """It is the same for everybody, so that no cookie is read."""

    authentication_classes: ClassVar = []
    permission_classes: ClassVar = []
