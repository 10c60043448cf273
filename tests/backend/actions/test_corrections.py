"""The words of a launched brief corrected: a new version, told to who read the old one."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.domain import Way
from maillage.actions.models import Action, Correction
from maillage.actions.selectors import answer_token, corrected_readers
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.domain import RENDERERS, MessageStatus
from maillage.messaging.models import Message
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Person
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import TEXTS, assignment_of, make_launched, move_window, tomorrow
from tests.backend.relays.factories import SmallNetwork, make_holder

NEW = {**TEXTS, "en": {**TEXTS["en"], "brief": "## Your questions\n\nWill you vote the **law**?"}}
CHANGED = {"fr": "La loi, pas le fonds.", "en": "The law, not the fund."}


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


@pytest.fixture
def reader(net: SmallNetwork) -> Person:
    return make_holder(net.seat("0101"), language="en")[1]


@pytest.fixture
def action(net: SmallNetwork, reader: Person) -> Action:
    """An action in 0101, whose relay opened the brief, and 0102, whose relay did not."""
    make_holder(net.seat("0102"), language="en")
    launched = make_launched(net)
    move_window(launched, starts_at=tomorrow(9), ends_at=tomorrow(19) + timedelta(days=2))
    open_it(launched, "0101", reader)
    return launched


def open_it(action: Action, code: str, person: Person) -> None:
    services.note_opening(action=action, seat_id=assignment_of(action, code).seat_id, reader=person, way=Way.PAGE, now=tomorrow(9))


def correct(action: Action, by: User, *, at: datetime | None = None, **said: object) -> Correction:
    asked = {"version": 1, "texts": NEW, "changed": CHANGED, **said}
    return services.correct_action(action_id=action.pk, by=by, now=at or tomorrow(12), **asked)


def tell(found: Correction, at: datetime | None = None) -> int:
    return services.tell_correction(correction_id=found.pk, now=at or found.leaves_at)


def words_of(message: Message) -> str:
    with translation.override(message.language):
        letter = RENDERERS[message.purpose](message)
        return f"{letter.subject}\n{letter.plain()}"


def briefs(action: Action) -> Mapping[str, str]:
    return dict(action.texts.values_list("language", "brief"))


def code_of_correcting(action: Action, by: User, **said: object) -> str:
    with pytest.raises(Conflict) as refused:
        correct(action, by, **said)
    return refused.value.code


def test_who_opened_the_old_one_is_told_what_changed_and_nobody_else(client: Client, action: Action, national: User, reader: Person):
    seen = corrected_readers(action, before=2).preview
    assert (seen.by_mail, seen.by_hand, seen.unread, seen.unreached) == (1, 0, 1, 0)
    found = correct(action, national)
    assert found.leaves_at == tomorrow(12) + timedelta(minutes=10)
    assert Job.objects.get(name="actions.tell_correction").run_at == found.leaves_at
    assert [tell(found), tell(found)] == [1, 0]
    message = Message.objects.get(purpose="actions.corrected")
    assert message.person == reader
    said = words_of(message)
    token = answer_token(assignment_of(action, "0101"), author_id=reader.pk)
    assert "Corrected: Small lines" in said
    assert "The law, not the fund." in said
    assert f"/en/a/{token}/" in said
    page = client.get(f"/en/a/{token}/").text
    assert "<strong>law</strong>" in page
    assert "Copy of Camille Vernoux, version 2." in page
    assert Entry.objects.get(name="action.corrected").data["languages"] == ["en"]


def test_who_got_the_old_words_by_mail_is_told_too(net: SmallNetwork, action: Action, national: User, reader: Person):
    mail = Message.objects.get(purpose="actions.brief", about_id=assignment_of(action, "0102").pk)
    found = correct(action, national)
    for sent_at, told in ((found.corrected_at + timedelta(minutes=5), {reader.pk}), (tomorrow(9), {reader.pk, mail.person_id})):
        mail.status, mail.sent_at = MessageStatus.SENT, sent_at
        mail.save()
        readers = corrected_readers(action, before=2)
        assert ({one.person_id for one in readers.told}, readers.preview.unread) == (told, 2 - len(told))
    assert tell(found) == 2
    assert corrected_readers(action, before=3, of_version=2).told == []
    Message.objects.filter(pk=mail.pk).update(sent_at=found.corrected_at + timedelta(minutes=5))
    assert [one.person_id for one in corrected_readers(action, before=3, of_version=2).told] == [mail.person_id]


def test_whom_a_human_brought_it_is_brought_what_changed(net: SmallNetwork, action: Action, national: User):
    _, offline = make_holder(net.seat("0103"), email="", phone="+33612345678", language="en")
    ContactPoint.objects.create(person=offline, channel=Channel.POST, value="3 rue du Pont", verified_at=now())
    one = assignment_of(action, "0103")
    one.holder = offline
    one.save()
    passed_on = {"channel": Channel.POST, "lane": "mail", "recipient_kind": "person", "language": "en", "status": MessageStatus.SENT}
    Message.objects.create(purpose="actions.brief", person=offline, about_id=one.pk, **passed_on)
    found = correct(action, national)
    assert tell(found) == 2
    message = Message.objects.get(purpose="actions.corrected", person=offline)
    message.channel = Channel.POST
    said = words_of(message)
    assert "The law, not the fund." in said
    assert "Will you vote the **law**?" in said
    assert "http" not in said


def test_it_waits_for_the_morning_of_the_place(action: Action, national: User):
    found = correct(action, national, at=tomorrow(22))
    assert found.leaves_at == tomorrow(8) + timedelta(days=1)
    assert tell(found, tomorrow(23)) == 0
    assert Job.objects.filter(name="actions.tell_correction").count() == 2
    assert tell(found) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"texts": TEXTS}, "texts"),
        ({"texts": {"fr": NEW["fr"]}}, "texts.en"),
        ({"changed": {"en": "The law."}}, "changed.fr"),
        ({"changed": {"fr": "x" * 281}}, "changed.fr"),
        ({"texts": {**NEW, "en": {**NEW["en"], "brief": " "}}}, "texts.en.brief"),
    ],
)
def test_what_is_wrong_is_said_by_field(action: Action, national: User, said: dict[str, object], field: str):
    with pytest.raises(Invalid) as refused:
        correct(action, national, **said)
    assert field in refused.value.fields
    action.refresh_from_db()
    assert action.version == 1


def test_of_what_was_read_and_while_it_runs(action: Action, national: User):
    assert code_of_correcting(action, national, version=2) == "version_conflict"
    assert code_of_correcting(action, national, at=tomorrow(9) + timedelta(days=30)) == "not_running"


def test_undone_before_a_mail_leaves_it_reads_as_before(action: Action, national: User, reader: Person):
    former = briefs(action)
    found = correct(action, national)
    action.refresh_from_db()
    open_it(action, "0101", reader)
    whose = {"action_id": action.pk, "correction_id": found.pk, "by": national}
    for _time in range(2):
        services.undo_correction(**whose, now=tomorrow(12))
    action.refresh_from_db()
    assert (action.version, briefs(action)) == (3, former)
    assert tell(found) == 0
    message = Message.objects.get(purpose="actions.corrected")
    assert "was taken back" in words_of(message)
    again = correct(action, national, version=3)
    with pytest.raises(Conflict) as refused:
        services.undo_correction(**{**whose, "correction_id": again.pk}, now=again.leaves_at)
    assert refused.value.code == "too_late"


def test_who_leads_reads_whom_it_tells_and_undoes_it(client: Client, net: SmallNetwork, action: Action, national: User):
    action.ends_at = now() + timedelta(days=3)
    action.save()
    address = f"/api/v1/actions/{action.pk}/corrections/"
    body = {"version": 1, "texts": NEW, "changed": CHANGED}
    for user, status in ((net.organiser("department", "01", name="Paul Autre"), 403), (national, 201)):
        sign_in(client, user)
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == status
    (one,) = client.get(address, headers={"accept-language": "en"}).json()["items"]
    assert (one["version"], one["changed"], one["by"], one["can_undo"]) == (2, "The law, not the fund.", "Nadia Ferhat", True)
    undone = client.post(f"{address}{one['id']}/undo/").json()
    assert (bool(undone["items"][0]["undone_at"]), undone["by_mail"]) == (True, 1)
