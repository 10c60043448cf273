import pytest

from maillage.accounts.models import User
from maillage.advocacy.models import OfficeHolder, Subject
from maillage.people.models import Person
from tests.backend.advocacy.factories import make_deputy, make_subject
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network


@pytest.fixture
def net(db: None) -> SmallNetwork:
    """A network over the invented country."""
    return make_network()


@pytest.fixture
def deputy(net: SmallNetwork) -> OfficeHolder:
    """Who sits for 0101."""
    return make_deputy(net.seat("0101").area)


@pytest.fixture
def subject(net: SmallNetwork) -> Subject:
    """What they are asked."""
    return make_subject()


@pytest.fixture
def relay(net: SmallNetwork) -> Person:
    """Who holds the seat 0101."""
    return make_holder(net.seat("0101"))[1]


@pytest.fixture
def organiser(net: SmallNetwork) -> User:
    """Who organises the country."""
    return net.organiser()
