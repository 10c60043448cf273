"""People met at a door or a table: the notice was read aloud to them, and a numbered paper is the proof."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Forbidden, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.people import policies
from maillage.people.domain import ALONE_FROM, Channel, PlacedBy, normal_value
from maillage.people.domain.naming import wrong_names
from maillage.people.models import ContactPoint, PaperForm, Person
from maillage.people.selectors.organisation import organisation
from maillage.people.selectors.wordings import wordings_on_paper
from maillage.people.services.waiting import agree_on_paper
from maillage.territories.models import Area

LONGEST_CONTACT = 254
_PAPER = re.compile(r"[A-Z0-9][A-Z0-9-]{2,31}")


def must_enter_people(by: User, *, area_id: UUID, now: datetime) -> None:
    """Raises: Forbidden (`not_your_place`) where they do not enter the people of a place."""
    if not policies.can_enter_people(by, area_id=area_id, now=now):
        raise Forbidden(_("You enter the people of your own places."), code="not_your_place")


def enter_person(
    *,
    area_id: UUID,
    given_name: str,
    family_name: str,
    contacts: Mapping[Channel, str],
    agrees_to: Mapping[Channel, Collection[str]],
    paper_number: str,
    is_read_aloud: bool,
    is_of_age: bool,
    language: str,
    by: User,
    now: datetime,
    printed: Collection[str] = (),
) -> Person:
    """Enter somebody who filled in a paper: a member like any other, with or without an e-mail address.

    What they gave in person (telephone, text message, post) counts at once, and what they agreed to on it (`agrees_to`:
    purposes by way, each of a wording that stands for itself; `printed`: the versions on the paper, where it is older than those in
    force); an e-mail address counts once its owner confirmed it from their
    own mailbox, since anybody's can be written down.
    Facts: person.entered, consent.given.  Raises: NotFound (area), Forbidden (`not_your_place`), Invalid by field.
    """
    area = Area.objects.filter(pk=area_id, kind__bears_seats=True).first()
    if area is None:
        raise NotFound
    must_enter_people(by, area_id=area.pk, now=now)
    number = paper_number.strip().upper()
    reached = {channel: " ".join(typed(value).split()) for channel, value in contacts.items() if value.strip()}
    _check(given_name=given_name, family_name=family_name, number=number, is_read_aloud=is_read_aloud, is_of_age=is_of_age, reached=reached)
    values = {channel: normal_value(channel, value, country=organisation().country) for channel, value in reached.items()}
    ticked = {channel: sorted(set(purposes)) for channel, purposes in agrees_to.items() if purposes}
    if strangers := set(ticked) - set(values):
        raise Invalid(fields={"agrees_to": [_("No contact of this kind was given: %(kind)s.") % {"kind": min(strangers)}]})
    says = {purpose: wording for purpose, wording in wordings_on_paper(printed).items() if wording.is_standing}
    if any(purpose not in says for purposes in ticked.values() for purpose in purposes):
        raise Invalid(fields={"agrees_to": [_("This is not something that one agrees to here.")]})
    with transaction.atomic():
        person = Person.objects.create(
            given_name=typed(given_name).strip(),
            family_name=typed(family_name).strip(),
            language=language,
            area=area,
            placed_by=PlacedBy.CONFIRMED,
            created_at=now,
            confirmed_at=now,
        )
        for channel, value in values.items():
            verified_at = None if channel == Channel.EMAIL else now
            ContactPoint.objects.create(person=person, channel=channel, value=value, verified_at=verified_at, is_preferred=True)
        waiting = [says[purpose].version for purpose in ticked.pop(Channel.EMAIL, [])]
        _keep_paper(PaperForm(number=number, person=person, entered_by=by, entered_at=now, waiting=waiting))
        for channel, purposes in sorted(ticked.items()):
            for purpose in purposes:
                agree_on_paper(person_id=person.pk, wording=says[purpose], channel=channel, now=now)
        journal.record("person.entered", subject=person, at=now, actor_id=by.pk, area_id=area.pk)
    return person


def keep_paper(*, person_id: UUID, paper_number: str, is_read_aloud: bool, by: User, now: datetime) -> PaperForm:
    """Keep another paper of somebody who is entered already: the proof of what they ask or agree to now.

    Facts: paper.kept.  Raises: Invalid by field.
    """
    number = paper_number.strip().upper()
    if fields := _of_paper(number, is_read_aloud=is_read_aloud):
        raise Invalid(_("Some fields need another look."), fields=fields)
    paper = PaperForm(number=number, person_id=person_id, entered_by=by, entered_at=now)
    with transaction.atomic():
        _keep_paper(paper)
        journal.record("paper.kept", subject=paper, at=now, actor_id=by.pk, person_id=person_id)
    return paper


def _check(*, given_name: str, family_name: str, number: str, is_read_aloud: bool, is_of_age: bool, reached: Mapping[Channel, str]) -> None:
    fields = of_age(is_of_age) | wrong_names(given_name=given_name, family_name=family_name)
    for channel, value in reached.items():
        if len(value) > LONGEST_CONTACT:
            fields[str(channel)] = [_("At most %(most)s letters fit here.") % {"most": LONGEST_CONTACT}]
    if not reached:
        fields["contacts"] = [_("Write at least one way to reach them.")]
    fields |= _of_paper(number, is_read_aloud=is_read_aloud)
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)


def of_age(said: bool) -> dict[str, list[str]]:
    """Say, by field, that whoever enters a paper has to ask for the age: alone one agrees from 15 on (law.md). No birth date is kept."""
    if said:
        return {}
    return {"is_of_age": [_("Ask whether they are %(age)s or older: who is younger needs a parent to agree.") % {"age": ALONE_FROM}]}


def _of_paper(number: str, *, is_read_aloud: bool) -> dict[str, list[str]]:
    fields = {}
    if not is_read_aloud:
        fields["is_read_aloud"] = [_("Nobody is entered before the notice was read aloud to them.")]
    if not _PAPER.fullmatch(number):
        fields["paper_number"] = [_("Write the number of the paper: 3 to 32 letters, figures and hyphens.")]
    elif PaperForm.objects.filter(number=number).exists():
        fields["paper_number"] = [_("A paper of this number was entered already.")]
    return fields


def _keep_paper(paper: PaperForm) -> None:
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError:
        raise Invalid(fields={"paper_number": [_("A paper of this number was entered already.")]}) from None
