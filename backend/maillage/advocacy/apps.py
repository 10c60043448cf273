from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "maillage.advocacy"
    label = "advocacy"
