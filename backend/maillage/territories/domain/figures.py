"""Official figures of a place, as pages and briefs say them."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Figure:
    """A figure that is shown: the indicator's code, what it says, its unit (`%`, `years` or none)."""

    code: str
    says: LazyText | str
    unit: str = ""
    decimals: int = 1

    def said(self, value: float) -> str:
        """Write a value with its unit: 12,4 %, 43,2 ans."""
        number = number_format(value, decimal_pos=self.decimals, force_grouping=True)
        if self.unit == "%":
            return _("%(number)s %%") % {"number": number}
        return f"{number} {_('years')}" if self.unit else number


FIGURES = (
    Figure("age_moyen", gettext_lazy("of age on average"), "years"),
    Figure("inactret", gettext_lazy("are retired"), "%"),
    Figure("inactetu", gettext_lazy("are students"), "%"),
    Figure("actcho", gettext_lazy("are looking for work"), "%"),
    Figure("actdip_PEU", gettext_lazy("of workers have few or no diplomas"), "%"),
    Figure("tx_pauvrete60_diff", gettext_lazy("live below the poverty line"), "%"),
)
"""Census and tax figures of INSEE's 2022 publication."""


@dataclass(frozen=True)
class ComparedFigure:
    """A figure here, in the whole country (None: not known), and in each of the places most like this one that have it."""

    figure: Figure
    here: float
    country: float | None
    alike: tuple[float, ...]


@dataclass(frozen=True)
class Compared:
    """What is known of a place, beside its country and the places most like it, by the names of both; and who counted it."""

    country: str
    alike: tuple[str, ...]
    figures: tuple[ComparedFigure, ...]
    sources: tuple[str, ...]
