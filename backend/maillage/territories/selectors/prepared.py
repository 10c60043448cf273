"""Statements that the server plans once a connection, for the few questions that are asked all day.

Planning a spatial join costs more than running it (`apps.py` lets connections keep plans). They bypass Django's own
cursor, so neither they nor their values (somebody's position) are ever written to a log of queries.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from psycopg import Cursor
from psycopg.rows import dict_row


def asked(sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run a prepared statement and give its rows by column name."""
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, Cursor(raw, row_factory=dict_row) as cursor:
        return cursor.execute(sql.encode(), values, prepare=True).fetchall()
