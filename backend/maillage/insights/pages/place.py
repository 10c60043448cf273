"""The page of one place: who sits there, what one can do about it, who represents it, what it is like."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from maillage.advocacy import selectors as advocacy
from maillage.insights.domain import rounded_up
from maillage.insights.pages.home import FRESH_SECONDS
from maillage.insights.pages.legend import credit
from maillage.insights.selectors import places
from maillage.insights.selectors.actions import public_action
from maillage.insights.selectors.local_map import HEIGHT, WIDTH, LocalMap, local_map
from maillage.insights.selectors.published import promise_record
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import NotFound
from maillage.kernel.http import not_found
from maillage.people.domain import CONTACT_PROMISE
from maillage.people.selectors.organisation import day_of_house, organisation
from maillage.relays.domain import COVERED, SeatState
from maillage.relays.models import RelayNetwork, SeatStanding
from maillage.relays.selectors import caller_at, networks, seats
from maillage.relays.selectors.photos import photo_path
from maillage.relays.selectors.sights import sights_at
from maillage.territories.domain import FIGURES
from maillage.territories.models import Area
from maillage.territories.selectors import pictures
from maillage.territories.selectors.areas import area_by_code


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place that bears a seat, of whatever open network; another spelling of its code leads to the one address that it has."""
    now = read_clock()
    try:
        area, network = _found(code, now=now)
    except NotFound:
        return not_found(request)
    if code != area.code:
        return redirect("place", code=area.code, permanent=True)
    response = render(request, "insights/place.html", _context(area, network=network, now=now))
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


def _found(code: str, *, now: datetime) -> tuple[Area, RelayNetwork | None]:
    """Find a place, and the network of which its page speaks: the public one, else that of its form.  Raises: NotFound."""
    network = networks.current_network(now=now)
    try:
        return area_by_code(code, country=network.country.code if network else organisation().country), network
    except NotFound:
        standing = seats.open_seat(code, now=now)
        return standing.area, standing.network


def _context(area: Area, *, network: RelayNetwork | None, now: datetime) -> dict[str, Any]:
    language = get_language() or "fr"
    above = places.ancestors(area)
    picture = local_map(area)
    localities = places.localities(area, language=language)
    official = advocacy.sitting_for(area.pk)
    context: dict[str, Any] = {
        "area": area,
        "above": above,
        "crumbs": _crumbs(above),
        "localities": localities,
        "localities_named": ", ".join(localities.names),
        "official": official,
        "answers": advocacy.response_rate_of(official.id, today=day_of_house(now)) if official else None,
        "figures": _figures(area, above),
        "picture": picture,
        "closer": _closer(area, picture),
        "approximate": picture.boundary_set.approximate if picture else False,
        "sheet": {"width": WIDTH, "height": HEIGHT},
        "credits": [credit(picture.boundary_set.attribution, picture.boundary_set.licence)] if picture else [],
    }
    if network is None or (standing := seats.seat_of_area(network.pk, area_id=area.pk)) is None:
        return context
    near = places.nearby_seats(area, network_id=network.pk, language=language)
    states = {seat.code: seat.state for seat in near}
    return context | {
        "seat": standing,
        "state": SeatState(standing.state),
        "is_held": standing.state == SeatState.FILLED,
        "holder": _shown_name(standing),
        "photo": photo_path(standing.holder_id) if standing.state in COVERED else "",
        "near": near,
        "vacant_near": next((seat for seat in near if seat.state == SeatState.VACANT), None),
        "cells": [(cell, states.get(cell.code)) for cell in picture.around] if picture else [],
        "record": promise_record(network.pk, area.pk),
        "caller": caller_at(area, now=now),
        "before": rounded_up(now + CONTACT_PROMISE),
        "action": public_action(network_id=network.pk, now=now, language=language),
        "sights": sights_at(standing, now=now),
        "office": networks.office_of(network, language=language),
        "own_office": networks.text_of(network, language=language).office,
    }


def _crumbs(above: list[Area]) -> list[Area]:
    """Lead down to a place, saying a name once where a region and its department share it (Guadeloupe, La Réunion)."""
    return [place for place, below in zip(above, [*above[1:], None], strict=True) if below is None or place.called != below.called]


def _closer(area: Area, picture: LocalMap | None) -> dict[str, Any] | None:
    """Return the props of the map that opens on demand; None where there is nothing to zoom into."""
    tiles = pictures.tiles_address(boundary_set=picture.boundary_set) if picture else None
    if picture is None or tiles is None:
        return None
    return {
        "tiles": tiles,
        "layer": picture.boundary_set.kind.code,
        "code": area.code,
        "bounds": picture.bounds,
        "attribution": picture.boundary_set.attribution,
        "label": str(_("Close map of this place and its neighbours")),
    }


def _shown_name(standing: SeatStanding) -> str:
    """The holder's first name, only if they chose to show it."""
    holder = standing.holder
    return holder.given_name if holder and holder.shows_given_name else ""


def _figures(area: Area, above: list[Area]) -> list[dict[str, Any]]:
    if not above:
        return []
    known = {each.code: each for each in places.comparisons(area, country_id=above[0].pk, codes=tuple(figure.code for figure in FIGURES))}
    return [
        {
            "says": figure.says,
            "unit": figure.unit,
            "decimals": figure.decimals,
            "here": known[figure.code].here,
            "country": known[figure.code].country,
        }
        for figure in FIGURES
        if figure.code in known
    ]
