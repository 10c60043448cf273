"""Holds a request against the typed parameters of the `stripe` SDK: unknown, missing and mistyped ones are refused.

The SDK's TypedDicts are read when a request first needs them, nested ones too, so that what passes here passes there.
"""

import sys
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, ForwardRef, NotRequired, Required

import stripe.params
import stripe.params.test_helpers
from stripe import RequestOptions
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import is_typeddict

from infra.local.stripe.errors import Refused

Check = Callable[[Any, str], Any]
OPTIONS = set(RequestOptions.__annotations__)
YES_OR_NO = {"true": True, "false": False}


def read_parameters(shape: "str | type", asked: dict[str, Any]) -> dict[str, Any]:
    """Turn what was asked into values of their types. `shape` names a class of `stripe.params`, or is a TypedDict.

    Raises: Refused, naming the parameter.
    """
    read: dict[str, Any] = _object(_named(shape) if isinstance(shape, str) else shape)(asked, "")
    return read


def _named(shape: str) -> type:
    folder, _, name = shape.rpartition(".")
    found: type = getattr(stripe.params.test_helpers if folder else stripe.params, name)
    return found


def _refuse(message: str, param: str, code: str | None = None) -> Refused:
    return Refused(message, param=param, code=code, saved=False)


@cache
def _object(shape: Any) -> Check:
    fields = _fields(shape)
    required = [name for name, (is_required, _) in fields.items() if is_required]

    def check(value: Any, at: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _refuse("Invalid object", at)
        read: dict[str, Any] = {}
        for name, inner in value.items():
            place = f"{at}[{name}]" if at else name
            if name not in fields:
                raise _refuse(f"Received unknown parameter: {place}", place, "parameter_unknown")
            read[name] = fields[name][1](inner, place)
        for name in required:
            if name not in read:
                place = f"{at}[{name}]" if at else name
                raise _refuse(f"Missing required param: {place}.", place, "parameter_missing")
        return read

    return check


def _fields(shape: Any) -> dict[str, tuple[bool, Check]]:
    space = vars(sys.modules[shape.__module__]) | {"Required": Required, "NotRequired": NotRequired}
    fields = {}
    for name, written in shape.__annotations__.items():
        if name in OPTIONS and _holds_options(shape):
            continue
        meant = _meant(written, space)
        optional = typing.get_origin(meant) is NotRequired
        fields[name] = (not optional, _later(typing.get_args(meant)[0] if optional else meant, space))
    return fields


def _holds_options(shape: Any) -> bool:
    """Say whether a TypedDict holds the SDK's own options (key, version) beside the request's parameters."""
    return set(shape.__annotations__) >= OPTIONS


def _meant(written: Any, space: dict[str, Any]) -> Any:
    """Read an annotation that is written as a text."""
    while isinstance(written, (str, ForwardRef)):
        written = eval(written if isinstance(written, str) else written.__forward_arg__, space)
    return written


def _later(meant: Any, space: dict[str, Any]) -> Check:
    """Make a check when it is first needed: the nested shapes of a payment method are hundreds."""
    made: list[Check] = []

    def check(value: Any, at: str) -> Any:
        if not made:
            made.append(_check(meant, space))
        return made[0](value, at)

    return check


def _check(meant: Any, space: dict[str, Any]) -> Check:
    meant = _meant(meant, space)
    origin, inside = typing.get_origin(meant), typing.get_args(meant)
    if origin in (typing.Union, types.UnionType):
        return _one_of([_meant(one, space) for one in inside], space)
    if origin is list:
        return _list(_later(inside[0], space))
    if origin is dict:
        return _dict
    if origin is typing.Literal:
        return _literal(inside)
    if is_typeddict(meant):
        return _object(meant)
    return {int: _int, bool: _bool, float: _float, str: _text}.get(meant, _text)


def _one_of(meant: list[Any], space: dict[str, Any]) -> Check:
    texts = [text for one in meant if typing.get_origin(one) is typing.Literal for text in typing.get_args(one)]
    chosen = [text for text in texts if text != ""]
    others = [one for one in meant if typing.get_origin(one) is not typing.Literal and typing.get_origin(one) is not UntypedStripeObject]
    # `Literal["a", "b"] | str` is how the SDK leaves room for later values: this version knows these.
    checks = [_check(one, space) for one in sorted(others, key=_last_str) if not (one is str and chosen)]
    literal = _literal(texts) if texts else None

    def check(value: Any, at: str) -> Any:
        if value == "" and "" in texts:
            return ""
        refused: Refused | None = None
        for one in [*checks, *([literal] if chosen and literal else [])]:
            try:
                return one(value, at)
            except Refused as error:
                refused = error if refused is None or isinstance(value, dict) else refused
                refused = error if one is literal else refused
        raise refused or _refuse("Invalid value", at)

    return check


def _last_str(meant: Any) -> int:
    """Numbers before objects, whose refusal says more of an object; a text takes nearly everything."""
    return 2 if meant is str else 1 if is_typeddict(meant) else 0


def _list(inner: Check) -> Check:
    def check(value: Any, at: str) -> list[Any]:
        if value == "":
            return []
        if not isinstance(value, dict) or not all(place.isdigit() for place in value):
            raise _refuse("Invalid array", at)
        return [inner(one, f"{at}[{number}]") for number, (_, one) in enumerate(sorted(value.items(), key=lambda pair: int(pair[0])))]

    return check


def _dict(value: Any, at: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _refuse("Invalid object", at)
    return {name: _text(inner, f"{at}[{name}]") if inner != "" else "" for name, inner in value.items()}


def _literal(texts: Any) -> Check:
    known = {str(text).lower() if isinstance(text, bool) else str(text): text for text in texts}

    def check(value: Any, at: str) -> Any:
        if not isinstance(value, str) or value not in known:
            first, last = [text for text in known if text][:-1], [text for text in known if text][-1:]
            among = f"{', '.join(first)}, or {last[0]}" if first else "".join(last)
            raise _refuse(f"Invalid {at}: must be one of {among}", at)
        return known[value]

    return check


def _int(value: Any, at: str) -> int:
    if not isinstance(value, str) or not value.removeprefix("-").isdecimal() or not value.isascii():
        raise _refuse(f"Invalid integer: {value}", at, "parameter_invalid_integer")
    return int(value)


def _float(value: Any, at: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise _refuse(f"Invalid decimal: {value}", at) from None


def _bool(value: Any, at: str) -> bool:
    if not isinstance(value, str) or value not in YES_OR_NO:
        raise _refuse(f"Invalid boolean: {value}", at)
    return YES_OR_NO[value]


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str):
        raise _refuse("Invalid string", at)
    if value == "":
        raise _refuse(
            f"You passed an empty string for '{at}'. We assume empty values are an attempt to unset a parameter.",
            at,
            "parameter_invalid_empty",
        )
    return value
