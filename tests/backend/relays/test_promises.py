from maillage.kernel.clock import now
from maillage.relays import selectors
from tests.backend.relays.factories import SmallNetwork


def test_the_nearest_organiser_calls(net: SmallNetwork):
    area = net.country.area("0101")
    assert selectors.contact_person(area, now=now()) is None
    net.organiser("country", "XM", name="Loin Loin")
    near = net.organiser("department", "01", name="Nadia Ferhat")
    assert selectors.contact_person(area, now=now()) == near.person
    assert selectors.contact_person(net.country.area("0201"), now=now()).given_name == "Loin"
