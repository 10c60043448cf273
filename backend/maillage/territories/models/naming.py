"""What a place is called: in the reader's language, else in the deployment's, else as its source writes it."""

from django.conf import settings
from django.db.models import CharField, F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

CALLED_SQL = "coalesce({area}.names ->> %(language)s, {area}.names ->> %(home)s, {area}.name)"
"""The same where SQL is written by hand; `home` is the deployment's language."""


def languages_for(language: str | None) -> list[str]:
    """List the languages in which a place's name is looked for, the first one first; None: nobody reads yet."""
    return list(dict.fromkeys((language or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)))


def called(area: str = "", *, language: str | None = None) -> Coalesce:
    """What rows call their place, asked with them: `values(place=called("seat__area"))` says what `seat.area.called` says.

    `area` leads from the row to the place; empty: the row is the place. The reader's language is read now: make it where
    it is asked, never once for all.
    """
    at = f"{area}__" if area else ""
    names = (KeyTextTransform(each, f"{at}names") for each in languages_for(language or get_language()))
    return Coalesce(*names, F(f"{at}name"), output_field=CharField())
