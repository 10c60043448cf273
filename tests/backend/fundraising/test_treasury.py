"""Who sees who gave: the treasurer of the recipient."""

from typing import Any

import pytest

from maillage.accounts.domain import Role
from maillage.fundraising.selectors.treasury import recipient_kept, recipients_kept
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from tests.backend.accounts.factories import make_granted
from tests.backend.fundraising.factories import make_envelope, make_fund
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db


def kept(user: Any) -> set[str]:
    return set(recipients_kept(user, now=now()).values_list("code", flat=True))


def test_a_treasurer_keeps_the_recipients_of_their_place_and_of_those_below(small_country: SmallCountry) -> None:
    here = make_fund(code="here", area=small_country.area("0101"))
    make_fund(code="elsewhere", area=small_country.area("0201"))
    make_envelope(make_fund(code="country"), code="part")
    national = make_granted(Role.TREASURER, small_country.country, email="national@people.example")
    local = make_granted(Role.TREASURER, small_country.area("01", "department"), email="local@people.example")
    assert kept(national) == {"here", "elsewhere", "country"}
    assert kept(local) == {"here"}
    assert recipient_kept(local, code="here", now=now()) == here
    with pytest.raises(NotFound):
        recipient_kept(local, code="country", now=now())


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMINISTRATOR])
def test_nobody_else_keeps_any(small_country: SmallCountry, role: Role) -> None:
    make_fund(code="country")
    somebody = make_granted(role, small_country.country)
    assert kept(somebody) == set()
    with pytest.raises(Forbidden):
        recipient_kept(somebody, code="country", now=now())
