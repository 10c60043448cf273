"""Names searched among very many people, at a cost that does not depend on what is typed.

A planner that must give the first fifty in order weighs two ways: to read all names in order until fifty fit, or to find
all that fit and sort them. Which is cheap it guesses from how often a word occurs, as if those who bear it stood spread over the
alphabet; a family stands in one place, and the guess can cost a second. Hence both ways, each bounded: first some names are read in
order, no more than can be read in a few hundredths of a second; only where fewer than a page of them fit, which tells that few
people fit at all, the others are found by the index of parts of words. Or it tells that they stand together farther on, as all
whose names begin with "ber": hence of one word these, and those who bear it later in their names, are found apart.
"""
# ruff: noqa: S608  the statements are put together from the constants of this file; values are bound

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Collate, Concat, Left

from maillage.people.domain.listing import Sort
from maillage.people.models.persons import LATER_NAMES

READ = {Sort.NAME: 30_000, Sort.JOINED: 15_000}
"""How many people are read in order: names stand in the index, with the days of joining they do not."""
FEW, VERY_FEW = 60, 8
"""In so many constituencies (a large department, a small one) people are read place by place."""
CLOSE = 0.45
"""How near a word of a name must be to a typed word, of 1: a letter wrong, missing or too many in a word of five or more (pg_trgm)."""

NEAR_WORDS, LOOKED_AT = 4, 12
"""As how many words of names a typed one may have been meant, of how many that are near."""
MOST_WORDS = 4
"""Of how many typed words, the longest, the near ones are looked for: a fifth leaves out hardly anybody more."""

Place = tuple[Any, UUID]
"""Where a page begins: what the list is ordered by, and the id, of the last person of the page before."""


def are_few(areas: Collection[UUID]) -> bool:
    """Say whether the names of these constituencies are read place by place, each one's in order."""
    return len(areas) <= FEW


def are_very_few(areas: Collection[UUID]) -> bool:
    """Say whether all names of these constituencies can be compared with what was typed."""
    return len(areas) <= VERY_FEW


def are_common(words: Sequence[str], *, than: int) -> bool:
    """Say whether more people bear such names, by what the database knows without looking: one query that reads nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_RECKONED, {"like": [f"% {word}%" for word in words]})
        reckoned: float = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
    return reckoned > than


def first_named(
    areas: Collection[UUID], words: Sequence[str], *, most: int, enough: int, sort: Sort = Sort.NAME, after: Place | None = None
) -> tuple[list[UUID], bool]:
    """Return the first people of these constituencies whose names hold a word that begins with each of these; at most two queries.

    At most so many, in the order of the list, and whether nobody else fits. In a few constituencies all are read by name, else the
    first `READ`; where not `enough` of them fit, all who bear one word are found, and of several words more may fit.
    """
    is_by_place = sort == Sort.NAME and are_few(areas)
    asked: dict[str, Any] = {"areas": sorted(areas), "like": [f"% {word}%" for word in words], "most": most, "read": READ[sort]}
    asked |= dict(zip(("value", "last"), after or (), strict=False))
    ids = _first(_BY_PLACE if is_by_place else _IN_ORDER[sort], asked, sort)
    if is_by_place or len(ids) >= enough or sort != Sort.NAME or len(words) > 1:
        return ids, is_by_place and len(ids) < most
    ids = _first(_APART, asked | {"begins": f" {words[0]}%", "later": f"% {words[0]}%"}, sort)
    return ids, len(ids) < most


def _first(sql: str, asked: dict[str, Any], sort: Sort) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(after=_AFTER[sort] if "last" in asked else ""), asked)
        return [id for (id,) in cursor.fetchall()]


def nearest_named(areas: Collection[UUID], words: Sequence[str], *, most: int) -> list[UUID]:
    """Return the people of a few constituencies whose names are near these words, the nearest first; one query.

    Whose name is what was typed but for two letters turned comes before whose name has more groups of three alike: who types
    "maritn" means Martin, though Marine is nearer.
    """
    conditions, meant = [], []
    asked: dict[str, Any] = {"areas": sorted(areas), "q": " ".join(words), "most": most}
    for number, word in enumerate(sorted(words, key=len, reverse=True)):  # the longest refuses most
        conditions.append(f"(folded_name %%> %(word{number})s OR folded_name LIKE ANY(%(turned{number})s))")
        meant.append(f"(folded_name LIKE ANY(%(turned{number})s))::int")
        asked |= {f"word{number}": word, f"turned{number}": [f"% {one}%" for one in turned(word)]}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NEAR_ENOUGH, [str(CLOSE)])
        cursor.execute(_NEAREST.format(near=" AND ".join(conditions), meant=" + ".join(meant)), asked)
        return [id for (id,) in cursor.fetchall()]


def turned(word: str) -> list[str]:
    """Return what else may have been meant when two letters of a word are turned: a slip that leaves few groups of three alike."""
    return sorted({word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)} - {word})


def longest(words: Sequence[str]) -> list[str]:
    """Return the `MOST_WORDS` longest, in their order."""
    kept = sorted(range(len(words)), key=lambda at: -len(words[at]))[:MOST_WORDS]
    return [words[at] for at in sorted(kept)]


def sorted_after(column: str) -> Func:
    """Order by a column once everybody is found, not by reading its index."""
    added = "interval '0'" if column == "confirmed_at" else "''"
    return Func(F(column), template=f"(%(expressions)s {'+' if column == 'confirmed_at' else '||'} {added})")


def folded(column: Any) -> Func:
    """Read a name as it is searched, by the database."""
    return Func(Func(column if hasattr(column, "resolve_expression") else F(column), function="unaccent"), function="lower")


def seen_name(held: Collection[UUID]) -> Collate:
    """Read somebody's name for the order of a list: of people of these constituencies only the initial and the first name, which is
    what their relay sees. By the place of a whole family name among others it could be guessed, letter by letter.
    """
    shown = Concat(Value(" "), folded(Left("family_name", 1)), Value(" "), folded("given_name"))
    name = Case(When(Q(area_id__in=sorted(held)), then=shown), default=F("folded_name"), output_field=TextField())
    return Collate(name, "C")


read_name = Func(F("folded_name"), template="(%(expressions)s || '')", output_field=TextField())
"""A name as it stands in somebody's row: no index is searched for it."""


def near_words(words: Sequence[str]) -> list[list[str]]:
    """Return for each typed word the words of anybody's names that it may have been meant as, the nearest first.

    Beginnings of names count as names do: "isabl" is near "isabelle"; and who is called "martine" is found with "martin", which
    stands for both. One query, in a transaction of its own.
    """
    found: list[list[str]] = [[] for _word in words]
    asked: dict[str, Any] = {"most": LOOKED_AT}
    for number, word in enumerate(words):
        asked |= {f"word{number}": word, f"turned{number}": [f"{one}%" for one in turned(word)]}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NEAR_ENOUGH, [str(CLOSE)])
        cursor.execute(" UNION ALL ".join(_NEAR_WORDS.format(number=number) for number in range(len(words))), asked)
        for number, near in cursor.fetchall():
            if not near.startswith(tuple(found[number])):
                found[number].append(near)
    return [near[:NEAR_WORDS] for near in found]


_NEAR_ENOUGH = "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)"
_NEAR_WORDS = """
(SELECT {number}, word FROM people_nameword WHERE word %%> %(word{number})s OR word LIKE ANY(%(turned{number})s)
 ORDER BY word LIKE ANY(%(turned{number})s) DESC, similarity(word, %(word{number})s) DESC, word LIMIT %(most)s)
"""
_RECKONED = "EXPLAIN (FORMAT JSON) SELECT FROM people_person WHERE folded_name LIKE ALL(%(like)s::text[])"

_SEEN = "confirmed_at IS NOT NULL AND erased_at IS NULL"
_AFTER = {
    Sort.NAME: "AND (folded_name, id) > (%(value)s, %(last)s::uuid)",
    Sort.JOINED: "AND (confirmed_at, id) < (%(value)s, %(last)s::uuid)",
}
_BY_PLACE = f"""
SELECT first.id
FROM unnest(%(areas)s::uuid[]) AS place(id), LATERAL (
    SELECT id, folded_name FROM people_person
    WHERE area_id = place.id AND {_SEEN} AND folded_name LIKE ALL(%(like)s::text[]) {{after}}
    ORDER BY folded_name, id LIMIT %(most)s
) first
ORDER BY first.folded_name, first.id LIMIT %(most)s
"""
_IN_ORDER = {
    Sort.NAME: f"""
SELECT id
FROM (SELECT id, folded_name, area_id FROM people_person WHERE {_SEEN} {{after}} ORDER BY folded_name, id LIMIT %(read)s) read
WHERE folded_name LIKE ALL(%(like)s::text[]) AND area_id = ANY(%(areas)s)
ORDER BY folded_name, id LIMIT %(most)s
""",
    Sort.JOINED: f"""
SELECT id
FROM (SELECT id, folded_name, area_id, confirmed_at FROM people_person WHERE {_SEEN} {{after}}
      ORDER BY confirmed_at DESC, id DESC LIMIT %(read)s) read
WHERE folded_name LIKE ALL(%(like)s::text[]) AND area_id = ANY(%(areas)s)
ORDER BY confirmed_at DESC, id DESC LIMIT %(most)s
""",
}
# Who bears it later is put in order once found: they are few, or the first that were read would have filled the page.
_APART = f"""
SELECT id
FROM (
    (SELECT id, folded_name FROM people_person
     WHERE folded_name LIKE %(begins)s AND {_SEEN} AND area_id = ANY(%(areas)s) {{after}} ORDER BY folded_name, id LIMIT %(most)s)
    UNION
    (SELECT id, folded_name FROM people_person
     WHERE {LATER_NAMES} LIKE %(later)s AND {_SEEN} AND area_id = ANY(%(areas)s) {{after}}
     ORDER BY folded_name || '', id LIMIT %(most)s)
) apart
ORDER BY folded_name, id LIMIT %(most)s
"""
_NEAREST = f"""
WITH here AS MATERIALIZED (SELECT id, folded_name FROM people_person WHERE area_id = ANY(%(areas)s) AND {_SEEN})
SELECT id FROM here WHERE {{near}} ORDER BY {{meant}} DESC, word_similarity(%(q)s, folded_name) DESC, folded_name, id LIMIT %(most)s
"""
