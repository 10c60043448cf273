"""The donations to one recipient, for its treasurer: narrowed, in order, page by page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.fundraising.domain.listing import Asked, Before, Rhythm, Sort
from maillage.fundraising.domain.words import DonationState, Method
from maillage.fundraising.models import Donation, DonationShare, Donor, Fund
from maillage.fundraising.selectors.funds import text_of
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.pages import keyset_page
from maillage.kernel.text import fold
from maillage.people.domain.listing import MOST_COUNTED
from maillage.territories.models import Area, AreaClosure, called

KEYS: Mapping[Sort, Sequence[str]] = {
    Sort.LATEST: ("-started_at", "-id"),
    Sort.OLDEST: ("started_at", "id"),
    Sort.LARGEST: ("-amount", "-id"),
}
SHORTEST_SEARCH = 2
LONGEST_SEARCH = 100
_AMOUNT = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?\s*€?")
LISTED = (
    "id",
    "started_at",
    "settled_at",
    "amount",
    "refunded",
    "currency",
    "state",
    "held_for",
    "method",
    "nature",
    "monthly_id",
    "source",
    "donor__given_name",
    "donor__family_name",
    "donor__email",
    "donor__postcode",
    "donor__city",
    "donor__country",
    "donor__area_id",
    "donor__person_id",
)
MORE_OF_THE_GIVER = ("donor__honorific", "donor__born_on", "donor__nationality", "donor__address_lines", "counted_on")
"""What a file has beside a list."""


def read_asked(said: Mapping[str, str]) -> Asked:
    """Read filters and order from an address; what is not known is refused by field. Raises: Invalid."""
    q = said.get("q", "").strip()[:LONGEST_SEARCH]
    amount = _AMOUNT.fullmatch(q)
    is_email = "@" in q
    return Asked(
        words=() if amount or is_email or len(q) < SHORTEST_SEARCH else tuple(fold(q).split()),
        email=q if is_email else "",
        exactly=int(amount[1]) * 100 + int((amount[2] or "").ljust(2, "0")) if amount else None,
        envelope=said.get("envelope", ""),
        state=_one_of(DonationState, said, "state"),
        method=_one_of(Method, said, "method"),
        rhythm=Rhythm(value) if (value := _one_of(Rhythm, said, "rhythm")) else None,
        since=_day(said, "since"),
        until=_day(said, "until"),
        least=_cents(said, "least"),
        most=_cents(said, "most"),
        area=_id(said, "area"),
        ref=said.get("ref", "")[:64],
        before=Before(value) if (value := _one_of(Before, said, "before")) else None,
        sort=Sort(_one_of(Sort, said, "sort") or Sort.LATEST),
    )


def donations_page(
    fund: Fund, *, asked: Asked, after: str | None, limit: int, more: Sequence[str] = ()
) -> tuple[dict[str, Any], list[UUID]]:
    """Return one page of the donations to a recipient and the people in it, for the access log; five queries. Raises: Invalid (after)."""
    rows = donations_asked(fund, asked).values(*LISTED, *more, is_returning=gave_before())
    page = keyset_page(rows, keys=KEYS[asked.sort], after=after, limit=limit)
    found = page["items"]
    return {**page, "items": shaped(found)}, people_in(found)


def donations_counted(fund: Fund, *, asked: Asked) -> tuple[int, bool]:
    """Count the donations as asked; beyond 10,000 say that there are more (decision 17)."""
    counted = donations_asked(fund, asked).values("pk")[: MOST_COUNTED + 1].count()
    return min(counted, MOST_COUNTED), counted > MOST_COUNTED


def donations_asked(fund: Fund, asked: Asked) -> QuerySet[Donation]:
    """Return the donations to a recipient, narrowed as asked; days are those of the recipient."""
    found = Donation.objects.filter(fund=fund)
    same = {"state": asked.state, "method": asked.method, "source": asked.ref, "amount": asked.exactly}
    found = found.filter(**{column: value for column, value in same.items() if value not in ("", None)})
    if asked.rhythm:
        found = found.filter(monthly__isnull=asked.rhythm == Rhythm.ONCE)
    if asked.since:
        found = found.filter(started_at__gte=_midnight(asked.since, fund))
    if asked.until:
        found = found.filter(started_at__lt=_midnight(asked.until + timedelta(days=1), fund))
    if asked.least is not None:
        found = found.filter(amount__gte=asked.least)
    if asked.most is not None:
        found = found.filter(amount__lte=asked.most)
    if asked.envelope:
        shares = DonationShare.objects.filter(donation=OuterRef("pk"), fund__code=asked.envelope, fund__parent=fund)
        found = found.filter(Exists(shares))
    if asked.email or asked.words or asked.area:
        found = found.filter(donor__in=_donors(asked))
    if asked.before:
        found = found.filter(gave_before() if asked.before == Before.RETURNING else ~gave_before())
    return found


def gave_before() -> Exists:
    """Say whether whoever gave had given to this recipient before, as the same identity, record or address."""
    same = Q(donor__identity=OuterRef("donor__identity")) | Q(donor__person=OuterRef("donor__person"))
    same |= Q(donor__email=OuterRef("donor__email")) & ~Q(donor__email="")
    return Exists(Donation.objects.filter(same, fund=OuterRef("fund"), state=DonationState.SETTLED, started_at__lt=OuterRef("started_at")))


def people_in(rows: Iterable[Mapping[str, Any]]) -> list[UUID]:
    """Return whom such rows are about, each once."""
    return list(dict.fromkeys(row["donor__person_id"] for row in rows if row["donor__person_id"]))


def shaped(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Write rows of `donations_page` as the API shows them; two queries."""
    shares = shares_of([row["id"] for row in rows])
    places = dict(Area.objects.filter(pk__in={row["donor__area_id"] for row in rows if row["donor__area_id"]}).values_list("pk", called()))
    return [
        {
            **{name: row[name] for name in _PLAIN},
            "given_name": row["donor__given_name"],
            "family_name": row["donor__family_name"],
            "email": row["donor__email"],
            "commune": f"{row['donor__postcode']} {row['donor__city']}".strip(),
            "country": row["donor__country"],
            "ref": row["source"],
            "place": places.get(row["donor__area_id"], ""),
            "is_monthly": row["monthly_id"] is not None,
            "shares": shares.get(row["id"], []),
            **{name.removeprefix("donor__"): row[name] for name in MORE_OF_THE_GIVER if name in row},
        }
        for row in rows
    ]


_PLAIN = (
    *("id", "started_at", "settled_at", "amount", "refunded", "currency", "state", "held_for", "method", "nature"),
    "is_returning",
)


def shares_of(donation_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return how much of donations goes to which envelopes, by their names in the reader's language."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    shares = DonationShare.objects.filter(donation__in=donation_ids).order_by("-amount", "pk")
    rows = list(shares.values_list("donation_id", "fund_id", "amount"))
    names = names_of({fund_id for _donation, fund_id, _amount in rows})
    for donation_id, fund_id, amount in rows:
        found[donation_id].append({"name": names[fund_id], "amount": amount})
    return found


def names_of(fund_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what funds are called in the reader's language."""
    funds = Fund.objects.filter(pk__in=fund_ids).prefetch_related("texts")
    return {fund.pk: text.name if (text := text_of(fund, get_language())) else fund.code for fund in funds}


def _donors(asked: Asked) -> QuerySet[Donor, Any]:
    found = Donor.objects.all()
    if asked.email:
        found = found.filter(email__in={asked.email, asked.email.lower()})
    for word in asked.words:
        found = found.filter(folded_name__contains=f" {word}")
    if asked.area:
        found = found.filter(area__in=AreaClosure.objects.filter(ancestor=asked.area, whole=True).values("descendant"))
    return found.values("pk")


def _midnight(day: date, fund: Fund) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(fund.time_zone))


def _one_of(values: Iterable[StrEnum | str], said: Mapping[str, str], name: str) -> str:
    value = said.get(name, "")
    if value and value not in {str(each) for each in values}:
        raise _unknown(name)
    return value


def _day(said: Mapping[str, str], name: str) -> date | None:
    if not said.get(name):
        return None
    try:
        day = parse_date(said[name])
    except ValueError:
        day = None
    if day is None or not date.min < day < date.max:
        raise Invalid(fields={name: [_("Give a day, such as 2026-03-01.")]})
    return day


def _cents(said: Mapping[str, str], name: str) -> int | None:
    value = said.get(name, "")
    if value and not (value.isascii() and value.isdecimal() and len(value) <= 12):
        raise _unknown(name)
    return int(value) if value else None


def _id(said: Mapping[str, str], name: str) -> UUID | None:
    try:
        return UUID(said[name]) if said.get(name) else None
    except ValueError:
        raise _unknown(name) from None


def _unknown(name: str) -> Invalid:
    return Invalid(fields={name: [_("This filter has no such value.")]})
