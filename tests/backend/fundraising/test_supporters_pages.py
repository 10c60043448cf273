"""Pages on which supporters raise money: opened by mail, looked after by link, added up, closed, forgotten."""

from datetime import timedelta

import pytest
from django.test import Client

from maillage.fundraising import services
from maillage.fundraising.domain.pages import MAILS_A_DAY, OPEN_AT_ONCE
from maillage.fundraising.models import Fund, FundraisingPage
from maillage.fundraising.selectors.campaign_pages import own_page_token
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.models import Person
from maillage.people.selectors import export_of
from tests.backend.days import in_days
from tests.backend.fundraising.factories import make_fund
from tests.backend.fundraising.page_factories import TYPED, letter_of, make_page, picture, raise_on
from tests.backend.fundraising.reading import plain_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings) -> None:
    settings.STRIPE_ACCOUNTS = "rive=sk_test_1,pk_test_1,whsec_1"


@pytest.fixture
def fund() -> Fund:
    return make_fund(code="rive-commune", account="rive")


@pytest.fixture
def form(fund: Fund) -> str:
    return f"/en/give/{fund.code}/open/"


def confirm_address() -> str:
    """The address of the button in the last letter."""
    message = Message.objects.filter(purpose="fundraising.confirm_page").latest("queued_at")
    return "/" + next(block.url for block in letter_of(message).blocks if hasattr(block, "url")).split("/", 3)[3]


def test_a_page_is_typed_confirmed_from_its_mailbox_and_shown(client: Client, fund: Fund, form: str) -> None:
    answer = client.post(form, TYPED)
    assert (answer.status_code, answer["Location"]) == (303, f"/en/give/{fund.code}/asked/")
    page = FundraisingPage.objects.get()
    assert client.get(f"/en/give/p/{page.slug}/").status_code == 404
    address = confirm_address()
    assert TYPED["title"] in client.get(address).text
    page.refresh_from_db()
    assert page.opened_at is None, "a GET changes nothing"
    opened = client.post(address, {"was": "me"})
    assert opened.status_code == 302
    assert client.get(opened["Location"]).status_code == 200
    page.refresh_from_db()
    assert page.opened_at is not None
    assert page.owner.confirmed_at is not None
    html = client.get(f"/en/give/p/{page.slug}/").text
    assert TYPED["title"] in html
    assert '<meta name="robots" content="noindex">' in html, "until moderation has looked at it"
    assert client.post(address, {"was": "me"}).status_code == 302
    assert Entry.objects.filter(name="page.opened").count() == 1


def test_words_are_text_and_make_no_link(client: Client, fund: Fund) -> None:
    page = make_page(fund, words="<b>Give</b> at https://elsewhere.example/ now")
    html = client.get(f"/en/give/p/{page.slug}/").text
    assert "&lt;b&gt;Give&lt;/b&gt; at https://elsewhere.example/ now" in html
    assert 'href="https://elsewhere' not in html


def test_the_answer_is_the_same_whatever_the_address(client: Client, form: str) -> None:
    answers = [client.post(form, TYPED | {"idempotency_key": f"key-{number:020}"}) for number in range(MAILS_A_DAY + 1)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(303, answers[0]["Location"])}
    assert Message.objects.filter(purpose="fundraising.confirm_page").count() == MAILS_A_DAY


def test_a_form_sent_twice_makes_one_page(client: Client, form: str) -> None:
    for _ in range(2):
        client.post(form, TYPED | {"idempotency_key": "k" * 20})
    assert FundraisingPage.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 81),
        ("words", " "),
        ("first_name", ""),
        ("goal", "-5"),
        ("goal", "much"),
        ("ends_on", "2001-01-01"),
        ("email", "nobody"),
        ("kind", "area"),
        ("is_of_age", ""),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, form: str, field: str, value: str) -> None:
    answer = client.post(form, TYPED | {field: value})
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert TYPED["words"] in answer.text or field == "words"
    assert not FundraisingPage.objects.exists()


def test_who_says_that_it_was_not_them_erases_everything(client: Client, form: str) -> None:
    client.post(form, TYPED)
    address = confirm_address()
    assert "Nothing is left" in plain_text(client.post(address, {"was": "not-me"}, follow=True).text)
    assert not FundraisingPage.objects.exists()
    assert not Person.objects.exists()


def test_what_nobody_confirms_is_forgotten_after_a_week(client: Client, form: str) -> None:
    client.post(form, TYPED)
    assert services.forget_pages(now=now() + timedelta(days=6)) == 0
    assert services.forget_pages(now=now() + timedelta(days=8)) == 1
    assert not Person.objects.exists()


def test_nobody_has_more_than_a_few_pages_open(client: Client, fund: Fund, form: str) -> None:
    owner = make_page(fund).owner
    for _ in range(OPEN_AT_ONCE - 1):
        make_page(fund, owner=owner)
    client.post(form, TYPED | {"email": owner.contact_points.get().value, "first_name": owner.given_name, "family_name": owner.family_name})
    answer = client.post(confirm_address(), {"was": "me"})
    assert answer.status_code == 409
    assert "Close one first" in answer.text


def test_the_owner_changes_their_page_by_link(client: Client, fund: Fund) -> None:
    page = make_page(fund, seen_at=now())
    mine = f"/en/give/p/mine/{own_page_token(page, now=now())}/"
    body = {"do": "edit", "title": "Another title", "words": "Other words.", "first_name": "Léa", "goal": "1 234,50", "ends_on": ""}
    assert client.post(mine, body).status_code == 303
    page.refresh_from_db()
    assert (page.title, page.goal, page.ends_on, page.seen_at) == ("Another title", 123450, None, None)
    wrong = client.post(mine, body | {"title": ""})
    assert wrong.status_code == 400
    assert "Give your page a title." in wrong.text
    assert client.post(mine, {"do": "anything"}).status_code == 400


def test_a_photo_is_drawn_anew_and_goes_at_once(client: Client, fund: Fund) -> None:
    page = make_page(fund)
    mine = f"/en/give/p/mine/{own_page_token(page, now=now())}/"
    assert client.post(mine, {"do": "photo", "photo": picture()}).status_code == 303
    address = f"/photos/pages/{page.photo.pk}.jpg"
    assert address in client.get(f"/en/give/p/{page.slug}/").text
    assert client.get(address).content[:3] == b"\xff\xd8\xff"
    client.post(mine, {"do": "no-photo"})
    assert client.get(address).status_code == 404


def test_a_closed_page_thanks_and_leads_to_the_fund(client: Client, fund: Fund) -> None:
    page = make_page(fund)
    client.post(f"/en/give/p/mine/{own_page_token(page, now=now())}/", {"do": "close"})
    html = client.get(f"/en/give/p/{page.slug}/").text
    assert "This page is over. Thank you." in html
    assert f'href="/en/give/{fund.code}/"' in html
    assert 'data-island="give"' not in html


def test_a_page_ends_with_its_last_day(client: Client, fund: Fund) -> None:
    page = make_page(fund, ends_on=in_days(-2))
    assert "This page is over" in client.get(f"/en/give/p/{page.slug}/").text


def test_the_mentions_of_the_fund_stand_on_the_page_its_poster_and_its_form(client: Client, fund: Fund, form: str) -> None:
    page = make_page(fund)
    for address in (form, f"/en/give/p/{page.slug}/", f"/en/give/p/{page.slug}/poster/"):
        assert "article 11-4, first paragraph" in client.get(address).text, address


def test_a_reader_of_another_language_is_told_so(client: Client, fund: Fund) -> None:
    page = make_page(fund, language="fr")
    assert "These words were written in another language" in client.get(f"/en/give/p/{page.slug}/").text
    assert "ont été écrits" not in client.get(f"/fr/give/p/{page.slug}/").text


def test_neither_sum_nor_number_is_told_while_few_gave(client: Client, fund: Fund) -> None:
    page = make_page(fund, goal=100_000)
    raise_on(page, givers=4, amount=4321)
    html = plain_text(client.get(f"/en/give/p/{page.slug}/").text)
    assert "€172.84" not in html
    assert "4 people" not in html
    raise_on(page, givers=1, first=4, amount=4321)
    html = plain_text(client.get(f"/en/give/p/{page.slug}/").text)
    assert "€216.05" in html
    assert "5 people gave" in html


def test_an_erased_owner_leaves_sums_and_nothing_else(client: Client, fund: Fund) -> None:
    page = make_page(fund, title="Léa runs for us")
    raise_on(page, givers=5)
    slug, token = page.slug, own_page_token(page, now=now())
    services.show_page_photo(page_id=page.pk, sent=picture().read(), now=now())
    people.erase_person(person_id=page.owner_id, now=now())
    page.refresh_from_db()
    assert (page.owner_id, page.title, page.words, page.first_name) == (None, "", "", "")
    assert page.closed_at is not None
    assert not hasattr(page, "photo")
    assert client.get(f"/en/give/p/{slug}/").status_code == 404, "the address said the title"
    assert client.get(f"/en/give/p/mine/{token}/").status_code == 404
    assert "€250" in client.get(f"/en/give/p/{page.slug}/").text


def test_the_export_has_ones_pages(fund: Fund) -> None:
    page = make_page(fund, title="Pour la route")
    assert export_of(page.owner_id, now=now())["fundraising"]["pages"][0]["title"] == "Pour la route"
