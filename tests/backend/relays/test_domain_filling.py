from hypothesis import given
from hypothesis import strategies as st

from maillage.relays.domain.filling import spread
from maillage.relays.domain.looking import HINTS, suggestions


def test_who_is_needed_elsewhere_gives_way():
    assert spread({"a": ["ada", "bo"], "b": ["ada"]}) == [("a", "bo"), ("b", "ada")]


def test_a_chain_of_exchanges_leaves_no_seat_empty_that_need_not_be():
    found = spread({"a": ["ada", "bo"], "b": ["ada", "bo"], "c": ["bo", "cy"], "d": []})
    assert dict(found).keys() == {"a", "b", "c"}


@given(st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), unique=True, max_size=5), max_size=8))
def test_nobody_is_proposed_twice_and_only_for_seats_that_they_could(candidates):
    found = spread(candidates)
    people = [person for _seat, person in found]
    assert len(people) == len(set(people))
    assert len({seat for seat, _person in found}) == len(found)
    assert all(person in candidates[seat] for seat, person in found)


def test_hints_speak_both_languages_and_name_a_threshold():
    for hint in HINTS:
        assert {"fr", "en"} <= set(hint.says) & set(hint.where)
        assert (hint.more is None) != (hint.less is None)


def test_what_stands_out_is_said_the_strongest_first():
    found = suggestions({"inactetu": (20.0, 8.0), "inactret": (27.0, 22.5), "actcho": (6.2, 6.2), "acc_medecin": (50.0, 90.7)})
    assert [each.code for each in found] == ["inactetu", "acc_medecin", "inactret"]


def test_a_place_like_its_country_suggests_nothing():
    assert suggestions({"inactetu": (8.0, 8.0), "acc_medecin": (90.0, 90.7), "act_agr": (0.0, 0.0)}) == []
