from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.backend.territories.factories import SmallCountry, make_small_country


@pytest.fixture
def small_country(db: None) -> SmallCountry:
    """The invented country, in the database."""
    return make_small_country()


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Limits of sign-in are counted in the cache: each test begins at nought."""
    cache.clear()
    yield
    cache.clear()
