"""What a browser keeps is wiped at its next contact once the sessions of its user were ended, session or not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.accounts import services
from maillage.accounts.adapters.vaults import NAME_COOKIE, ORDER, UNSENT_COOKIE
from maillage.accounts.models import Session, User, Vault
from maillage.accounts.services.vaults import VAULTS_KEPT
from maillage.kernel.clock import now
from maillage.kernel.sealing import keyed_hash
from maillage.relays import services as relays
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.relays.factories import make_holder, make_network

NAME = "ab" * 32
ME = "/api/v1/accounts/me/"

pytestmark = pytest.mark.django_db


def browser(user: User | None = None, *, name: str = NAME, unsent: bool = False) -> Client:
    """A browser that keeps something under a name."""
    client = Client()
    client.cookies[NAME_COOKIE] = name
    if unsent:
        client.cookies[UNSENT_COOKIE] = "1"
    if user is not None:
        sign_in(client, user)
    return client


def known(user: User, *, name: str = NAME) -> Client:
    """One that brought it while its user was signed in."""
    client = browser(user, name=name)
    assert ORDER not in client.get(ME)
    return client


def test_a_vault_is_its_users_from_the_first_contact_and_only_a_hash_of_its_name_is_kept():
    user = make_user()
    known(user)
    vault = Vault.objects.get()
    assert (vault.user, vault.session, vault.is_over) == (user, Session.objects.get().public_id, False)
    assert vault.mark == keyed_hash(NAME, purpose="vault")
    assert NAME not in vault.mark


def test_that_a_session_ran_out_ends_nothing():
    client = known(make_user())
    Session.objects.all().delete()
    assert ORDER not in client.get(ME)


def test_once_sessions_were_ended_every_contact_is_told_to_wipe_until_it_has():
    user = make_user()
    client = known(user)
    services.end_sessions(user_id=user.pk)
    for _again in range(2):
        answer = client.get(ME)
        assert (answer.status_code, answer[ORDER], answer["Cache-Control"]) == (403, "wipe", "no-store")
    sign_in(client, user)
    assert client.get(ME)[ORDER] == "wipe", "signing in again does not bring it back"
    assert ORDER not in browser(user, name="cd" * 32).get(ME), "a new one is a new one"


def test_the_end_of_a_term_is_the_end_of_what_its_holder_kept():
    net = make_network()
    term, person = make_holder(net.seat("0101"))
    client = known(person.user)
    ended = client.post(f"/api/v1/relays/terms/{term.pk}/end/")
    assert (ended.status_code, ended[ORDER]) == (200, "wipe")
    assert relays.end_term(term_id=term.pk, by=None, now=now()).ends_at is not None


def test_who_is_forgotten_leaves_nothing_behind():
    user = make_user()
    client = known(user)
    services.delete_user(user_id=user.pk)
    assert not Vault.objects.exists()
    assert client.get(ME)[ORDER] == "wipe"


def test_somebody_else_who_signs_in_does_not_read_it():
    client = known(make_user())
    sign_in(client, make_user("other@people.example"))
    assert client.get(ME)[ORDER] == "wipe"


def test_ending_the_other_sessions_spares_this_one():
    user = make_user()
    here, there = known(user), known(user, name="cd" * 32)
    assert here.delete("/api/v1/accounts/sessions/").status_code == 204
    assert ORDER not in here.get(ME)
    assert there.get(ME)[ORDER] == "wipe"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_another_password_signs_the_other_browsers_out_at_once_and_wipes_them(method: str):
    user = make_user()
    here, there = known(user), known(user, name="cd" * 32)
    changed = here.generic(
        method, "/api/v1/accounts/security/password/", '{"password": "une phrase de passe"}', content_type="application/json"
    )
    assert changed.status_code == 204
    assert Session.objects.filter(user=user).count() == 1
    assert (here.get(ME).status_code, ORDER in here.get(ME)) == (200, False)
    assert (there.get(ME).status_code, there.get(ME)[ORDER]) == (403, "wipe")


def test_ending_one_session_ends_what_that_browser_keeps():
    user = make_user()
    here, there = known(user), known(user, name="cd" * 32)
    one = Session.objects.get(session_key=there.cookies["maillage_session"].value)
    here.delete(f"/api/v1/accounts/sessions/{one.public_id}/")
    assert ORDER not in here.get(ME)
    assert there.get(ME)[ORDER] == "wipe"


def test_a_page_wipes_by_itself_and_no_cache_passes_that_on():
    user = make_user()
    client = known(user)
    services.end_sessions(user_id=user.pk)
    page = client.get("/fr/what-a-relay-does/")
    assert (page["Clear-Site-Data"], page["Cache-Control"]) == ('"storage"', "no-store")
    assert page.cookies[NAME_COOKIE].value == ""
    assert "ETag" not in page


def test_where_a_report_waits_unsent_a_page_leads_to_the_app_which_shows_it():
    user = make_user()
    known(user)
    services.end_sessions(user_id=user.pk)
    client = browser(unsent=True)
    page = client.get("/fr/what-a-relay-does/")
    assert (page.status_code, page["Location"]) == (302, "/app/")
    app = client.get("/app/")
    assert app.status_code == 200
    assert "Clear-Site-Data" not in app
    assert client.get(ME)[ORDER] == "wipe"


def test_a_page_that_the_worker_asks_for_does_not_end_it_and_the_app_is_ordered():
    user = make_user()
    client = known(user)
    services.end_sessions(user_id=user.pk)
    page = client.get("/app/seat", headers={"Maillage-Worker": "1"})
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Clear-Site-Data" not in page
    assert client.get(ME)[ORDER] == "wipe"


@pytest.mark.parametrize("name", ["", "x", "AB" * 32, "ab" * 33])
def test_what_is_no_name_is_ignored(name: str):
    assert ORDER not in browser(name=name).get(ME)


def test_what_nobody_brings_is_forgotten_and_then_unknown():
    user = make_user()
    client = known(user)
    Vault.objects.update(seen_on=(now() - VAULTS_KEPT - timedelta(days=1)).date())
    services.clear_sessions(now=now())
    assert not Vault.objects.exists()
    Session.objects.all().delete()
    assert client.get(ME)[ORDER] == "wipe"


def test_without_a_vault_nothing_is_asked():
    with CaptureQueriesContext(connection) as asked:
        Client().get("/fr/what-a-relay-does/")
    assert not [query for query in asked.captured_queries if "accounts_vault" in query["sql"]]
