"""Finding a place by what people type: a postal code, a commune, a country abroad, a seat's code."""
# ruff: noqa: S608  the statements are put together from constants; values are bound

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from maillage.kernel.errors import NotFound
from maillage.kernel.text import fold
from maillage.territories.domain import ARTICLES, bare_code, display_code
from maillage.territories.models import CALLED_SQL, AreaAlias
from maillage.territories.selectors.areas import area_by_code
from maillage.territories.selectors.prepared import asked

MOST_FOUND = 10
NAMESAKES = 300
"""How many communes of one beginning are looked through for the postal code typed beside it (`Saint-…` has 4,000)."""
POSTAL = "postal"
MOST_LETTERS = 100
SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}

KINDS = {"country_abroad": "country", "arrondissement": "commune"}
"""How an answer calls a kind; the others by their own name."""


@dataclass(frozen=True)
class FoundSeat:
    """A seat that a found place lies in."""

    code: str
    name: str


@dataclass(frozen=True)
class FoundPlace:
    """A place that fits what was typed. `context` tells namesakes apart; `split`: it lies in several seats."""

    area_id: UUID
    kind: str
    code: str
    name: str
    context: str
    seats: list[FoundSeat]

    @property
    def split(self) -> bool:
        """Say whether a street, or a click on the map, must decide."""
        return len(self.seats) > 1


# The operators of letters' plain order: an index serves them whatever the database's language, and with a kept plan.
FINDING = """
SELECT area_id, bool_or(folded = %(text)s) AS exact, max(weight) AS weight, min(folded) AS folded
FROM territories_findable
WHERE folded ~>=~ %(text)s AND folded ~<~ %(beyond)s
GROUP BY area_id
ORDER BY exact DESC, weight DESC, folded, area_id
LIMIT %(most)s
"""


def places_found(*, text: str, language: str) -> list[FoundPlace]:
    """Find up to ten places by the beginning of their name: exact ones first, then the most inhabited.

    Accents, case, hyphens and a leading article do not count; `st` is read as `saint`. A constituency's code in any
    spelling finds its seat.
    """
    words = fold(text[:MOST_LETTERS]).split()
    if not words:
        return []
    # As typed; else with short forms written out; else without the article.
    ids = _ids(" ".join(words)) or _ids(_written_out(words))
    if not ids and len(words) > 1 and words[0] in ARTICLES:
        ids = _ids(_written_out(words[1:]))
    ids = ids or _of_postal_code(words)
    seat = _seat(text, language) if any(letter.isdigit() for letter in text) else None
    places = _described(ids, language)
    if seat is None:
        return places
    # 75011 is a postal code before it is INSEE's spelling of 7511; 7511 is the seat before a beginning of postal codes.
    is_first = not places or seat.code == bare_code(text) or not text.strip().isdecimal()
    return [seat, *places][:MOST_FOUND] if is_first else [*places[: MOST_FOUND - 1], seat]


def _written_out(words: list[str]) -> str:
    return " ".join(SHORT_FORMS.get(word, word) for word in words)


def _of_postal_code(words: list[str]) -> list[UUID]:
    """Find communes by name and postal code together, in either order, as on an envelope: `26150 Die`."""
    codes, names = [word for word in words if word.isdecimal()], [word for word in words if not word.isdecimal()]
    if len(codes) != 1 or not names:
        return []
    named = _ids(_written_out(names), most=NAMESAKES)
    there = set(AreaAlias.objects.filter(scheme=POSTAL, code=codes[0], area_id__in=named).values_list("area_id", flat=True))
    return [id for id in named if id in there][:MOST_FOUND]


def _ids(text: str, *, most: int = MOST_FOUND) -> list[UUID]:
    rows = asked(FINDING, {"text": text, "beyond": text[:-1] + chr(ord(text[-1]) + 1), "most": most})
    return [row["area_id"] for row in rows]


def _seat(text: str, language: str) -> FoundPlace | None:
    try:
        area = area_by_code(text)
    except NotFound:
        return None
    name = area.called_in(language)
    return FoundPlace(
        area_id=area.pk,
        kind=area.kind.code,
        code=area.code,
        name=name,
        context=display_code(area.code, country=area.country, kind=area.kind.code),
        seats=[FoundSeat(code=area.code, name=name)],
    )


DESCRIBED = f"""
SELECT a.id, k.code AS kind, a.code, {CALLED_SQL.format(area="a")} AS name,
       {CALLED_SQL.format(area="p")} AS context, pk.level AS context_level,
       s.code AS seat_code, {CALLED_SQL.format(area="s")} AS seat_name
FROM territories_area a
JOIN territories_areakind k ON k.id = a.kind_id
LEFT JOIN territories_area p ON p.id = a.parent_id
LEFT JOIN territories_areakind pk ON pk.id = p.kind_id
LEFT JOIN (
    territories_areaclosure c
    JOIN territories_area s ON s.id = c.ancestor_id
    JOIN territories_areakind sk ON sk.id = s.kind_id AND sk.bears_seats
) ON c.descendant_id = a.id
WHERE a.id = ANY(%(ids)s)
ORDER BY s.code
"""


def _described(ids: list[UUID], language: str) -> list[FoundPlace]:
    if not ids:
        return []
    first: dict[UUID, dict[str, Any]] = {}
    seats: dict[UUID, list[FoundSeat]] = defaultdict(list)
    for row in asked(DESCRIBED, {"ids": ids, "language": language, "home": settings.LANGUAGE_CODE}):
        first.setdefault(row["id"], row)
        if row["seat_code"]:
            seats[row["id"]].append(FoundSeat(code=row["seat_code"], name=row["seat_name"]))
    return [
        FoundPlace(
            area_id=id,
            kind=KINDS.get(row["kind"], row["kind"]),
            code=row["code"],
            name=row["name"],
            context=row["context"] if row["context_level"] and row["kind"] != "country_abroad" else "",
            seats=seats[id],
        )
        for id, row in ((id, first[id]) for id in ids if id in first)
    ]
