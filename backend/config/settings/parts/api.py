"""The API's face: problem+json errors, orjson, no browsable pages, OpenAPI 3.1."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["maillage.accounts.adapters.rest.ProvedSession"],
    "DEFAULT_PERMISSION_CLASSES": ["maillage.kernel.rest.permissions.PolicyRequired"],
    "DEFAULT_RENDERER_CLASSES": ["maillage.kernel.rest.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "maillage.kernel.rest.problems.exception_handler",
    "NUM_PROXIES": 0,  # else a client names itself in X-Forwarded-For and no limit holds
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

PUBLIC_WRITES_AN_HOUR = 60
"""Unsafe requests that one network (an IPv4 address, an IPv6 /64) may send to one public endpoint in an hour."""

SPECTACULAR_SETTINGS = {
    "TITLE": "Maillage",
    "DESCRIPTION": "Places and seats, coordinated actions, mail. Errors are application/problem+json (RFC 9457).",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "LICENSE": {"name": "AGPL-3.0-or-later"},
    "ENUM_NAME_OVERRIDES": {
        "ApplicationStatus": "maillage.relays.domain.ApplicationStatus",
        "ConversationStatus": "maillage.relays.domain.ConversationStatus",
        "Side": "maillage.relays.domain.Side",
        "SecondFactor": "maillage.accounts.domain.SecondFactor",
        "AppointedRole": "maillage.accounts.api.appointments.APPOINTED",
        "Role": "maillage.accounts.domain.Role",
        "SeatState": "maillage.relays.domain.SeatState",
        "ImportStatus": "maillage.people.domain.imports.ImportStatus",
        "HandOverStatus": "maillage.relays.domain.handing_over.HandOverStatus",
        "NoteKind": "maillage.relays.domain.notes.NoteKind",
        "AskStatus": "maillage.relays.domain.filling.AskStatus",
        "MethodByHand": "maillage.fundraising.api.batches.METHODS_BY_HAND",
        "Method": "maillage.fundraising.domain.words.Method",
        "AskKind": "maillage.relays.domain.filling.AskKind",
        "FillingStepKind": "maillage.relays.domain.filling.StepKind",
        "WrittenStepKind": "maillage.relays.domain.filling.WRITTEN_STEP_CHOICES",
        "Unasked": "maillage.relays.domain.filling.Unasked",
        "CompanionKind": "maillage.relays.domain.CompanionKind",
        "CompanionStatus": "maillage.relays.domain.CompanionStatus",
        "Channel": "maillage.people.domain.Channel",
        "NumberChannel": "maillage.people.api.corrections.NUMBER_CHANNELS",
        "CallOutcome": "maillage.relays.domain.CallOutcome",
        "VersionState": "maillage.people.domain.documents.VersionState",
        "AgreedBy": "maillage.people.domain.documents.AgreedBy",
        "ByHand": "maillage.messaging.domain.words.BY_HAND",
        "Kept": "maillage.people.domain.merging.EITHER",
        "TermKind": "maillage.relays.domain.TermKind",
        "ActionStatus": "maillage.actions.domain.ActionStatus",
        "Answer": "maillage.actions.domain.Answer",
        "BoardState": "maillage.actions.domain.BoardState",
        "Met": "maillage.actions.domain.Met",
        "Stance": "maillage.actions.domain.Stance",
        "Way": "maillage.accounts.domain.Way",
        "Language": "django.conf.settings.LANGUAGES",
    },
}
