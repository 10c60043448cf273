"""Where people live by the words of a file or a form: many places at once, and never by guess (decision 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from maillage.kernel.errors import NotFound
from maillage.kernel.tables import array_written
from maillage.people.domain.imports import Refused
from maillage.people.domain.imports_lines import PlaceWords
from maillage.people.domain.words import PlacedBy
from maillage.territories.selectors import area_by_code, placing_set

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


@dataclass(frozen=True, slots=True)
class Placed:
    """The commune and constituency that words name, and how that was decided; or why it was not.

    Ids are texts: millions of comparisons of UUIDs took a third of a check.
    """

    locality_id: str | None = None
    area_id: str | None = None
    placed_by: str = ""
    placed_with: str = ""
    refused: str = ""


class _Met(NamedTuple):
    """What a place that words can mean lies in, and whether a name alone led there."""

    parent_id: str | None
    by_name_alone: bool


def places_named(asked: Iterable[PlaceWords]) -> dict[PlaceWords, Placed]:
    """Place each of these words: three queries at most, one more for each constituency named.

    A constituency that the file names was chosen by the person; a commune or postcode that lies in one constituency is certain;
    one that lies in several is refused unless the constituency is named too, since only the person can say.
    """
    words = sorted(set(asked))
    seats = {code: _seat(code) for code in {code for code, *_ in words if code}}
    found, lying_in = _found(words)
    placed_with = set_now.hash if (set_now := placing_set()) else ""
    return {place: _placed(place, seats, found[place], lying_in, placed_with) for place in words}


def localities_named(asked: Iterable[PlaceWords]) -> dict[PlaceWords, dict[UUID, frozenset[UUID]]]:
    """Name the communes, or countries abroad, that these words mean, each with the constituencies in which it lies. Two queries.

    Nothing is named where the words contradict each other, or where a name alone means several.
    """
    words = sorted(set(asked))
    found, lying_in = _found(words)
    return {
        place: {} if isinstance(ids, Refused) else {UUID(id): frozenset(map(UUID, lying_in[id])) for id in ids}
        for place, ids in found.items()
    }


def _found(words: Sequence[PlaceWords]) -> tuple[dict[PlaceWords, list[str] | Refused], dict[str, frozenset[str]]]:
    """Return the places that words can mean, or why none is; and of each place the seats that it lies in."""
    meant = _meant(words)
    found = {place: _candidates(place, meant.get(place, {})) for place in words}
    return found, _seats_of({id for ids in found.values() if not isinstance(ids, Refused) for id in ids})


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


def _candidates(place: PlaceWords, found: Mapping[str, _Met]) -> list[str] | Refused:
    """Which of the communes met are meant, or why none is."""
    _seat_code, code, commune, postal = place
    if not found:
        return Refused.UNKNOWN_POSTAL_CODE if postal and not (commune or code) else Refused.UNKNOWN_COMMUNE
    if len(found) > 1 and any(met.by_name_alone for met in found.values()):
        return Refused.UNKNOWN_POSTAL_CODE if postal else Refused.SEVERAL_COMMUNES
    above = {met.parent_id for met in found.values()}  # a municipal arrondissement rather than its commune
    return sorted(id for id in found if id not in above)


def _seat(code: str) -> str | None:
    try:
        return str(area_by_code(code).pk)
    except NotFound:
        return None


def _meant(words: Sequence[PlaceWords]) -> dict[PlaceWords, dict[str, _Met]]:
    """Ask for the communes that these words can mean: those of the code, else of the name at the postcode, else of the postcode.

    A name counts alone where no postcode stands beside it, or one that no table knows (CEDEX).
    """
    found: dict[PlaceWords, dict[str, _Met]] = {}
    if words:
        asked = {
            "codes": array_written(code for _, code, _, _ in words),
            "names": array_written(" ".join([_SHORT.get(word, word) for word in name.split()]) for _, _, name, _ in words),
            "postals": array_written(postal for *_, postal in words),
        }
        with connection.cursor() as cursor:
            cursor.execute(_MEANT, asked)
            for number, id, *met in cursor.fetchall():
                found.setdefault(words[number - 1], {})[id] = _Met(*met)
    return found


def _seats_of(ids: set[str]) -> dict[str, frozenset[str]]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SEATS_OF, [array_written(sorted(ids))])
        return {id: frozenset(seats) for id, seats in cursor.fetchall()}


# Places below those that bear seats and lived in: communes, arrondissements, countries abroad; not postcodes. A name is looked
# for first, since a postcode is shared by ten communes and few share a name.
_MEANT = """
WITH lived_in AS (
    SELECT kind.id FROM territories_areakind kind
    WHERE kind.code <> 'postal_code'
      AND kind.level > (SELECT seat.level FROM territories_areakind seat WHERE seat.bears_seats AND seat.country = kind.country)
), asked AS (
    SELECT * FROM unnest(%(codes)s::text[], %(names)s::text[], %(postals)s::text[]) WITH ORDINALITY AS asked(code, name, postal, number)
), named AS MATERIALIZED (
    SELECT asked.number, asked.postal, area.id, area.parent_id
    FROM asked JOIN territories_area area ON area.folded_name = asked.name AND area.kind_id IN (SELECT id FROM lived_in)
    WHERE asked.code = '' AND asked.name <> ''
    UNION
    SELECT asked.number, asked.postal, area.id, area.parent_id
    FROM asked
    JOIN territories_findable spelling ON spelling.folded = asked.name
    JOIN territories_area area ON area.id = spelling.area_id AND area.kind_id IN (SELECT id FROM lived_in)
    WHERE asked.code = '' AND asked.name <> ''
), named_or_within AS (
    SELECT * FROM named
    UNION
    SELECT named.number, named.postal, area.id, area.parent_id
    FROM named JOIN territories_area area ON area.parent_id = named.id AND area.kind_id IN (SELECT id FROM lived_in)
), at_postal AS MATERIALIZED (
    SELECT number, id, parent_id FROM named_or_within
    WHERE EXISTS (
        SELECT FROM territories_areaalias alias
        WHERE alias.scheme = 'postal' AND alias.code = named_or_within.postal AND alias.area_id = named_or_within.id)
), met AS (
    SELECT asked.number, area.id, area.parent_id, false AS by_name_alone
    FROM asked JOIN territories_area area ON area.code = asked.code AND area.kind_id IN (SELECT id FROM lived_in)
    WHERE asked.code <> ''
    UNION ALL
    SELECT number, id, parent_id, false FROM at_postal
    UNION ALL
    SELECT number, id, parent_id, true FROM named
    WHERE NOT EXISTS (SELECT FROM at_postal WHERE at_postal.number = named.number) AND NOT EXISTS (
        SELECT FROM territories_areaalias alias
        JOIN territories_area area ON area.id = alias.area_id AND area.kind_id IN (SELECT id FROM lived_in)
        WHERE alias.scheme = 'postal' AND alias.code = named.postal)
    UNION ALL
    SELECT asked.number, area.id, area.parent_id, false
    FROM asked
    JOIN territories_areaalias alias ON alias.code = asked.postal AND alias.scheme = 'postal'
    JOIN territories_area area ON area.id = alias.area_id AND area.kind_id IN (SELECT id FROM lived_in)
    WHERE asked.code = '' AND asked.name = '' AND asked.postal <> ''
)
SELECT number, id::text, parent_id::text, by_name_alone FROM met
"""
# Asked place by place, by its key: joined, the seats of all 42,000 places were worked out for each thousand.
_SEATS_OF = """
SELECT asked.id::text, ARRAY(
    SELECT seat.id::text
    FROM territories_areaclosure closure
    JOIN territories_area seat ON seat.id = closure.ancestor_id AND seat.valid_until IS NULL
    JOIN territories_areakind kind ON kind.id = seat.kind_id AND kind.bears_seats
    WHERE closure.descendant_id = asked.id)
FROM unnest(%s::uuid[]) AS asked(id)
"""
