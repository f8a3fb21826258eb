"""What the form of an IKM is told while it is filled in: who is recorded already, what follows."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse

from balikpapan.audit.changelist import is_key
from balikpapan.audit.lookup_throttle import LookupThrottle
from balikpapan.regions.models import Kelurahan

from ..models import Business

#: The boxes that are asked about; none of them holds what only some may see.
HINTED_FIELDS = ("name", "owner_name", "nib", "kelurahan")
PAGE = "industry_business_hints"
#: So many records are named in one hint.
NAMED = 3
LONGEST = 300
THROTTLE = LookupThrottle(most=120, seconds=60)


class TypingHints:
    """The page that the form of an IKM asks once somebody has left one of its boxes."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """Its address, behind the site's own log-in."""
        return [path("hints/", self.keeper.admin_site.admin_view(self.view), name=PAGE)]

    def view(self, request):
        """JSON of ``hints`` (box -> lines of ``text`` and ``url``) and ``filled`` (box -> choice).

        The texts come in the body, for addresses are logged; the answer names records by what
        every list of them shows: number, name and kelurahan.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.keeper.has_view_permission(request):
            raise PermissionDenied
        if not THROTTLE.allows(request.user.pk):
            return JsonResponse({"hints": {}, "filled": {}}, status=429)
        texts = {
            name: " ".join(request.POST.get(name, "").replace("\x00", "").split())[:LONGEST]
            for name in HINTED_FIELDS
        }
        own = request.POST.get("record", "")
        others = self.keeper.get_queryset(request).exclude(pk=own if is_key(own) else None)
        hints = {"nib": same_nib(others, texts["nib"])}
        if not hints["nib"]:
            hints["name"] = same_name(others, texts["name"], texts["owner_name"])
        return JsonResponse({"hints": hints, "filled": district_of(texts["kelurahan"])})


def same_nib(businesses, typed: str) -> list[dict]:
    """Who has this NIB, which no two may have."""
    try:
        nib = Business._meta.get_field("nib").formfield().to_python(typed)
    except ValidationError:
        return []
    rows = businesses.kept().filter(nib=nib) if nib else businesses.none()
    return lines(rows, "NIB ini sudah dipakai")


def same_name(businesses, name: str, owner_name: str) -> list[dict]:
    """Who would stand in the list of likely doubles with this name and owner."""
    rows = businesses.like(name, owner_name) if name else businesses.none()
    return lines(rows, "Mungkin sudah tercatat")


def lines(businesses, opening: str) -> list[dict]:
    """One line for each of the first few."""
    rows = businesses.select_related("kelurahan").order_by("pk")[:NAMED]
    return [
        {
            "text": f"{opening}: {row.number} {row}" + (f", {row.kelurahan}" * bool(row.kelurahan)),
            "url": reverse("admin:industry_business_change", args=[row.pk]),
        }
        for row in rows
    ]


def district_of(kelurahan: str) -> dict:
    """The kecamatan that the chosen kelurahan decides, as its picker shows it."""
    if not is_key(kelurahan):
        return {}
    place = Kelurahan.objects.select_related("kecamatan").filter(pk=kelurahan).first()
    if place is None:
        return {}
    return {"kecamatan": {"key": str(place.kecamatan_id), "text": str(place.kecamatan)}}
