from collections.abc import Iterator

import pytest

from tests.backend.messaging.factories import forget_purposes, register_purposes


@pytest.fixture(autouse=True)
def purposes() -> Iterator[None]:
    """The purposes of these tests, known while each runs."""
    register_purposes()
    yield
    forget_purposes()
