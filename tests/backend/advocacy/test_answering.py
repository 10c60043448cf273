import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client

from maillage.advocacy import selectors, services
from maillage.advocacy.domain import ContactKind, Initiative, KnownBy, ReadableBy, StepKind
from maillage.advocacy.domain.answering import Rate, question_due
from maillage.advocacy.domain.contacts import Step
from maillage.advocacy.models import AnswerQuestion, Contact, Mandate, PoliticalGroup
from maillage.advocacy.services.erasure import erase_sayings
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message
from maillage.relays import services as relays
from tests.backend.accounts.factories import sign_in
from tests.backend.advocacy.factories import make_deputy
from tests.backend.days import days_ago, in_days, noon

SENT = date(2026, 3, 2)
REQUEST, NONE, MET = StepKind.REQUEST, StepKind.NO_ANSWER, StepKind.MEETING


@pytest.mark.parametrize(
    ("days", "steps", "asked", "number"),
    [
        (13, [REQUEST], [], None),
        (14, [REQUEST], [], 1),
        (20, [REQUEST], [1], None),
        (21, [REQUEST], [1], 2),
        (21, [REQUEST, NONE], [1], 2),
        (14, [REQUEST, NONE], [], None),
        (25, [REQUEST], [], 2),
        (25, [REQUEST], [2], None),
        (25, [REQUEST, MET], [1], None),
        (14, [REQUEST, StepKind.ANSWER], [], None),
        (35, [REQUEST], [], None),
    ],
)
def test_two_questions_at_most(days: int, steps: list[StepKind], asked: list[int], number: int | None):
    assert question_due(asked_on=SENT, steps=steps, asked=asked, today=SENT + timedelta(days=days)) == number


def write(holder, relay, *, days: int = 14, steps: tuple[StepKind, ...] = (REQUEST,), **changes) -> Contact:
    """A letter that the relay sent some days ago."""
    said = {"kind": ContactKind.LETTER, "readable_by": ReadableBy.RELAYS, "author_id": relay.pk, "by": relay.user} | changes
    said["area"] = said.get("area") or holder.mandates.get().area
    return services.log_contact(
        holder_id=holder.pk,
        initiative=Initiative.OURS,
        decision="Le décret",
        steps=[Step(kind=kind, on=in_days(-days)) for kind in steps],
        now=days_ago(days),
        **said,
    )


def test_whoever_wrote_is_asked_twice_by_day_and_never_again(net, deputy, relay, organiser):
    contact = write(deputy, relay)
    write(deputy, relay, days=10)
    write(deputy, relay, kind=ContactKind.PUBLIC_POST)
    assert services.ask_if_answered(now=noon().replace(hour=1)) == 0, "it is night there"
    for days, count in ((0, 1), (0, 0), (7, 2), (7, 0), (8, 0)):  # after a week the other letter is due for the first time
        assert services.ask_if_answered(now=noon() + timedelta(days=days)) == count
    assert [*AnswerQuestion.objects.filter(contact=contact).order_by("number").values_list("number", flat=True)] == [1, 2]
    assert Message.objects.filter(purpose="advocacy.answer_question", person=relay).count() == 3


def test_who_pauses_is_asked_later_and_who_left_never(net, deputy, relay):
    write(deputy, relay)
    term = relay.terms.get()
    relays.pause_term(term_id=term.pk, until=in_days(3), by=relay.user, now=noon())
    assert services.ask_if_answered(now=noon()) == 0
    relays.resume_term(term_id=term.pk, by=relay.user, now=noon())
    relay.user.grants.all().delete()
    assert services.ask_if_answered(now=noon()) == 0


def test_one_press_in_the_mail_becomes_a_step(net, deputy, relay, client: Client):
    contact = write(deputy, relay)
    services.ask_if_answered(now=noon())
    deliver_message(message_id=Message.objects.get(purpose="advocacy.answer_question").pk, now=noon())
    (sent,) = mail.outbox
    assert "Jeanne Martin" in sent.subject
    link = re.search(r"https?://[^/]+(/\S+/advocacy/answered/\S+)", sent.body)
    assert link is not None
    assert "Jeanne Martin" in client.get(link[1]).text
    assert contact.steps.count() == 1, "opening the link changes nothing"
    assert client.post(link[1], {"answer": "no"}).status_code == 302
    client.post(link[1], {"answer": "no"})
    assert [*contact.steps.order_by("pk").values_list("kind", "by")][1:] == [("no_answer", relay.user.pk)]
    client.post(link[1], {"answer": "yes"})
    assert [*contact.steps.order_by("pk").values_list("kind", flat=True)] == ["request", "answer"]
    assert "It is noted that they answered" in client.get(link[1].replace("/fr/", "/en/")).text
    assert client.get(link[1].replace("answered/", "answered/x")).status_code == 404
    relay.user.grants.all().delete()
    left = client.get(link[1])
    assert (left.status_code, "Jeanne Martin" in left.text) == (409, False), "whoever left reads nothing of the place any more"


def test_who_sits_in_two_groups_is_counted_once_in_that_of_the_place(net, deputy, relay):
    for code, name in (("0101", "A"), ("0102", "B")):
        group = PoliticalGroup.objects.create(body=name, code=name, abbreviation=name, name=f"Groupe {name}")
        place = {"area": net.seat(code).area, "body": "tests" if name == "A" else "others"}
        Mandate.objects.update_or_create(holder=deputy, **place, defaults={"group": group, "begins_on": date(2024, 7, 7)})
    contact = write(deputy, relay, steps=(REQUEST, NONE), area=net.seat("0101").area)
    for _each in range(4):
        write(deputy, relay, steps=(REQUEST, NONE), area=contact.area)
    whole, groups = selectors.response_rates(today=in_days())
    assert whole == Rate(5, 0)
    assert [(each["group"]["abbreviation"], each["rate"]) for each in groups] == [("A", Rate(5, 0))]


@pytest.mark.parametrize("first", [True, False])
def test_a_word_pressed_by_mistake_is_taken_back(net, deputy, relay, first: bool):
    for _each in range(4):
        write(deputy, relay, days=40, steps=(REQUEST, NONE))
    contact = write(deputy, relay)
    services.ask_if_answered(now=noon())
    question = AnswerQuestion.objects.get()
    for was_answered, steps in ((first, 2), (not first, 2), (first, 2)):
        services.say_if_answered(question_id=question.pk, was_answered=was_answered, now=noon())
        rate, _groups = selectors.response_rates(today=in_days())
        assert rate is not None
        assert (rate.asked, rate.answered) == (5, int(was_answered))
        assert contact.steps.count() == steps
    version = contact.version
    contact.refresh_from_db()
    assert (contact.version - version, contact.counts_on, contact.latest_on) == (5, in_days(-14), in_days())


def test_a_report_that_met_nobody_after_all_is_no_request_left_unanswered(net, deputy, relay):
    for _each in range(5):
        write(deputy, relay, steps=(REQUEST, NONE))
    contact_id = None
    for known_by in (KnownBy.MEETING, None):
        contact_id = services.write_meeting(
            contact_id=contact_id,
            holder_id=deputy.pk,
            area=deputy.mandates.get().area,
            known_by=known_by,
            stance=None,
            quote="",
            subject_id=None,
            decision="577 rendez-vous",
            author_id=relay.pk,
            held_on=in_days(-1),
            now=noon(),
        )
    erase_sayings(relay.pk, noon())
    rate, _groups = selectors.response_rates(today=in_days())
    assert rate == Rate(asked=5, answered=0), "and what was logged by hand counts, whoever was forgotten since"


def test_taking_back_a_yes_leaves_an_answer_that_somebody_else_wrote(net, deputy, relay, organiser):
    contact = write(deputy, relay)
    services.ask_if_answered(now=noon())
    question = AnswerQuestion.objects.get()
    services.say_if_answered(question_id=question.pk, was_answered=True, now=noon())
    step = Step(kind=MET, on=in_days())
    services.add_step(contact_id=contact.pk, step=step, author_id=None, by=organiser, now=noon())
    services.say_if_answered(question_id=question.pk, was_answered=False, now=noon())
    assert [*contact.steps.order_by("pk").values_list("kind", flat=True)] == ["request", "meeting"]


def test_it_waits_in_the_application_for_whoever_wrote(net, deputy, relay, organiser, client):
    write(deputy, relay)
    services.ask_if_answered(now=noon())
    sign_in(client, organiser)
    assert client.get("/api/v1/advocacy/answer-questions/").json()["items"] == []
    (question,) = AnswerQuestion.objects.all()
    path = f"/api/v1/advocacy/answer-questions/{question.pk}/answer/"
    assert client.post(path, {"was_answered": True}, content_type="application/json").status_code == 404
    sign_in(client, relay.user)
    (asked,) = client.get("/api/v1/advocacy/answer-questions/").json()["items"]
    assert (asked["office_holder"]["full_name"], asked["about"], asked["asked_on"]) == (
        "Jeanne Martin",
        "Le décret",
        in_days(-14).isoformat(),
    )
    assert client.post(path, {"was_answered": True}, content_type="application/json").status_code == 204
    assert client.get("/api/v1/advocacy/answer-questions/").json()["items"] == []
    relay.user.grants.all().delete()
    assert client.post(path, {"was_answered": False}, content_type="application/json").status_code == 404


def test_how_often_they_answer_is_told_from_five_requests_on(net, deputy, relay, client):
    other = make_deputy(net.seat("0102").area, family_name="Lis")
    small = make_deputy(net.seat("0201").area, family_name="Roy")
    for holder, name in ((deputy, "A"), (other, "A"), (small, "B")):
        group = PoliticalGroup.objects.get_or_create(body="tests", code=name, abbreviation=name, name=f"Groupe {name}")[0]
        Mandate.objects.filter(holder=holder).update(group=group)
    for holder, count, steps in (
        (deputy, 4, (REQUEST, StepKind.ANSWER)),
        (deputy, 1, (REQUEST, NONE)),
        (other, 3, (REQUEST, MET)),
        (deputy, 2, (REQUEST,)),
        (small, 5, (REQUEST, NONE)),
    ):
        for _each in range(count):
            write(holder, relay, steps=steps)
    write(other, relay, steps=(REQUEST, NONE), readable_by=ReadableBy.ORGANISERS)
    told = client.get("/api/v1/advocacy/response-rates/").json()
    assert told["rate"] == {"asked": 13, "answered": 7}
    assert [(each["group"]["abbreviation"], each["rate"]) for each in told["groups"]] == [
        ("A", {"asked": 8, "answered": 7}),
        ("B", {"asked": 5, "answered": 0}),
    ]
    rates = [selectors.response_rate_of(holder.pk, today=in_days()) for holder in (deputy, other, small)]
    assert rates == [None, None, Rate(5, 0)], "of five requests to one of a group of eight, those to the other would follow"
    for _each in range(2):
        write(other, relay, steps=(REQUEST, MET))
    assert [selectors.response_rate_of(holder.pk, today=in_days()) for holder in (deputy, other)] == [Rate(5, 4), Rate(5, 5)]
    Contact.objects.filter(holder=small).first().steps.all().delete()
    told = client.get("/api/v1/advocacy/response-rates/").json()
    assert {each["group"]["abbreviation"]: each["rate"] for each in told["groups"]}["B"] is None
