"""What was given beyond a cap, and who may be one person, for the treasurers of the recipients that had the money."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.domain.caps import cap_said
from maillage.fundraising.domain.identity import NEAR_SAID, Near
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.domain.words import DonationState, ExcessState, NearState
from maillage.fundraising.models import Donation, Donor, Excess, NearIdentity
from maillage.fundraising.selectors.treasury import as_treasurer, recipients_kept
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import keyset_page
from maillage.people.domain.law import GivingRules

_EXCESS = (
    "id",
    "cap",
    "period",
    "cents",
    "state",
    "reason",
    "found_at",
    "decided_at",
    "fund__code",
    "fund__rules",
    "fund__currency",
    "donation_id",
    "donation__amount",
    "donation__refunded",
    "donation__method",
    "donation__settled_at",
    "donation__counted_on",
    "donation__donor__given_name",
    "donation__donor__family_name",
    "donation__donor__born_on",
    "donation__donor__email",
    "donation__donor__proved_at",
    "donation__donor__person_id",
)

_NEAR = ("id", "one_id", "other_id", "why", "state", "found_at", "decided_at")


def excesses_kept(user: Actor, *, now: datetime) -> QuerySet[Excess]:
    """Return the excess of donations to the recipients that a treasurer keeps. Raises: Forbidden (`treasurers_only`)."""
    return Excess.objects.filter(fund__in=recipients_kept(as_treasurer(user, now=now), now=now))


def excess_kept(user: Actor, excess_id: UUID, *, now: datetime) -> Excess:
    """Return one of them. Raises: Forbidden (`treasurers_only`), NotFound."""
    found = excesses_kept(user, now=now).filter(pk=excess_id).first()
    if found is None:
        raise NotFound
    return found


def excesses_page(
    user: Actor, *, state: ExcessState, fund: str = "", after: str | None, limit: int, now: datetime
) -> tuple[dict[str, Any], list[UUID]]:
    """Return a page of them, of one recipient where its code is given, the latest first, and the people whom it names.

    Raises: Forbidden, Invalid (after).
    """
    kept = excesses_kept(user, now=now).filter(state=state, **({"fund__code": fund} if fund else {}))
    rows: QuerySet[Excess, dict[str, Any]] = kept.values(*_EXCESS)
    page = keyset_page(rows, keys=["-found_at", "-id"], after=after, limit=limit)
    people = {row["donation__donor__person_id"] for row in page["items"]} - {None}
    return {**page, "items": [_excess_shown(row) for row in page["items"]]}, sorted(people)


def near_kept(user: Actor, *, now: datetime) -> QuerySet[NearIdentity]:
    """Return the pairs of which both gave to recipients that a treasurer keeps: they see no donor of another recipient.

    Raises: Forbidden (`treasurers_only`).
    """
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    gave = Donation.objects.filter(state=DonationState.SETTLED, fund__in=kept)
    return NearIdentity.objects.filter(
        Exists(gave.filter(donor__identity=OuterRef("one"))), Exists(gave.filter(donor__identity=OuterRef("other")))
    )


def near_one_kept(user: Actor, near_id: UUID, *, now: datetime) -> NearIdentity:
    """Return one of them. Raises: Forbidden (`treasurers_only`), NotFound."""
    found = near_kept(user, now=now).filter(pk=near_id).first()
    if found is None:
        raise NotFound
    return found


def near_page(user: Actor, *, state: NearState, after: str | None, limit: int, now: datetime) -> tuple[dict[str, Any], list[UUID]]:
    """Return a page of pairs, the latest first, and the people whom it names; five queries. Raises: Forbidden, Invalid (after)."""
    rows: QuerySet[NearIdentity, dict[str, Any]] = near_kept(user, now=now).filter(state=state).values(*_NEAR)
    page = keyset_page(rows, keys=["-found_at", "-id"], after=after, limit=limit)
    identities = {row[side] for row in page["items"] for side in ("one_id", "other_id")}
    kept = recipients_kept(user, now=now)
    sides, people = _sides(identities, Donation.objects.filter(state=DonationState.SETTLED, fund__in=kept))
    items = [
        {
            "id": row["id"],
            "why": row["why"],
            "said": str(NEAR_SAID[Near(row["why"])]),
            "state": row["state"],
            "found_at": row["found_at"],
            "decided_at": row["decided_at"],
            "sides": [sides[row["one_id"]], sides[row["other_id"]]],
        }
        for row in page["items"]
    ]
    return {**page, "items": items}, people


def _sides(identities: Iterable[UUID], given: QuerySet[Donation]) -> tuple[Mapping[UUID, dict[str, Any]], list[UUID]]:
    """Return, by identity, who declared it last in a donation that the reader keeps, and what they gave in all."""
    ids = list(identities)
    declared = (
        Donor.objects.filter(identity__in=ids, pk__in=given.values("donor")).order_by("identity", "-created_at").select_related("identity")
    )
    people: set[UUID] = set()
    sides: dict[UUID, dict[str, Any]] = {}
    for donor in declared:
        if donor.person_id:
            people.add(donor.person_id)
        if donor.identity_id is None or donor.identity_id in sides:
            continue
        sides[donor.identity_id] = {
            "identity": donor.identity_id,
            "given_name": donor.given_name,
            "family_name": donor.family_name,
            "born_on": donor.born_on,
            "email": donor.email,
            "postcode": donor.postcode,
            "city": donor.city,
            "is_proved": donor.proved_at is not None,
        }
    sums = given.filter(donor__identity__in=ids).values("donor__identity").order_by()
    for row in sums.annotate(cents=Sum(F("amount") - F("refunded"))):
        sides[row["donor__identity"]]["given"] = row["cents"]
    return sides, sorted(people)


def _excess_shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "fund": row["fund__code"],
        "cap": row["cap"],
        "period": row["period"],
        "cents": row["cents"],
        "currency": row["fund__currency"],
        "said": _why(row["fund__rules"], row["cap"], row["donation__counted_on"], row["fund__currency"]),
        "state": row["state"],
        "reason": row["reason"],
        "found_at": row["found_at"],
        "decided_at": row["decided_at"],
        "donation": row["donation_id"],
        "amount": row["donation__amount"],
        "refunded": row["donation__refunded"],
        "method": row["donation__method"],
        "settled_at": row["donation__settled_at"],
        "given_name": row["donation__donor__given_name"],
        "family_name": row["donation__donor__family_name"],
        "born_on": row["donation__donor__born_on"],
        "email": row["donation__donor__email"],
        "is_proved": row["donation__donor__proved_at"] is not None,
    }


def _why(rules: str, code: str, on: date, currency: str) -> str:
    cap = next((cap for cap in rules_on(GivingRules(rules), on).caps if cap.code == code), None)
    return cap_said(cap, currency) if cap else _("More than the law allowed.")
