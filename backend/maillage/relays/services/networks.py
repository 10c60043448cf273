"""A net laid over a territory."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.ids import uuid7
from maillage.relays.models import RelayNetwork, RelayNetworkText
from maillage.territories.models import Area, AreaKind

_ONE_SEAT_AN_AREA = """
INSERT INTO relays_seat (id, network_id, area_id)
SELECT fresh.id, %(network)s, place.id
FROM (
    SELECT area.id, row_number() OVER (ORDER BY area.code, area.id) AS line
    FROM territories_area area
    JOIN territories_areakind kind ON kind.id = area.kind_id
        AND (kind.id = %(kind)s::bigint OR (%(kind)s::bigint IS NULL AND kind.bears_seats))
    JOIN territories_areaclosure closure ON closure.descendant_id = area.id AND closure.whole
    WHERE closure.ancestor_id = %(country)s AND area.valid_until IS NULL
) place
JOIN unnest(%(ids)s::uuid[]) WITH ORDINALITY AS fresh(id, line) USING (line)
"""


def open_network(
    *,
    slug: str,
    country: Area,
    names: Mapping[str, tuple[str, str]],
    now: datetime,
    default_language: str = "fr",
    closes_at: datetime | None = None,
    kind: AreaKind | None = None,
    offices: Mapping[str, str] | None = None,
) -> RelayNetwork:
    """Lay a net over a territory: one seat for each area below it that bears seats, or of another `kind`, all vacant.

    A network of senators has a seat for each department. `names` maps a language to (name, purpose); the default language
    must be among them. `offices` says in each language whom its relays meet, where that is not a member of parliament.
    Facts: network.opened.  Raises: Invalid (no such areas, no text), Conflict (the slug is taken).
    """
    if default_language not in names:
        raise Invalid(code="text_missing", fields={"names": [_("Write the name in the default language too.")]})
    with transaction.atomic():
        network, is_new = RelayNetwork.objects.get_or_create(
            slug=slug,
            defaults={"kind": kind, "country": country, "default_language": default_language, "opens_at": now, "closes_at": closes_at},
        )
        if not is_new:
            raise Conflict(_("There is already a network of this name."), code="network_exists")
        RelayNetworkText.objects.bulk_create(
            RelayNetworkText(network=network, language=language, name=name, purpose=purpose, office=(offices or {}).get(language, ""))
            for language, (name, purpose) in names.items()
        )
        seats = _make_seats(network)
        if not seats:
            raise Invalid(_("No place below this territory bears a seat. Load its boundaries first."), code="no_seats")
        _look_anew()
        journal.record("network.opened", subject=network, at=now, seats=seats)
    return network


def _look_anew() -> None:
    """Let the database see how few networks there are: by itself it never looks at a table of a few rows.

    Taken for hundreds, they were found by reading every place there is, 60 ms at each page that names the network.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE relays_relaynetwork, relays_seat")


def _make_seats(network: RelayNetwork) -> int:
    """Insert the seats in one statement, with ids from the one function that makes them; return how many."""
    kinds = {"kind_id": network.kind_id} if network.kind_id else {"kind__bears_seats": True}
    places = Area.objects.filter(**kinds, valid_until=None, above__ancestor_id=network.country_id, above__whole=True).count()
    with connection.cursor() as cursor:
        cursor.execute(
            _ONE_SEAT_AN_AREA,
            {"network": network.pk, "country": network.country_id, "kind": network.kind_id, "ids": [uuid7() for _place in range(places)]},
        )
        return int(cursor.rowcount)
