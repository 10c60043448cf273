"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from allauth.headless.account.views import SessionView
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from django.urls import URLPattern, URLResolver, include, path

from maillage.accounts.api.demo import DemoView
from maillage.accounts.api.me import MeView
from maillage.accounts.api.sign_in import ConfirmCode, RequestCode, ResendCode
from maillage.accounts.pages.sign_in import SignIn, SignInCode, sign_in_as_demo

# allauth's own addresses for a browser, and only those of signing in by code: no sign-up, no password.
_auth = [
    path("config", ConfigView.as_api_view(client=Client.BROWSER), name="auth-config"),
    path("auth/session", SessionView.as_api_view(client=Client.BROWSER), name="auth-session"),
    path("auth/code/request", RequestCode.as_api_view(client=Client.BROWSER), name="auth-code-request"),
    path("auth/code/confirm", ConfirmCode.as_api_view(client=Client.BROWSER), name="auth-code-confirm"),
    path("auth/code/resend", ResendCode.as_api_view(client=Client.BROWSER), name="auth-code-resend"),
]

api: list[URLPattern | URLResolver] = [
    path("me/", MeView.as_view(), name="me"),
    path("demo/", DemoView.as_view(), name="demo"),
    path("auth/browser/v1/", include(_auth)),
]
pages: list[URLPattern | URLResolver] = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", SignInCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/demo/", sign_in_as_demo, name="sign-in-demo"),
    # allauth leads back to the first step by these names
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-in/", SignIn.as_view(), name="account_request_login_code"),
]
