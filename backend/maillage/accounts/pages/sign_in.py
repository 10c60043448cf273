"""Signing in without a script: an address, the code that it receives, a session. The steps and their limits are allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginByCodeStage, LoginStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from maillage.accounts import selectors, services
from maillage.accounts.services.code_sign_in import AskForCode, CodeSignIn
from maillage.kernel.errors import NotFound

METHODS = ["get", "head", "post"]


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code; the answer is the same whether the address is known or not."""

    template_name = "accounts/sign_in.html"
    http_method_names = METHODS
    form_class = AskForCode

    def form_valid(self, form: AskForCode) -> Any:
        """Begin a try, and go to its second step."""
        CodeSignIn.begin(request=self.request, email=form.cleaned_data["email"])
        return super(RequestLoginCodeView, self).form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the demo accounts where there are some."""
        accounts = selectors.demo_accounts() if selectors.demo_sign_in_is_open() else []
        return {**super().get_context_data(**kwargs), "demo_accounts": accounts}


class SignInCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Type the code."""

    template_name = "accounts/sign_in_code.html"
    http_method_names = METHODS

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let through who has a try that still runs; the others begin again."""
        stage = get_pending_stage(request)
        process = CodeSignIn.resume(stage) if stage and stage.key == LoginByCodeStage.key else None
        if request.user.is_authenticated or process is None:
            return HttpResponseRedirect(reverse("sign-in"))
        self._process = process
        return super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def _verify_form_valid(self, form: BaseForm) -> Any:
        user = self._process.owner()
        if user is None:
            form.add_error("code", get_adapter().validation_error("incorrect_code"))
            return self.form_invalid(form)
        return self._process.finish_as(user, redirect_url=self.get_next_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where the code went."""
        return {**super().get_context_data(**kwargs), "email": self._process.address}


class SignInFactor(FormView):  # type: ignore[type-arg]
    """Type what an authenticator app shows, or a recovery code; a passkey needs a script, and is asked for under /app/."""

    template_name = "accounts/sign_in_factor.html"
    http_method_names = METHODS
    form_class = AuthenticateForm
    stage: LoginStage

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let through who passed the first step; the others begin with it."""
        stage = None if request.user.is_authenticated else LoginStageController.enter(request, AuthenticateStage.key)
        if stage is None:
            return HttpResponseRedirect(reverse("sign-in"))
        self.stage = stage
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose."""
        return {**super().get_form_kwargs(), "user": self.stage.login.user}

    def form_valid(self, form: AuthenticateForm) -> Any:
        """Go on to where one was going."""
        form.save()
        return self.stage.exit()


@require_POST
def sign_in_as_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo account, where the local settings offer them, in the language of this page."""
    try:
        user = services.enter_as_demo(request=request, key=request.POST.get("key", ""))
    except NotFound as nothing:
        return HttpResponse(nothing.detail, status=404, content_type="text/plain; charset=utf-8")
    services.choose_language(user=user, language=get_language() or user.language)
    return HttpResponseRedirect(resolve_url("/app/"))
