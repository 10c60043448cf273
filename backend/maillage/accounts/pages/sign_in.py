"""Signing in without a script: an address, the code that it receives, a session. The steps and their limits are allauth's."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from maillage.accounts import selectors, services
from maillage.kernel.errors import NotFound

METHODS = ["get", "head", "post"]


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code; the answer is the same whether the address is known or not."""

    template_name = "accounts/sign_in.html"
    http_method_names = METHODS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the demo accounts where there are some."""
        accounts = selectors.demo_accounts() if selectors.demo_sign_in_is_open() else []
        return {**super().get_context_data(**kwargs), "demo_accounts": accounts}


class SignInCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Type the code."""

    template_name = "accounts/sign_in_code.html"
    http_method_names = METHODS


@require_POST
def sign_in_as_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo account, where the local settings offer them, in the language of this page."""
    try:
        user = selectors.demo_user(request.POST.get("key", ""))
    except NotFound as nothing:
        return HttpResponse(nothing.detail, status=404, content_type="text/plain; charset=utf-8")
    login(request, services.choose_language(user=user, language=get_language() or user.language))
    return HttpResponseRedirect(resolve_url("/app/"))
