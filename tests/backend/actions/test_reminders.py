"""When whoever owes something is reminded by the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from maillage.actions.domain import Owes, excused_until, leaves_at, may_be_reminded, owed_at, reminder_due

PARIS = "Europe/Paris"
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
WINDOW = {"asked_at": MONDAY, "starts_at": MONDAY + timedelta(days=4), "ends_at": MONDAY + timedelta(days=4, hours=9)}


def due(
    after: timedelta,
    *,
    owed: Owes = Owes.ANSWER,
    sent: int = 0,
    last: timedelta | None = None,
    excused: timedelta | None = None,
    zone: str = PARIS,
    **window: datetime,
) -> int | None:
    return reminder_due(
        owed=owed,
        sent=sent,
        last_at=None if last is None else MONDAY + last,
        excused_until=None if excused is None else MONDAY + excused,
        now=MONDAY + after,
        zone=zone,
        **{**WINDOW, **window},
    )


HALFWAY, START, END = timedelta(days=2), timedelta(days=4), timedelta(days=4, hours=9)


def test_an_answer_is_asked_for_halfway_and_at_the_start():
    assert due(HALFWAY - timedelta(minutes=1)) is None
    assert due(HALFWAY) == 1
    assert due(START - timedelta(minutes=1), sent=1, last=HALFWAY) is None
    assert due(START, sent=1, last=HALFWAY) == 2
    assert due(START + timedelta(hours=5), sent=2, last=START) is None


def test_a_moment_that_was_missed_brings_one_reminder():
    assert due(START + timedelta(hours=2)) == 1
    assert due(START + timedelta(hours=3), sent=1, last=START + timedelta(hours=2)) is None


def test_whom_an_organiser_reminded_meanwhile_is_left_alone_until_the_next_moment():
    assert due(HALFWAY + timedelta(hours=3), sent=1, last=HALFWAY + timedelta(hours=1)) is None
    assert due(START, sent=1, last=HALFWAY + timedelta(hours=1)) == 2


def test_a_report_is_asked_for_at_the_end():
    end = MONDAY + timedelta(days=4, hours=3)
    assert due(START, owed=Owes.REPORT, ends_at=end) is None
    assert due(timedelta(days=4, hours=3), owed=Owes.REPORT, ends_at=end) == 1
    assert due(timedelta(days=5), owed=Owes.REPORT, sent=1, last=HALFWAY, ends_at=end) == 2
    assert due(timedelta(days=6), owed=Owes.REPORT, sent=1, last=timedelta(days=5), ends_at=end) is None


def test_who_is_asked_once_it_began_is_reminded_halfway_to_the_end():
    begun = {"starts_at": MONDAY - timedelta(hours=1), "ends_at": MONDAY + timedelta(days=2)}
    assert due(timedelta(minutes=5), **begun) is None
    assert due(timedelta(days=1), **begun) == 1
    assert due(timedelta(days=2, minutes=-1), sent=1, last=timedelta(days=1), **begun) is None


def test_after_the_end_nobody_says_yes_or_no_and_a_report_is_owed():
    facts = {"ends_at": MONDAY + END, "now": MONDAY + END}
    assert [owed_at(owed, **facts) for owed in Owes] == [Owes.NOTHING, Owes.REPORT, Owes.REPORT]
    assert owed_at(Owes.ANSWER, ends_at=MONDAY + END, now=MONDAY + END - timedelta(minutes=1)) == Owes.ANSWER
    assert due(END, sent=1, last=START) == 2
    assert due(END + timedelta(hours=13), sent=1, last=END) is None
    assert due(END + timedelta(hours=13), excused=END + timedelta(hours=5)) == 1, "who was excused is asked once, for a report"


def test_a_moment_before_the_question_brings_no_reminder():
    after = MONDAY + END + timedelta(hours=13)
    assert due(END + timedelta(hours=14), asked_at=after) is None
    assert due(END + timedelta(hours=14), owed=Owes.REPORT, asked_at=after) is None
    assert due(END, owed=Owes.REPORT, asked_at=MONDAY + START) == 1


def test_never_at_night_of_the_place():
    night = MONDAY + timedelta(days=4, hours=-14)  # 20:00 in Paris
    assert due(timedelta(days=4, hours=-14), starts_at=night) is None
    assert due(timedelta(days=4, hours=-2, minutes=-1), starts_at=night) is None
    assert due(timedelta(days=4, hours=-2), starts_at=night) == 1
    assert due(HALFWAY, zone="Pacific/Noumea") is None


def test_never_who_answered_is_excused_or_was_reminded_twice():
    assert due(START, owed=Owes.NOTHING) is None
    assert due(START, sent=2, last=timedelta(0)) is None
    assert due(START, excused=START + timedelta(hours=1)) is None
    assert due(START, excused=START) == 1


@pytest.mark.parametrize(("owed", "at", "may"), [(Owes.ANSWER, START, True), (Owes.REPORT, START, False), (Owes.REPORT, END, True)])
def test_an_organiser_reminds_whoever_owes_something_already(owed: Owes, at: timedelta, may: bool):
    facts = {"owed": owed, "ends_at": WINDOW["ends_at"], "now": MONDAY + at}
    assert may_be_reminded(excused_until=None, **facts) is may
    assert not may_be_reminded(excused_until=MONDAY + at + timedelta(hours=1), **facts)


def test_a_step_leaves_ten_minutes_later_and_by_night_in_the_morning():
    assert leaves_at(now=MONDAY, zone=PARIS) == MONDAY + timedelta(minutes=10)
    evening = datetime(2026, 11, 30, 18, 55, tzinfo=UTC)  # 19:55 in Paris
    assert leaves_at(now=evening, zone=PARIS) == datetime(2026, 12, 1, 7, tzinfo=UTC)


def test_an_excuse_lasts_until_midnight_of_the_place():
    assert excused_until(now=MONDAY, zone=PARIS) == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert excused_until(now=MONDAY, zone="Pacific/Noumea") == datetime(2026, 11, 30, 13, tzinfo=UTC)
