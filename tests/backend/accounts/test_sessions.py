"""Sessions: whose, on what, since when; ended one by one, all others at once, with a role, with the person."""

from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts import services
from maillage.accounts.domain import Role, device_of
from maillage.accounts.models import AddressChange, Grant, Session
from maillage.kernel.clock import now
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

SESSIONS = "/api/v1/accounts/sessions/"
ME = "/api/v1/accounts/me/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604", ("Safari", "iPhone")),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_device_is_named_in_words(agent: str, device: tuple[str, str]) -> None:
    assert device_of(agent) == device


def test_only_my_sessions_are_listed_and_neither_network_nor_key_is_said() -> None:
    user, other = make_user(), make_user("other@people.example")
    phone, desk, stranger = Client(), Client(), Client()
    for client, who in ((phone, user), (desk, user), (stranger, other)):
        client.force_login(who)
    items = desk.get(SESSIONS).json()["items"]
    assert len(items) == 2
    assert [item["is_this_one"] for item in items].count(True) == 1
    assert set(items[0]) == {"id", "browser", "system", "started_at", "seen_at", "is_this_one"}
    assert desk.session.session_key not in str(items)


def test_one_is_ended_and_not_somebody_elses() -> None:
    user, other = make_user(), make_user("other@people.example")
    phone, desk, stranger = Client(), Client(), Client()
    for client, who in ((phone, user), (desk, user), (stranger, other)):
        client.force_login(who)
    lost = next(item["id"] for item in desk.get(SESSIONS).json()["items"] if not item["is_this_one"])
    assert stranger.delete(f"{SESSIONS}{lost}/").status_code == 404
    assert phone.get(ME).status_code == 200
    assert desk.delete(f"{SESSIONS}{lost}/").status_code == 204
    assert (phone.get(ME).status_code, desk.get(ME).status_code) == (403, 200)


def test_all_the_others_are_ended_at_once() -> None:
    user = make_user()
    clients = [Client() for _session in range(3)]
    for client in clients:
        client.force_login(user)
    assert clients[0].delete(SESSIONS).status_code == 204
    assert [client.get(ME).status_code for client in clients] == [200, 403, 403]


def test_the_last_use_is_written_every_ten_minutes_and_the_beginning_stays(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    began = now() - timedelta(days=2)
    Session.objects.filter(user=user).update(started_at=began, seen_at=began)
    named = Session.objects.get(user=user).public_id
    client.get(ME)
    session = client.session
    session["anything"] = 1
    session.save()
    row = Session.objects.get(user=user)
    assert (row.started_at, row.public_id) == (began, named)
    assert now() - row.seen_at < timedelta(minutes=1)


def test_what_a_browser_says_is_kept_as_two_names() -> None:
    client = Client(HTTP_USER_AGENT=FIREFOX)
    make_user("supporter@demo.example")
    assert client.post("/fr/sign-in/demo/", {"key": "supporter"}).status_code == 302
    (item,) = client.get(SESSIONS).json()["items"]
    assert (item["browser"], item["system"]) == ("Firefox", "Windows")


def test_a_role_that_ends_and_a_user_who_is_erased_take_their_sessions_along(client: Client, small_country: SmallCountry) -> None:
    user = make_granted(Role.ORGANISER, small_country.country)
    sign_in(client, user)
    services.end_grant(grant_id=Grant.objects.get(user=user).pk, now=now())
    assert client.get(ME).status_code == 403
    client.force_login(user)
    services.delete_user(user_id=user.pk)
    assert not Session.objects.filter(user_id=user.pk).exists()


def test_what_has_ended_is_cleared_nightly(client: Client) -> None:
    client.force_login(make_user())
    assert services.clear_sessions(now=now()) == 0
    assert services.clear_sessions(now=now() + timedelta(days=30)) == 1


@pytest.mark.parametrize("asked_on", ["phone", "desk", "nowhere"])
@pytest.mark.parametrize("ended", ["the phone", "the others", "everywhere", "by a reset", "by a password", "by a password removed"])
def test_another_address_is_asked_for_no_more_once_the_session_that_asked_is_signed_out(asked_on: str, ended: str) -> None:
    user = make_user()
    sessions = {}
    for name in ("phone", "desk"):
        client = Client()
        client.force_login(user)
        sessions[name] = Session.objects.get(session_key=client.session.session_key)
    key = sessions[asked_on].session_key if asked_on in sessions else None
    services.ask_address_change(user=user, email="new@people.example", session_key=key, now=now())
    stranger = make_user("stranger@people.example")
    services.ask_address_change(user=stranger, email="other@people.example", session_key=None, now=now())
    desk = sessions["desk"].session_key
    match ended:
        case "the phone":
            services.end_session(user_id=user.pk, public_id=sessions["phone"].public_id)
        case "the others":
            services.end_sessions(user_id=user.pk, but_key=desk)
        case "everywhere":
            services.end_sessions(user_id=user.pk)
        case "by a reset":
            services.reset_factors(email=user.email, by_id=None, now=now())
        case "by a password":
            services.set_password(user=user, password="a long and unusual sentence", session_key=desk, now=now())
        case _:
            services.remove_password(user=user, session_key=desk, now=now())
    kept = {"the phone": ("desk", "nowhere"), "the others": ("desk",)}.get(ended, ())
    assert AddressChange.objects.filter(user=user).exists() is (asked_on in kept)
    assert AddressChange.objects.filter(user=stranger).exists()


def test_a_key_that_names_no_session_spares_nothing() -> None:
    user = make_user()
    services.ask_address_change(user=user, email="new@people.example", session_key=None, now=now())
    services.end_sessions(user_id=user.pk, but_key="of nobody")
    assert not AddressChange.objects.exists()
