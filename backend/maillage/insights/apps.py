from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "maillage.insights"
    label = "insights"
