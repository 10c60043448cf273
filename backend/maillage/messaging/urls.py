"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.messaging.api import letters, stops
from maillage.messaging.pages.entered import entered
from maillage.messaging.pages.joined import joined
from maillage.messaging.pages.new_address import former_address, new_address
from maillage.messaging.pages.own_data import own_data, own_file
from maillage.messaging.pages.preferences import new_link, preferences
from maillage.messaging.pages.stay import stay
from maillage.messaging.pages.stop import stop

api: list[URLPattern | URLResolver] = [
    path("letters/", letters.LettersView.as_view()),
    path("letters/<uuid:id>/", letters.LetterView.as_view()),
    path("letters/<uuid:id>/passed-on/", letters.PassedOnView.as_view()),
    path("letters/<uuid:id>/stays/", letters.StaysView.as_view()),
    path("stops/", stops.StopsView.as_view()),
]
pages: list[URLPattern | URLResolver] = [
    path("mail/unsubscribe/<str:token>/", stop, name="mail-stop"),
    path("mail/stay/<str:token>/", stay, name="mail-stay"),
    path("mail/address/<str:token>/", entered, name="entered-address"),
    path("mail/new-address/<str:token>/", new_address, name="new-address"),
    path("mail/former-address/<str:token>/", former_address, name="former-address"),
    path("mail/joined/<str:token>/", joined, name="joined-records"),
    path("mail/choices/", new_link, name="preferences-link"),
    path("mail/choices/<str:token>/", preferences, name="preferences"),
    path("mail/data/<str:token>/", own_data, name="own-data"),
    path("mail/data/<str:token>/file/", own_file, name="own-file"),
]
