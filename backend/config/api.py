"""The API, version 1: one prefix an app, the app's own name."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.accounts import urls as accounts
from maillage.actions import urls as actions
from maillage.advocacy import urls as advocacy
from maillage.fundraising import urls as fundraising
from maillage.insights import urls as insights
from maillage.kernel.rest.schema import SchemaView
from maillage.messaging import urls as messaging
from maillage.people import urls as people
from maillage.relays import urls as relays
from maillage.territories import urls as territories

urlpatterns: list[URLPattern | URLResolver] = [
    path("territories/", include(territories.api)),
    path("accounts/", include(accounts.api)),
    path("people/", include(people.api)),
    path("messaging/", include(messaging.api)),
    path("advocacy/", include(advocacy.api)),
    path("relays/", include(relays.api)),
    path("fundraising/", include(fundraising.api)),
    path("actions/", include(actions.api)),
    path("insights/", include(insights.api)),
    path("schema/", SchemaView.as_view(), name="schema"),
]
