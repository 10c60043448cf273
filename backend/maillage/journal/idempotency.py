"""A request sent twice acts once: `Idempotency-Key` on unsafe endpoints, a hidden field in forms.

The key is inserted, the view runs and its answer is stored in one transaction. So a crash anywhere leaves nothing,
and the client may try again; and the same request at the same time waits for the first at the unique index, then
gets its answer. A refusal (400 or more, or an exception) is rolled back and not stored: it had no effect to repeat.
A view that is wrapped makes one service call and no network call.
"""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

import orjson
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from maillage.journal.models import IdempotencyKey
from maillage.kernel.errors import Conflict, Invalid, Refusal
from maillage.kernel.http import server_error
from maillage.kernel.rest.renderers import OrjsonRenderer
from maillage.kernel.sealing import keyed_hashes

P = ParamSpec("P")

HEADER = "Idempotency-Key"
FIELD = "idempotency_key"
REPLAYED = "Idempotency-Replayed"
PATIENCE_SECONDS = 10
"""How long a request waits for its twin that is under way."""

_KEY = re.compile(r"[A-Za-z0-9_.:\-]{16,128}")
_NOT_ASKED = frozenset({FIELD, "csrfmiddlewaretoken"})
_LOCK_NOT_AVAILABLE = "55P03"

PARAMETER = OpenApiParameter(
    HEADER,
    location=OpenApiParameter.HEADER,
    description=gettext_lazy(
        "16 to 128 letters of the client's choice, such as a UUID. The same key and body again get the first answer for 24 hours."
    ),
)


class KeyReused(Refusal):
    """The key came before with another body."""

    status = 422
    code = "idempotency_key_reused"


def idempotent(view: Callable[P, Any]) -> Callable[P, Any]:
    """Let a view (function, Django or REST framework method) act once for each key; without a key it acts each time.

    The key belongs to the signed-in user, else to whoever knows it, and to the endpoint. From the header: another body
    under the same key is refused (422). From the hidden field of a form: a form corrected and sent again is a new request.
    Raises: Invalid for a malformed key, KeyReused, Conflict when the first request takes too long.
    """

    @wraps(view)
    def once(*args: P.args, **kwargs: P.kwargs) -> Any:
        request = next(arg for arg in args if isinstance(arg, Request | HttpRequest))
        asked = _asked(request)
        is_form_field = HEADER not in request.headers
        key = request.POST.get(FIELD) if is_form_field else request.headers[HEADER]
        if not key or (is_form_field and not _KEY.fullmatch(key)):
            return view(*args, **kwargs)
        if not _KEY.fullmatch(key):
            raise Invalid(_("An idempotency key has 16 to 128 letters, digits, dots, dashes."), code="bad_idempotency_key")
        meant = _meant(asked)
        fingerprints = _hashes(meant)
        row_keys = _hashes("|".join([_who(request), str(request.method), request.path, key, meant if is_form_field else ""]))
        with transaction.atomic():
            try:
                row_id = _first(row_keys, fingerprints[0])
            except Conflict:
                if isinstance(request, Request):
                    raise
                transaction.set_rollback(True)
                return server_error(request, status=503)
            if row_id is None:
                return _answer_again(request, row_keys, fingerprints)
            response = view(*args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                _store(row_id, response)
            return response

    return cast("Callable[P, Any]", extend_schema(parameters=[PARAMETER])(once))


def _asked(request: Request | HttpRequest) -> Any:
    data = request.data if isinstance(request, Request) else request.POST
    return {name: data.getlist(name) for name in data} if isinstance(data, QueryDict) else data


def _who(request: Request | HttpRequest) -> str:
    user = request.user
    return str(user.pk) if user is not None and user.is_authenticated else "anyone"


def _meant(asked: Any) -> str:
    meant = {name: value for name, value in asked.items() if name not in _NOT_ASKED} if isinstance(asked, dict) else asked
    return json.dumps(meant, default=str, sort_keys=True)


def _hashes(text: str) -> list[str]:
    """Hash with the installation's secret, then its former ones: what was asked cannot be guessed back from the table."""
    return keyed_hashes(text, purpose="idempotency")


def _first(row_keys: list[str], fingerprint: str) -> int | None:
    """Insert the key, after waiting for a twin under way; None when the twin has committed."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE_SECONDS}s"])
            cursor.execute(
                "INSERT INTO journal_idempotencykey (key, fingerprint, content_type, location) SELECT %s, %s, '', ''"
                " WHERE NOT EXISTS (SELECT FROM journal_idempotencykey WHERE key = ANY(%s))"
                " ON CONFLICT (key) DO NOTHING RETURNING id",
                [row_keys[0], fingerprint, row_keys[1:]],
            )
            row = cursor.fetchone()
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise Conflict(_("The same request is still under way. Try again in a moment."), code="idempotency_in_progress") from error
    return int(row[0]) if row else None


def _store(row_id: int, response: Any) -> None:
    if isinstance(response, Response):
        body, content_type = OrjsonRenderer().render(response.data), response.content_type or ""
    else:
        if hasattr(response, "render"):
            response.render()
        body, content_type = response.content, response.headers.get("Content-Type", "")
    IdempotencyKey.objects.filter(pk=row_id).update(
        status=response.status_code, body=body, content_type=content_type, location=response.headers.get("Location", "")
    )


def _answer_again(request: Request | HttpRequest, row_keys: list[str], fingerprints: list[str]) -> HttpResponseBase:
    stored: Any = IdempotencyKey.objects.filter(key__in=row_keys).earliest("id")
    if stored.fingerprint not in fingerprints:
        raise KeyReused(_("This idempotency key was used for another request."))
    headers = {REPLAYED: "true"} | ({"Location": stored.location} if stored.location else {})
    body = bytes(stored.body)
    if isinstance(request, Request):
        data = orjson.loads(body) if body else None
        return Response(data, status=stored.status, headers=headers, content_type=stored.content_type or None)
    return HttpResponse(body, status=stored.status, headers=headers, content_type=stored.content_type or None)
