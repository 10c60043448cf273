"""The form on paper of one place: for people without e-mail or smartphone, met at a door or a table."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.http import not_found
from maillage.people.domain import AUTHORITIES, PAPER_ASKS, Channel, PlacedSight, answerers_in
from maillage.people.selectors.organisation import organisation
from maillage.people.selectors.places import place_of_paper
from maillage.people.selectors.sights import sights_in
from maillage.people.selectors.wordings import wordings_on_paper

WAYS = (Channel.PHONE, Channel.SMS, Channel.POST, Channel.EMAIL)
SEEN_BY = (Role.ORGANISER, Role.RELAY, Role.DATA_PROTECTION_OFFICER)


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show one printable page (A4): the notice to read aloud, the boxes, the number, and the part that the person keeps."""
    try:
        area = place_of_paper(code)
    except NotFound:
        return not_found(request)
    if code != area.code:
        return redirect("paper", code=area.code, permanent=True)
    house = organisation()
    said = wordings_on_paper()
    context = {
        "area": area,
        "wordings": [wording for wording in said.values() if wording.is_standing],
        "asks": [(ask.box, said[ask.wording.purpose]) for ask in PAPER_ASKS],
        "ways": WAYS,
        "sights": _together(sights_in(area.pk, roles=SEEN_BY, answerers=answerers_in(area.pk, now()), now=now())),
        "house": house,
        "authority": AUTHORITIES.get(house.country),
    }
    return render(request, "people/paper.html", context)


def _together(sights: list[PlacedSight]) -> list[PlacedSight]:
    """Say once what several levels see alike: a page has but so many lines."""
    alike = groupby(sights, key=lambda sight: (sight.seen, sight.of_whom))
    return [PlacedSight(who=" · ".join(sight.who for sight in group), seen=seen, of_whom=whom) for (seen, whom), group in alike]
