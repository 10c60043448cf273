"""One endpoint."""

from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView


class Hello(APIView):
    """Answers without a query."""

    permission_classes = ()
    authentication_classes = ()

    def get(self, request):
        return Response({"status": "ok"})


urlpatterns = [path("healthz", Hello.as_view())]
