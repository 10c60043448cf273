"""The web process (decision 6: WSGI)."""

import os
from importlib import import_module

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

from config.memory import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
application = get_wsgi_application()

# A server of WSGI runs no system check: those that guard who may sign in are run here, so that a bad start stops.
if errors := [error for error in run_checks(tags=["accounts"]) if error.is_serious()]:
    raise SystemCheckError("\n".join(str(error) for error in errors))

import_module(settings.ROOT_URLCONF)  # all views, which the first request would load otherwise
keep_what_is_loaded()
