"""A role ends: what somebody had taken on with it goes on to others, and they read none of it any more."""

import pytest
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.journal import running
from maillage.journal.models import Delivery, Job
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.relays import services
from maillage.relays.domain import CompanionKind, CompanionStatus
from maillage.relays.models import Companion, Concern
from maillage.relays.selectors.concerns import concerns_read_by
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.relays.factories import SmallNetwork, agree_to_welcome, make_holder, make_pair, make_welcome
from tests.backend.relays.test_letters import letter_of

CONCERNS = "/api/v1/relays/concerns/"


def end_roles_of(user: User, *, by: User) -> None:
    for grant in Grant.objects.filter(user=user).running(now()):
        accounts.end_appointment(grant_id=grant.pk, by=by, now=now())


def appoint(user: User, role: Role, net: SmallNetwork, *, by: User) -> None:
    accounts.appoint(email=user.email, role=role, area=net.country.country, by=by, language="fr", now=now())


def follow() -> None:
    """Run what the end of a role asked for, by the journal's own runner; twice, as it may."""
    for name in ("journal.fan_out", "relays.follow_ended_role") * 2:
        for job in Job.objects.filter(name=name):
            running.run(table="job", row_id=str(job.pk))


@pytest.fixture
def administrator(net: SmallNetwork) -> User:
    return make_granted(Role.ADMINISTRATOR, net.country.country)


def take_up_one(net: SmallNetwork, *, by: User, named: list[User], administrator: User) -> Concern:
    services.name_safety_contacts(emails=[user.email for user in named], by=administrator, now=now())
    _, relay = make_holder(net.seat("0101"))
    concern = services.tell_concern(what="Threats", reporter=relay, now=now())
    return services.take_up_concern(concern_id=concern.pk, by=by, now=now())


def test_what_a_named_person_took_up_goes_on_once_their_role_has_ended(net: SmallNetwork, administrator: User) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    concern = take_up_one(net, by=first, named=[first, second], administrator=administrator)
    end_roles_of(first, by=administrator)
    browser = Client()
    sign_in(browser, first)
    assert browser.get(CONCERNS).json()["items"] == [], "not for a moment longer"
    close = browser.post(f"{CONCERNS}{concern.pk}/close/", {"outcome": "Nothing."}, content_type="application/json")
    assert close.status_code == 404
    follow()
    assert Delivery.objects.filter(subscriber="relays.ended_role").count() == 1
    services.climb_concerns(now=now())
    concern.refresh_from_db()
    assert (concern.taken_by, concern.rung) == (None, 2)
    assert Message.objects.filter(purpose="relays.concern_given_back", person=second.person).count() == 1
    services.take_up_concern(concern_id=concern.pk, by=second, now=now())
    follow()
    concern.refresh_from_db()
    assert concern.taken_by == second


def test_whoever_holds_another_such_role_or_the_same_one_again_keeps_it(net: SmallNetwork, administrator: User) -> None:
    first = net.organiser("department", "02", name="Awa Ollivier")
    concern = take_up_one(net, by=first, named=[first], administrator=administrator)
    appoint(first, Role.MODERATOR, net, by=administrator)
    organised = Grant.objects.get(user=first, role=Role.ORGANISER)
    accounts.end_appointment(grant_id=organised.pk, by=administrator, now=now())
    follow()
    concern.refresh_from_db()
    assert concern.taken_by == first
    assert list(concerns_read_by(first, now=now())) == [concern]
    end_roles_of(first, by=administrator)
    appoint(first, Role.ORGANISER, net, by=administrator)
    follow()
    concern.refresh_from_db()
    assert concern.taken_by == first


def test_an_organiser_who_is_none_any_more_accompanies_nobody(net: SmallNetwork, administrator: User) -> None:
    organiser = net.organiser("department", "01")
    term, newcomer = make_holder(net.seat("0101"), at=now())
    agree_to_welcome(organiser.person, as_buddy=False)
    pair = make_pair(term, organiser.person, kind=CompanionKind.FACILITATOR)
    end_roles_of(organiser, by=administrator)
    follow()
    pair.refresh_from_db()
    assert pair.status == CompanionStatus.ENDED
    assert Message.objects.filter(purpose="relays.companion_ended", person=newcomer).count() == 1
    assert not Companion.objects.filter(person=organiser.person, status=CompanionStatus.RUNNING).exists()


@pytest.mark.parametrize("is_somebody_left", [True, False])
def test_who_waits_for_an_answer_of_an_organiser_who_is_none_any_more_is_told(
    net: SmallNetwork, administrator: User, is_somebody_left: bool
) -> None:
    organiser = net.organiser("department", "01")
    term, newcomer = make_holder(net.seat("0101"), at=now())
    agree_to_welcome(organiser.person, as_buddy=False)
    (offer,) = services.offer_companions(term_id=term.pk, now=now())
    services.say_yes(companion_id=offer.pk, contact_id=newcomer.contact_points.get().pk, now=now())
    if is_somebody_left:
        make_welcome(net, "0103", as_buddy=False)
    Message.objects.all().delete()
    end_roles_of(organiser, by=administrator)
    follow()
    offer.refresh_from_db()
    assert offer.status == CompanionStatus.REFUSED
    (mail,) = Message.objects.filter(person=newcomer)
    words = letter_of(mail).plain()
    if is_somebody_left:
        assert net.country.area("0103").called in words
    else:
        assert "vous cherchez quelqu" in words


def test_who_was_only_offered_an_organiser_who_is_none_any_more_is_not_written_to(net: SmallNetwork, administrator: User) -> None:
    organiser = net.organiser("department", "01")
    term, newcomer = make_holder(net.seat("0101"), at=now())
    agree_to_welcome(organiser.person, as_buddy=False)
    services.offer_companions(term_id=term.pk, now=now())
    Message.objects.all().delete()
    end_roles_of(organiser, by=administrator)
    follow()
    assert not Message.objects.filter(person=newcomer).exists()
