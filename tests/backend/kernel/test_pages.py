"""Keyset pages give every row once, in order, whatever the page's size; broken cursors are problems."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.accounts.models import User
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.pages import keyset_page, read_limit

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
ORDERS = [["id"], ["-id"], ["created_at", "id"], ["-created_at", "id"], ["language", "-created_at", "id"]]


def pages(keys, limit):
    after, found, count = None, [], 0
    while True:
        page = keyset_page(User.objects.values("id", "created_at", "language"), keys=keys, after=after, limit=limit)
        found += page["items"]
        count += 1
        after = page["next"]
        if after is None:
            return found, count


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["fr", "en"])), max_size=12),
    limit=st.integers(1, 5),
    keys=st.sampled_from(ORDERS),
)
def test_the_pages_laid_end_to_end_are_the_sorted_list(rows, limit, keys):
    User.objects.all().delete()
    for number, (minutes, language) in enumerate(rows):
        at = NOON + timedelta(minutes=minutes, microseconds=minutes)
        User.objects.create(id=UUID(int=number + 1), email=f"{number}@example.org", created_at=at, language=language)
    found, count = pages(keys, limit)
    assert found == list(User.objects.order_by(*keys).values("id", "created_at", "language"))
    assert count == max(1, -(-len(rows) // limit))


def test_a_page_is_one_query(django_assert_num_queries):
    for number in range(5):
        User.objects.create(email=f"{number}@example.org")
    with django_assert_num_queries(1):
        first = keyset_page(User.objects.values("id"), keys=["id"], after=None, limit=2)
    with django_assert_num_queries(1):
        keyset_page(User.objects.values("id"), keys=["id"], after=first["next"], limit=2, shape=lambda row: {"is": str(row["id"])})


def a_cursor(keys):
    for number in range(2):
        User.objects.create(email=f"{number}@example.org")
    return keyset_page(User.objects.values("id", "created_at"), keys=keys, after=None, limit=1)["next"]


@pytest.mark.parametrize(
    "change",
    [
        lambda cursor: "x",
        lambda cursor: "é" * 20,
        lambda cursor: cursor[:-1],
        lambda cursor: cursor + "A",
        lambda cursor: ("B" if cursor[0] == "A" else "A") + cursor[1:],
        lambda cursor: "WyJub3QgYW4gaWQiXQ",
        lambda cursor: "\x00",
    ],
)
def test_a_cursor_that_was_not_made_here_is_refused(change):
    cursor = change(a_cursor(["id"]))
    with pytest.raises(Invalid) as refusal:
        keyset_page(User.objects.values("id"), keys=["id"], after=cursor, limit=1)
    assert refusal.value.code == "bad_cursor"


def test_a_cursor_of_another_order_is_refused():
    cursor = a_cursor(["created_at", "id"])
    with pytest.raises(Invalid):
        keyset_page(User.objects.values("id", "created_at"), keys=["-created_at", "id"], after=cursor, limit=1)


@pytest.mark.parametrize(("raw", "limit"), [(None, 50), ("1", 1), ("200", 200), ("007", 7)])
def test_a_limit_is_read(raw, limit):
    assert read_limit(raw) == limit


@pytest.mark.parametrize("raw", ["0", "201", "-1", "", "ten", "1.5", "٣", "0000501", "9" * 5000])
def test_a_limit_out_of_bounds_is_refused(raw):
    with pytest.raises(Invalid) as refusal:
        read_limit(raw)
    assert refusal.value.fields.keys() == {"limit"}
