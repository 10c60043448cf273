"""A new SECRET_KEY, the former one beside it: who asked for silence is still known, what was sealed opens, links lead on,
and of what browsers keep it is known whose it is and whether it is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.adapters.vaults import NAME_COOKIE, ORDER
from maillage.accounts.models import Session, Vault
from maillage.kernel.clock import now
from maillage.kernel.ids import uuid7
from maillage.kernel.limits import forget_how_often, happens_at_most
from maillage.kernel.links import read_link, sign_link
from maillage.kernel.sealing import keyed_hash, seal, unseal
from maillage.messaging.models import Suppression
from maillage.messaging.selectors import is_suppressed, suppressed_among
from maillage.messaging.services.questions import ON_PAPER, written_too_often
from maillage.messaging.services.stop import release_address, suppress_address
from maillage.people.domain import Channel
from maillage.people.domain.waiting import ASKED_ON_PAPER
from tests.backend.accounts.factories import make_user, sign_in

ADDRESS = "nadia@people.example"
NAME = "ab" * 32
ME = "/api/v1/accounts/me/"


def change_key(settings: Any, *, keeps_former: bool) -> None:
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another-key-00000000000000000000000000000000000000"
    settings.SECRET_KEY_FALLBACKS = [former] if keeps_former else []


@pytest.mark.django_db
@pytest.mark.parametrize("keeps_former", [True, False])
def test_who_asked_for_silence_is_known_by_the_former_key(settings: Any, keeps_former: bool) -> None:
    suppress_address(address=ADDRESS, purpose="", reason="stopped", now=now())
    change_key(settings, keeps_former=keeps_former)
    assert is_suppressed(ADDRESS, purpose="relays.invite") is keeps_former
    assert suppressed_among([ADDRESS, "else@people.example"], "relays.invite", Channel.EMAIL) == ({ADDRESS} if keeps_former else set())


@pytest.mark.django_db
def test_silence_is_undone_under_whichever_key_it_was_kept(settings: Any) -> None:
    suppress_address(address=ADDRESS, purpose="x", reason="stopped", now=now())
    change_key(settings, keeps_former=True)
    suppress_address(address=ADDRESS, purpose="x", reason="stopped", now=now())
    assert release_address(address=ADDRESS, purpose="x", reason="stopped", now=now())
    assert not Suppression.objects.exists()
    assert not release_address(address=ADDRESS, purpose="x", reason="stopped", now=now())


@pytest.mark.django_db
@pytest.mark.parametrize("keeps_former", [True, False])
def test_papers_of_before_count_under_the_former_key_and_are_forgotten_under_both(settings: Any, keeps_former: bool) -> None:
    on = now() - timedelta(days=300)
    assert [written_too_often(ADDRESS, now=on) for _paper in range(ASKED_ON_PAPER - 1)] == [False] * (ASKED_ON_PAPER - 1)
    change_key(settings, keeps_former=keeps_former)
    assert [written_too_often(ADDRESS, now=now()) for _paper in range(2)] == [False, keeps_former]
    forget_how_often(ON_PAPER, to=ADDRESS)
    assert [written_too_often(ADDRESS, now=now()) for _paper in range(ASKED_ON_PAPER)] == [False] * ASKED_ON_PAPER


@pytest.mark.django_db
def test_whose_address_is_counted_is_not_said_where_it_is_kept() -> None:
    happens_at_most("tests", to=ADDRESS, most=3, over=timedelta(days=1), now=now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM journal_limit WHERE cache_key LIKE %s", ["%limit:tests:%"])
        ((name,),) = cursor.fetchall()
    assert ADDRESS not in name


def test_what_was_sealed_opens_and_links_lead_on(settings: Any) -> None:
    who = uuid7()
    sealed, token = seal("secret"), sign_link("test", ids=[who], ends_at=now() + timedelta(days=1))
    change_key(settings, keeps_former=True)
    assert unseal(sealed) == "secret"
    assert list(read_link("test", token, now=now())) == [who]
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError, match="not sealed"):
        unseal(sealed)


def browser_of(user: Any) -> Client:
    """One that keeps something, and brought its name while its user was signed in."""
    client = Client()
    client.cookies[NAME_COOKIE] = NAME
    sign_in(client, user)
    assert ORDER not in client.get(ME)
    return client


@pytest.mark.django_db
def test_what_a_browser_keeps_and_was_ended_before_the_key_changed_is_wiped(settings: Any) -> None:
    user = make_user()
    client = browser_of(user)
    accounts.end_sessions(user_id=user.pk)
    change_key(settings, keeps_former=True)
    sign_in(client, user)
    assert client.get(ME)[ORDER] == "wipe"
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(ME)[ORDER] == "wipe", "known under the present key from that contact on"


@pytest.mark.django_db
def test_a_browser_whose_session_ran_out_keeps_its_drafts_when_the_key_changes(settings: Any) -> None:
    user = make_user()
    client = browser_of(user)
    Session.objects.all().delete()
    change_key(settings, keeps_former=True)
    assert ORDER not in client.get(ME)
    vault = Vault.objects.get()
    assert (vault.user, vault.mark, vault.is_over) == (user, keyed_hash(NAME, purpose="vault"), False)
    sign_in(client, user)
    assert ORDER not in client.get(ME)
    assert Vault.objects.get().session == Session.objects.get().public_id


@pytest.mark.django_db
def test_what_somebody_else_kept_under_the_former_key_is_not_read_on(settings: Any) -> None:
    client = browser_of(make_user())
    change_key(settings, keeps_former=True)
    sign_in(client, make_user("other@people.example"))
    assert client.get(ME)[ORDER] == "wipe"


@pytest.mark.django_db
def test_the_former_key_set_beside_the_new_one_late_brings_back_that_it_was_over(settings: Any) -> None:
    user = make_user()
    client = browser_of(user)
    accounts.end_sessions(user_id=user.pk)
    former = settings.SECRET_KEY
    change_key(settings, keeps_former=False)
    sign_in(client, user)
    assert ORDER not in client.get(ME)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert client.get(ME)[ORDER] == "wipe"
