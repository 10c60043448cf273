"""Somebody writes to whoever answers for a place: through the platform, and neither reads the other's address."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging.models import Message, Suppression
from maillage.messaging.services import suppress_address
from maillage.people import services as people
from maillage.people.models import Access, Person
from maillage.people.selectors import export_of
from maillage.relays import services
from maillage.relays.domain import CONVERSATION_LINK, WRITE_LINK, ConversationStatus, TermKind
from maillage.relays.models import Conversation, Turn
from maillage.relays.selectors.today import messages_today
from maillage.relays.services.answering import pass_conversations_on
from maillage.relays.services.conversation_letters import answer_letter, confirm_letter, turn_letter
from tests.backend.accounts.factories import sign_in
from tests.backend.days import ZONE, in_days
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_conversation, make_holder, make_network
from tests.backend.relays.test_races import at_once

FORM = "/en/relays/write/0101/"
LIST = "/api/v1/relays/conversations/"


def typed(**changes: str) -> dict[str, str]:
    said = {"name": "Lou", "email": "lou@visitors.example", "words": "Hello, when do you meet?", "idempotency_key": str(uuid4())}
    return {**said, **changes}


def link(conversation: Conversation, purpose: str = CONVERSATION_LINK) -> str:
    return sign_link(purpose, ids=[conversation.pk], ends_at=now() + timedelta(days=2))


def test_nobody_is_written_to_before_the_sender_confirmed(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    before = Message.objects.filter(person=relay).count()
    answer = client.post(FORM, typed())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/relays/write/0101/sent/")
    assert Message.objects.filter(person=relay).count() == before
    (mail,) = Message.objects.filter(purpose="relays.confirm_conversation")
    assert mail.address == "lou@visitors.example"
    text = confirm_letter(mail).plain()
    assert "perhaps you" in text
    assert "Lou" not in text
    conversation = Conversation.objects.get()
    page = f"/en/relays/write/confirm/{link(conversation, WRITE_LINK)}/"
    assert "Hello, when do you meet?" in client.get(page).text
    conversation.refresh_from_db()
    assert conversation.status == ConversationStatus.UNCONFIRMED, "a scanner that opens the link sends nothing"
    client.post(page, {"was": "me"})
    assert "Your words are sent." in client.get(page).text
    assert Message.objects.filter(person=relay, purpose="relays.conversation_turn").count() == 1
    client.post(page, {"was": "me"})
    assert Message.objects.filter(purpose="relays.conversation_turn").count() == 1


def test_this_was_not_me_erases_everything(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), is_confirmed=False)
    page = f"/en/relays/write/confirm/{link(conversation, WRITE_LINK)}/"
    assert client.post(page, {"was": "not-me"}).status_code == 302
    assert "no longer exists" in client.get(page).text
    assert not Conversation.objects.exists()
    assert not Turn.objects.exists()


def test_neither_side_reads_the_others_address_or_full_name(net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"), family_name="Zzfamily", given_name="Zzgiven")
    conversation = make_conversation(net.seat("0101"), answer="Thursday at ten.", by=relay.user)
    mails = {mail.purpose: mail for mail in Message.objects.filter(purpose__startswith="relays.conversation_")}
    to_relay, to_writer = turn_letter(mails["relays.conversation_turn"]), answer_letter(mails["relays.conversation_answer"])
    assert "lou@visitors.example" not in to_relay.subject + to_relay.plain()
    told = to_writer.subject + to_writer.plain()
    assert "Thursday at ten." in told
    assert not [mark for mark in ("Zzgiven", "Zzfamily", "@people.example", "@desk.example") if mark in told]
    relay.shows_given_name = True
    relay.save()
    told = answer_letter(mails["relays.conversation_answer"]).plain()
    assert "Zzgiven" in told
    assert "Zzfamily" not in told
    services.end_term(term_id=relay.terms.get().pk, by=relay.user, now=now())
    assert "Zzgiven" not in answer_letter(mails["relays.conversation_answer"]).plain(), "no name once the term is over"
    assert conversation.status == ConversationStatus.ANSWERED


def test_it_goes_to_the_relay_else_the_stand_in_else_the_organiser_above(net: SmallNetwork) -> None:
    organiser = net.organiser("department", "01")
    seat = net.seat("0101")
    first = make_conversation(seat)
    assert first.answerer is None
    assert Message.objects.filter(purpose="relays.conversation_turn", person=organiser.person).count() == 1
    _, stand_in = make_holder(seat, kind=TermKind.STAND_IN, given_name="Ada")
    assert make_conversation(seat).answerer == stand_in
    _, relay = make_holder(seat)
    assert make_conversation(seat).answerer == relay


def told_of_turns(person: Person) -> int:
    return Message.objects.filter(purpose="relays.conversation_turn", person=person).count()


def items_of(user: User) -> list[dict[str, Any]]:
    browser = Client()
    sign_in(browser, user)
    return list(browser.get(LIST).json()["items"])


def answers(user: User, conversation: Conversation) -> int:
    browser = Client()
    sign_in(browser, user)
    path, words = f"{LIST}{conversation.pk}/answer/", {"words": "Thursday."}
    return browser.post(path, words, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}).status_code


def test_it_goes_to_whom_the_public_page_shows_once_the_relay_is_silent(client: Client, net: SmallNetwork) -> None:
    organiser, seat = net.organiser("department", "01"), net.seat("0101")
    term, relay = make_holder(seat)
    fall_quiet(term, days=70)
    assert make_conversation(seat).answerer is None, "the organisers answer for a seat that is dormant"
    assert told_of_turns(organiser.person) == 1
    _, stand_in = make_holder(seat, kind=TermKind.STAND_IN, given_name="Ada", shows_given_name=True)
    assert "Ada" in client.get(FORM).text
    assert make_conversation(seat).answerer == stand_in
    assert (told_of_turns(relay), told_of_turns(stand_in)) == (0, 1)


def test_what_waits_goes_to_whoever_answers_when_the_relay_pauses(net: SmallNetwork) -> None:
    organiser, seat = net.organiser("department", "01"), net.seat("0101")
    term, relay = make_holder(seat)
    first = make_conversation(seat)
    answered = make_conversation(seat, email="other@visitors.example", answer="Thursday.", by=relay.user)
    assert told_of_turns(organiser.person) == 0
    assert messages_today(organiser, now=now()) is None
    services.pause_term(term_id=term.pk, until=in_days(30), by=relay.user, now=now())
    first.refresh_from_db()
    answered.refresh_from_db()
    assert (first.answerer, answered.answerer) == (None, relay), "what they answered stays theirs until it is written again"
    assert told_of_turns(organiser.person) == 1
    waits = messages_today(organiser, now=now())
    assert waits is not None
    assert (waits["conversation"], waits["count"]) == (first.pk, 1)
    assert answers(relay.user, first) == 404
    assert answers(organiser, first) == 200


def test_what_waits_goes_to_the_stand_in_when_the_relay_leaves(net: SmallNetwork) -> None:
    organiser, seat = net.organiser("department", "01"), net.seat("0101")
    term, relay = make_holder(seat)
    _, stand_in = make_holder(seat, kind=TermKind.STAND_IN, given_name="Ada")
    new, known = make_conversation(seat), make_conversation(seat, email="other@visitors.example", answer="Thursday.", by=relay.user)
    services.write_again(conversation_id=known.pk, words="Where?", now=now())
    services.end_term(term_id=term.pk, by=organiser, now=now())
    new.refresh_from_db()
    known.refresh_from_db()
    assert new.answerer == stand_in
    assert known.answerer is None, "another holder never reads what was said to the one before"
    assert (told_of_turns(stand_in), told_of_turns(organiser.person)) == (1, 1)
    assert [item["id"] for item in items_of(stand_in.user)] == [str(new.pk)]


@pytest.mark.parametrize("covered", [True, False])
def test_who_answers_is_looked_up_once_for_all_that_waits(net: SmallNetwork, covered: bool) -> None:
    net.organiser("department", "01")
    asked = []
    for code, count in (("0101", 1), ("0102", 5)):
        term, _ = make_holder(net.seat(code))
        if covered:
            make_holder(net.seat(code), kind=TermKind.STAND_IN)
        for number in range(count):
            make_conversation(net.seat(code), email=f"writer{number}@visitors.example")
        services.pause_term(term_id=term.pk, until=in_days(30), by=None, now=now())
        Conversation.objects.filter(seat=term.seat).update(answerer=term.person)
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            assert pass_conversations_on(seat_id=term.seat_id, person_id=term.person_id, now=now()) == count
        asked.append(sum("relays_seat_state" in query["sql"] or "accounts_grant" in query["sql"] for query in queries))
    assert asked[0] == asked[1]


def test_whoever_takes_the_seat_after_they_stood_in_keeps_what_waits(net: SmallNetwork) -> None:
    net.organiser("department", "01")
    seat = net.seat("0101")
    _, stand_in = make_holder(seat, kind=TermKind.STAND_IN)
    waits = make_conversation(seat)
    services.open_term(seat=seat, person=stand_in, kind=TermKind.RELAY, now=now(), by=None)
    waits.refresh_from_db()
    assert waits.answerer == stand_in
    assert Message.objects.filter(purpose="relays.conversation_turn").count() == 1


def test_where_nobody_is_left_it_waits_for_whoever_organises_next(net: SmallNetwork) -> None:
    term, relay = make_holder(net.seat("0101"))
    waits = make_conversation(net.seat("0101"))
    services.end_term(term_id=term.pk, by=relay.user, now=now())
    organiser = net.organiser()
    assert [item["abilities"]["answer"] for item in items_of(organiser)] == [True]
    waits.refresh_from_db()
    assert waits.answerer is None


def test_organisers_answer_what_waits_for_a_silent_relay_and_it_goes_to_them_after_60_days(net: SmallNetwork) -> None:
    organiser, seat = net.organiser("department", "01"), net.seat("0101")
    term, relay = make_holder(seat)
    waits = make_conversation(seat)
    assert (items_of(organiser)[0]["answerer"], items_of(organiser)[0]["abilities"]["answer"]) == (relay.full_name, False)
    fall_quiet(term, days=61)
    assert (items_of(organiser)[0]["answerer"], items_of(organiser)[0]["abilities"]["answer"]) == ("", True)
    assert messages_today(organiser, now=now()) is not None
    at = now().astimezone(ZONE).replace(hour=12) + timedelta(days=1)
    services.climb_quiet_terms(now=at)
    waits.refresh_from_db()
    assert waits.answerer is None
    assert told_of_turns(organiser.person) == 1
    services.climb_quiet_terms(now=at)
    assert told_of_turns(organiser.person) == 1


def test_a_silent_stand_in_is_passed_over_as_a_silent_relay_is(client: Client, net: SmallNetwork) -> None:
    organiser, seat = net.organiser("department", "01"), net.seat("0101")
    term, stand_in = make_holder(seat, kind=TermKind.STAND_IN, given_name="Ada", shows_given_name=True)
    waits = make_conversation(seat)
    fall_quiet(term, days=61)
    assert "Ada" not in client.get(FORM).text
    assert make_conversation(seat, email="new@visitors.example").answerer is None
    assert (told_of_turns(stand_in), told_of_turns(organiser.person)) == (1, 1)
    services.climb_quiet_terms(now=now().astimezone(ZONE).replace(hour=12) + timedelta(days=1))
    waits.refresh_from_db()
    assert waits.answerer is None
    assert told_of_turns(organiser.person) == 2


@pytest.mark.parametrize("kind", TermKind)
def test_what_organisers_answer_stands_under_nobody_elses_name(client: Client, net: SmallNetwork, kind: TermKind) -> None:
    organiser, seat = net.organiser("department", "01"), net.seat("0101")
    term, holder = make_holder(seat, kind=kind, given_name="Zzgiven", shows_given_name=True)
    waits = make_conversation(seat)
    fall_quiet(term, days=61)
    services.answer_conversation(conversation_id=waits.pk, words="Thursday.", by=organiser, now=now())
    waits.refresh_from_db()
    assert waits.answerer == holder
    told = answer_letter(Message.objects.get(purpose="relays.conversation_answer")).plain()
    page = client.get(f"/en/relays/conversation/{link(waits)}/").text
    assert "Thursday." in told
    assert "Thursday." in page
    assert "Zzgiven" not in told + page


def test_where_nobody_answers_nothing_is_taken(client: Client, net: SmallNetwork) -> None:
    assert "Nobody answers for this place yet." in client.get(FORM).text
    assert client.post(FORM, typed()).status_code == 409
    assert not Conversation.objects.exists()


def test_two_turns_each_and_it_ends(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), answer="Thursday.", by=relay.user)
    page = f"/en/relays/conversation/{link(conversation)}/"
    assert "Thursday." in client.get(page).text
    assert client.post(page, typed(words="")).status_code == 400
    again = typed(words="Where?")
    assert client.post(page, again).status_code == client.post(page, again).status_code == 302
    assert conversation.turns.count() == 3
    assert client.post(page, typed(words="And?")).status_code == 409, "once more, and no more"
    services.answer_conversation(conversation_id=conversation.pk, words="At the market.", by=relay.user, now=now())
    conversation.refresh_from_db()
    assert conversation.status == ConversationStatus.ENDED
    with pytest.raises(Conflict) as refused:
        services.answer_conversation(conversation_id=conversation.pk, words="One more.", by=relay.user, now=now())
    assert refused.value.code == "conversation_ended"


def test_the_next_holder_does_not_read_what_was_said_to_the_one_before(net: SmallNetwork) -> None:
    organiser = net.organiser("department", "01")
    term, relay = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), answer="Thursday.", by=relay.user)
    services.end_term(term_id=term.pk, by=organiser, now=now())
    _, successor = make_holder(net.seat("0101"), email="next@people.example", given_name="Noa")
    services.write_again(conversation_id=conversation.pk, words="Still Thursday?", now=now())
    conversation.refresh_from_db()
    assert conversation.answerer is None
    for user, seen in ((relay.user, 0), (successor.user, 0), (organiser, 1)):
        browser = Client()
        sign_in(browser, user)
        assert len(browser.get(LIST).json()["items"]) == seen


def test_the_list_shows_each_reader_what_is_theirs_and_writes_the_organiser_down(
    net: SmallNetwork, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    organiser, elsewhere = net.organiser("department", "01", name="Inès Prat"), net.organiser("department", "02", name="Hugo Lamy")
    _, relay = make_holder(net.seat("0101"))
    _, other = make_holder(net.seat("0201"), email="other@people.example")
    for number in range(4):
        make_conversation(net.seat("0101"), email=f"writer{number}@visitors.example")
    for user, count in ((relay.user, 4), (organiser, 4), (elsewhere, 0), (other.user, 0)):
        browser = Client()
        sign_in(browser, user)
        with django_assert_max_num_queries(14):
            answer = browser.get(LIST)
        assert len(answer.json()["items"]) == count
        assert "@visitors.example" not in answer.text
    lines = Access.objects.filter(reading="relays.conversations")
    assert [(line.reader_id, line.person_ids) for line in lines] == [(organiser.pk, [relay.pk])]
    browser = Client()
    sign_in(browser, relay.user)
    one = browser.get(LIST).json()["items"][0]
    assert one["abilities"] == {"answer": True, "end": True, "block": True, "unblock": False}
    answered = browser.post(
        f"{LIST}{one['id']}/answer/", {"words": "Yes."}, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert answered.json()["status"] == "answered"
    assert browser.post(f"{LIST}{one['id']}/answer/", {"words": "Again."}, content_type="application/json").status_code == 403
    assert len(browser.get(LIST, {"status": "answered"}).json()["items"]) == 1
    assert browser.post(f"{LIST}{one['id']}/end/").json()["status"] == "ended"


def test_a_blocked_writer_is_answered_as_ever_and_reaches_nobody(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    make_holder(net.seat("0201"), email="other@people.example")
    first, second = make_conversation(net.seat("0101")), make_conversation(net.seat("0201"))
    services.block_writer(conversation_id=first.pk, by=relay.user, now=now())
    assert {first.__class__.objects.get(pk=each.pk).status for each in (first, second)} == {ConversationStatus.ENDED}
    answer = client.post(FORM, typed(email=" LOU@visitors.example"))
    assert answer.headers["Location"] == "/en/relays/write/0101/sent/"
    assert Conversation.objects.count() == 2
    assert "lou@" not in str(Suppression.objects.values_list())


def test_a_block_is_undone_by_whoever_may_block_and_gives_nobody_else_back(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    one = make_conversation(net.seat("0101"))
    address = f"{LIST}{one.pk}/block/"
    assert client.delete(address).status_code == 403
    browser = Client()
    sign_in(browser, relay.user)
    assert browser.post(address).status_code == 200
    (shown,) = browser.get(LIST).json()["items"]
    assert (shown["abilities"]["block"], shown["abilities"]["unblock"], shown["status"]) == (False, True, "ended")
    for _time in range(2):
        assert browser.delete(address).status_code == 200
    (shown,) = browser.get(LIST).json()["items"]
    assert (shown["abilities"]["block"], shown["abilities"]["unblock"]) == (True, False)
    client.post(FORM, typed())
    assert Conversation.objects.count() == 2, "what they write is taken again"
    suppress_address(address=one.writer_email, purpose="relays.confirm_conversation", reason="stopped", now=now())
    assert browser.delete(address).status_code == 200
    assert Suppression.objects.filter(reason="stopped").exists(), "their own wish stays"


def test_limits_by_address_and_by_network(client: Client, net: SmallNetwork, settings) -> None:  # type: ignore[no-untyped-def]
    make_holder(net.seat("0101"))
    for _ in range(5):
        assert client.post(FORM, typed()).status_code == 303, "the browser hears the same"
    assert Conversation.objects.count() == Message.objects.filter(purpose="relays.confirm_conversation").count() == 3
    cache.clear()
    settings.PUBLIC_WRITES_AN_HOUR = 2
    statuses = [client.post(FORM, typed(email=f"{number}@visitors.example")).status_code for number in range(3)]
    assert statuses == [303, 303, 429]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Write your name"),
        ("email", "lou@", "This does not look like an e-mail address."),
        ("words", "", "Write a few words first."),
        ("words", "x" * 2001, "At most 2000 letters fit here."),
    ],
)
def test_an_error_stands_by_its_field_and_keeps_what_was_typed(
    client: Client, net: SmallNetwork, field: str, value: str, sentence: str
) -> None:
    make_holder(net.seat("0101"))
    answer = client.post(FORM, typed(**{field: value}))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert ("Hello" in answer.text) is (field != "words")
    assert not answer.cookies
    assert not Conversation.objects.exists()


def test_what_was_typed_is_escaped(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), words="<b>x</b>", answer="<i>y</i>", by=relay.user)
    page = client.get(f"/en/relays/conversation/{link(conversation)}/").text
    assert "<b>x" not in page
    assert "<i>y" not in page
    messaging.deliver_message(message_id=Message.objects.get(purpose="relays.conversation_answer").pk, now=now())


def test_the_writer_ends_or_erases_it_from_their_link(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"))
    page = f"/en/relays/conversation/{link(conversation)}/"
    client.post(page, {"way": "end"})
    assert "This conversation has ended." in client.get(page).text
    client.post(page, {"way": "erase"})
    assert "no longer exists" in client.get(page).text
    assert not Turn.objects.exists()


def test_time_passes(net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"), at=now() - timedelta(days=500))
    services.note_sign_of_life(person_id=relay.pk, now=now())
    make_conversation(net.seat("0101"), is_confirmed=False, at=now() - timedelta(days=8))
    make_conversation(net.seat("0101"), at=now() - timedelta(days=366))
    kept = make_conversation(net.seat("0101"), at=now() - timedelta(days=300))
    assert services.forget_conversations(now=now()) == 2
    assert Conversation.objects.get() == kept


def test_both_sides_take_theirs_away_and_are_erased(net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    _, known = make_holder(net.seat("0201"), email="lou@visitors.example", given_name="Lou")
    make_conversation(net.seat("0101"), words="Hello there", answer="Thursday, surely.", by=relay.user)
    assert "Hello there" in str(export_of(known.pk, now=now())["relays"])
    assert "Thursday, surely." in str(export_of(relay.pk, now=now())["relays"])
    people.erase_person(person_id=relay.pk, now=now())
    assert [turn.words for turn in Turn.objects.all()] == ["Hello there"]
    people.erase_person(person_id=known.pk, now=now())
    assert not Conversation.objects.exists()


def test_words_are_text_of_a_length(net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"))
    for words in ("  \x00 ", "x" * 2001):
        with pytest.raises(Invalid):
            services.answer_conversation(conversation_id=conversation.pk, words=words, by=relay.user, now=now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_answers_at_once_are_one(transactional_db: None, turn: int) -> None:
    net = make_network()
    nadia, paul = net.organiser(name="Nadia Ferhat"), net.organiser("department", "01", name="Paul Autre")
    conversation = make_conversation(net.seat("0101"))
    outcomes = at_once(
        lambda: services.answer_conversation(conversation_id=conversation.pk, words="One.", by=nadia, now=now()),
        lambda: services.answer_conversation(conversation_id=conversation.pk, words="Two.", by=paul, now=now()),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Conversation"]
    assert conversation.turns.count() == 2
    assert Message.objects.filter(purpose="relays.conversation_answer").count() == 1
