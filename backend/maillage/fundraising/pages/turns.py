"""Donations to several recipients, one after the other: which of them a page is about, which comes next.

The address tells it (`before`, `then`: codes of funds), so it stands without a script and nothing of it is kept.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from maillage.fundraising.models import Fund
from maillage.fundraising.selectors.funds import name_of, public_funds


@dataclass(frozen=True)
class Turn:
    """The donation to `name` is number `at` of `of`; `next_name` and `next_page` say to whom the next one is, empty after the last.

    `query` tells the same to the page of the same fund, or of its donation.
    """

    name: str
    at: int
    of: int
    query: str
    next_name: str = ""
    next_page: str = ""

    @property
    def drawn(self) -> list[str]:
        """Say of each donation how it is drawn: one that came before, this one, one to come."""
        return ["is-before"] * (self.at - 1) + ["is-here"] + [""] * (self.of - self.at)


def turn_of(fund: Fund, asked: QueryDict) -> Turn | None:
    """Say which of several donations is the one to a fund; None where it is the only one. Codes of no public page are left out."""
    earlier, later = asked.getlist("before"), asked.getlist("then")
    if not earlier and not later:
        return None
    public = {each.code: each for each in public_funds().filter(code__in=earlier + later).prefetch_related("texts")}
    public.pop(fund.code, None)
    before = [public.pop(code) for code in earlier if code in public]
    then = [public.pop(code) for code in later if code in public]
    if not before and not then:
        return None
    language = get_language()
    turn = Turn(name=name_of(fund, language), at=len(before) + 1, of=len(before) + 1 + len(then), query=_query(before, then))
    if not then:
        return turn
    page = reverse("give", kwargs={"code": then[0].code}) + _query([*before, fund], then[1:])
    return replace(turn, next_name=name_of(then[0], language), next_page=page)


def _query(before: list[Fund], then: list[Fund]) -> str:
    told = [("before", each.code) for each in before] + [("then", each.code) for each in then]
    return f"?{urlencode(told)}" if told else ""
