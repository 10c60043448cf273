import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import F, Sum
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.actions.domain import ActionStatus
from maillage.actions.models import Action, Assignment, Reminder
from maillage.advocacy.models import Position, PositionDispute, PositionState, Subject, Vote
from maillage.demo.domain import giving
from maillage.demo.domain.texts import NOTES
from maillage.demo.services.around import LATELY, SILENT
from maillage.fundraising.domain.words import Account, DonationState
from maillage.fundraising.models import Donation, Donor, Fund, LedgerLine, MonthlyDonation
from maillage.kernel.clock import now
from maillage.messaging.domain.staying import STAY_PURPOSE
from maillage.messaging.models import Message
from maillage.people.domain import DocumentKind
from maillage.people.domain.merging import OBJECTED_WITHIN
from maillage.people.models import DocumentVersion, Import, Merge, Person, StayQuestion
from maillage.people.selectors import addresses_of_merge, changes_of, have_agreed
from maillage.relays.domain import ConversationStatus
from maillage.relays.models import Conversation, HandOver, Joining, RelayNetwork, SafetyContact, Seat, SeatNote, Term
from maillage.relays.selectors import coverage
from tests.backend.accounts.factories import sign_in
from tests.backend.advocacy.factories import make_deputy
from tests.backend.days import in_days
from tests.backend.territories.factories import SmallCountry


@pytest.fixture(autouse=True)
def few_givers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as the tests here read; `test_giving.py` looks at all of them."""
    monkeypatch.setattr(giving, "GIVERS", 240)


def test_the_campaign_is_made_once(small_country: SmallCountry, capsys):
    call_command("make_demo")
    network = RelayNetwork.objects.get()
    assert Seat.objects.filter(network=network).count() == len(small_country.seats)
    counted = coverage(network.pk)
    assert counted.filled >= 1
    assert counted.vacant >= 1
    assert counted.total == len(small_country.seats)
    people = Person.objects.count()
    call_command("make_demo")
    assert Person.objects.count() == people
    assert "nothing to do" in capsys.readouterr().out


def test_every_demo_account_holds_what_its_name_says(small_country: SmallCountry):
    call_command("make_demo")
    held = {
        name: set(Grant.objects.filter(user=User.objects.get(email=email)).values_list("role", flat=True))
        for name, email in settings.DEMO_ACCOUNTS.items()
    }
    assert held == {
        "supporter": set(),
        "relay": {Role.RELAY},
        "department_organiser": {Role.ORGANISER},
        "national_organiser": {Role.ORGANISER},
        "treasurer": {Role.TREASURER},
        "administrator": {Role.ADMINISTRATOR},
        "data_protection_officer": {Role.DATA_PROTECTION_OFFICER},
    }


def test_an_action_waits_for_the_demo_relay_and_a_draft_stands_beside_it(small_country: SmallCountry):
    call_command("make_demo")
    assert set(Action.objects.values_list("status", flat=True)) == {ActionStatus.LAUNCHED, ActionStatus.DRAFT}
    waiting = Assignment.objects.get(holder__user__email=settings.DEMO_ACCOUNTS["relay"])
    assert waiting.answer == "waiting"
    assert "blocked" in Assignment.objects.values_list("answer", flat=True)
    assert set(Reminder.objects.values_list("number", flat=True)) == {1, 2}, "its board shows whom to call"


def test_mps_said_where_they_stand_one_long_ago_and_one_is_disputed(small_country: SmallCountry):
    for area in small_country.seats:
        make_deputy(area)
    call_command("make_demo")
    assert Subject.objects.count() == 2
    assert Action.objects.filter(subject__isnull=False).get().status == ActionStatus.LAUNCHED
    relay = User.objects.get(email=settings.DEMO_ACCOUNTS["relay"])
    assert Position.objects.filter(by=relay, contact__by=relay).count() == 2, "on each subject"
    assert PositionDispute.objects.get().settled_at is None
    assert PositionState.objects.filter(expires_on__lte=in_days()).exists()
    votes = Vote.objects.filter(roll_call__subject__isnull=False)
    assert votes.values("roll_call").distinct().count() == 2
    assert set(votes.values_list("choice", flat=True)) >= {"for", "against"}


def test_the_demo_relay_keeps_notes_and_another_seat_changes_hands(small_country: SmallCountry):
    call_command("make_demo")
    assert SeatNote.objects.filter(author__user__email=settings.DEMO_ACCOUNTS["relay"]).count() == len(NOTES)
    assert HandOver.objects.filter(status="begun").count() <= 1
    assert not HandOver.objects.filter(term__person__user__email=settings.DEMO_ACCOUNTS["relay"]).exists()


def test_each_holder_agreed_to_the_charter_and_the_next_one_is_discussed(small_country: SmallCountry):
    call_command("make_demo")
    in_force, proposed = DocumentVersion.objects.filter(document__kind=DocumentKind.CHARTER).order_by("number")
    assert (in_force.state, proposed.state) == ("adopted", "proposed")
    holders = set(Term.objects.filter(ends_at__isnull=True).values_list("person_id", flat=True))
    assert holders
    assert have_agreed(holders, in_force.pk) == holders
    assert {text.language for text in in_force.texts.all()} == {"fr", "en"}
    _before, changes = changes_of(proposed, "fr")
    assert [change.kind for change in changes if change.kind != "same"] == ["changed", "added"]
    assert proposed.comments.count() == 3
    assert proposed.comments.get(paragraph__contains="poche").state == "open"
    words = DocumentVersion.objects.get(document__kind=DocumentKind.HOUSE_WORDING)
    assert (words.document.slug, words.state, words.comments.count()) == ("area_news-house", "proposed", 1)


def test_two_people_wrote_to_the_demo_relay_who_answered_one_and_somebody_reads_concerns(small_country: SmallCountry):
    call_command("make_demo")
    answered, waiting = Conversation.objects.order_by("created_at")
    assert (answered.status, waiting.status) == (ConversationStatus.ANSWERED, ConversationStatus.WAITING)
    assert answered.seat.terms.get(ends_at__isnull=True).person.user.email == settings.DEMO_ACCOUNTS["relay"]
    assert SafetyContact.objects.get().user.email == settings.DEMO_ACCOUNTS["national_organiser"]


@pytest.mark.django_db
def test_without_territories_it_says_what_to_do():
    with pytest.raises(CommandError, match="territories"):
        call_command("make_demo")
    assert RelayNetwork.objects.count() == 0


def test_a_file_waits_to_be_brought_in_with_some_lines_refused(small_country: SmallCountry):
    call_command("make_demo")
    waiting = Import.objects.get()
    assert (waiting.status, waiting.by.email) == ("checked", settings.DEMO_ACCOUNTS["department_organiser"])
    assert waiting.counts["new"] == waiting.lines - 2
    assert (waiting.counts["refused"], waiting.counts["repeated"]) == (1, 1)


def test_the_demo_relay_has_people_to_greet_and_not_who_only_reads_the_news(small_country: SmallCountry, client: Client):
    call_command("make_demo")
    user = User.objects.get(email=settings.DEMO_ACCOUNTS["relay"])
    joined = Joining.objects.filter(seat__terms__person__user=user, confirmed_at__isnull=False)
    assert joined.count() == len(LATELY)
    client.force_login(user)
    area = joined.select_related("seat__area")[0].seat.area_id
    greeted = client.get("/api/v1/people/count/", {"area": str(area), "is_new": "1"}).json()
    assert greeted["count"] == len([boxes for _days, boxes in LATELY if "agrees_to_contact" in boxes])


def test_a_join_of_two_records_waits_for_their_owner(small_country: SmallCountry):
    call_command("make_demo")
    merge = Merge.objects.get()
    assert (merge.settled_at, merge.undone_at) == (None, None)
    assert len(addresses_of_merge(merge)) == 2
    assert now() < merge.merged_at + OBJECTED_WITHIN


def test_some_are_asked_whether_they_stay_and_one_has_said_yes(small_country: SmallCountry):
    call_command("make_demo")
    asked = StayQuestion.objects.filter(asked_at__isnull=False)
    assert asked.count() == SILENT
    assert asked.filter(stayed_at__isnull=False).count() == 1
    assert Message.objects.filter(purpose=STAY_PURPOSE, about_id__in=asked.values("pk")).count() == SILENT


def test_invented_people_gave_and_the_books_of_it_balance(small_country: SmallCountry, client: Client):
    call_command("make_demo")
    party = Fund.objects.get(code="rive-commune")
    assert (party.envelopes.count(), party.stripe_account.code) == (3, "demo")
    given = Donation.objects.filter(fund=party)
    settled = given.filter(state=DonationState.SETTLED)
    assert given.count() > 250
    assert not settled.filter(counted_on__gt=in_days()).exists()
    places = Donor.objects.filter(person__isnull=False)
    assert places.exists()
    assert not places.exclude(area=F("person__area")).exists(), "who lives in the network gives from there"
    booked = LedgerLine.objects.filter(entry__fund=party, account=Account.DONATIONS).aggregate(cents=-Sum("amount"))["cents"]
    assert booked == settled.aggregate(cents=Sum("amount"))["cents"]
    assert set(MonthlyDonation.objects.values_list("state", flat=True)) == {"active", "stopped"}
    assert not MonthlyDonation.objects.filter(next_on__lte=in_days()).exists()
    sign_in(client, User.objects.get(email=settings.DEMO_ACCOUNTS["treasurer"]))
    page = client.get("/api/v1/fundraising/treasury/rive-commune/donations/", {"sort": "largest"}).json()
    assert page["items"][0]["amount"] >= 5_000
