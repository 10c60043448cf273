"""The reference of the webhooks figures: a bare view that checks the HMAC of a message and does the same INSERT."""

import hashlib
import hmac
import json
import time
from uuid import uuid4

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import urlpatterns as product

SECRET = "whsec_figures"
INSERT = """
WITH made AS (
    INSERT INTO journal_inbound (id, source, external_id, body, queue) VALUES (%s, 'stripe', %s, %s, 'money')
    ON CONFLICT (source, external_id) DO NOTHING RETURNING id
)
SELECT id, pg_notify('maillage_jobs', '') FROM made
"""


@csrf_exempt
def message(request: HttpRequest) -> HttpResponse:
    """Take a message in."""
    at, signed = (part.partition("=")[2] for part in request.headers["Stripe-Signature"].split(","))
    wanted = hmac.new(SECRET.encode(), at.encode() + b"." + request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted, signed) or int(at) < time.time() - 300:
        return HttpResponse(status=400)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [uuid4(), f"bare:{json.loads(request.body)['id']}", request.body])
    return HttpResponse()


urlpatterns = [path("bare/message/", message), *product]
