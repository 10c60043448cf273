"""What a position is about: a title, and the decision that is aimed at, in each language."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

TITLE_MOST = 120
AIM_MOST = 200

Words = Mapping[str, str]
"""One language's `title` and `decision`."""


def subject_troubles(texts: Mapping[str, Words], *, default_language: str, languages: Collection[str]) -> dict[str, list[str]]:
    """Say what is wrong with the words of a subject, by field; empty when nothing is."""
    troubles: dict[str, list[str]] = {}
    if unknown := sorted(set(texts) - set(languages)):
        troubles["texts"] = [_("We do not write in %(languages)s here.") % {"languages": ", ".join(unknown)}]
    if default_language not in texts:
        troubles[f"texts.{default_language}"] = [_("Write the subject in the default language.")]
    for language, words in texts.items():
        title, decision = words["title"].strip(), words["decision"].strip()
        if not 0 < len(title) <= TITLE_MOST:
            troubles[f"texts.{language}.title"] = [_("Give the subject a title of at most 120 letters.")]
        if not 0 < len(decision) <= AIM_MOST:
            troubles[f"texts.{language}.decision"] = [_("Say in at most 200 letters which decision is aimed at.")]
    return troubles
