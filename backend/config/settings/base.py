"""Settings common to every installation; the parts by concern stand beside this file."""

from config.env import env
from config.settings.parts.accounts import *  # noqa: F403
from config.settings.parts.advocacy import *  # noqa: F403
from config.settings.parts.api import *  # noqa: F403
from config.settings.parts.apps import *  # noqa: F403
from config.settings.parts.fundraising import *  # noqa: F403
from config.settings.parts.jobs import *  # noqa: F403
from config.settings.parts.languages import *  # noqa: F403
from config.settings.parts.logs import *  # noqa: F403
from config.settings.parts.mail import *  # noqa: F403
from config.settings.parts.organisation import *  # noqa: F403
from config.settings.parts.pages import *  # noqa: F403
from config.settings.parts.storage import *  # noqa: F403
from config.settings.parts.territories import *  # noqa: F403

SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = [key.strip() for key in env("SECRET_KEY_FALLBACKS").split(",") if key.strip()]
PUBLIC_URL = env("PUBLIC_URL").rstrip("/")
DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"

# GDAL before 3.9 reads files that a geometry names; nothing of a user's is ever handed to it (importers read the operator's files).
SILENCED_SYSTEM_CHECKS = ["gis.W001"]
