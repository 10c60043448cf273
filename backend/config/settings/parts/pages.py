"""Server-rendered pages and the built frontend."""

from config.paths import BACKEND, ROOT

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BACKEND / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "maillage.insights.pages.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "maillage.insights.pages.words",
                "maillage.people.pages.printed",
                "maillage.fundraising.pages.words",
            ],
            "libraries": {},
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = BACKEND / "static"
FRONTEND_DIST = ROOT / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": FRONTEND_DIST / ".vite" / "manifest.json"}}

# The build already puts a hash into each name: compressed once at collectstatic, then kept for ever by browsers.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_ROOT = BACKEND / "assets"
"""Files that browsers ask for at the root: icons, the image that social networks show."""

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# No inline script and no foreign host. Style attributes carry the shares of ticks (`--p:62%`), hence style-src-attr;
# MapLibre starts its worker from a file of ours and draws into blobs. Two styles of react-aria are known by what they say
# (`data-react-aria-pressable`: no zoom by a double tap; an open dialog keeps the page still on iOS): a new version of it that says
# something else is refused, and the journeys fail.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS_POLICY = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
