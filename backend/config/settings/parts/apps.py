"""Installed apps, lowest floor first, and the middlewares they need."""

MAILLAGE_APPS = [
    "maillage.journal",
    "maillage.territories",
    "maillage.accounts",
    "maillage.people",
    "maillage.groups",
    "maillage.messaging",
    "maillage.advocacy",
    "maillage.relays",
    "maillage.fundraising",
    "maillage.actions",
    "maillage.insights",
    "maillage.demo",
]

INSTALLED_APPS = [
    *MAILLAGE_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "pgtrigger",
    "django_vite",
]

MIDDLEWARE = [
    "maillage.kernel.requests.refuse_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "maillage.insights.adapters.headers.PageHeaders",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "maillage.accounts.adapters.vaults.wipe_vaults",
    "maillage.people.adapters.opening.ClosedUntilOpen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
