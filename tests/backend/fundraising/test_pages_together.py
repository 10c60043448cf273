"""Teams of pages, messages of givers, thanks and moderation."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import translation

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.links import PAGE_NOTES_LINK
from maillage.fundraising.domain.pages import PageKind, ShownAs
from maillage.fundraising.models import Donation, Fund, FundraisingPage, PageMessage, PageTotal
from maillage.fundraising.selectors.campaign_pages import own_page_token, raised_on, shown_messages
from maillage.fundraising.services import rollups
from maillage.groups.domain import ReportOutcome
from maillage.groups.models import ContentReport
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.people import services as people
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.fundraising.factories import DECLARED, asked_for, make_fund, settled
from tests.backend.fundraising.page_factories import give_on, letter_of, make_page, raise_on
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings) -> None:
    settings.STRIPE_ACCOUNTS = "rive=sk_test_1,pk_test_1,whsec_1"


@pytest.fixture
def fund() -> Fund:
    return make_fund(code="rive-commune", account="rive")


@pytest.fixture
def moderator(small_country: SmallCountry) -> User:
    return make_granted(Role.MODERATOR, small_country.country)


def in_team(team: FundraisingPage, **fields: Any) -> FundraisingPage:
    return make_page(team.fund, team=team, joined_at=now(), **fields)


def last_letter(purpose: str) -> Any:
    return letter_of(Message.objects.filter(purpose=f"fundraising.{purpose}").latest("queued_at"))


def test_a_team_adds_its_pages_up_and_counts_nothing_twice(fund: Fund) -> None:
    team = make_page(fund, kind=PageKind.TEAM, title="Team")
    one, other = in_team(team), in_team(team)
    raise_on(team, givers=5, amount=1000)
    raise_on(one, givers=5, amount=2000)
    raise_on(other, givers=6, amount=3000)
    raised = raised_on(team)
    assert raised is not None
    assert (raised.amount, raised.people) == (5 * 1000 + 5 * 2000 + 6 * 3000, 16)
    services.leave_team(page_id=one.pk, now=now())
    assert raised_on(team).amount == 5 * 1000 + 6 * 3000


def test_no_subtraction_tells_what_a_small_page_of_a_team_raised(fund: Fund) -> None:
    team = make_page(fund, kind=PageKind.TEAM, title="Team")
    large, small = in_team(team), in_team(team)
    raise_on(large, givers=5)
    raise_on(small, givers=2)
    assert raised_on(small) is None
    assert raised_on(team).amount == raised_on(large).amount
    raise_on(team, givers=3)
    assert raised_on(team).amount == 10 * 5000


def test_whoever_gives_twice_is_one_of_the_givers(fund: Fund) -> None:
    page = make_page(fund)
    raise_on(page, givers=4)
    again = PageMessage.objects.first().donation.donor
    settled(fund, page=page, donor=again)
    assert raised_on(page) is None


@pytest.mark.django_db(transaction=True)
def test_the_sum_of_a_page_follows_its_books(fund: Fund) -> None:
    page = make_page(fund)
    donations = raise_on(page, givers=6)
    assert raised_on(page).amount == 30_000
    PageTotal.objects.all().delete()
    assert "pagetotal" in rollups.differences(fund)
    rollups.rebuild(fund)
    assert rollups.differences(fund) == []
    assert raised_on(page).amount == 30_000
    assert donations[0].page_id == page.pk


def test_a_team_is_asked_and_answers_by_link(client: Client, fund: Fund) -> None:
    team = make_page(fund, kind=PageKind.TEAM, title="Team")
    page = make_page(fund, title="A page of it")
    mine = f"/en/give/p/mine/{own_page_token(page, now=now())}/"
    assert client.post(mine, {"do": "team", "team": f"https://maillage.example/en/give/p/{team.slug}/"}).status_code == 303
    assert "A page of it" in last_letter("team_asked").plain()
    theirs = f"/en/give/p/mine/{own_page_token(team, now=now())}/"
    assert "A page of it" in client.get(theirs).text
    client.post(theirs, {"do": "answer-page", "page": str(page.pk), "answer": "yes"})
    assert "Team" in last_letter("team_joined").plain()
    assert "A page of it" in client.get(f"/en/give/p/{team.slug}/").text
    client.post(theirs, {"do": "put-out", "page": str(page.pk)})
    page.refresh_from_db()
    assert (page.team, page.joined_at) == (None, None)


def test_a_team_of_another_fund_or_a_page_that_is_none_is_no_team(fund: Fund) -> None:
    page = make_page(fund)
    for slug in (make_page(make_fund(), kind=PageKind.TEAM).slug, make_page(fund).slug, "nothing"):
        with pytest.raises(Invalid):
            services.ask_team(page_id=page.pk, team=slug, now=now())
    with pytest.raises(NotFound):
        services.answer_page(team_id=make_page(fund, kind=PageKind.TEAM).pk, page_id=page.pk, is_accepted=True, now=now())


@pytest.mark.django_db(transaction=True)
def test_a_page_is_taken_in_once_however_often_it_is_accepted() -> None:
    fund = make_fund()
    team = make_page(fund, kind=PageKind.TEAM)
    page = make_page(fund, team=team)

    def accept(_: int) -> None:
        try:
            services.answer_page(team_id=team.pk, page_id=page.pk, is_accepted=True, now=now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(accept, range(8)))
    assert Entry.objects.filter(name="page.joined").count() == 1
    assert Message.objects.filter(purpose="fundraising.team_joined").count() == 1


def test_a_message_is_shown_as_its_giver_chose_and_only_while_money_stays(client: Client, fund: Fund) -> None:
    page = make_page(fund)
    give_on(page, given_name="Anouk", words="With my name", shown_as=ShownAs.FIRST_NAME)
    give_on(page, given_name="Basile", words="Without it", shown_as=ShownAs.ANONYMOUS)
    give_on(page, given_name="Cyrielle", words="For nobody", shown_as=ShownAs.NOT)
    back = give_on(page, given_name="Dimitri", words="Gone again", shown_as=ShownAs.FIRST_NAME)
    Donation.objects.filter(pk=back.donation_id).update(refunded=back.donation.amount)
    html = client.get(f"/en/give/p/{page.slug}/").text
    said = ("With my name", "Anouk", "Without it", "Basile", "For nobody", "Cyrielle", "Gone again", "Dimitri")
    assert [each for each in said if each in html] == ["With my name", "Anouk", "Without it"]
    assert "Giver" not in html, "no family name"


def test_whole_names_are_shown_where_their_giver_chose_it_and_confirmed_the_address(client: Client, fund: Fund, moderator: User) -> None:
    page = make_page(fund)
    message = give_on(page, given_name="Anouk", words="With my names", shown_as=ShownAs.NAMES)
    family = message.donation.donor.family_name
    html = client.get(f"/en/give/p/{page.slug}/").text
    assert "Anouk" in html
    assert family not in html, "anybody may have typed it"
    services.prove_donor(donor_id=message.donation.donor_id, now=now())
    assert f"Anouk {family}" in client.get(f"/en/give/p/{page.slug}/").text
    assert f"Anouk {family}" in client.get(f"/en/give/p/mine/{own_page_token(page, now=now())}/").text
    services.report_page(page=page, message=message, reason="hate", words="", email="", language="en", now=now())
    sign_in(client, moderator)
    (waiting,) = client.get("/api/v1/fundraising/moderation/").json()["waiting"]
    assert waiting["messages"][0]["name"] == f"Anouk {family}"


def test_nothing_is_chosen_before_on_the_form(client: Client, fund: Fund) -> None:
    html = client.get(f"/en/give/p/{make_page(fund).slug}/").text
    assert 'value="not" checked' in html
    for box in ("tells_name", "tells_amount"):
        assert "checked" not in html[html.index(f'id="{box}"') : html.index(">", html.index(f'id="{box}"'))]


def test_a_donation_on_a_page_is_kept_with_its_message(client: Client, fund: Fund) -> None:
    page = make_page(fund)

    def give(key: str, **page_said: Any) -> Any:
        body = {
            "amount": 2000,
            "donor": {name: str(value) for name, value in vars(DECLARED).items() if value and name not in ("language", "elected")},
            "declaration": asked_for(fund).declaration,
            "page": {"slug": page.slug} | page_said,
        }
        address = f"/api/v1/fundraising/funds/{fund.code}/donations/"
        return client.post(address, body, content_type="application/json", headers={"Idempotency-Key": key * 20, "Accept-Language": "en"})

    assert give("a", words="Bravo", shown_as="first_name", tells_amount=True).status_code == 201
    kept = PageMessage.objects.get()
    assert (kept.words, kept.shown_as) == ("Bravo", "first_name")
    assert (kept.tells_name, kept.tells_amount) == (False, False), "no amount without a name"
    assert kept.donation.page == page
    assert give("b", words="x" * 281).json()["fields"] == {"message": ["At most 280 letters fit here."]}
    services.close_page(page_id=page.pk, now=now())
    assert (answer := give("c")).status_code == 409
    assert answer.json()["code"] == "page_over"


def test_the_owner_reads_a_name_and_an_amount_only_where_the_giver_agreed(client: Client, fund: Fund) -> None:
    page = make_page(fund)
    give_on(page, amount=1111, given_name="Anouk", tells_name=True)
    give_on(page, amount=2222, given_name="Basile", tells_name=True, tells_amount=True)
    give_on(page, amount=3333, given_name="Cyrielle")
    html = client.get(f"/en/give/p/mine/{own_page_token(page, now=now())}/").text
    assert "Anouk Giver" in html
    assert "Basile Giver" in html
    assert "Cyrielle" not in html
    assert [amount in html for amount in ("€11.11", "€22.22", "€33.33")] == [False, True, False]
    assert "3 people gave." in html
    assert "@people.example" not in html


def test_a_note_of_thanks_goes_once_and_may_be_refused(client: Client, fund: Fund) -> None:
    page = make_page(fund)
    message = give_on(page)
    mine = f"/en/give/p/mine/{own_page_token(page, now=now())}/"
    for _ in range(2):
        assert client.post(mine, {"do": "thank", "message": str(message.pk), "thanks": "Thank you so much!"}).status_code == 303
    assert Message.objects.filter(purpose="fundraising.page_thanks").count() == 1
    letter = last_letter("page_thanks")
    assert "Thank you so much!" in letter.plain()
    token = sign_link(PAGE_NOTES_LINK, ids=[message.pk], ends_at=now() + timedelta(days=1))
    client.get(f"/en/give/p/notes/{token}/")
    message.refresh_from_db()
    assert not message.no_notes, "a GET changes nothing"
    client.post(f"/en/give/p/notes/{token}/")
    again = give_on(page)
    again.donation.donor.email = message.donation.donor.email
    again.donation.donor.save()
    with pytest.raises(Conflict) as refused:
        services.thank_giver(page_id=page.pk, message_id=again.pk, words="And again", now=now())
    assert refused.value.code == "no_notes"
    with pytest.raises(NotFound):
        services.thank_giver(page_id=make_page(fund).pk, message_id=again.pk, words="Not mine", now=now())


def test_the_owner_takes_a_message_away_and_not_back_from_moderation(fund: Fund, moderator: User) -> None:
    page = make_page(fund)
    message = give_on(page, words="Hm.", shown_as=ShownAs.ANONYMOUS)
    services.take_message_away(page_id=page.pk, message_id=message.pk, now=now())
    services.show_message_again(page_id=page.pk, message_id=message.pk, now=now())
    services.hide_message(message_id=message.pk, reason="hate", words="An insult.", by=moderator, now=now())
    assert "An insult." in last_letter("message_hidden").plain()
    with pytest.raises(Conflict):
        services.show_message_again(page_id=page.pk, message_id=message.pk, now=now())
    services.keep_message_shown(message_id=message.pk, words="It was none.", by=moderator, now=now())
    assert "It was none." in last_letter("message_shown").plain()


def test_an_erased_giver_says_nothing_any_more(client: Client, fund: Fund) -> None:
    page = make_page(fund)
    message = give_on(page, given_name="Anouk", words="Mine", shown_as=ShownAs.FIRST_NAME, tells_name=True)
    person = make_person(given_name="Anouk", email="anouk@people.example")
    message.donation.donor.person = person
    message.donation.donor.save()
    people.erase_person(person_id=person.pk, now=now())
    message.refresh_from_db()
    assert (message.words, message.shown_as, message.tells_name) == ("", ShownAs.NOT, False)


def test_a_report_is_told_decided_and_answered(client: Client, fund: Fund, moderator: User) -> None:
    page = make_page(fund)
    answer = client.post(
        f"/en/give/p/{page.slug}/report/", {"reason": "privacy", "words": "That is my child.", "email": "parent@people.example"}
    )
    assert answer.status_code == 303
    assert "A human looks at it" in last_letter("report_received").plain()
    assert "1 signalement vous attend" in last_letter("reports_wait").subject, "in the language of the moderator"
    sign_in(client, moderator)
    waiting = client.get("/api/v1/fundraising/moderation/").json()["waiting"]
    assert waiting[0]["reports"][0]["words"] == "That is my child."
    assert "parent@" not in client.get("/api/v1/fundraising/moderation/").text
    decide = f"/api/v1/fundraising/moderation/pages/{page.slug}/"
    wordless = client.post(decide, {"to": "hide", "reason": "privacy", "words": ""}, content_type="application/json")
    assert wordless.status_code == 400
    hidden = client.post(decide, {"to": "hide", "reason": "privacy", "words": "A child is seen on it."}, content_type="application/json")
    assert hidden.json()["hiding"]["words"] == "A child is seen on it."
    for purpose in ("page_hidden", "report_decided"):
        assert "A child is seen on it." in last_letter(purpose).plain()
    html = client.get(f"/en/give/p/{page.slug}/").text
    assert "This page is not shown." in html
    assert page.title not in html
    client.post(f"/en/give/p/mine/{own_page_token(page, now=now())}/", {"do": "answer", "answer": "I changed the photo."})
    assert client.get("/api/v1/fundraising/moderation/").json()["waiting"][0]["hiding"]["answer"] == "I changed the photo."
    client.post(decide, {"to": "keep", "words": "The photo is another one."}, content_type="application/json")
    assert page.title in client.get(f"/en/give/p/{page.slug}/").text
    assert "The photo is another one." in last_letter("page_shown").plain()
    assert ContentReport.objects.get().outcome == ReportOutcome.KEPT


def test_nothing_of_a_hidden_page_is_read_where_it_is_reported_or_on_the_pages_of_its_team(client: Client, fund: Fund) -> None:
    team = make_page(fund, kind=PageKind.TEAM, title="Runners of the bridge")
    page = make_page(fund, team=team, joined_at=now())
    message = give_on(team, words="For the road to school", shown_as=ShownAs.FIRST_NAME)
    report = f"/en/give/p/{team.slug}/report/"
    shown = [f"/en/give/p/{page.slug}/", report, f"{report}?message={message.pk}"]
    for address, words in zip(shown, (team.title, team.title, message.words), strict=True):
        assert words in client.get(address).content.decode()
    FundraisingPage.objects.filter(pk=team.pk).update(hidden_at=now())
    for address, status in zip(shown, (200, 404, 404), strict=True):
        answer = client.get(address)
        assert answer.status_code == status
        assert team.title not in answer.content.decode()
    assert client.post(report, {"reason": "privacy", "words": "x"}).status_code == 404
    assert not shown_messages().exists()


def test_a_hidden_page_is_named_neither_to_its_team_nor_to_whoever_gave_on_it(client: Client, fund: Fund) -> None:
    team = make_page(fund, kind=PageKind.TEAM, title="Runners of the bridge")
    page = in_team(team, title="What nobody should read", first_name="Zoltan")
    message = give_on(page)
    services.thank_giver(page_id=page.pk, message_id=message.pk, words="Thank you!", now=now())
    token = sign_link(PAGE_NOTES_LINK, ids=[message.pk], ends_at=now() + timedelta(days=1))
    read = [f"/en/give/p/mine/{own_page_token(team, now=now())}/", f"/en/give/p/notes/{token}/"]
    assert all(page.title in client.get(address).text for address in read)
    FundraisingPage.objects.filter(pk=page.pk).update(hidden_at=now())
    for address in read:
        html = client.get(address).text
        assert page.title not in html
        assert "Zoltan" not in html
    with pytest.raises(LookupError):
        last_letter("page_thanks")


def test_engines_may_list_a_page_once_a_moderator_looked_at_it(client: Client, fund: Fund, moderator: User) -> None:
    page = make_page(fund)
    services.keep_page(page_id=page.pk, words="", by=moderator, now=now())
    assert "noindex" not in client.get(f"/en/give/p/{page.slug}/").text


def test_a_moderator_of_one_place_sees_its_pages_alone(client: Client, fund: Fund, small_country: SmallCountry) -> None:
    place = small_country.area("0101")
    here = make_page(fund, kind=PageKind.AREA, area=place)
    make_page(fund)
    make_page(fund, kind=PageKind.AREA, area=small_country.area("0201"))
    sign_in(client, make_granted(Role.MODERATOR, place, email="here@people.example"))
    assert [page["slug"] for page in client.get("/api/v1/fundraising/moderation/").json()["waiting"]] == [here.slug]


def test_one_report_a_person_a_day_is_answered_and_all_are_kept(client: Client, fund: Fund) -> None:
    page = make_page(fund)
    for _ in range(5):
        services.report_page(page=page, message=None, reason="hate", words="", email="a@people.example", language="en", now=now())
    assert ContentReport.objects.count() == 5
    assert Message.objects.filter(purpose="fundraising.report_received").count() == 3


def test_the_page_of_a_place_is_for_who_holds_or_organises_it(client: Client, fund: Fund, small_country: SmallCountry) -> None:
    place = small_country.area("0101")
    organiser = make_granted(Role.ORGANISER, place, email="organiser@people.example")
    make_person(given_name="Inès", email="organiser@people.example", user=organiser)
    sign_in(client, organiser)
    body = {"fund": fund.code, "kind": "area", "title": "For us", "words": "For our place.", "first_name": "Inès"}

    def ask(area: Any) -> int:
        return client.post("/api/v1/fundraising/pages/", body | {"area": str(area.pk)}, content_type="application/json").status_code

    assert ask(small_country.area("0201")) == 403
    assert ask(place) == 201
    mine = client.get("/api/v1/fundraising/pages/").json()["items"]
    assert [(page["kind"], page["state"]) for page in mine] == [("area", "open")]
    assert client.get(mine[0]["manage"]).status_code == 200


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_owner_is_told_once_a_day_that_somebody_gave(fund: Fund, language: str) -> None:
    page = make_page(fund, language=language)
    for _ in range(2):
        services.tell_owner(donation_id=give_on(page).donation_id, now=now())
    message = Message.objects.get(purpose="fundraising.page_given")
    letter = letter_of(message)
    with translation.override(language):
        assert letter.subject == translation.gettext("Somebody gave on your page")
    assert f"/{language}/give/p/mine/" in letter.plain()
