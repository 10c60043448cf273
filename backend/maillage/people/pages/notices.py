"""Privacy notice and legal notice, printed from the register of processing and what the organisation says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.people.domain import AUTHORITIES, LEGAL_LINES, REGISTER, Where, who_sees_what
from maillage.people.selectors.organisation import day_of_house, organisation


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who uses which data why, by which right, who sees it, how long, and what one may ask."""
    house = organisation()
    context = {
        "house": house,
        "authority": AUTHORITIES.get(house.country),
        "register": list(REGISTER.values()),
        "sights": who_sees_what(Role),
        "duties": house.follows(day_of_house(now())).shown(Where.NOTICES),
    }
    return render(request, "people/privacy.html", context)


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Say who publishes these pages and who hosts them."""
    house = organisation()
    context = {
        "house": house,
        "duties": house.follows(day_of_house(now())).shown(Where.LEGAL_NOTICE),
        "lines": [line for lines in LEGAL_LINES.values() for line in lines()],
    }
    return render(request, "people/legal.html", context)
