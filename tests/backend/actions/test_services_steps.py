from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from maillage.actions import selectors, services
from maillage.actions.domain import TakeOverStatus
from maillage.actions.models import Action, Assignment, BoardStep, Reminder, TakeOver
from maillage.actions.selectors.own import answers_of
from maillage.journal.models import Entry, Job
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging.domain import BY_HAND, RENDERERS
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.relays import services as relays
from maillage.relays.models import Term
from tests.backend.actions.factories import assignment_of, make_asked, make_late, make_next_door, move_window, tomorrow
from tests.backend.relays.factories import SmallNetwork, make_holder

NOON = tomorrow(12)
LEFT = NOON + timedelta(minutes=10)


def relaunch(action, *codes, by, at=NOON, expected=None) -> BoardStep:
    ids = [assignment_of(action, code).pk for code in codes]
    return services.relaunch(action_id=action.pk, assignment_ids=ids, by=by, now=at, expected=len(codes) if expected is None else expected)


def reminders_of(action, code: str) -> list[int]:
    left = Reminder.objects.filter(assignment=assignment_of(action, code), sent_at__isnull=False)
    return list(left.order_by("number").values_list("number", flat=True))


def written(purpose: str) -> list[str]:
    messages = Message.objects.filter(purpose=purpose).select_related("person").order_by("queued_at")
    return [message.person.given_name for message in messages if message.person]


def read(message: Message) -> str:
    with translation.override(message.language):
        return RENDERERS[message.purpose](message).plain()


def test_a_relaunch_leaves_ten_minutes_later_to_whoever_still_owes_something(net: SmallNetwork):
    action = make_late(net, "0101", "0102", "0103")
    by = net.organiser()
    step = relaunch(action, "0101", "0102", by=by)
    assert Job.objects.get(name="actions.send_step").run_at == LEFT
    assert services.send_step(step_id=step.pk, now=LEFT - timedelta(seconds=1)) == 0
    second = assignment_of(action, "0102")
    services.accept_assignment(assignment_id=second.pk, author_id=second.holder_id, now=NOON + timedelta(minutes=3))
    assert services.send_step(step_id=step.pk, now=LEFT) == 1
    assert services.send_step(step_id=step.pk, now=LEFT) == 0
    assert (reminders_of(action, "0101"), reminders_of(action, "0102")) == ([1], [])
    assert Reminder.objects.count() == 1, "who answered meanwhile was never reminded"
    message = Message.objects.get(purpose="actions.reminder")
    assert message.person == assignment_of(action, "0101").holder
    assert "have not heard from you" in read(message)
    assert Entry.objects.get(name="assignment.reminded").data["number"] == 1
    assert Entry.objects.get(name="board_step.taken").data["number"] == 2


def test_after_the_end_who_never_answered_is_asked_what_came_of_it(net: SmallNetwork):
    action = make_late(net, "0101")
    move_window(action, starts_at=tomorrow(9) - timedelta(days=2), ends_at=tomorrow(19) - timedelta(days=2))
    services.send_step(step_id=relaunch(action, "0101", by=net.organiser()).pk, now=LEFT)
    said = read(Message.objects.get(purpose="actions.reminder"))
    assert "we have not heard from you about Hautes-Brumes, constituency 1" in said
    assert "Whether you went or not" in said
    assert "answer=declined" not in said


def test_who_is_reminded_by_hand_reads_what_to_tell_whoever_brings_it(net: SmallNetwork):
    make_holder(net.seat("0101"), email="", phone="+33612345678", language="en")
    action = make_late(net, "0102")
    services.send_step(step_id=relaunch(action, "0101", by=net.organiser()).pk, now=LEFT)
    message = Message.objects.get(purpose="actions.reminder")
    message.channel = Channel.PHONE
    assert "Say yes or no to whoever brings you this" in read(message)
    move_window(action, starts_at=tomorrow(9) - timedelta(days=2), ends_at=tomorrow(19) - timedelta(days=2))
    said = read(message)
    assert "Tell whoever brings you this what came of it." in said
    assert "yes or no" not in said


def test_undone_before_it_leaves_nobody_ever_learns_of_it(net: SmallNetwork):
    action = make_late(net, "0101")
    by = net.organiser()
    step = relaunch(action, "0101", by=by)
    services.undo_step(step_id=step.pk, by=by, now=LEFT - timedelta(seconds=1))
    services.undo_step(step_id=step.pk, by=by, now=LEFT)
    assert services.send_step(step_id=step.pk, now=LEFT) == 0
    assert not Reminder.objects.exists()
    assert not Message.objects.filter(purpose="actions.reminder").exists()
    again = relaunch(action, "0101", by=by, at=LEFT)
    services.send_step(step_id=again.pk, now=LEFT + timedelta(minutes=10))
    with pytest.raises(Conflict) as refused:
        services.undo_step(step_id=again.pk, by=by, now=LEFT + timedelta(minutes=11))
    assert refused.value.code == "step_over"


def test_two_reminders_then_a_human_calls(net: SmallNetwork):
    action = make_late(net, "0101")
    by = net.organiser()
    for number in (1, 2):
        at = NOON + timedelta(hours=number)
        services.send_step(step_id=relaunch(action, "0101", by=by, at=at).pk, now=at + timedelta(minutes=10))
    assert reminders_of(action, "0101") == [1, 2]
    assert "This is the last mail about it" in read(
        Message.objects.get(purpose="actions.reminder", about_id=Reminder.objects.get(number=2).pk)
    )
    preview = selectors.relaunch_of([assignment_of(action, "0101")], now=NOON + timedelta(hours=4)).preview
    assert (preview.number, preview.to_call) == (0, 1)
    with pytest.raises(Conflict) as refused:
        relaunch(action, "0101", by=by, at=NOON + timedelta(hours=4), expected=0)
    assert refused.value.code == "nobody_to_remind"


def test_the_number_that_was_shown_is_the_number_that_is_done(net: SmallNetwork):
    action = make_late(net, "0101", "0102")
    with pytest.raises(Conflict) as refused:
        relaunch(action, "0101", "0102", by=net.organiser(), expected=3)
    assert (refused.value.code, refused.value.extra["number"]) == ("number_differs", 2)
    assert not BoardStep.objects.exists()


def test_a_reminder_on_its_way_is_not_doubled(net: SmallNetwork):
    action = make_late(net, "0101", "0102")
    by = net.organiser()
    relaunch(action, "0101", by=by)
    both = [assignment_of(action, code) for code in ("0101", "0102")]
    preview = selectors.relaunch_of(both, now=NOON + timedelta(minutes=2)).preview
    assert (preview.number, preview.passed_over) == (1, 1)


def test_by_night_it_waits_for_the_morning_of_the_place(net: SmallNetwork):
    action = make_late(net, "0101", "0301")
    by, evening = net.organiser(), tomorrow(22)
    step = relaunch(action, "0101", "0301", by=by, at=evening)
    leaving = {
        reminder.assignment.seat.area.code: reminder.leaves_at for reminder in step.reminders.select_related("assignment__seat__area")
    }
    assert leaving["0101"] == tomorrow(8) + timedelta(days=1)
    assert leaving["0301"] == evening + timedelta(minutes=10), "it is day there"
    assert {job.run_at for job in Job.objects.filter(name="actions.send_step")} == set(leaving.values())
    assert services.send_step(step_id=step.pk, now=leaving["0301"]) == 1
    assert services.send_step(step_id=step.pk, now=leaving["0101"]) == 1


def test_what_is_sent_late_does_not_leave_at_night_either(net: SmallNetwork):
    action = make_late(net, "0101", "0301")
    by, theo = net.organiser(), make_next_door(net, "0101", "0102")
    evening, night, morning = tomorrow(19, 45), tomorrow(21), tomorrow(8) + timedelta(days=1)
    move_window(action, starts_at=tomorrow(9), ends_at=morning + timedelta(hours=9))
    asked = services.hand_over(
        action_id=action.pk, assignment_id=assignment_of(action, "0101").pk, neighbour_id=theo.pk, by=by, now=evening
    )
    reminded = relaunch(action, "0101", "0301", by=by, at=evening)
    assert services.send_step(step_id=reminded.pk, now=night) == 1, "it is day in 0301"
    assert services.send_step(step_id=asked.pk, now=night) == 0
    assert set(Job.objects.filter(name="actions.send_step", run_at__gt=night).values_list("run_at", flat=True)) == {morning}
    assert [services.send_step(step_id=step.pk, now=morning) for step in (reminded, asked)] == [1, 1]


def test_whom_no_mail_reaches_a_human_reminds_or_nobody(net: SmallNetwork):
    make_holder(net.seat("0101"), email="", phone="+33612345678")
    make_holder(net.seat("0102"), email="")
    action = make_late(net, "0103")
    codes = ("0101", "0102", "0103")
    preview = selectors.relaunch_of([assignment_of(action, code) for code in codes], now=NOON).preview
    assert (preview.number, preview.by_mail, preview.by_hand, preview.unreached) == (2, 1, 1, 1)
    step = relaunch(action, *codes, by=net.organiser(), expected=2)
    assert step.number == 2


def test_who_wants_no_brief_by_hand_is_not_reminded_of_one(net: SmallNetwork):
    _, quiet = make_holder(net.seat("0101"), email="", phone="+33612345678")
    action = make_late(net, "0103")
    preview = selectors.relaunch_of([assignment_of(action, "0101")], now=NOON).preview
    assert (preview.by_hand, preview.unreached) == (1, 0)
    for channel in BY_HAND:
        people.change_consent(person_id=quiet.pk, purpose="actions.brief", channel=channel, is_given=False, source="tests", now=NOON)
    preview = selectors.relaunch_of([assignment_of(action, "0101")], now=NOON).preview
    assert (preview.by_hand, preview.unreached) == (0, 1)


def test_who_pauses_is_reminded_of_nothing(net: SmallNetwork):
    action = make_late(net, "0101", "0102")
    by, both = net.organiser(), [assignment_of(action, code) for code in ("0101", "0102")]
    step = relaunch(action, "0101", "0102", by=by)
    term = Term.objects.get(person=both[0].holder)
    relays.pause_term(term_id=term.pk, until=(NOON + timedelta(days=30)).date(), by=by, now=NOON)
    assert services.send_step(step_id=step.pk, now=LEFT) == 1
    preview = selectors.relaunch_of(both, now=LEFT).preview
    assert (preview.number, preview.paused) == (1, 1)
    assert services.remind_by_clock(now=tomorrow(14)) == 0
    assert (reminders_of(action, "0101"), reminders_of(action, "0102")) == ([], [1])
    relays.resume_term(term_id=term.pk, by=by, now=LEFT)
    assert selectors.relaunch_of(both, now=LEFT).preview.number == 2


def test_who_took_over_next_door_is_reminded_while_a_seat_of_theirs_is_not_paused(net: SmallNetwork):
    theo = make_next_door(net, "0101", "0102")
    action = make_late(net, "0101")
    services.accept_take_over(take_over_id=make_asked(assignment_of(action, "0101"), theo).pk, person_id=theo.pk, now=NOON)
    by, after = net.organiser(), tomorrow(19)
    services.send_step(step_id=relaunch(action, "0101", by=by, at=after).pk, now=after + timedelta(minutes=10))
    in_their_file = [answers_of(person.pk)["reminders"] for person in (theo, assignment_of(action, "0101").holder)]
    assert [[row["number"] for row in rows] for rows in in_their_file] == [[1], []]
    relays.pause_term(term_id=Term.objects.get(person=theo).pk, until=after.date() + timedelta(days=9), by=by, now=NOON)
    assert selectors.relaunch_of([assignment_of(action, "0101")], now=after).preview.paused == 1


def test_who_is_excused_is_neither_late_nor_reminded_until_midnight(net: SmallNetwork):
    action = make_late(net, "0101", "0102")
    by, ids = net.organiser(), [assignment_of(action, code).pk for code in ("0101", "0102")]
    step = services.excuse(action_id=action.pk, assignment_ids=ids[:1], by=by, now=NOON, expected=1)
    states = dict(Assignment.objects.filter(pk__in=ids).stated(NOON).values_list("seat__area__code", "state"))
    assert states == {"0101": "no_answer", "0102": "late"}
    preview = selectors.relaunch_of([assignment_of(action, code) for code in ("0101", "0102")], now=NOON).preview
    assert (preview.number, preview.passed_over) == (1, 1)
    assert services.remind_by_clock(now=NOON) == 1
    assert reminders_of(action, "0101") == []
    midnight = tomorrow(0) + timedelta(days=1)
    assert assignment_of(action, "0101").excused_until == midnight
    services.undo_step(step_id=step.pk, by=by, now=NOON + timedelta(hours=3))
    assert assignment_of(action, "0101").excused_until is None
    later = services.excuse(action_id=action.pk, assignment_ids=ids[:1], by=by, now=NOON, expected=1)
    with pytest.raises(Conflict) as refused:
        services.undo_step(step_id=later.pk, by=by, now=midnight)
    assert refused.value.code == "step_over"


def test_a_neighbour_is_asked_once_at_a_time_and_learns_nothing_of_what_was_undone(net: SmallNetwork):
    action = make_late(net, "0101")
    theo = make_next_door(net, "0101", "0102")
    zoe = make_next_door(net, "0101", "0103", name="Zoé")
    by, one = net.organiser(), assignment_of(action, "0101")
    ask = {"action_id": action.pk, "assignment_id": one.pk, "by": by}
    step = services.hand_over(neighbour_id=theo.pk, now=NOON, **ask)
    with pytest.raises(Conflict) as refused:
        services.hand_over(neighbour_id=zoe.pk, now=NOON, **ask)
    assert refused.value.code == "neighbour_asked"
    services.undo_step(step_id=step.pk, by=by, now=NOON + timedelta(minutes=9))
    assert not TakeOver.objects.exists()
    assert services.send_step(step_id=step.pk, now=LEFT) == 0
    step = services.hand_over(neighbour_id=zoe.pk, now=NOON, **ask)
    assert services.send_step(step_id=step.pk, now=LEFT) == 1
    assert written("actions.take_over") == ["Zoé"]
    message = Message.objects.get(purpose="actions.take_over")
    assert "Would you go there, this once?" in read(message)
    services.undo_step(step_id=step.pk, by=by, now=LEFT + timedelta(hours=1))
    assert TakeOver.objects.get().status == TakeOverStatus.WITHDRAWN
    with pytest.raises(LookupError):
        read(message)


def test_only_who_holds_a_seat_next_door_is_asked(net: SmallNetwork):
    action = make_late(net, "0101")
    _, far = make_holder(net.seat("0204"), email="far@people.example")
    with pytest.raises(NotFound) as refused:
        services.hand_over(
            action_id=action.pk, assignment_id=assignment_of(action, "0101").pk, neighbour_id=far.pk, by=net.organiser(), now=NOON
        )
    assert refused.value.code == "neighbour_unknown"


def test_neighbours_say_what_they_carry_and_who_lives_outside_one_s_places_is_only_counted(net: SmallNetwork):
    theo = make_next_door(net, "0101", "0102")
    zoe = make_next_door(net, "0101", "0103", name="Zoé")
    make_next_door(net, "0101", "0201", name="Loin")
    action = make_late(net, "0101")
    done = assignment_of(action, "0103")
    services.report_assignment(assignment_id=done.pk, author_id=zoe.pk, met="nobody", failed="Fermé.", now=NOON)
    found = selectors.neighbours_of(net.organiser("department", "01"), assignment_of(action, "0101"), now=NOON)
    assert [(one.name, one.carries) for one in found.people] == [(zoe.full_name, 0), (theo.full_name, 1)]
    assert found.elsewhere == 1


def test_the_clock_reminds_twice_and_asks_for_reports_at_the_end(net: SmallNetwork, django_assert_max_num_queries):
    action = make_late(net, "0101", "0102")
    yes = assignment_of(action, "0102")
    services.accept_assignment(assignment_id=yes.pk, author_id=yes.holder_id, now=tomorrow(8))
    Assignment.objects.filter(action=action).update(asked_at=tomorrow(9) - timedelta(days=4))
    halfway = tomorrow(9) - timedelta(days=2)
    with django_assert_max_num_queries(30):
        assert services.remind_by_clock(now=halfway) == 1
    assert services.remind_by_clock(now=halfway + timedelta(minutes=10)) == 0
    assert services.remind_by_clock(now=tomorrow(9)) == 1
    assert services.remind_by_clock(now=tomorrow(19)) == 1
    assert (reminders_of(action, "0101"), reminders_of(action, "0102")) == ([1, 2], [1])
    said = read(Message.objects.filter(purpose="actions.reminder").latest("queued_at"))
    assert "your report for Hautes-Brumes, constituency 2 has not arrived yet" in said
    assert services.remind_by_clock(now=tomorrow(19) + timedelta(days=1)) == 0


def test_what_was_asked_before_there_were_reminders_counts_as_asked_when_they_began(net: SmallNetwork):
    action = make_late(net, "0101")
    Action.objects.filter(pk=action.pk).update(reminds_from=NOON)
    assert services.remind_by_clock(now=NOON) == 0
    assert services.remind_by_clock(now=tomorrow(15, 29)) == 0
    assert services.remind_by_clock(now=tomorrow(15, 30)) == 1, "halfway to the end, since it had begun"


def test_the_clock_locks_only_whom_it_reminds_action_by_action(net: SmallNetwork):
    actions = [make_late(net, "0101"), make_late(net)]

    def locked(at) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            reminded = services.remind_by_clock(now=at)
        return reminded, sum('FROM "actions_assignment"' in query["sql"] and "FOR UPDATE" in query["sql"] for query in asked)

    assert locked(tomorrow(9)) == (2, 2)
    assert locked(tomorrow(9, 10)) == (0, 0)
    assert [reminders_of(action, "0101") for action in actions] == [[1], [1]]


def test_a_new_holder_is_reminded_anew(net: SmallNetwork):
    action = make_late(net, "0101")
    one = assignment_of(action, "0101")
    services.send_step(step_id=relaunch(action, "0101", by=net.organiser()).pk, now=LEFT)
    Assignment.objects.filter(pk=one.pk).update(holder=make_holder(net.seat("0102"), email="two@people.example")[1])
    services.hand_over_seat(seat_id=one.seat_id, now=LEFT)
    assert reminders_of(action, "0101") == []


def test_a_stopped_action_takes_no_step_and_what_was_on_its_way_stays(net: SmallNetwork):
    action = make_late(net, "0101", "0102")
    by = net.organiser()
    step = relaunch(action, "0101", by=by)
    services.stop_action(action_id=action.pk, expected=2, by=by, now=NOON + timedelta(minutes=1))
    assert services.send_step(step_id=step.pk, now=LEFT) == 0
    with pytest.raises(Conflict) as refused:
        relaunch(action, "0102", by=by)
    assert refused.value.code == "not_running"


def test_a_relaunch_of_many_asks_as_often_as_one_of_few(net: SmallNetwork, django_assert_max_num_queries):
    codes = [area.code for area in net.country.seats]
    action = make_late(net, *codes)
    move_window(action, starts_at=tomorrow(9), ends_at=tomorrow(19))
    by = net.organiser()
    with django_assert_max_num_queries(30):
        step = services.relaunch(
            action_id=action.pk, assignment_ids=[one.pk for one in Assignment.objects.all()], by=by, now=tomorrow(12), expected=len(codes)
        )
    assert step.assignments.count() == len(codes)
