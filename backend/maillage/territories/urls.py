"""Addresses of this app: `api` under its prefix, `pictures` at the root."""

from django.urls import URLPattern, URLResolver, path

from maillage.territories.api import pictures as picture_views
from maillage.territories.api.areas import AreasView, AreaView, SetsView
from maillage.territories.api.locate import LocateView
from maillage.territories.api.search import GeocodeView, SearchView

api: list[URLPattern | URLResolver] = [
    path("locate/", LocateView.as_view(), name="territories-locate"),
    path("search/", SearchView.as_view(), name="territories-search"),
    path("geocode/", GeocodeView.as_view(), name="territories-geocode"),
    path("areas/", AreasView.as_view(), name="territories-areas"),
    path("areas/<slug:country>/<slug:kind>/<str:code>/", AreaView.as_view(), name="territories-area"),
    path("sets/", SetsView.as_view(), name="territories-sets"),
]
pictures: list[URLPattern | URLResolver] = [
    path("maps/<slug:set_hash>/<slug:kind>.svg", picture_views.national_svg, name="national-svg"),
    path("tiles/<slug:set_hash>/<slug:kind>/<str:z>/<str:x>/<str:y>.mvt", picture_views.tile, name="tile"),
]
