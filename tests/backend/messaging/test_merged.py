"""Two records joined: every address of both hears of it, and nobody reads the other's."""

from django.core import mail

from maillage.accounts.models import User
from maillage.journal.domain import SUBSCRIBERS
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.messaging import services as messaging
from maillage.messaging import tasks
from maillage.messaging.models import Message
from maillage.messaging.services.merged import JOINED, PARTED, tell_of_merge, tell_of_parting
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Merge, Person
from tests.backend.accounts.factories import make_user
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import organiser_of
from tests.backend.territories.factories import SmallCountry


def joined(country: SmallCountry, kept: Person, absorbed: Person) -> Merge:
    return people.merge_people(kept_id=kept.pk, absorbed_id=absorbed.pk, values={}, by=organiser(country), now=now())


def organiser(country: SmallCountry) -> User:
    """The one who joins and takes apart."""
    return User.objects.filter(email="organiser.01@people.example").first() or organiser_of(country)


def delivered() -> dict[str, str]:
    """Deliver what waits, and return each text by address."""
    mail.outbox.clear()
    for message in Message.objects.filter(status="queued"):
        messaging.deliver_message(message_id=message.pk, now=now())
    return {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}


def test_every_address_of_both_hears_of_it_in_its_language(small_country: SmallCountry) -> None:
    area = small_country.area("0101")
    kept = make_person(email="a@people.example", area=area, given_name="Nadia", family_name="Ferhat", language="fr")
    other = make_person(user=make_user("sign.in@people.example"), email="b@people.example", area=area, language="en")
    merge = joined(small_country, kept, other)
    tell_of_merge(merge_id=merge.pk, now=now())
    texts = delivered()
    assert set(texts) == {"a@people.example", "b@people.example", "sign.in@people.example"}
    assert texts["a@people.example"].startswith("Deux fiches")
    assert texts["b@people.example"].startswith("Two records")
    for address, text in texts.items():
        assert not [name for name in ("Nadia", "Ferhat", "organiser.01") if name in text], "who reads may be the wrong one"
        assert not [one for one in set(texts) - {address} if one in text]


def test_the_same_address_is_written_to_once_and_an_unproved_one_never(small_country: SmallCountry) -> None:
    area = small_country.area("0101")
    kept, other = (make_person(email="pair@people.example", area=area) for _time in range(2))
    ContactPoint.objects.create(person=other, channel=Channel.EMAIL, value="typed@people.example")
    tell_of_merge(merge_id=joined(small_country, kept, other).pk, now=now())
    assert set(delivered()) == {"pair@people.example"}


def test_who_has_no_address_is_told_by_hand(small_country: SmallCountry) -> None:
    area = small_country.area("0101")
    kept, other = (make_person(phone=phone, area=area) for phone in ("0612345678", "0612345679"))
    ContactPoint.objects.filter(channel=Channel.EMAIL).delete()
    ContactPoint.objects.update(verified_at=now())
    tell_of_merge(merge_id=joined(small_country, kept, other).pk, now=now())
    assert delivered() == {}
    assert Message.objects.get().status == "by_hand"


def test_both_hear_that_they_are_two_again_where_the_joining_was_told(small_country: SmallCountry) -> None:
    area = small_country.area("0101")
    kept, other = make_person(email="a@people.example", area=area), make_person(email="b@people.example", area=area)
    merge = joined(small_country, kept, other)
    tell_of_merge(merge_id=merge.pk, now=now())
    people.take_apart(merge_id=merge.pk, by=organiser(small_country), now=now())
    assert delivered() == {}, "what is undone by now is not told"
    tell_of_parting(merge_id=merge.pk, now=now())
    tell_of_parting(merge_id=merge.pk, now=now())
    assert set(delivered()) == {"a@people.example", "b@people.example"}
    assert Message.objects.filter(purpose=PARTED.name).count() == 2
    again = joined(small_country, kept, other)
    people.take_apart(merge_id=again.pk, by=organiser(small_country), now=now())
    tell_of_merge(merge_id=again.pk, now=now())
    tell_of_parting(merge_id=again.pk, now=now())
    assert not Message.objects.filter(about_id=again.pk).exists()


def test_a_merge_asks_for_its_letters(small_country: SmallCountry) -> None:
    area = small_country.area("0101")
    merge = joined(small_country, make_person(email="a@people.example", area=area), make_person(email="b@people.example", area=area))
    entry = Entry.objects.get(name="person.merged")
    tasks.tell_of_merge(entry_id=entry.pk, subject_id=merge.person_id)
    assert Message.objects.filter(purpose=JOINED.name, about_id=merge.pk).count() == 2
    assert {"messaging.merged", "messaging.unmerged"} <= {*SUBSCRIBERS["person.merged"], *SUBSCRIBERS["person.unmerged"]}
