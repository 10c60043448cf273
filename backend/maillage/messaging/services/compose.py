"""A letter drawn: one layout, in HTML and in plain text."""

from django.conf import settings
from django.template.loader import render_to_string

from maillage.messaging.domain import Letter, Rendered
from maillage.people.selectors.organisation import organisation


def compose(letter: Letter, *, language: str, stop_url: str = "", stop_title: str = "", choices_url: str = "") -> Rendered:
    """Draw a letter in the active language, with the organisation at its foot and, where given, what stops it and the reader's choices."""
    subject = " ".join(letter.subject.split())
    house = organisation()
    context = {
        "letter": letter,
        "subject": subject,
        "preview": letter.preview,
        "language": language,
        "organisation": house.name,
        "organisation_address": house.address,
        "home_url": f"{settings.PUBLIC_URL}/{language}/",
        "privacy_url": f"{settings.PUBLIC_URL}/{language}/privacy/",
        "stop_url": stop_url,
        "stop_title": stop_title,
        "choices_url": choices_url,
    }
    text = render_to_string("mail/layout.txt", context).strip() + "\n"
    return Rendered(subject=subject, text=text, html=render_to_string("mail/layout.html", context), attachments=letter.attachments)
