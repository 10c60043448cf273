"""What a page with payment fields may load: the provider's own script, frames and answers, and nothing else that others may not."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from maillage.kernel.content_policy import widened

_STRIPE = "js.stripe.com"


def allow_payment(response: HttpResponse, *, framed: bool = False) -> HttpResponse:
    """Let a page load the provider's fields; `framed`: and stand within any other site's page."""
    script = urlsplit(settings.STRIPE_JS_URL)
    origin = f"{script.scheme}://{script.netloc}"
    is_stripe = script.hostname == _STRIPE  # else the local stand-in, which serves all of it from one origin
    more = {
        "script-src": [origin, *(["https://*.js.stripe.com"] if is_stripe else [])],
        "frame-src": [origin, *(["https://*.js.stripe.com", "https://hooks.stripe.com"] if is_stripe else [])],
        "connect-src": [origin, *(["https://api.stripe.com"] if is_stripe else [])],
    }
    if framed:
        more["frame-ancestors"] = ["*"]
    response["Content-Security-Policy"] = widened(settings.CONTENT_SECURITY_POLICY, more)
    response["Permissions-Policy"] = settings.PERMISSIONS_POLICY.replace("payment=()", f'payment=(self "{origin}")')
    return response
