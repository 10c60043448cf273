"""The campaign that the public pages speak of: its seats, their states, and where they lie."""

from dataclasses import dataclass
from datetime import datetime

from maillage.insights.domain import PlaceName
from maillage.relays.domain import NEWS, Coverage, SeatState
from maillage.relays.models import RelayNetwork
from maillage.relays.selectors import networks, seats
from maillage.territories.models import Area, called


@dataclass(frozen=True)
class SeatLine:
    """One seat as the map, its table and the list show it. `is_new`: filled in the last seven days."""

    code: str
    name: PlaceName
    state: SeatState
    is_new: bool
    since: datetime
    zone: str
    parent_code: str
    region: str

    @property
    def classes(self) -> str:
        return f"is-{self.state.value} is-new" if self.is_new else f"is-{self.state.value}"


@dataclass(frozen=True)
class Campaign:
    """The open network with its words in the reader's language and every seat, by code."""

    network: RelayNetwork
    text: networks.NetworkText
    seats: dict[str, SeatLine]

    @property
    def coverage(self) -> Coverage:
        return count(list(self.seats.values()))

    @property
    def news(self) -> int:
        """Seats filled in the last seven days."""
        return sum(seat.is_new for seat in self.seats.values())


def campaign(*, now: datetime, language: str) -> Campaign | None:
    """Return the network that is open now with its seats, or None before any has opened. Four queries, whatever the seats."""
    network = networks.current_network(now=now)
    if network is None:
        return None
    return Campaign(network, networks.text_of(network, language=language), _seats(network, now=now, language=language))


def count(lines: list[SeatLine]) -> Coverage:
    """Count seats by state."""
    states = [line.state for line in lines]
    return Coverage(total=len(states), **{state.value: states.count(state) for state in SeatState})


def _seats(network: RelayNetwork, *, now: datetime, language: str) -> dict[str, SeatLine]:
    fields = ("area__code", called("area", language=language), "area__number", "area__parent_id", "state", "since", "area__time_zone")
    rows = list(seats.standings(network.pk).order_by("area__code").values_list(*fields))
    places = {
        place.pk: place
        for place in Area.objects.filter(pk__in={row[3] for row in rows if row[3]})
        .select_related("parent")
        .only("code", "name", "names", "parent__name", "parent__names", "parent__parent_id")
    }
    week_ago = now - NEWS
    lines = {}
    for code, name, number, parent_id, state, since, zone in rows:
        parent = places.get(parent_id)
        lines[code] = SeatLine(
            code=code,
            name=PlaceName(own=name, parent=parent.called_in(language) if parent else "", number=number),
            state=SeatState(state),
            is_new=state == SeatState.FILLED and since > week_ago,
            since=since,
            zone=zone,
            parent_code=parent.code if parent else "",
            region=_region(parent, language),
        )
    return lines


def _region(place: Area | None, language: str) -> str:
    """Name the region that a list groups a seat under: what stands between its parent and the country, else the parent."""
    if place is None:
        return ""
    above = place.parent
    return (above if above and above.parent_id else place).called_in(language)
