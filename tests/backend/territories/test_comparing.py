"""A place in figures, beside its country and the places most like it; read once for all places of its kind."""

from collections.abc import Iterator

import pytest

from maillage.territories.models import AreaFigure, Indicator
from maillage.territories.selectors.comparing import compared, forget_figures
from tests.backend.territories.factories import SmallCountry


@pytest.fixture(autouse=True)
def _unread() -> Iterator[None]:
    forget_figures()
    yield
    forget_figures()


def know(country: SmallCountry, code: str, values: dict[str, float], *, whole: float | None = None, name: str = "") -> None:
    indicator = Indicator.objects.create(country="XM", code=code, name={"fr": name or code}, source=f"Source of {code}")
    known = {country.area(at): value for at, value in values.items()} | ({country.country: whole} if whole is not None else {})
    AreaFigure.objects.bulk_create(AreaFigure(indicator=indicator, area=area, value=value) for area, value in known.items())


def test_the_figures_that_pages_say_beside_those_of_the_three_most_alike(small_country: SmallCountry, django_assert_num_queries):
    know(small_country, "inactret", {"0101": 28, "0102": 27, "0103": 40, "0104": 29, "0201": 26.5, "0202": 60}, whole=25)
    know(small_country, "unsaid", {"0101": 1})
    with django_assert_num_queries(3):
        found = compared(small_country.area("0101"), language="fr")
    with django_assert_num_queries(0):
        assert compared(small_country.area("0301"), language="fr").figures == ()
    (line,) = found.figures
    assert (line.figure.code, line.here, line.country) == ("inactret", 28, 25)
    assert sorted(line.alike) == [26.5, 27, 29]
    assert (found.country, len(found.alike), found.sources) == ("Petit-Pays", 3, ("Source of inactret",))


def test_where_none_of_them_is_loaded_the_first_others_are_said_by_their_names(small_country: SmallCountry):
    know(small_country, "own", {"0101": 3, "0102": 4}, name="Marchés par semaine")
    (line,) = compared(small_country.area("0101"), language="en").figures
    assert (line.figure.says, line.figure.said(line.here), line.country, line.alike) == ("Marchés par semaine", "3,0", None, (4,))
