"""Signing in by a code that comes by mail: the same work whether an address is known or not (ADR 15).

Asking draws a code, keeps it in the session beside the address, and writes one message; who it is for is looked up by
the worker that delivers it, far from whoever asks. Checking compares the code first, and looks for its owner only
when it is right. The steps, limits and sessions are allauth's.
"""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context
from allauth.core.exceptions import RateLimited
from django.http import HttpRequest, HttpResponse

from maillage.accounts.models import User
from maillage.accounts.services.code_limits import count_code
from maillage.kernel.sealing import seal, unseal


class AskForCode(RequestLoginCodeForm):  # type: ignore[misc]
    """An address that asks for a code: counted against its limits, and looked up nowhere."""

    def clean_email(self) -> str:
        """Raises: ValidationError when this address or network asks too often."""
        email: str = self.cleaned_data["email"]
        if email and not count_code(context.request, email):
            raise get_adapter().validation_error("too_many_login_attempts")
        return email


class CodeSignIn(LoginCodeVerificationProcess):  # type: ignore[misc]
    """One try to sign in by code, kept in the session: the address and the code, both sealed, and how often it failed."""

    @classmethod
    def begin(cls, *, request: HttpRequest, email: str) -> "CodeSignIn":
        """Draw a code for an address, and ask that it be mailed there if somebody signs in with it."""
        login = Login(user=None)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update({**cls.initial_state(user=None), "initiated_by_user": True, "address": seal(email).decode()})
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> "CodeSignIn | None":
        """Go on with the try that a session holds; None when its time is over."""
        process: CodeSignIn | None = cls(stage=stage).abort_if_invalid()
        return process

    @property
    def address(self) -> str:
        """The address that was typed."""
        return unseal(self.state["address"])

    @property
    def code(self) -> str:
        """The code that was drawn last."""
        return unseal(self.state["sealed_code"])

    @property
    def can_resend(self) -> bool:
        """Say whether another code may be asked for."""
        return not self.is_resend_quota_reached(app_settings.LOGIN_BY_CODE_MAX_RESEND_COUNT)

    def send(self, skip_enumeration_mails: bool = False) -> None:
        """Draw a code and write the message that carries it; the former one works no more."""
        code = get_adapter().generate_login_code()
        self.state["sealed_code"] = seal(code).decode()
        get_adapter().send_mail("account/email/login_code", self.address, {"code": code})

    def resend(self) -> None:
        """Send another code, which counts as one more that was asked for. Raises: RateLimited."""
        if not count_code(self.request, self.address):
            raise RateLimited
        self.send()
        self.record_resend()
        self.persist()

    def owner(self) -> User | None:
        """Find who signs in with the address. Asked once the code was right, by nobody else."""
        return User.objects.filter(email=self.address.strip().lower(), is_active=True).first()

    def finish_as(self, user: User, *, redirect_url: str | None = None) -> HttpResponse:
        """Go on to what else signing in asks for: a second factor, or nothing."""
        record_authentication(self.request, user, method="code", email=user.email)
        response: HttpResponse = perform_login(self.request, Login(user=user, redirect_url=redirect_url, email=user.email))
        return response
