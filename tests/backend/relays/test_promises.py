from django.test import Client

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.relays import selectors
from maillage.relays.domain import ApplicationStatus
from tests.backend.accounts.factories import make_granted
from tests.backend.relays.factories import SmallNetwork, make_application
from tests.backend.relays.test_letters import letter_of
from tests.backend.relays.test_pages_confirm import confirm_page


def test_the_nearest_organiser_calls(net: SmallNetwork):
    area = net.country.area("0101")
    assert selectors.caller_at(area, now=now()) is None
    net.organiser("country", "XM", name="Loin Loin")
    near = net.organiser("department", "01", name="Nadia Ferhat")
    assert selectors.caller_at(area, now=now()).person == near.person
    assert selectors.caller_at(net.country.area("0201"), now=now()).person.given_name == "Loin"


def test_nobody_is_named_who_was_not_told_to_call(client: Client, net: SmallNetwork):
    """An appointment takes an address only: the nearest organiser may have no name, and the call is theirs all the same."""
    far = net.organiser("country", "XM", name="Loin Loin")
    far.person.shows_given_name = True
    far.person.save()
    make_granted(Role.ORGANISER, net.country.area("01", "department"), email="nobody@desk.example")
    caller = selectors.caller_at(net.country.area("0101"), now=now())
    assert (caller.person, caller.place, caller.shown_name) == (None, "Hautes-Brumes", "")
    for page in ("/en/places/0101/", "/en/relays/apply/0101/"):
        shown = client.get(page).text
        assert "rganisers of Hautes-Brumes call you" in shown
        assert "Loin calls you" not in shown
    asked = make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED)
    answer = client.post(confirm_page(asked), {"was": "me"}, follow=True).text
    assert "The organisers of Hautes-Brumes call you before" in answer
    assert "Loin calls you" not in answer
    assert list(Message.objects.filter(purpose="relays.application_waiting").values_list("address", flat=True)) == ["nobody@desk.example"]
    letter = letter_of(Message.objects.get(purpose="relays.application_received"))
    assert "Hautes-Brumes" in letter.preview
    assert "Loin" not in letter.plain()
