"""Template tag: the notice of a form, printed from the register of processing."""

from typing import Any

from django import template

from maillage.kernel.clock import now
from maillage.people.domain import AUTHORITIES, REGISTER, Where
from maillage.people.selectors.organisation import day_of_house, organisation

register = template.Library()


@register.inclusion_tag("people/notice.html")
def notice(*names: str, unfolded: bool = False) -> dict[str, Any]:
    """Say, beside a form, who answers for what is typed, why, by which right, who receives it, how long, and what one may ask.

    `names` are the lines of the register that the form is for: the first is told in two sentences, the whole of each is folded
    below. `unfolded`: all of it in a few lines, for paper. Raises: KeyError, for a line that nobody registered.
    """
    house = organisation()
    return {
        "uses": [REGISTER[name] for name in names],
        "house": house,
        "authority": AUTHORITIES.get(house.country),
        "duties": house.follows(day_of_house(now())).shown(Where.NOTICES),
        "unfolded": unfolded,
    }
