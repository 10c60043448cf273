"""What somebody who gives may agree to beside: to be written to about what donations made possible."""

from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Channel, Wording

DONATION_NEWS = Wording(
    version="donation_news.1",
    purpose="fundraising.donation_news",
    text=_("Write to me by e-mail to tell me what my donation made possible. I can take this back at any time."),
    is_standing=True,
    only_by=Channel.EMAIL,
    title=_("News of what donations made possible"),
)
"""Beside the payment, apart from what the law has declared, never ticked beforehand."""

NEWS_SOURCE = "fundraising.donation"
"""The form of a donation, as the log of consents names it."""
