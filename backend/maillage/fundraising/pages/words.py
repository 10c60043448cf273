"""Template filters of fundraising: amounts as the reader's language writes them."""

from django import template

from maillage.fundraising.domain.amounts import amount_said

register = template.Library()


@register.filter
def money(cents: int, currency: str = "eur") -> str:
    """Write an amount of cents: 7 500 €, €7,500, 3,40 €."""
    return amount_said(cents, currency)
