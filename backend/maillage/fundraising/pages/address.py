"""The page that the mail of thanks leads to: whether the address is theirs. Only a POST proves it or denies it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.fundraising import services
from maillage.fundraising.domain.links import ADDRESS_LINK
from maillage.fundraising.models import Donor
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.links import read_link


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it was them; afterwards the same address says what was done. It names nobody."""
    try:
        (donor_id,) = read_link(ADDRESS_LINK, token, now=now())
        donor = Donor.objects.filter(pk=donor_id).first()
        if donor is None:
            raise NotFound(code="link_broken")
    except Refusal as refusal:
        return render(request, "fundraising/link.html", {"refusal": refusal}, status=refusal.status)
    if request.method == "POST":
        said = request.POST.get("was")
        if said == "me":
            services.prove_donor(donor_id=donor_id, now=now())
        elif said == "not-me":  # of anything else nothing follows: the question is asked again
            services.deny_address(donor_id=donor_id, now=now())
            return redirect(f"{request.path}?said=not-me")
        return redirect("donor-address", token=token)
    return render(request, "fundraising/address.html", {"donor": donor, "said": request.GET.get("said")})
