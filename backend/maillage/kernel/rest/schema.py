"""The description of the API, for anybody."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission


class DescribedOnce(SchemaGenerator):
    """Describes the API once a process in each language of the site: to read all views again for each who asks takes a second."""

    def get_schema(self, request: object = None, public: bool = True) -> Any:
        """Return the description in the active language, in that of the settings where the site does not speak it."""
        language = translation.get_language()
        return _described(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


@cache
def _described(language: str) -> Any:
    with translation.override(language):
        return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


class SchemaView(SpectacularAPIView):
    """It is the same for everybody, so that no cookie is read."""

    generator_class = DescribedOnce
    authentication_classes: Sequence[type[BaseAuthentication]] = []
    permission_classes: Sequence[type[BasePermission]] = []
