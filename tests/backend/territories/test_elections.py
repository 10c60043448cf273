"""The votes of a country, as its file says them."""

from dataclasses import replace
from datetime import date

import pytest

from maillage.territories.domain import profile_of
from maillage.territories.domain.profiles import ElectionRule, Profile, WindowRule
from maillage.territories.domain.words import WindowKind
from maillage.territories.models import Election, ElectionWindow
from maillage.territories.services.elections import load_elections
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

SILENCE = WindowRule(
    kind=WindowKind.SILENCE, starts_on=date(2027, 4, 10), saturday=date(2027, 4, 9), ends_on=date(2027, 4, 11), law="article L. 49"
)
VOTE = ElectionRule(
    code="vote-2027", name={"fr": "Vote", "en": "Vote"}, rounds=[date(2027, 4, 11), date(2027, 4, 25)], source="expected", windows=[SILENCE]
)


def profile(country: SmallCountry, *elections: ElectionRule) -> Profile:
    known = profile_of("FR")
    assert known is not None
    return replace(
        known,
        country=country.country.country,
        time_zones={"department": {"01": "America/Martinique", "02": "Indian/Reunion"}},
        saturday_voters={"department": ["01"]},
        elections=list(elections),
    )


def test_a_window_stands_in_the_country_and_where_another_clock_is_kept(small_country: SmallCountry) -> None:
    for _again in range(2):
        load_elections(profile(small_country, VOTE))
    election = Election.objects.get()
    assert (election.first_round_on, election.second_round_on, election.is_confirmed) == (date(2027, 4, 11), date(2027, 4, 25), False)
    starts = dict(ElectionWindow.objects.values_list("area__code", "starts_on"))
    assert starts == {small_country.country.code: date(2027, 4, 10), "01": date(2027, 4, 9), "02": date(2027, 4, 10)}


def test_days_that_are_fixed_take_the_place_of_those_expected(small_country: SmallCountry) -> None:
    load_elections(profile(small_country, VOTE))
    fixed = replace(VOTE, rounds=[date(2027, 4, 18), date(2027, 5, 2)], confirmed=True, windows=[])
    load_elections(profile(small_country, fixed))
    election = Election.objects.get()
    assert (election.first_round_on, election.is_confirmed, election.windows.count()) == (date(2027, 4, 18), True, 0)


def test_the_votes_of_2027_are_expected_and_their_agents_and_advertising_follow_the_law() -> None:
    france = profile_of("FR")
    assert france is not None
    first = {
        (election.code, window.kind): window.starts_on
        for election in france.elections
        for window in election.windows
        if window.kind != WindowKind.SILENCE
    }
    assert first == {
        ("presidential-2027", WindowKind.ADVERTISING): date(2026, 10, 1),
        ("legislative-2027", WindowKind.ADVERTISING): date(2026, 12, 1),
        ("legislative-2027", WindowKind.COLLECTING): date(2026, 12, 1),
    }
    for election in france.elections:
        assert not election.confirmed
        eves = [window for window in election.windows if window.kind == WindowKind.SILENCE]
        assert [(window.saturday, window.starts_on, window.ends_on) for window in eves] == [
            (day.replace(day=day.day - 2), day.replace(day=day.day - 1), day) for day in election.rounds
        ]
        assert {day.weekday() for day in election.rounds} == {6}
