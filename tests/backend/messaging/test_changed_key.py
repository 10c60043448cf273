"""A new SECRET_KEY, the former one beside it: who asked for silence is still known, what was sealed opens, links lead on."""

from datetime import timedelta
from typing import Any

import pytest

from maillage.kernel.clock import now
from maillage.kernel.ids import uuid7
from maillage.kernel.links import read_link, sign_link
from maillage.kernel.sealing import seal, unseal
from maillage.messaging.models import Suppression
from maillage.messaging.selectors import is_suppressed, suppressed_among
from maillage.messaging.services.stop import release_address, suppress_address
from maillage.people.domain import Channel

ADDRESS = "nadia@people.example"


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


def test_what_was_sealed_opens_and_links_lead_on(settings: Any) -> None:
    who = uuid7()
    sealed, token = seal("secret"), sign_link("test", ids=[who], ends_at=now() + timedelta(days=1))
    change_key(settings, keeps_former=True)
    assert unseal(sealed) == "secret"
    assert list(read_link("test", token, now=now())) == [who]
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError, match="not sealed"):
        unseal(sealed)
