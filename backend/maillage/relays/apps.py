from django.apps import AppConfig


class RelaysConfig(AppConfig):
    name = "maillage.relays"
    label = "relays"
