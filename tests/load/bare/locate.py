"""The reference of the locate figure: a plain function view that runs the one covering query."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from config.urls import urlpatterns as product

COVERING = """
SELECT a.code, a.name
FROM territories_areashape s JOIN territories_area a ON a.id = s.area_id
WHERE s.boundary_set_id = %s AND ST_Covers(s.geometry, ST_SetSRID(ST_MakePoint(%s, %s), 4326))
"""


def covering(request: HttpRequest) -> JsonResponse:
    """Answer the seat of a point."""
    with connection.cursor() as cursor:
        cursor.execute(COVERING, [request.GET["set"], float(request.GET["lon"]), float(request.GET["lat"])])
        row = cursor.fetchone()
    return JsonResponse({"code": row[0], "name": row[1]} if row else {}, status=200 if row else 404)


urlpatterns = [path("bare/covering/", covering), *product]
