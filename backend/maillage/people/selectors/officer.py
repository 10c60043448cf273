"""What the data-protection officer reads, for a reason that they typed (decision 9)."""

from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.errors import Forbidden, Invalid, NotFound
from maillage.kernel.text import fold
from maillage.people.domain import Channel, ReasonKind, normal_value
from maillage.people.models import AccessReason, PaperForm, Person
from maillage.people.selectors.names import are_common, sorted_after
from maillage.people.selectors.organisation import organisation
from maillage.territories.models import called

MOST_FOUND = 20
SHORTEST_SEARCH = 3
MOST_SORTED = 20_000
"""Up to so many are found and sorted; where more bear such names, the first twenty are met soon in the order of names."""


def running_reason(reason_id: UUID, *, reader: User, now: datetime, is_locked: bool = False) -> AccessReason:
    """Return an officer's own reason while it runs. Raises: NotFound (another's, or none), Forbidden (`reason_ended`)."""
    reasons = AccessReason.objects.filter(pk=reason_id, reader=reader, kind=ReasonKind.OFFICER)
    reason = (reasons.select_for_update() if is_locked else reasons).first()
    if reason is None or not accounts.holds_role(reader, roles=[Role.DATA_PROTECTION_OFFICER], now=now):
        raise NotFound
    if reason.ends_at < now:
        raise Forbidden(_("A reason is good for one hour. Type it again."), code="reason_ended")
    return reason


def people_inspected(reader: User, *, now: datetime) -> QuerySet[Person]:
    """Return everyone of the officer's area, and who has no place yet, confirmed or not; the erased are nobody's.

    A record that was merged is read with the one that stands for it.
    """
    here = accounts.reaches(reader, roles=[Role.DATA_PROTECTION_OFFICER], area="area_id", now=now, are_seats=True)
    return Person.objects.filter(Q(here) | Q(area__isnull=True), erased_at__isnull=True, merged_into__isnull=True)


def people_found(reader: User, *, q: str, now: datetime) -> list[dict[str, Any]]:
    """Return at most twenty people by an exact address or number, that of a paper too, or by the beginnings of their names; five queries.

    Only what tells them apart: first name, initial, commune, constituency.  Raises: Invalid (q).
    """
    words = fold(q)
    if len(words) < SHORTEST_SEARCH:
        raise Invalid(fields={"q": [_("Give at least three letters.")]})
    named = reduce(and_, (Q(folded_name__contains=f" {word}") for word in words.split()))
    rows = people_inspected(reader, now=now).filter(named | Q(pk__in=[*_reached_at(q), *_of_paper(q)]))
    is_read = are_common(words.split(), than=MOST_SORTED)
    in_order = rows.order_by("folded_name" if is_read else sorted_after("folded_name"), "pk")
    first = list(in_order.values_list("pk", flat=True)[:MOST_FOUND])  # before their places are looked up
    found = Person.objects.filter(pk__in=first).order_by("folded_name", "pk")
    placed = found.values("pk", "given_name", "family_name", locality_called=called("locality"), area_called=called("area"))
    return [
        {
            "id": row["pk"],
            "given_name": row["given_name"],
            "initial": row["family_name"][:1],
            "locality": row["locality_called"] or "",
            "area": row["area_called"] or "",
        }
        for row in placed
    ]


def _reached_at(q: str) -> list[UUID]:
    """The people of an exact e-mail address or telephone number; none when it is neither."""
    for channel in (Channel.EMAIL, Channel.PHONE):
        try:
            value = normal_value(channel, q, country=organisation().country)
        except Invalid:
            continue
        points = Person.objects.filter(contact_points__value=value, contact_points__channel__in=_LIKE[channel])
        return list(points.values_list("pk", flat=True)[:MOST_FOUND])
    return []


def _of_paper(q: str) -> list[UUID]:
    """Whoever filled in the paper of this number: they were told to name it."""
    return list(PaperForm.objects.filter(number=q.strip().upper()).values_list("person_id", flat=True))


_LIKE = {Channel.EMAIL: [Channel.EMAIL], Channel.PHONE: [Channel.PHONE, Channel.SMS]}
