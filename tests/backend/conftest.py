"""Fixtures for every test of the backend."""

import gc
from collections.abc import Iterator
from functools import cache
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from maillage.people.selectors.organisation import forget_held, hold, unnamed
from tests.backend.stripe_stand_in import stripe_account, stripe_stand_in
from tests.backend.territories.factories import SmallCountry, make_small_country

__all__ = ["stripe_account", "stripe_stand_in"]  # fixtures of every test that takes payments

# Rarely: a process of tests keeps much and throws little away, and looked through it for a fourteenth of its time.
gc.set_threshold(200_000, 50, 50)

# What is invented is judged by what comes out of it: how long one case takes says how busy the machine is.
settings.register_profile("cases", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cases")

LONGEST = ("test_object_fuzz.py", "test_permission_matrix.py", "test_real_boundaries.py")
"""Files of minutes. They go first, one in each process: begun last, the other core would wait for them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


LEFT_ALONE = {"django_content_type", "auth_permission"}
"""Filled when the database is made, and changed by no test."""


def empty_what_was_filled(case: TransactionTestCase) -> None:
    """Empty the tables that a test with transactions of its own wrote to: emptying all of them took longer than most such tests."""
    with connection.cursor() as cursor:
        cursor.execute(_what_is_filled())
        if filled := [f'"{name}"' for (name,) in cursor.fetchall()]:
            cursor.execute(f"TRUNCATE {', '.join(filled)} CASCADE")


@cache
def _what_is_filled() -> str:
    names = sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False)} - LEFT_ALONE)
    return " UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names)


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> Iterator[None]:
    """Let each test with transactions of its own end by `empty_what_was_filled`."""
    with patch.object(TransactionTestCase, "_fixture_teardown", empty_what_was_filled):
        yield


@pytest.fixture
def small_country(db: None) -> SmallCountry:
    """The invented country of the tests, in the database."""
    return make_small_country()


@pytest.fixture(autouse=True)
def settled_language() -> Iterator[None]:
    """The language of the settings: a request leaves its own behind, and the next test would read it."""
    yield
    translation.deactivate()


@pytest.fixture
def house_of_the_country(small_country: SmallCountry) -> None:
    """The organisation is one of the invented country, and its days are those there."""
    house = unnamed()
    house.country = small_country.country.country
    hold(house, seconds=3600)


@pytest.fixture(autouse=True)
def known_house() -> Iterator[None]:
    """The organisation as a process that has read it knows it; a test of the first run forgets it."""
    hold(unnamed(), seconds=3600)
    yield
    forget_held()
