"""Signed links: what was signed comes back, for its purpose, until its end, and nothing else does."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.errors import NotFound
from maillage.kernel.links import LinkEnded, read_link, sign_link

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ids = st.lists(st.uuids(), min_size=1, max_size=3)


@given(ids)
def test_the_ids_come_back_in_their_order(several: list[UUID]) -> None:
    assert read_link("tests.open", sign_link("tests.open", ids=several, ends_at=LATER), now=NOW) == tuple(several)


@given(ids)
def test_a_token_of_one_purpose_is_nothing_to_another(several: list[UUID]) -> None:
    with pytest.raises(NotFound) as refusal:
        read_link("tests.other", sign_link("tests.open", ids=several, ends_at=LATER), now=NOW)
    assert refusal.value.code == "link_broken"


@given(ids, st.integers(min_value=0), st.characters(codec="ascii"))
def test_a_changed_letter_breaks_it(several: list[UUID], place: int, letter: str) -> None:
    token = sign_link("tests.open", ids=several, ends_at=LATER)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(NotFound):
            read_link("tests.open", changed, now=NOW)


@given(st.text(max_size=120))
def test_nonsense_is_refused_and_never_a_crash(text: str) -> None:
    with pytest.raises(NotFound):
        read_link("tests.open", text, now=NOW)


def test_it_ends() -> None:
    token = sign_link("tests.open", ids=[UUID(int=1)], ends_at=NOW)
    assert read_link("tests.open", token, now=NOW)
    with pytest.raises(LinkEnded) as refusal:
        read_link("tests.open", token, now=NOW + timedelta(seconds=1))
    assert (refusal.value.status, refusal.value.code) == (410, "link_ended")
