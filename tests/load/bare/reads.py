"""What the lists are compared with: a plain function view behind the same middlewares and the same authentication.

It does the SQL that ours did, taken down beforehand, and sends the rows as JSON: no framework, no shape, no rule.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from config.urls import urlpatterns as ours

STATEMENTS: list[tuple[str, Sequence[Any]]] = []
"""The statements to repeat, without those of the session and its user: the middlewares do them here too."""


def bare(request: HttpRequest) -> HttpResponse:
    """Look who asks, repeat the statements, send the rows."""
    str(request.user)  # the session and the user are read when somebody looks
    rows: list[list[tuple[Any, ...]]] = []
    with connection.cursor() as cursor:
        for sql, params in STATEMENTS:
            cursor.execute(sql, params)
            rows.append(cursor.fetchall())
    return HttpResponse(orjson.dumps(rows, default=str), content_type="application/json")


urlpatterns: list[URLPattern | URLResolver] = [path("bare/", bare), *ours]
