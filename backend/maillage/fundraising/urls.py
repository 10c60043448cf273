"""Addresses of this app: `api` under its prefix, `webhooks` where the provider writes, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.fundraising.api import donations
from maillage.fundraising.api.webhooks import stripe_message

api: list[URLPattern | URLResolver] = [
    path("funds/<slug:code>/donations/", donations.StartDonationView.as_view(), name="start-donation"),
    path("donations/<str:token>/", donations.DonationView.as_view(), name="donation"),
    path("donations/<str:token>/pay/", donations.PayDonationView.as_view(), name="pay-donation"),
]

webhooks: list[URLPattern | URLResolver] = [path("webhooks/stripe/<slug:account>/", stripe_message, name="stripe-message")]
