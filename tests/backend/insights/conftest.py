import pytest

from tests.backend.relays.factories import SmallNetwork, make_network


@pytest.fixture
def net(db: None) -> SmallNetwork:
    """A network over the invented country, all twelve seats vacant."""
    return make_network()
