"""Instants come from the database as Django promises them, whoever reads them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.django_db

INSTANTS = (
    datetime(2026, 11, 29, 22, 36, 43, 123456, tzinfo=UTC),
    datetime(1583, 2, 28, 23, 59, 59, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
)


def test_instants_are_in_utc():
    with connection.cursor() as cursor:
        cursor.execute("SELECT instant FROM unnest(%s::timestamptz[]) AS instant UNION ALL SELECT NULL", [list(INSTANTS)])
        found = [instant for (instant,) in cursor.fetchall()]
        cursor.execute("SELECT %s::timestamptz[]", [list(INSTANTS)])
        (together,) = cursor.fetchone()
    assert found == [*INSTANTS, None]
    assert together == list(INSTANTS)
    assert {instant.tzinfo for instant in [*found[:-1], *together]} == {UTC}


def test_rows_that_come_in_portions_are_read_the_same():
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [INSTANTS[0]])
        (found,) = cursor.fetchone()
    assert (found, found.tzinfo) == (INSTANTS[0], UTC)


def test_a_connection_in_another_zone_reads_as_django_does():
    elsewhere = connections.create_connection("default")
    elsewhere.settings_dict = {**elsewhere.settings_dict, "TIME_ZONE": "Indian/Reunion"}
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT %s::timestamptz", [INSTANTS[0]])
            (found,) = cursor.fetchone()
    finally:
        elsewhere.close()
    assert isinstance(elsewhere, DatabaseWrapper)
    assert (found, found.utcoffset()) == (INSTANTS[0], timedelta(hours=4))
