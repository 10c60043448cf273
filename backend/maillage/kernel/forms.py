"""Forms of pages that need no script: what was typed, and the form shown again with what is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.text import typed


def texts_typed(request: HttpRequest, most: Mapping[str, int]) -> dict[str, str]:
    """Read the fields of a form, line breaks as one letter each; `most` says how many letters each takes.  Raises: Invalid (by field)."""
    said = {name: typed(request.POST.get(name, "").replace("\r\n", "\n")) for name in most}
    if too_long := {
        name: [_("At most %(most)s letters fit here.") % {"most": letters}] for name, letters in most.items() if len(said[name]) > letters
    }:
        raise Invalid(_("Some fields need another look."), fields=too_long)
    return said


def is_ticked(request: HttpRequest, name: str) -> bool:
    """Say whether a box was ticked: its value is `yes`."""
    return request.POST.get(name) == "yes"


def boxes_ticked(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """Read which of some boxes were ticked, each with its value: the version of what stood beside it."""
    return {name: value for name in names if (value := request.POST.get(name))}


def shown_again(request: HttpRequest, most: Mapping[str, int], refusal: Refusal | None) -> dict[str, Any]:
    """What a template shows in the fields of a form: what was typed, and what is wrong with it."""
    return {
        "typed": {name: request.POST.get(name, "") for name in most},
        "refusal": refusal,
        "errors": {name: " ".join(sentences) for name, sentences in refusal.fields.items()} if refusal else {},
        "most": most,
    }
