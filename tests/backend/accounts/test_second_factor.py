"""Second factors: set up, asked for at sign-in, without which a guarded role opens nothing, and lost."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from maillage.accounts.domain import GUARDED, Role
from maillage.accounts.models import Session, User
from maillage.journal.domain import SUBSCRIBERS
from maillage.journal.models import Entry
from maillage.messaging.services.factors import tell_of_change
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.accounts.test_sign_in import AUTH, ask, code_in, deliver
from tests.backend.territories.factories import SmallCountry

ME = "/api/v1/accounts/me/"
SECURITY = "/api/v1/accounts/security/"
FACTORS = AUTH.replace("/auth/browser/v1/auth", "/auth/browser/v1/account/authenticators")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(path, body, content_type="application/json")


HALF_MINUTE = 59_000_000
"""The half minute in which these tests play, so that none falls between two."""


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server's half minute be that of `code_of`."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([HALF_MINUTE]))


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, HALF_MINUTE))


def enter_by_code(client: Client, user: User) -> Any:
    """Sign in by the code that comes by mail, and return the last answer."""
    mail.outbox.clear()
    assert ask(client, user.email)[0] == 401
    deliver()
    return post(client, f"{AUTH}/code/confirm", {"code": code_in(mail.outbox[-1].subject)})


def set_totp_up(client: Client) -> str:
    """Set an authenticator app up in a fresh session, and return its key."""
    answer = client.get(f"{FACTORS}/totp")
    assert answer.status_code == 404, answer.content
    assert "<svg" in answer.json()["meta"]["totp_svg"]
    secret: str = answer.json()["meta"]["secret"]
    assert post(client, f"{FACTORS}/totp", {"code": code_of(secret)}).status_code == 200
    cache.clear()  # a code is good once: the next step may use the same half minute
    return secret


@pytest.mark.parametrize("role", list(Role))
def test_a_guarded_role_opens_nothing_until_a_factor_is_proved(client: Client, small_country: SmallCountry, role: Role) -> None:
    user = make_granted(role, small_country.country)
    client.force_login(user)
    me = client.get(ME).json()
    answer = client.get("/api/v1/people/")
    if role in GUARDED:
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
        assert me["second_factor"] == "to_set_up"
        assert not any(me["abilities"].values())
    else:
        assert answer.status_code == 200
        assert me["second_factor"] == "optional"
    sign_in(client, user)
    assert client.get("/api/v1/people/").status_code == 200
    assert client.get(ME).json()["second_factor"] == ("proved" if role in GUARDED else "optional")


def test_an_organiser_sets_an_app_up_and_proves_it_at_the_next_sign_in(client: Client, small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.country)
    assert enter_by_code(client, organiser).status_code == 200
    assert client.get("/api/v1/people/").status_code == 403
    secret = set_totp_up(client)
    assert client.get("/api/v1/people/").status_code == 200
    kept = Authenticator.objects.get(user=organiser, type="totp").data["secret"]
    assert secret not in kept
    client.delete(f"{AUTH}/session")

    answer = enter_by_code(client, organiser)
    assert answer.status_code == 401
    assert {"id": "mfa_authenticate", "is_pending": True, "types": ["recovery_codes", "totp"]} in answer.json()["data"]["flows"]
    assert client.get(ME).status_code == 403
    assert post(client, f"{AUTH}/2fa/authenticate", {"code": "000000"}).status_code == 400
    assert post(client, f"{AUTH}/2fa/authenticate", {"code": code_of(secret)}).status_code == 200
    assert client.get(ME).json()["second_factor"] == "proved"
    assert client.get("/api/v1/people/").status_code == 200


def test_codes_on_paper_are_shown_once_and_each_is_good_once(client: Client) -> None:
    user = make_user()
    enter_by_code(client, user)
    set_totp_up(client)
    codes = client.get(f"{FACTORS}/recovery-codes").json()["data"]["unused_codes"]
    assert len(codes) == 10
    assert "unused_codes" not in client.get(f"{FACTORS}/recovery-codes").json()["data"]
    assert codes[0] not in str(Authenticator.objects.get(user=user, type="recovery_codes").data)
    for expected in (200, 400):
        other = Client()
        enter_by_code(other, user)
        assert post(other, f"{AUTH}/2fa/authenticate", {"code": codes[0]}).status_code == expected
    assert client.get(SECURITY).json()["recovery_codes"] == {"total": 10, "unused": 9}


def test_new_codes_on_paper_are_told_to_their_owner(client: Client) -> None:
    user = make_user(language="en")
    enter_by_code(client, user)
    assert post(client, f"{FACTORS}/recovery-codes", {}).status_code == 400, "without a factor there are none"
    set_totp_up(client)
    first = client.get(f"{FACTORS}/recovery-codes").json()["data"]["unused_codes"]
    assert not Entry.objects.filter(name="factor.codes_renewed").exists(), "those that came with the factor are told with it"
    second = post(client, f"{FACTORS}/recovery-codes", {}).json()["data"]["unused_codes"]
    assert not set(first) & set(second)
    assert Entry.objects.get(name="factor.codes_renewed").actor_id == user.pk
    assert SUBSCRIBERS["factor.codes_renewed"] == {"messaging.codes_renewed": "messaging.tell_of_change"}
    mail.outbox.clear()
    tell_of_change(fact="factor.codes_renewed", user_id=user.pk)
    deliver()
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [("Your recovery codes were renewed", [user.email])]


def test_the_pages_ask_for_it_too(client: Client) -> None:
    user = make_user()
    enter_by_code(client, user)
    secret = set_totp_up(client)
    other = Client()
    mail.outbox.clear()
    other.post("/fr/sign-in/", {"email": user.email})
    deliver()
    answer = other.post("/fr/sign-in/code/", {"code": code_in(mail.outbox[-1].subject)})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/sign-in/second-factor/")
    assert other.get("/fr/sign-in/second-factor/").status_code == 200
    assert 'id="code-error"' in other.post("/fr/sign-in/second-factor/", {"code": "1"}).content.decode()
    answer = other.post("/fr/sign-in/second-factor/", {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/app/")
    assert other.get(ME).status_code == 200


def test_with_the_last_factor_goes_what_it_proved(client: Client, small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.country)
    enter_by_code(client, organiser)
    set_totp_up(client)
    assert client.delete(f"{FACTORS}/totp").status_code == 200
    assert client.get(ME).json()["second_factor"] == "to_set_up"
    assert client.get("/api/v1/people/").json()["code"] == "second_factor_required"


def test_tries_are_limited_by_rows(client: Client) -> None:
    user = make_user()
    enter_by_code(client, user)
    secret = set_totp_up(client)
    other = Client()
    enter_by_code(other, user)
    codes = [post(other, f"{AUTH}/2fa/authenticate", {"code": "000000"}).json()["errors"][0]["code"] for _try in range(6)]
    assert codes == ["incorrect_code"] * 5 + ["too_many_login_attempts"]
    assert post(other, f"{AUTH}/2fa/authenticate", {"code": code_of(secret)}).status_code == 400


def test_a_password_is_optional_hashed_and_limited(client: Client) -> None:
    user = make_user("nadia@people.example")
    enter_by_code(client, user)
    weak = client.put(f"{SECURITY}password/", {"password": "123456789012"}, content_type="application/json")
    assert (weak.status_code, weak.json()["code"]) == (400, "weak_password")
    right = "une phrase de passe à nous"
    assert client.put(f"{SECURITY}password/", {"password": right}, content_type="application/json").status_code == 204
    assert client.get(ME).status_code == 200
    assert django_settings.PASSWORD_HASHERS
    other = Client()
    for email, password in ((user.email, "faux"), ("nobody@people.example", right)):
        answer = post(other, f"{AUTH}/login", {"email": email, "password": password})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "email_password_mismatch")
    assert post(other, f"{AUTH}/login", {"email": user.email, "password": right}).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = post(Client(), f"{AUTH}/login", {"email": user.email, "password": right})
    assert answer.json()["errors"][0]["code"] == "email_password_mismatch"


def test_an_administrator_resets_the_factors_of_who_lost_them(client: Client, small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.country)
    enter_by_code(client, organiser)
    set_totp_up(client)
    desk = Client()
    administrator = make_granted(Role.ADMINISTRATOR, small_country.country)
    sign_in(desk, administrator)
    for email in (organiser.email, "nobody@people.example"):
        assert post(desk, "/api/v1/accounts/factors/reset/", {"email": email}).status_code == 204
    assert not Authenticator.objects.filter(user=organiser).exists()
    assert client.get(ME).status_code == 403
    assert Entry.objects.get(name="factor.reset").actor_id == administrator.pk
    mail.outbox.clear()
    tell_of_change(fact="factor.reset", user_id=organiser.pk)
    deliver()
    assert mail.outbox[0].to == [organiser.email]
    sign_in(client, User.objects.get(pk=organiser.pk))
    assert post(client, "/api/v1/accounts/factors/reset/", {"email": administrator.email}).json()["code"] == "administrators_only"


def test_the_last_administrator_is_helped_from_a_shell(small_country: SmallCountry, client: Client) -> None:
    administrator = make_granted(Role.ADMINISTRATOR, small_country.country)
    sign_in(client, administrator)
    call_command("reset_second_factors", administrator.email.upper())
    assert not Session.objects.filter(user=administrator).exists()
    with pytest.raises(CommandError):
        call_command("reset_second_factors", "nobody@people.example")


def test_the_demo_proves_something_only_where_it_is_open(client: Client, small_country: SmallCountry, settings: Any) -> None:
    make_granted(Role.ORGANISER, small_country.country, email=settings.DEMO_ACCOUNTS["national_organiser"])
    assert post(client, "/api/v1/accounts/demo/", {"key": "national_organiser"}).status_code == 204
    assert client.get("/api/v1/people/").status_code == 200
    settings.DEMO_SIGN_IN = False
    assert client.get("/api/v1/people/").json()["code"] == "second_factor_required"
