"""The page behind the mail that tells that two records were joined: are both yours? GET shows, POST acts, no login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.links import read_link
from maillage.messaging.services.merged import JOINED_LINK
from maillage.people import services
from maillage.people.domain.merging import OBJECTED_WITHIN
from maillage.people.models import Merge


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def joined(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether both records are theirs; keep a yes, or take them apart at a no. Whatever else is posted is asked again."""
    done = ""
    is_unclear = False
    try:
        merge_id, *records = read_link(JOINED_LINK, token, now=now())
        if not Merge.objects.filter(pk=merge_id, undone_at__isnull=True).exists():
            raise NotFound(code="merge_gone")
        said = request.POST.get("are") if request.method == "POST" else ""
        if said == "mine":
            done = "settled" if services.agree_to_merge(merge_id=merge_id, record_ids=set(records), now=now()) else "mine"
        elif said == "not-mine":
            done = "apart" if services.object_to_merge(merge_id=merge_id, now=now()) else "noted"
        else:
            is_unclear = request.method == "POST"
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    says_no = request.GET.get("are") == "not-mine"  # which of the mail's two links was opened: its button comes first
    context = {"done": done, "says_no": says_no, "is_unclear": is_unclear, "days": OBJECTED_WITHIN.days}
    return render(request, "messaging/joined.html", context, status=400 if is_unclear else 200)
