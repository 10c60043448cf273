"""The rule of positions, on paper."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from maillage.advocacy.domain import Stance
from maillage.advocacy.domain.positions import CORRECTED, HOLDS, Said, Standing, said_why, standing_of, why_troubles

TODAY = date(2026, 12, 1)
ADA, BO = UUID(int=901), UUID(int=902)


def said(number: int = 1, stance: Stance = Stance.FOR, *, days_ago: int = 10, author: UUID | None = ADA, **how: bool) -> Said:
    """A statement of some days ago."""
    written = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=number)
    return Said(id=UUID(int=number), stance=stance, said_on=TODAY - timedelta(days=days_ago), recorded_at=written, author=author, **how)


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    """What may be said of one person on one subject."""
    flags = st.fixed_dictionaries({name: st.booleans() for name in ("is_public", "is_disputed", "is_undone")})
    lines = st.tuples(st.sampled_from([Stance.FOR, Stance.FOR, Stance.RATHER_FOR, Stance.AGAINST]), st.integers(0, 400), flags)
    heard = draw(st.lists(st.tuples(lines, st.sampled_from([ADA, BO, None])), max_size=8))
    return [
        said(number, stance, days_ago=days, author=author, **how) for number, ((stance, days, how), author) in enumerate(heard, start=1)
    ]


def as_told(lines: list[Said], today: date) -> tuple[Stance | None, bool]:
    """The rule, as the plan says it in words: the stance, and whether it makes others stop."""
    standing = sorted((line for line in lines if not line.is_undone and today < line.said_on + HOLDS), key=lambda line: line.place)
    if not standing:
        return None, False
    latest = standing[-1]
    since = max((number for number, line in enumerate(standing) if line.stance != Stance.FOR), default=-1)
    evidence = [line for line in standing[since + 1 :] if not line.is_disputed]
    proved = any(line.is_public for line in evidence) or len({line.author for line in evidence}) > 1
    return latest.stance, latest.stance == Stance.FOR and not latest.is_disputed and proved


def at(standing: Standing) -> tuple[Stance | None, bool]:
    return standing.stance, standing.convinced_until is not None


@given(histories(), st.integers(0, 500))
def test_the_state_says_on_any_later_day_what_the_rule_says(lines: list[Said], days: int):
    today = TODAY + timedelta(days=days)
    assert at(standing_of(lines).on(today)) == as_told(lines, today)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_told_changes_nothing(lines: list[Said], random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert standing_of(shuffled) == standing_of(lines)


@given(histories())
def test_what_was_undone_was_never_said(lines: list[Said]):
    assert standing_of(lines) == standing_of([line for line in lines if not line.is_undone])


@given(histories(), st.integers(0, 500), st.integers(0, 500))
def test_time_only_takes_away(lines: list[Said], days: int, more: int):
    standing = standing_of(lines)
    first, later = TODAY + timedelta(days=days), TODAY + timedelta(days=days + more)
    assert standing.on(first).on(later) == standing.on(later)


def test_one_person_alone_convinces_nobody_and_two_do():
    assert standing_of([said(1)]).convinced_until is None
    assert standing_of([said(1), said(2)]).convinced_until is None, "the same person twice"
    standing = standing_of([said(1, days_ago=40), said(2, days_ago=10, author=BO)])
    assert standing.convinced_until == TODAY - timedelta(days=40) + HOLDS, "as long as both are fresh"
    assert standing.expires_on == TODAY - timedelta(days=10) + HOLDS
    assert standing.since == TODAY - timedelta(days=40)


def test_a_source_that_anybody_can_open_is_enough_and_a_dispute_suspends_it():
    assert standing_of([said(1, is_public=True)]).convinced_until == TODAY - timedelta(days=10) + HOLDS
    disputed = standing_of([said(1, is_public=True, is_disputed=True)])
    assert (disputed.stance, disputed.convinced_until, disputed.is_disputed) == (Stance.FOR, None, True)


def test_another_stance_begins_anew():
    turned = [said(1, days_ago=90, is_public=True), said(2, Stance.RATHER_AGAINST, days_ago=50), said(3, days_ago=10)]
    assert at(standing_of(turned)) == (Stance.FOR, False), "what proved it was said before they turned"
    assert standing_of(turned[:2]).stance == Stance.RATHER_AGAINST


def test_those_who_were_forgotten_count_as_one():
    assert standing_of([said(1, author=None), said(2, author=None)]).convinced_until is None
    assert standing_of([said(1, author=None), said(2, author=BO)]).convinced_until is not None


def test_words_that_people_type_are_theirs_and_our_signs_are_not():
    assert said_why("corrected") == "corrected"
    assert said_why(CORRECTED) == "Corrigée par la personne qui l’a écrite."
    assert why_troubles("why", "corrected") == {}
    assert list(why_troubles("why", f" {CORRECTED} ")) == ["why"]
