"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.messaging.pages.stop import stop

api: list[URLPattern | URLResolver] = []
pages: list[URLPattern | URLResolver] = [path("mail/unsubscribe/<str:token>/", stop, name="mail-stop")]
