"""Where rows and caches are kept."""

from config.env import env

DATABASES = {"default": {**env.db_url("DATABASE_URL"), "ENGINE": "django.contrib.gis.db.backends.postgis"}}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env("REDIS_URL")}}
