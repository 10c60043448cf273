"""The default permission: an endpoint that names no policy is closed."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # rest_framework.views reads this module while it is being imported
    from rest_framework.views import APIView


class PolicyRequired(BasePermission):
    """Refuse every endpoint that has not said who may call it."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return False


class Anyone(BasePermission):
    """Open to all, signed in or not; what is seen is narrowed by the selector."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return True


class SignedIn(BasePermission):
    """Open to whoever is signed in; what is seen is narrowed by the selector."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return bool(request.user and request.user.is_authenticated)
