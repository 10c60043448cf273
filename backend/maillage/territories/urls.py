"""Addresses of this app: `api` under its prefix, `pictures` at the root."""

from django.urls import URLPattern, URLResolver, path

from maillage.territories.api import pictures as picture_views

api: list[URLPattern | URLResolver] = []
pictures: list[URLPattern | URLResolver] = [
    path("maps/<slug:set_hash>/<slug:kind>.svg", picture_views.national_svg, name="national-svg"),
    path("tiles/<slug:set_hash>/<slug:kind>/<str:z>/<str:x>/<str:y>.mvt", picture_views.tile, name="tile"),
]
