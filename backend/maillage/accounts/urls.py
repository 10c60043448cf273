"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from allauth.headless.account.views import LoginView, SessionView
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from django.urls import URLPattern, URLResolver, include, path

from maillage.accounts.api.appointments import AppointmentEndView, AppointmentsView
from maillage.accounts.api.demo import DemoView
from maillage.accounts.api.factors import FactorResetView, ManagePasskeys, ManageRecoveryCodes, ManageTOTP
from maillage.accounts.api.me import MeView
from maillage.accounts.api.security import PasswordView, SecurityView, SessionsView, StepUpCodeView, StepUpView
from maillage.accounts.api.security import SessionView as OwnSessionView
from maillage.accounts.api.sign_in import ConfirmCode, RequestCode, ResendCode
from maillage.accounts.pages.sign_in import SignIn, SignInCode, SignInFactor, sign_in_as_demo

# allauth's own addresses for a browser, and only those of signing in: no sign-up, no password to recover (a code does that).
_auth = [
    path("config", ConfigView.as_api_view(client=Client.BROWSER), name="auth-config"),
    path("auth/session", SessionView.as_api_view(client=Client.BROWSER), name="auth-session"),
    path("auth/code/request", RequestCode.as_api_view(client=Client.BROWSER), name="auth-code-request"),
    path("auth/code/confirm", ConfirmCode.as_api_view(client=Client.BROWSER), name="auth-code-confirm"),
    path("auth/code/resend", ResendCode.as_api_view(client=Client.BROWSER), name="auth-code-resend"),
    path("auth/login", LoginView.as_api_view(client=Client.BROWSER), name="auth-login"),
    path("auth/2fa/authenticate", mfa.AuthenticateView.as_api_view(client=Client.BROWSER), name="auth-factor"),
    path("auth/2fa/reauthenticate", mfa.ReauthenticateView.as_api_view(client=Client.BROWSER), name="auth-factor-again"),
    path("auth/webauthn/login", mfa.LoginWebAuthnView.as_api_view(client=Client.BROWSER), name="auth-passkey-login"),
    path("auth/webauthn/authenticate", mfa.AuthenticateWebAuthnView.as_api_view(client=Client.BROWSER), name="auth-passkey"),
    path("auth/webauthn/reauthenticate", mfa.ReauthenticateWebAuthnView.as_api_view(client=Client.BROWSER), name="auth-passkey-again"),
    path("account/authenticators/totp", ManageTOTP.as_api_view(client=Client.BROWSER), name="totp"),
    path("account/authenticators/recovery-codes", ManageRecoveryCodes.as_api_view(client=Client.BROWSER), name="recovery-codes"),
    path("account/authenticators/webauthn", ManagePasskeys.as_api_view(client=Client.BROWSER), name="passkeys"),
]

api: list[URLPattern | URLResolver] = [
    path("me/", MeView.as_view(), name="me"),
    path("security/", SecurityView.as_view(), name="security"),
    path("security/password/", PasswordView.as_view(), name="password"),
    path("sessions/", SessionsView.as_view(), name="sessions"),
    path("sessions/<uuid:id>/", OwnSessionView.as_view(), name="session"),
    path("step-up/", StepUpView.as_view(), name="step-up"),
    path("step-up/code/", StepUpCodeView.as_view(), name="step-up-code"),
    path("factors/reset/", FactorResetView.as_view(), name="factor-reset"),
    path("appointments/", AppointmentsView.as_view(), name="appointments"),
    path("appointments/<uuid:id>/end/", AppointmentEndView.as_view(), name="appointment-end"),
    path("demo/", DemoView.as_view(), name="demo"),
    path("auth/browser/v1/", include(_auth)),
]
pages: list[URLPattern | URLResolver] = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", SignInCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/second-factor/", SignInFactor.as_view(), name="mfa_authenticate"),
    path("sign-in/demo/", sign_in_as_demo, name="sign-in-demo"),
    # allauth leads back to the first step by these names
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-in/", SignIn.as_view(), name="account_request_login_code"),
]
