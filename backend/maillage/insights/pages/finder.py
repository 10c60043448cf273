"""What the place finder says and asks, sent with the page so that its script needs no dictionary."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def finder_props() -> dict[str, Any]:
    """Return the props of the island: where it asks, where it goes, what it says."""
    return {
        "search": "/api/v1/territories/search/",
        "locate": "/api/v1/territories/locate/",
        "results": reverse("places"),
        "words": {
            "locate": _("Locate me"),
            "locating": _("Looking for where you are…"),
            "refused": _("Your device did not say where you are. Type your postal code or your commune."),
            "outside": _("No constituency was found there. If you live abroad, type the name of your country."),
            "near": _("You are {metres} m from another constituency. Which one is yours?"),
            "doubtful": _("You are near a boundary. Which one is yours?"),
            "several": _("{count} constituencies"),
            "one": _("1 place found. Use the arrow keys."),
            "many": _("{count} places found. Use the arrow keys."),
            "none": _("Nothing found yet. Try the postal code, or fewer letters."),
            "failed": _("The search does not answer. Press Enter to search on a full page."),
        },
    }
