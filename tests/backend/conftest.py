"""Fixtures for every test of the backend."""

import pytest

from tests.backend.territories.factories import SmallCountry, make_small_country


@pytest.fixture
def small_country(db: None) -> SmallCountry:
    """The invented country of the tests, in the database."""
    return make_small_country()
