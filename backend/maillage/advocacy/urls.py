"""Addresses of this app: `api` under its prefix."""

from django.urls import URLPattern, URLResolver

api: list[URLPattern | URLResolver] = []
