"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.actions.pages.answer import answer

api: list[URLPattern | URLResolver] = []
pages: list[URLPattern | URLResolver] = [path("a/<str:token>/", answer, name="answer")]
