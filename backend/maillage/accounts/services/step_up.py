"""A code by mail for somebody who is signed in: they prove once more that it is they."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.accounts.domain import Way
from maillage.accounts.models import User
from maillage.accounts.selectors import ways_open_to
from maillage.accounts.services.code_limits import count_code
from maillage.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from maillage.kernel.sealing import seal, unseal

STATE = "maillage_step_up"
TRIES = 3


class TooMany(Refusal):
    """Tried too often; later, then."""

    status = 429
    code = "too_many"


def send_step_up_code(*, request: HttpRequest, user: User) -> None:
    """Mail a code to a signed-in user; the former one works no more. Raises: Forbidden (`not_your_way`), TooMany."""
    _must_be_open(user, Way.CODE)
    if not count_code(request, user.email):
        raise _too_many()
    code = get_adapter(request).generate_login_code()
    request.session[STATE] = {"code": seal(code).decode(), "until": time.time() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT, "tries": 0}
    get_adapter(request).send_mail("account/email/login_code", user.email, {"code": code})


def prove_by_code(*, request: HttpRequest, user: User, code: str) -> None:
    """Write down that a user typed the code that was mailed to them. Raises: Forbidden, Conflict (`no_pending_code`), Invalid."""
    _must_be_open(user, Way.CODE)
    state = request.session.pop(STATE, None)
    if not state or time.time() > state["until"]:
        raise Conflict(_("This code has expired. Ask for another one."), code="no_pending_code")
    if not compare_user_code(actual=code, expected=unseal(state["code"])):
        if state["tries"] + 1 < TRIES:
            request.session[STATE] = {**state, "tries": state["tries"] + 1}
        raise Invalid(code="incorrect_code", fields={"code": [_("This is not the code that we sent.")]})
    record_authentication(request, user, "code", reauthenticated=True)


def prove_by_password(*, request: HttpRequest, user: User, password: str) -> None:
    """Write down that a user typed their password. Raises: Forbidden, TooMany, Invalid."""
    _must_be_open(user, Way.PASSWORD)
    if not ratelimit.consume(request, action="login_failed", key=f"step-up-{user.pk}"):
        raise _too_many()
    if not user.check_password(password):
        raise Invalid(code="incorrect_password", fields={"password": [_("This is not your password.")]})
    record_authentication(request, user, "password", reauthenticated=True)


def _must_be_open(user: User, way: Way) -> None:
    ways = ways_open_to(user)
    if way not in ways:
        raise Forbidden(_("Your account proves itself in another way."), code="not_your_way", ways=[str(one) for one in ways])


def _too_many() -> TooMany:
    return TooMany(_("Too many tries. Wait a few minutes, then begin again."))
