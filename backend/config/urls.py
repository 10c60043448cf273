"""Every address of an installation."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import api
from maillage.accounts import urls as accounts
from maillage.actions import urls as actions
from maillage.advocacy import urls as advocacy
from maillage.fundraising import urls as fundraising
from maillage.insights import urls as insights
from maillage.kernel import http
from maillage.messaging import urls as messaging
from maillage.people import urls as people
from maillage.relays import urls as relays
from maillage.territories import urls as territories

urlpatterns = [
    path("healthz", http.healthz, name="healthz"),
    path("readyz", http.readyz, name="readyz"),
    path("api/v1/", include(api.urlpatterns)),
    path("", include(fundraising.webhooks)),
    path("", include(fundraising.embeds)),
    path("", include(territories.pictures)),
    path("", include(relays.pictures)),
    path("", include(fundraising.pictures)),
    path("", include(insights.root)),
    *i18n_patterns(
        path("", include(insights.pages)),
        path("", include(accounts.pages)),
        path("", include(people.pages)),
        path("", include(messaging.pages)),
        path("", include(relays.pages)),
        path("", include(fundraising.pages)),
        path("", include(actions.pages)),
        path("", include(advocacy.pages)),
    ),
]

handler404 = "maillage.kernel.http.not_found"
handler500 = "maillage.kernel.http.server_error"
