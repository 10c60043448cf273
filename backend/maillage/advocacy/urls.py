"""Addresses of this app: `api` under its prefix."""

from django.urls import URLPattern, URLResolver, path

from maillage.advocacy.api import office_holders

api: list[URLPattern | URLResolver] = [
    path("office-holders/", office_holders.OfficeHoldersView.as_view()),
    path("office-holders/<uuid:id>/", office_holders.OfficeHolderView.as_view()),
]
