"""Addresses of this app: `api` under its prefix, `root` outside, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path, re_path

from maillage.insights.api import fairness, progress, relays, tables
from maillage.insights.pages.action import action
from maillage.insights.pages.app import app
from maillage.insights.pages.home import home
from maillage.insights.pages.place import place
from maillage.insights.pages.places import places, street
from maillage.insights.pages.progress import progress_page
from maillage.insights.pages.robots import robots, sitemap

api: list[URLPattern | URLResolver] = [
    path("networks/<uuid:id>/progress/", progress.ProgressView.as_view()),
    path("networks/<uuid:id>/progress/export/", progress.ProgressExportView.as_view()),
    path("networks/<uuid:id>/target/", progress.TargetView.as_view()),
    path("networks/<uuid:id>/fairness/", fairness.FairnessView.as_view()),
    path("networks/<uuid:id>/fairness/export/", fairness.FairnessExportView.as_view()),
    path("networks/<uuid:id>/territories/", tables.TerritoriesView.as_view()),
    path("networks/<uuid:id>/territories/export/", tables.TerritoriesExportView.as_view()),
    path("networks/<uuid:id>/organisers/", tables.OrganisersView.as_view()),
    path("networks/<uuid:id>/organisers/export/", tables.OrganisersExportView.as_view()),
    path("networks/<uuid:id>/relays/", relays.RelaysView.as_view()),
    path("networks/<uuid:id>/relays/export/", relays.RelaysExportView.as_view()),
]
root: list[URLPattern | URLResolver] = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("app/", app, name="app"),
    path("app/<path:rest>", app),
]
pages: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("places/", places, name="places"),
    path("places/street/", street, name="street"),
    re_path(r"^places/(?P<code>[\w.-]{1,40})/$", place, name="place"),
    path("progress/", progress_page, name="progress"),
    path("actions/<uuid:id>/", action, name="action"),
]
