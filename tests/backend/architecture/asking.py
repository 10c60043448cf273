"""Asking a view thousands of times, signed in, without the layers around it: the permission matrix asks through those."""

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve

from maillage.accounts.models import User
from tests.backend.accounts.factories import sign_in
from tests.backend.architecture.permission_matrix import BODIES, Line
from tests.backend.architecture.test_permission_matrix import concrete, filled

A_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class Reader:
    """Somebody who asks, or nobody."""

    def __init__(self, user: User | None) -> None:
        self.session: Any = {}
        self.user: Any = AnonymousUser()
        if user:
            client = Client()
            sign_in(client, User.objects.get(pk=user.pk))
            self.session = client.session
            request = HttpRequest()
            request.session = self.session
            self.user = get_user(request)

    def asks(self, line: Line, rows: dict[str, Any]) -> tuple[int, str]:
        """Ask once and undo what it did; return the status and the answer's text."""
        path = concrete(line.path, rows)
        body = json.dumps(filled(BODIES.get(line.name, {}), rows)) if line.method != "GET" else ""
        request = RequestFactory(headers={"Accept-Language": "en"}).generic(line.method, path, body, content_type="application/json")
        request.user, request.session = copy.copy(self.user), copy.copy(self.session)
        request._dont_enforce_csrf_checks = True
        match = resolve(path.partition("?")[0])
        with transaction.atomic():
            answer: Any = match.func(request, *match.args, **match.kwargs)
            if hasattr(answer, "render"):
                answer.render()
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer.status_code, content.decode(errors="replace")


@dataclass
class Comparisons:
    """With what an id was compared: columns, and tables of statements in which that could not be read."""

    columns: set[tuple[str, str]] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)


@contextmanager
def compared(id: UUID) -> Iterator[Comparisons]:
    """Note with what the database compares an id meanwhile: `"table"."column" = id`, or something in the tables of its statement."""
    known, found = set(connection.introspection.table_names(include_views=True)), Comparisons()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        values = list(params.values()) if isinstance(params, dict) else list(params or ())
        places = [number for number, value in enumerate(values) if str(id) in str(value) or id.hex in str(value)]
        pieces = sql.split("%s")
        for place in places:
            before = None if isinstance(params, dict) or len(pieces) != len(values) + 1 else _COMPARED.search(pieces[place])
            if before:
                found.columns.add((before["table"], before["column"]))
            else:
                found.tables |= known.intersection(re.findall(r"\w+", sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


_COMPARED = re.compile(r'"(?P<table>\w+)"\."(?P<column>\w+)" = \(?$')


def ids_in(found: Comparisons) -> set[UUID]:
    """Every id that stands where an id was compared: in these columns, and anywhere in these tables."""
    ids = set()
    with connection.cursor() as cursor:
        for table, column in sorted(found.columns):
            ids |= _ids(cursor, f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
        for table in sorted(found.tables):
            ids |= _ids(
                cursor, f"SELECT DISTINCT found.id[1] FROM \"{table}\" kept, regexp_matches(kept::text, '{A_UUID}', 'g') AS found(id)"
            )
    return ids


def _ids(cursor: Any, sql: str) -> set[UUID]:
    cursor.execute(sql)
    return {UUID(text) for (text,) in cursor.fetchall() if re.fullmatch(A_UUID, text)}


def forget_limits() -> None:
    """Let the next reader ask as often."""
    cache.clear()
