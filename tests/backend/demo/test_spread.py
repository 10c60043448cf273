from hypothesis import given
from hypothesis import strategies as st

from maillage.demo.domain.names import full_name
from maillage.demo.domain.spread import part, spread
from maillage.relays.domain import SeatState

CODES = [f"{department:02d}{number:02d}" for department in range(1, 97) for number in range(1, 7)]


def test_a_third_is_filled_and_every_state_is_seen():
    states = list(spread(CODES).values())
    assert abs(states.count(SeatState.FILLED) / len(states) - 1 / 3) < 0.01
    assert set(states) == set(SeatState)


def test_the_same_on_every_machine_and_in_any_order():
    assert spread(CODES) == spread(list(reversed(CODES)))


def test_departments_lean_the_same_way():
    states = spread(CODES)
    filled_by_department = [sum(states[code] == SeatState.FILLED for code in CODES if code[:2] == f"{d:02d}") for d in range(1, 97)]
    assert filled_by_department.count(0) > 25


@given(st.text(), st.integers(min_value=1, max_value=500))
def test_a_part_is_within_its_whole(text, whole):
    assert 0 <= part(text, of=whole) < whole


def test_the_first_two_thousand_names_differ():
    assert len({full_name(number) for number in range(2000)}) == 2000
