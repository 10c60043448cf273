"""How addresses and numbers are written down: a plain address is taken at a glance, and each number has one spelling."""

import pytest
from django.core.validators import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.kernel.errors import Invalid
from maillage.people.domain import Channel, normal_value
from maillage.people.domain.contact import PLAIN_ADDRESS
from maillage.people.domain.telephones import COUNTRIES, PLANS, international, spellings


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


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.SMS])
@pytest.mark.parametrize(
    ("country", "number", "typed"),
    [
        (
            "FR",
            "+33612345678",
            [
                *("06 12 34 56 78", "0612345678", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78", " 06\u202f12\u00a034 56 78 "),
                *("+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033 6 12 34 56 78", "+330612345678", "\u202a+33 6 12 34 56 78\u202c"),
                *("612345678", "33612345678"),  # from a spreadsheet, which takes a number for a sum
            ],
        ),
        ("FR", "+590690123456", ["0690 12 34 56", "+590 690 12 34 56", "+590 (0)690 12 34 56", "+33 690 12 34 56"]),
        ("FR", "+590590123456", ["0590123456"]),
        ("FR", "+594694123456", ["0694123456"]),
        ("FR", "+596596123456", ["0596123456"]),
        ("FR", "+262639123456", ["0639123456"]),
        ("FR", "+262269123456", ["0269123456"]),
        ("RE", "+33612345678", ["06 12 34 56 78"]),
        ("RE", "+262692123456", ["06 92 12 34 56"]),
        ("GB", "+442079460958", ["020 7946 0958", "+44 (0)20 7946 0958", "(020) 7946 0958"]),
        ("FR", "+442079460958", ["+44 20 7946 0958", "+44 (0)20 7946 0958", "00442079460958"]),
        ("US", "+12125550123", ["(212) 555-0123", "1-212-555-0123", "+1 212 555 0123"]),
        ("IT", "+390612345678", ["06 1234 5678", "+39 06 1234 5678", "+39 (0)6 1234 5678"]),  # its nought is dialled from abroad too
        ("DE", "+493012345678", ["030 12345678", "+49 (0)30 12345678"]),
        ("HU", "+3612345678", ["06 1 234 5678", "+36 1 234 5678"]),
    ],
)
def test_a_number_has_one_spelling(channel: Channel, country: str, number: str, typed: list[str]) -> None:
    for written in typed:
        assert normal_value(channel, written, country=country) == number, written
    assert normal_value(channel, number, country="ZZ") == number, "which is the same everywhere"


@pytest.mark.parametrize(
    "typed", ["", "abc", "12", "3631", "06 12 34 56", "06 12 34 56 78 90", "+33 6 12 34", "+999 123456", "+33a12345678", "++33612345678"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        normal_value(Channel.PHONE, typed, country="FR")
    assert list(refused.value.fields) == ["phone"]


def test_a_number_in_national_form_is_not_guessed_where_no_country_is_known() -> None:
    with pytest.raises(Invalid):
        normal_value(Channel.PHONE, "0612345678")


@settings(max_examples=300)
@given(st.sampled_from(sorted(COUNTRIES)), st.from_regex(r"[+0-9 ()./-]{0,18}", fullmatch=True))
def test_a_spelling_is_spelt_as_itself(country: str, typed: str) -> None:
    number = international(typed, country=country)
    assert international(number, country="FR") == number
    assert len(number) <= 16


@pytest.mark.parametrize("number", ["+33612345678", "+590690123456", "+262639123456"])
def test_what_a_cell_may_hold_is_that_number(number: str) -> None:
    found = spellings(number)
    assert {international(spelling, country="FR") for spelling in found} == {number}
    assert {number, f"0{number[-9:]}"} <= found


def test_each_country_has_a_plan_and_no_code_begins_with_another() -> None:
    assert set(COUNTRIES.values()) <= set(PLANS)
    assert not [(one, other) for one in PLANS for other in PLANS if one != other and one.startswith(other)]
    assert all(plan.lengths and max(plan.lengths) + len(plan.code) <= 15 for plan in PLANS.values())
