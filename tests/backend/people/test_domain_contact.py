"""How an address is written down: the quick look at plain ones takes nothing that the thorough one refuses."""

import pytest
from django.core.validators import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.kernel.errors import Invalid
from maillage.people.domain import Channel, normal_value
from maillage.people.domain.contact import PLAIN_ADDRESS


@settings(max_examples=500)
@given(st.from_regex(PLAIN_ADDRESS, fullmatch=True))
def test_a_plain_address_is_an_address(address: str) -> None:
    if len(address) <= 254:
        validate_email(address)
        assert normal_value(Channel.EMAIL, address) == address


NO_ADDRESSES = ["", "a", "a@b", "a@-b.example", "a..b@c.example", "a@b..example", f"a@{'b' * 64}.example", f"{'a' * 320}@b.example"]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        normal_value(Channel.EMAIL, address)
