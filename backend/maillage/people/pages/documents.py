"""What anybody may read of what people agree to: the charter and its history, and the wordings of forms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.kernel.http import not_found
from maillage.kernel.markdown import safe_html
from maillage.people.domain import Difference, VersionState, differences
from maillage.people.models import DocumentVersion
from maillage.people.selectors.documents import public_versions, text_in
from maillage.people.selectors.organisation import zone_of_house
from maillage.people.selectors.wordings import wording_histories


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """Show the charter in force, whole, and the list of those before it; or say that there is none yet."""
    versions = list(public_versions())
    in_force = next((version for version in versions if version.state == VersionState.ADOPTED), None)
    return _shown(request, in_force, versions)


@require_safe
def charter_version(request: HttpRequest, number: int) -> HttpResponse:
    """Show one version that is or was in force."""
    versions = list(public_versions())
    found = next((version for version in versions if version.number == number), None)
    return _shown(request, found, versions) if found else not_found(request)


@require_safe
def charter_paper(request: HttpRequest) -> HttpResponse:
    """Show the charter in force as one printable page, with its number and a line to sign on."""
    in_force = next((version for version in public_versions() if version.state == VersionState.ADOPTED), None)
    if in_force is None:
        return not_found(request)
    words, is_fallback = text_in(in_force, _language())
    context = {"version": in_force, "words": words, "is_fallback": is_fallback, "html": safe_html(words.body), "zone": zone_of_house()}
    return render(request, "people/charter_paper.html", context)


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Show each wording that people agree to on a form, and those that were agreed to before."""
    response = render(request, "people/wordings.html", {"wordings": wording_histories(), "zone": zone_of_house()})
    patch_cache_control(response, public=True, max_age=60)
    return response


def _shown(request: HttpRequest, version: DocumentVersion | None, versions: list[DocumentVersion]) -> HttpResponse:
    context: dict[str, object] = {"version": version, "versions": versions, "zone": zone_of_house()}
    if version is not None:
        words, is_fallback = text_in(version, _language())
        before = next((other for other in versions if other.number < version.number), None)
        context |= {"words": words, "is_fallback": is_fallback, "html": safe_html(words.body), "before": before}
        if before is not None:
            old = {text.language: text.body for text in before.texts.all()}.get(words.language)
            context["changes"] = [] if old is None else [_drawn(change) for change in differences(old, words.body)]
    response = render(request, "people/charter.html", context)
    patch_cache_control(response, public=True, max_age=60)
    return response


def _drawn(change: Difference) -> dict[str, object]:
    return {"kind": change.kind, "html": safe_html(change.text), "pieces": change.pieces}


def _language() -> str:
    return get_language() or ""
