"""Records that may be of one person: searched, and told apart."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Invalid, NotFound
from maillage.kernel.ids import UUID7
from maillage.people.domain.merging import NEAR_GIVEN_NAMES, NEAR_NAMES, SEARCHED_AGAIN_AFTER, SETTLED_AFTER, WEIGHTS, Alike
from maillage.people.models import LikenessSearch, Person, ToldApart
from maillage.people.selectors.merges import both_organised

CHUNK = 500
"""People compared in one transaction."""

CHUNKS_A_RUN = 10
"""How many of these one run does; a million people take some three hours, behind everything else."""

MOST_ALIKE = 20
"""With how many records one is compared for one reason: a switchboard's number says nothing about who is who."""


def search_likenesses(*, now: datetime) -> int:
    """Compare the people who were confirmed since the last run with everybody, and say how many were compared.

    In the order in which they were confirmed, some thousands a run; a week after one search of everybody the next begins.
    Killed half-way, a run loses the part under way. Two at once: the second does nothing.
    """
    return sum(_search_part(now=now) for _ in range(CHUNKS_A_RUN))


def compare_people(*, person_ids: Collection[UUID], now: datetime) -> None:
    """Compare these people with everybody, and keep the pairs that may be one person, with their reasons; forget what is so no more."""
    weights = {f"weight_{reason.value}": weight for reason, weight in WEIGHTS.items()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _COMPARE,
            {
                "people": list(person_ids),
                "now": now,
                "near": NEAR_NAMES,
                "near_given": NEAR_GIVEN_NAMES,
                "most": MOST_ALIKE,
                **weights,
            },
        )


def tell_apart(*, one_id: UUID, other_id: UUID, by: User, now: datetime) -> ToldApart:
    """Keep that two records are of two people; the pair is proposed no more. Safe to repeat.

    Facts: person.told_apart.  Raises: Invalid (`same_record`), NotFound (one of them is not reached).
    """
    if one_id == other_id:
        raise Invalid(_("Choose two records."), code="same_record")
    first, second = sorted((one_id, other_id))
    with transaction.atomic():
        both_organised(by, first, second, now=now)
        told, is_new = ToldApart.objects.get_or_create(person_id=first, other_id=second, defaults={"by": by, "at": now})
        if is_new:
            journal.record("person.told_apart", subject=Person(pk=first), at=now, actor_id=by.pk, other_id=second)
    return told


def propose_again(*, told_apart_id: UUID, by: User, now: datetime) -> None:
    """Take back that two records are of two people: undo. Safe to repeat.

    Facts: person.proposed_again.  Raises: NotFound (they are not both reached).
    """
    with transaction.atomic():
        told = ToldApart.objects.select_for_update(of=("self",)).filter(pk=told_apart_id).first()
        if told is None:
            raise NotFound
        both_organised(by, told.person_id, told.other_id, now=now)
        journal.record("person.proposed_again", subject=Person(pk=told.person_id), at=now, actor_id=by.pk, other_id=told.other_id)
        told.delete()


def _search_part(*, now: datetime) -> int:
    with transaction.atomic():
        LikenessSearch.objects.get_or_create(pk=1, defaults={"began_at": now})
        search = LikenessSearch.objects.select_for_update(skip_locked=True).filter(pk=1).first()
        if search is None:
            return 0
        with connection.cursor() as cursor:
            span = {"at": search.passed_at, "id": search.passed_id, "upto": now - SETTLED_AFTER, "most": CHUNK}
            cursor.execute(_NEXT if search.passed_at else _FIRST, span)
            people = cursor.fetchall()
        if people:
            compare_people(person_ids=[id for id, _at in people], now=now)
            search.passed_id, search.passed_at = people[-1]
        elif search.began_at <= now - SEARCHED_AGAIN_AFTER:
            search.began_at, search.passed_at, search.passed_id = now, None, None
        search.save()
    return len(people)


_SOMEBODY = "confirmed_at IS NOT NULL AND erased_at IS NULL"
_FIRST = f"""
SELECT id, confirmed_at FROM people_person
WHERE {_SOMEBODY} AND confirmed_at <= %(upto)s ORDER BY confirmed_at, id LIMIT %(most)s
"""  # noqa: S608  constants; values are bound
_NEXT = f"""
SELECT id, confirmed_at FROM people_person
WHERE {_SOMEBODY} AND confirmed_at <= %(upto)s AND (confirmed_at, id) > (%(at)s, %(id)s) ORDER BY confirmed_at, id LIMIT %(most)s
"""  # noqa: S608

# First names are alike when one is missing, begins the other ("J.", "Jean" and "Jean-Pierre"), or is near it.
_GIVEN_ALIKE = """
(asked.given = '' OR o.given_name = '' OR starts_with(asked.given, rtrim(lower(unaccent(o.given_name)), '.'))
 OR starts_with(lower(unaccent(o.given_name)), rtrim(asked.given, '.'))
 OR similarity(asked.given, lower(unaccent(o.given_name))) >= %(near_given)s)
"""
_STANDING = "o.confirmed_at IS NOT NULL AND o.erased_at IS NULL AND o.merged_into_id IS NULL AND o.id <> asked.id"

# Each of the four looks up one index for each person: by value of an address, by value of a number, by name, by place.
_COMPARE = f"""
WITH asked AS MATERIALIZED (
    SELECT id, folded_name, area_id, locality_id, lower(unaccent(given_name)) AS given, folded_name LIKE ' %% %%' AS has_two_names
    FROM people_person
    WHERE id = ANY(%(people)s) AND confirmed_at IS NOT NULL AND erased_at IS NULL AND merged_into_id IS NULL
), alike AS (
    SELECT asked.id, hit.id AS other_id, '{Alike.EMAIL.value}' AS reason, 'email' AS kind, %(weight_{Alike.EMAIL.value})s AS weight
    FROM asked JOIN people_contactpoint own ON own.person_id = asked.id AND own.channel = 'email'
    CROSS JOIN LATERAL (
        SELECT o.id FROM people_contactpoint point JOIN people_person o ON o.id = point.person_id
        WHERE point.channel = 'email' AND point.value = own.value AND {_STANDING} AND {_GIVEN_ALIKE} LIMIT %(most)s) hit
    UNION
    SELECT asked.id, hit.id, '{Alike.PHONE.value}', 'phone', %(weight_{Alike.PHONE.value})s
    FROM asked JOIN people_contactpoint own ON own.person_id = asked.id AND own.channel IN ('phone', 'sms')
    CROSS JOIN LATERAL (
        SELECT o.id FROM people_contactpoint point JOIN people_person o ON o.id = point.person_id
        WHERE point.channel IN ('phone', 'sms') AND point.value = own.value AND {_STANDING} AND {_GIVEN_ALIKE} LIMIT %(most)s) hit
    UNION
    SELECT asked.id, hit.id,
           CASE WHEN hit.is_near_by THEN '{Alike.NAME_LOCALITY.value}' ELSE '{Alike.NAME_AREA.value}' END, 'name',
           CASE WHEN hit.is_near_by THEN %(weight_{Alike.NAME_LOCALITY.value})s ELSE %(weight_{Alike.NAME_AREA.value})s END
    FROM asked CROSS JOIN LATERAL (
        SELECT o.id, coalesce(o.locality_id = asked.locality_id, false) AS is_near_by FROM people_person o
        WHERE o.folded_name = asked.folded_name AND {_STANDING}
          AND (o.area_id = asked.area_id OR o.locality_id = asked.locality_id) LIMIT %(most)s) hit
    WHERE asked.has_two_names
    UNION
    SELECT asked.id, hit.id,
           CASE WHEN hit.is_near_by THEN '{Alike.NEAR_LOCALITY.value}' ELSE '{Alike.NEAR_AREA.value}' END, 'name',
           CASE WHEN hit.is_near_by THEN %(weight_{Alike.NEAR_LOCALITY.value})s ELSE %(weight_{Alike.NEAR_AREA.value})s END
    FROM asked CROSS JOIN LATERAL (
        SELECT o.id, coalesce(o.locality_id = asked.locality_id, false) AS is_near_by FROM people_person o
        WHERE o.area_id = asked.area_id AND {_STANDING} AND o.folded_name LIKE ' %% %%' AND o.folded_name <> asked.folded_name
          AND (o.locality_id = asked.locality_id OR o.locality_id IS NULL OR asked.locality_id IS NULL)
          AND similarity(o.folded_name, asked.folded_name) >= %(near)s
          AND (similarity(o.folded_name, asked.folded_name) > 0.95 OR {_GIVEN_ALIKE}) LIMIT %(most)s) hit
    WHERE asked.has_two_names
), pairs AS MATERIALIZED (
    SELECT least(id, other_id) AS person_id, greatest(id, other_id) AS other_id,
           array_agg(reason ORDER BY weight DESC) AS reasons, sum(weight) AS weight
    FROM (SELECT DISTINCT ON (least(id, other_id), greatest(id, other_id), kind) id, other_id, kind, reason, weight
          FROM alike ORDER BY least(id, other_id), greatest(id, other_id), kind, weight DESC) strongest
    GROUP BY least(id, other_id), greatest(id, other_id)
), gone AS (
    DELETE FROM people_likeness known USING asked
    WHERE asked.id IN (known.person_id, known.other_id)
      AND NOT EXISTS (SELECT FROM pairs WHERE (pairs.person_id, pairs.other_id) = (known.person_id, known.other_id))
)
INSERT INTO people_likeness AS known (id, person_id, other_id, area_id, reasons, weight, found_at)
SELECT {UUID7}, pairs.person_id, pairs.other_id, person.area_id, pairs.reasons, pairs.weight, %(now)s
FROM pairs JOIN people_person person ON person.id = pairs.person_id
WHERE person.area_id IS NOT NULL
ON CONFLICT (person_id, other_id) DO UPDATE SET reasons = EXCLUDED.reasons, weight = EXCLUDED.weight, area_id = EXCLUDED.area_id
    WHERE (known.reasons, known.weight, known.area_id) IS DISTINCT FROM (EXCLUDED.reasons, EXCLUDED.weight, EXCLUDED.area_id)
"""  # noqa: S608
