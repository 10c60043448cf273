"""The least that REST framework asks for."""

SECRET_KEY = "bare"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
ROOT_URLCONF = "tests.load.bare.urls"
WSGI_APPLICATION = "tests.load.bare.wsgi.application"
USE_TZ = True
