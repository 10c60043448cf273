"""Errors of the API as application/problem+json (RFC 9457), with a stable `code` and a field map."""

from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from maillage.kernel.errors import Refusal

CONTENT_TYPE = "application/problem+json"


def problem(*, status: int, code: str, detail: str, fields: dict[str, Any] | None = None, **extra: object) -> dict[str, Any]:
    """Build the members of a problem; `fields` maps a field's name to its list of sentences."""
    body: dict[str, Any] = {"type": "about:blank", "status": status, "code": code, "title": detail, "detail": detail}
    if fields:
        body["fields"] = fields
    return {**body, **extra}


def problem_response(*, status: int, code: str, detail: str) -> HttpResponse:
    """Answer with a problem from outside REST framework."""
    return HttpResponse(orjson.dumps(problem(status=status, code=code, detail=detail)), status=status, content_type=CONTENT_TYPE)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals, REST framework's and Django's exceptions into problems; anything else stays a bug (500)."""
    headers: dict[str, str] = {}
    if isinstance(error, Refusal):
        body = problem(status=error.status, code=error.code, detail=error.detail, fields=error.fields, **error.extra)
    elif isinstance(error, Http404):
        body = problem(status=404, code="not_found", detail=_("There is no such thing, or you may not see it."))
    elif isinstance(error, RequestDataTooBig):
        body = problem(status=413, code="too_large", detail=_("This is too large to send."))
    elif isinstance(error, SuspiciousOperation):
        body = problem(status=400, code="bad_request", detail=_("This request makes no sense."))
    elif isinstance(error, PermissionDenied):
        body = problem(status=403, code="forbidden", detail=_("You may not do this."))
    elif isinstance(error, exceptions.ValidationError):
        body = problem(status=400, code="invalid", detail=_("Some fields need another look."), fields=_field_map(error.detail))
    elif isinstance(error, exceptions.APIException):
        code = error.get_codes() if isinstance(error.detail, str) else error.default_code
        body = problem(status=error.status_code, code=str(code), detail=str(error.detail))
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait) + 1)
        if challenge := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = challenge
    else:
        return None
    set_rollback()
    return Response(body, status=body["status"], headers=headers, content_type=CONTENT_TYPE)


def _field_map(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    """Flatten REST framework's nested errors into `field.sub -> sentences`; `_` stands for the whole."""
    if isinstance(detail, dict):
        flat: dict[str, list[str]] = {}
        for name, value in detail.items():
            key = "_" if name == "non_field_errors" else str(name)
            flat |= _field_map(value, f"{prefix}.{key}" if prefix else key)
        return flat
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        flat = {}
        for index, value in enumerate(detail):
            flat |= _field_map(value, f"{prefix}.{index}" if prefix else str(index))
        return flat
    sentences = detail if isinstance(detail, list) else [detail]
    return {prefix or "_": [str(sentence) for sentence in sentences]} if sentences else {}
