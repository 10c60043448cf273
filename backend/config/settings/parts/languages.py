"""Languages of the fixed texts (decision 14)."""

from config.paths import BACKEND

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BACKEND / "locale"]
USE_I18N = True
LANGUAGE_COOKIE_NAME = "maillage_language"
