"""What counts as one network where something is limited by it."""

import pytest

from maillage.kernel.rest.throttles import network_of


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("no address", "no address"),
    ],
)
def test_a_network_is_an_address_or_a_64(client: str, network: str) -> None:
    assert network_of(client) == network
