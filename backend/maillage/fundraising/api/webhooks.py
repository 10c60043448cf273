"""Where the payment provider tells what happened."""

import json
import logging

import stripe
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from maillage.fundraising import services
from maillage.fundraising.gateways.accounts import keys_of

log = logging.getLogger(__name__)

MOST_BYTES = 512 * 1024
"""How long a message may be; the provider's are a few kilobytes."""


@csrf_exempt
@require_POST
def stripe_message(request: HttpRequest, account: str) -> HttpResponse:
    """Take a message of one account in once its signature over the raw body holds and is not old: 200, also when it came before.

    404 for an account without a webhook secret (an empty one disables), 400 for what is forged, old or cut short. Nothing else is
    looked at here: the answer does not wait for what the message brings about.
    """
    keys = keys_of(account)
    if keys is None or not keys.webhook:
        return HttpResponse(status=404)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    body = request.body
    try:
        stripe.WebhookSignature.verify_header(
            body.decode(), request.headers.get("Stripe-Signature", ""), keys.webhook, settings.STRIPE_TOLERANCE_SECONDS
        )
        event_id = json.loads(body)["id"]
        if not isinstance(event_id, str) or not 0 < len(event_id) <= 90:
            raise ValueError("not the id of an event")
    except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError):
        log.warning("a message to the account %s was refused: its signature does not hold, is old, or its body is none", keys.code)
        return HttpResponse(status=400)
    services.take_in(account=keys.code, event_id=event_id, body=body)
    return HttpResponse(status=200)
