"""Whoever proved no address is answered in the same time whether the person they name is at their cap or unknown.

10,000 donations are begun in random order: half in the name of people whose cap is full, with proved donations of theirs and
records that have their address, half in names that nobody has. The test and its power are those of `sign-in`: Mann-Whitney's on one
random order, a bound on the chance that one side is slower, and the same comparison with a look-up of the identity added to one
side, which has to be seen.
"""

import random
from datetime import date
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, seconds
from tests.load.figures.sign_in import ALPHA, BOUND, ONE_SIDED_95, SAMPLES, Sample, compared


def figures() -> list[Figure]:
    """List what is measured."""
    return [Figure("begin", target=ALPHA, unit="p-value: people at their cap against unknown ones", better="above", measure=_begin)]


def _begin() -> Result:
    chance, spread, p_value = compared(_tries(extra=False, many=SAMPLES))
    *_, p_with_look_up = compared(_tries(extra=True, many=SAMPLES // 10))
    edge = abs(chance - 0.5) + ONE_SIDED_95 * spread
    return Result(
        ours=p_value,
        correct=edge < BOUND and p_with_look_up < ALPHA,
        note=f"a known one is slower {chance:.1%} of the time, surely within {edge:.1%} of one half; "
        f"with one look-up more, p = {p_with_look_up:.1g}",
        extra={"samples": SAMPLES},
    )


@cache
def _tries(*, extra: bool, many: int) -> list[Sample]:
    from django.test import Client

    from maillage.fundraising.models import DonorIdentity
    from maillage.kernel.clock import now
    from maillage.people.selectors.organisation import hold, unnamed

    house = unnamed()
    house.opened_at = now()
    hold(house, seconds=86_400)
    fund, names = _world(many)
    random.Random(many).shuffle(names)
    found = []
    for number, (is_known, name) in enumerate(names):
        client = Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", HTTP_HOST="127.0.0.1")
        body = _body(name)

        def work(
            client: Client = client, body: dict[str, Any] = body, number: int = number, looked_up: str = name if extra and is_known else ""
        ) -> None:
            answer = client.post(
                f"/api/v1/fundraising/funds/{fund}/donations/",
                body,
                content_type="application/json",
                headers={"Idempotency-Key": f"figure-{many}-{number:08}"},
            )
            if looked_up:
                DonorIdentity.objects.filter(family_key=looked_up, given_key="figure", born_on=BORN).first()
            if answer.status_code != 201:
                raise AssertionError(f"a donation answered {answer.status_code}: {answer.content!r}")

        found.append((is_known, seconds(work)))
    return found


BORN = date(1984, 5, 17)


def _body(name: str) -> dict[str, Any]:
    donor = {
        "email": f"{name}@people.example",
        "given_name": "Figure",
        "family_name": name,
        "born_on": BORN.isoformat(),
        "nationality": "FR",
        "address_lines": "12 rue des Remparts",
        "postcode": "26150",
        "city": "Die",
        "country": "FR",
    }
    return {"amount": 750_000, "donor": donor, "declaration": "political.1"}


def _world(many: int) -> tuple[str, list[tuple[bool, str]]]:
    """Make as many people at their cap as unknown ones, their names alike; nothing is left from an earlier turn."""
    from django.db import connection

    from maillage.fundraising.domain.words import DonationState
    from maillage.fundraising.models import Donation, Donor, DonorIdentity, Fund
    from maillage.kernel.clock import now
    from maillage.people.domain.law import GivingRules

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE journal_limit, journal_job, journal_entry, fundraising_donation, fundraising_donor, fundraising_donoridentity CASCADE"
        )
    at = now()
    fund, _is_new = Fund.objects.get_or_create(code="figure", defaults={"rules": GivingRules.FR_PARTY, "published_at": at})
    drawn = random.Random(577)
    letters = str.maketrans("0123456789", "ghijklmnop")
    names = [f"figure{drawn.getrandbits(64):016x}".translate(letters) for _name in range(many)]
    known = names[::2]
    identities = DonorIdentity.objects.bulk_create(DonorIdentity(family_key=name, given_key="figure", born_on=BORN) for name in known)
    donors = Donor.objects.bulk_create(
        Donor(
            identity=identity,
            proved_at=at,
            email=f"{identity.family_key}@people.example",
            language="fr",
            born_on=BORN,
            given_name="Figure",
            family_name=identity.family_key,
        )
        for identity in identities
    )
    Donation.objects.bulk_create(
        Donation(
            fund=fund,
            donor=donor,
            amount=750_000,
            currency="eur",
            state=DonationState.SETTLED,
            started_at=at,
            settled_at=at,
            counted_on=at.date(),
        )
        for donor in donors
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fundraising_donation, fundraising_donor, fundraising_donoridentity")
    return fund.code, [(place % 2 == 0, name) for place, name in enumerate(names)]
