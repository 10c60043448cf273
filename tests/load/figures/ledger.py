"""Where everybody who sits stands on a subject, among ten subjects, 925 office holders and 50,000 contacts.

The deputies are real; as many more as France has senators sit for the same places in a body of their own. What they said is invented.
The view of each subject is asked through the whole stack, one request after the other; the slowest subject counts.
"""

import random
import statistics
from datetime import timedelta
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, seconds

SUBJECTS, HOLDERS, CONTACTS, POSITIONS = 10, 925, 50_000, 40_000
REQUESTS = 40
BODY = "figures-senate"


def figures() -> list[Figure]:
    """The one figure of the group."""
    return [Figure("positions", target=0.05, unit="seconds, 95th percentile of the slowest subject", better="below", measure=_positions)]


def _positions() -> Result:
    from maillage.advocacy.models import Contact
    from maillage.advocacy.selectors.positions import state_mismatches

    client, addresses = _scene()
    answers = [client.get(address).json() for address in addresses]
    times = [statistics.quantiles([seconds(lambda a=address: client.get(a)) for _ in range(REQUESTS)], n=20)[-1] for address in addresses]
    stances = ("against", "rather_against", "silent", "rather_for", "for", "unknown")
    correct = not state_mismatches() and all(
        len(answer["items"]) == HOLDERS == sum(answer["counts"][stance] for stance in stances) and answer["counts"]["convinced"] > 0
        for answer in answers
    )
    extra = {"subjects": len(addresses), "office_holders": HOLDERS, "contacts": Contact.objects.count()}
    return Result(ours=max(times), correct=correct and extra["contacts"] == CONTACTS, extra=extra)


@cache
def _scene() -> tuple[Any, list[str]]:
    """Sign an organiser of the country in, among all that is said; return the addresses of the ledgers."""
    from django.db import connection
    from django.test import Client

    from config.memory import keep_what_is_loaded
    from maillage.accounts import services as accounts
    from maillage.accounts.domain import Role
    from maillage.advocacy import services
    from maillage.advocacy.models import Contact, Mandate, Position, PositionState, Subject
    from maillage.kernel.clock import now
    from maillage.territories.models import Area
    from tests.backend.accounts.factories import sign_in
    from tests.load.world import campaign

    campaign()
    with connection.cursor() as cursor:  # what the demo says: append-only rows are only emptied whole
        cursor.execute("TRUNCATE advocacy_subject CASCADE")
        cursor.execute("TRUNCATE advocacy_contact CASCADE")
        cursor.execute(_SENATE, {"more": HOLDERS - Mandate.objects.filter(ends_on=None).count(), "body": BODY})
    for number in range(SUBJECTS):
        texts = {"fr": {"title": f"Sujet {number}", "decision": "Une proposition de loi"}}
        services.open_subject(texts=texts, default_language="fr", by=None, now=now())
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, {"many": CONTACTS})
    _say()
    with connection.cursor() as cursor:
        for model in (Contact, Position, PositionState, Mandate):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    organiser = accounts.invite_user(email="ledger@figures.example", language="fr", now=now())
    country = Area.objects.get(kind__code="country", code="FR")
    accounts.grant_role(user=organiser, role=Role.ORGANISER, area=country, origin="installation", now=now())
    client = Client(SERVER_NAME="127.0.0.1")
    sign_in(client, organiser)
    keep_what_is_loaded()  # as each process that serves does: what this one made meanwhile is walked in none of them
    return client, [f"/api/v1/advocacy/subjects/{pk}/ledger/" for pk in Subject.objects.values_list("pk", flat=True)]


def _say() -> None:
    """Let everybody say something, some of it long ago, and write where that leaves them."""
    from maillage.advocacy.domain import KnownBy, Stance
    from maillage.advocacy.domain.positions import standing_of
    from maillage.advocacy.models import Mandate, Position, PositionState, Subject
    from maillage.advocacy.selectors.positions import said_on
    from maillage.kernel.clock import now

    dice = random.Random(1)
    sitting = list(Mandate.objects.filter(ends_on=None).values_list("holder_id", "area_id"))
    subjects = list(Subject.objects.values_list("pk", flat=True))
    lines = []
    for _line in range(POSITIONS):
        (holder_id, area_id), is_public = dice.choice(sitting), dice.random() < 0.2
        lines.append(
            Position(
                holder_id=holder_id,
                area_id=area_id,
                subject_id=dice.choice(subjects),
                stance=dice.choice(list(Stance)),
                known_by=KnownBy.PUBLIC if is_public else KnownBy.MEETING,
                source_url="https://chamber.example/said" if is_public else "",
                said_on=now().date() - timedelta(days=dice.randrange(400)),
            )
        )
    Position.objects.bulk_create(lines, batch_size=2000)
    for subject_id in subjects:
        PositionState.objects.bulk_create(
            PositionState(
                subject_id=subject_id,
                holder_id=holder_id,
                stance=standing.stance,
                since=standing.since,
                expires_on=standing.expires_on,
                convinced_until=standing.convinced_until,
                latest_id=standing.latest_id,
                is_disputed=standing.is_disputed,
                lines=standing.lines,
            )
            for (_subject, holder_id), said in said_on([subject_id]).items()
            for standing in [standing_of(said)]
        )


_SENATE = """
WITH seats AS (
    SELECT area_id, row_number() OVER (ORDER BY area_id) AS line FROM advocacy_mandate WHERE ends_on IS NULL
), people AS (
    INSERT INTO advocacy_officeholder (id, source, external_id, civility, given_name, family_name, office_email, profile_url)
    SELECT gen_random_uuid(), %(body)s, line, '', 'Claude', 'Mesure ' || line, '', '' FROM generate_series(1, %(more)s) line
    RETURNING id, external_id
)
INSERT INTO advocacy_mandate (id, holder_id, area_id, body, seat, begins_on, is_begin_known)
SELECT gen_random_uuid(), people.id, seats.area_id, %(body)s, '', '2023-10-01', true
FROM people JOIN seats ON seats.line = people.external_id::int
"""

_CONTACTS = """
INSERT INTO advocacy_contact (id, holder_id, area_id, initiative, kind, subject_id, decision, readable_by, logged_at, version,
                              counts_on, latest_on)
SELECT gen_random_uuid(), sitting.holders[place], sitting.areas[place], 'ours', 'meeting',
       subject.ids[1 + line %% cardinality(subject.ids)], '', 'relays', now(), 1, day, day
FROM (SELECT line, 1 + line %% (SELECT count(*) FROM advocacy_mandate WHERE ends_on IS NULL) AS place, current_date - line %% 700 AS day
      FROM generate_series(1::int, %(many)s) line) told,
     (SELECT array_agg(holder_id ORDER BY id) holders, array_agg(area_id ORDER BY id) areas
      FROM advocacy_mandate WHERE ends_on IS NULL) sitting,
     (SELECT array_agg(id) ids FROM advocacy_subject) subject
"""
