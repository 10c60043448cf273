"""The steps of signing in, in allauth's own dialect for browsers, where ours differ from allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginStageController
from allauth.core.exceptions import RateLimited
from allauth.headless.account import views
from allauth.headless.base.response import AuthenticationResponse, ConflictResponse, RateLimitResponse
from allauth.headless.internal.restkit.inputs import Input
from allauth.headless.internal.restkit.response import APIResponse
from django.http import HttpRequest

from maillage.accounts.services.code_sign_in import AskForCode, CodeSignIn


class AskForCodeInput(AskForCode, Input):  # type: ignore[misc]
    """An address."""


class RequestCode(views.RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code; the answer, and the work, are the same whether the address is known or not."""

    input_class = AskForCodeInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Begin a try."""
        CodeSignIn.begin(request=request, email=self.input.cleaned_data["email"])
        return AuthenticationResponse(request)


class ResendCode(views.ResendLoginCodeView):  # type: ignore[misc]
    """Ask for another code."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Draw another one, where this try still may."""
        stage = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE)
        process = CodeSignIn.resume(stage) if stage else None
        if process is None or not process.can_resend:
            return ConflictResponse(request)
        try:
            process.resend()
        except RateLimited:
            return RateLimitResponse(request)
        return APIResponse(request)


class ConfirmCode(views.ConfirmLoginCodeView):  # type: ignore[misc]
    """Type the code: it is compared before anybody is looked up."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let through who has a try that still runs."""
        stage = get_pending_stage(request)
        process = CodeSignIn.resume(stage) if stage and stage.key == LoginStageKey.LOGIN_BY_CODE else None
        if process is None:
            return ConflictResponse(request)
        self.process = process
        return super(views.ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Sign in; a right code of nobody's is a wrong one."""
        user = self.process.owner()
        if user is None:
            self.input.add_error("code", get_adapter().validation_error("incorrect_code"))
            return self.handle_invalid_input(self.input)
        return AuthenticationResponse.from_response(request, self.process.finish_as(user))
