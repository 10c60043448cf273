"""Where the people of a file live: many places at once, by the words of the file, and never by guess (decision 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from maillage.kernel.errors import NotFound
from maillage.people.domain.imports import Refused
from maillage.people.domain.imports_lines import PlaceWords
from maillage.people.domain.words import PlacedBy
from maillage.territories.selectors import area_by_code, placing_set

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


@dataclass(frozen=True)
class Placed:
    """The commune and constituency that words name, and how that was decided; or why it was not.

    Ids are texts: millions of comparisons of UUIDs took a third of a check.
    """

    locality_id: str | None = None
    area_id: str | None = None
    placed_by: str = ""
    placed_with: str = ""
    refused: str = ""


Named = Mapping[tuple[str, str], Mapping[str, str | None]]
"""The places that a word can mean, by what it is (`code`, `name`, `postal`) and the word: each with what it lies in."""


def places_named(asked: Iterable[PlaceWords]) -> dict[PlaceWords, Placed]:
    """Place each of these words: three queries, one more for each constituency named.

    A constituency that the file names was chosen by the person; a commune or postcode that lies in one constituency is certain;
    one that lies in several is refused unless the constituency is named too, since only the person can say.
    """
    words = set(asked)
    seats = {code: _seat(code) for code in {code for code, *_ in words if code}}
    named = _localities_named(words)
    found = {place: _candidates(place, named) for place in words}
    lying_in = _seats_of({id for ids in found.values() if not isinstance(ids, Refused) for id in ids})
    placed_with = set_now.hash if (set_now := placing_set()) else ""
    return {place: _placed(place, seats, found[place], lying_in, placed_with) for place in words}


def _placed(
    place: PlaceWords,
    seats: Mapping[str, str | None],
    found: list[str] | Refused,
    lying_in: Mapping[str, frozenset[str]],
    placed_with: str,
) -> Placed:
    code, commune_code, commune, postal = place
    seat = seats[code] if code else None
    if code and seat is None:
        return Placed(refused=Refused.UNKNOWN_CONSTITUENCY)
    if not (commune_code or commune or postal):
        return Placed(area_id=seat, placed_by=PlacedBy.CHOSEN, placed_with=placed_with) if seat else Placed(refused=Refused.NO_PLACE)
    if isinstance(found, Refused):
        return Placed(refused=found)
    lie_in = frozenset[str]().union(*(lying_in[id] for id in found))
    if seat is None:
        if len(lie_in) != 1:
            return Placed(refused=Refused.SEVERAL_SEATS if lie_in else Refused.UNKNOWN_COMMUNE)
        area = next(iter(lie_in))
    elif seat not in lie_in:
        return Placed(refused=Refused.PLACES_DIFFER)
    else:
        area = seat
        found = [id for id in found if seat in lying_in[id]]
    return Placed(
        locality_id=found[0] if len(found) == 1 else None,
        area_id=area,
        placed_by=PlacedBy.CERTAIN if len(lie_in) == 1 else PlacedBy.CHOSEN,
        placed_with=placed_with,
    )


def _candidates(place: PlaceWords, named: Named) -> list[str] | Refused:
    """The communes that the words can mean: those of the code, else of the name at the postcode, else of the postcode."""
    _code, commune_code, commune, postal = place
    by_code, by_name, by_postal = (named.get(key, {}) for key in (("code", commune_code), ("name", commune), ("postal", postal)))
    if commune_code:
        found = by_code
    elif commune and by_postal:
        found = {id: parent for id, parent in by_postal.items() if id in by_name or parent in by_name}
    elif commune:  # no postcode, or one that no table knows (CEDEX): the name alone, if it is the only one
        found = by_name
    else:
        found = by_postal
    if not found:
        return Refused.UNKNOWN_POSTAL_CODE if postal and not (commune or commune_code) else Refused.UNKNOWN_COMMUNE
    if commune and not commune_code and not by_postal and len(found) > 1:
        return Refused.UNKNOWN_POSTAL_CODE if postal else Refused.SEVERAL_COMMUNES
    above = set(found.values())  # a municipal arrondissement rather than its commune
    return sorted(id for id in found if id not in above)


def _seat(code: str) -> str | None:
    try:
        return str(area_by_code(code).pk)
    except NotFound:
        return None


def _localities_named(words: set[PlaceWords]) -> Named:
    asked = {
        "codes": sorted({code for _, code, _, _ in words if code}),
        "names": sorted({name for _, _, name, _ in words if name}),
        "postals": sorted({postal for *_, postal in words if postal}),
    }
    asked["written"] = [" ".join(_SHORT.get(word, word) for word in name.split()) for name in asked["names"]]
    found: dict[tuple[str, str], dict[str, str | None]] = {}
    if any(asked.values()):
        with connection.cursor() as cursor:
            cursor.execute(_NAMED, asked)
            for by, word, id, parent in cursor.fetchall():
                found.setdefault((by, word), {})[id] = parent
    return found


def _seats_of(ids: set[str]) -> dict[str, frozenset[str]]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SEATS_OF, [sorted(ids)])
        return {id: frozenset(seats) for id, seats in cursor.fetchall()}


# What stands below the places that bear seats and is lived in: communes, arrondissements, countries abroad; not postcodes.
_NAMED = """
WITH lived_in AS (
    SELECT kind.id FROM territories_areakind kind
    WHERE kind.code <> 'postal_code'
      AND kind.level > (SELECT seat.level FROM territories_areakind seat WHERE seat.bears_seats AND seat.country = kind.country)
)
SELECT 'code', asked.word, area.id::text, area.parent_id::text
FROM unnest(%(codes)s::text[]) AS asked(word)
JOIN territories_area area ON area.code = asked.word AND area.kind_id IN (SELECT id FROM lived_in)
UNION ALL
SELECT 'name', asked.word, area.id::text, area.parent_id::text
FROM unnest(%(names)s::text[], %(written)s::text[]) AS asked(word, written)
JOIN territories_area area ON area.folded_name = asked.written AND area.kind_id IN (SELECT id FROM lived_in)
UNION ALL
SELECT 'name', asked.word, area.id::text, area.parent_id::text
FROM unnest(%(names)s::text[], %(written)s::text[]) AS asked(word, written)
JOIN territories_findable spelling ON spelling.folded = asked.written
JOIN territories_area area ON area.id = spelling.area_id AND area.kind_id IN (SELECT id FROM lived_in)
UNION ALL
SELECT 'postal', asked.word, area.id::text, area.parent_id::text
FROM unnest(%(postals)s::text[]) AS asked(word)
JOIN territories_areaalias alias ON alias.code = asked.word AND alias.scheme = 'postal'
JOIN territories_area area ON area.id = alias.area_id AND area.kind_id IN (SELECT id FROM lived_in)
"""
_SEATS_OF = """
SELECT area.id::text, array_remove(array_agg(seat.id::text), NULL)
FROM territories_area area
LEFT JOIN (territories_areaclosure closure
    JOIN territories_area seat ON seat.id = closure.ancestor_id AND seat.valid_until IS NULL
    JOIN territories_areakind kind ON kind.id = seat.kind_id AND kind.bears_seats
) ON closure.descendant_id = area.id
WHERE area.id = ANY(%s::uuid[])
GROUP BY area.id
"""
