from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Limits of sign-in are counted in the cache: each test begins at nought."""
    cache.clear()
    yield
    cache.clear()
