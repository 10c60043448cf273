"""Addresses of this app: `api` under its prefix, `pictures` at the root."""

from django.urls import URLPattern, URLResolver

api: list[URLPattern | URLResolver] = []
pictures: list[URLPattern | URLResolver] = []
