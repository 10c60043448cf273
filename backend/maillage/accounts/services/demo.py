"""The one click of a local demonstration."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest

from maillage.accounts.domain import DEMO_METHOD
from maillage.accounts.models import User
from maillage.accounts.selectors import demo_user


def enter_as_demo(*, request: HttpRequest, key: str) -> User:
    """Sign in as a demo account, where the local settings offer them; there, and only there, it counts as a proof.

    Raises: NotFound, where demo sign-in is closed too.
    """
    user = demo_user(key)
    login(request, user)
    record_authentication(request, user, DEMO_METHOD)
    return user
