"""Addresses of the public pages: `root` outside, `pages` under the language."""

from django.urls import URLPattern, URLResolver

root: list[URLPattern | URLResolver] = []
pages: list[URLPattern | URLResolver] = []
