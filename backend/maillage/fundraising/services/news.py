"""What a giver ticked beside their donation, once the address is known to be theirs."""

from datetime import datetime

from maillage.fundraising.domain.news import DONATION_NEWS, NEWS_SOURCE
from maillage.fundraising.models import Donor
from maillage.people import services as people
from maillage.people.domain import Channel


def agree_to_news(donor: Donor, *, now: datetime) -> None:
    """Let what was ticked count, of a locked donor who proved their address; of anybody else it waits. Safe to repeat.

    Whoever wants to be written to is known by that address from then on.
    Facts: person.met, contact_point.verified, person.confirmed (of somebody new), consent.given.
    """
    if not donor.news or donor.proved_at is None or not donor.email:
        return
    meeting = people.meet_person(
        given_name=donor.given_name, family_name=donor.family_name, email=donor.email, language=donor.language, now=now
    )
    people.verify_contact_point(contact_point_id=meeting.contact_point.pk, now=now)
    person = people.lock_standing(meeting.person.pk)
    people.record_consent(
        person_id=person.pk, purpose=DONATION_NEWS.purpose, channel=Channel.EMAIL, wording=donor.news, source=NEWS_SOURCE, now=now
    )
    donor.person_id, donor.news = person.pk, ""
    donor.save(update_fields=["person", "news"])
