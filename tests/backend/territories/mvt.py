"""Read a vector tile (Mapbox Vector Tile 2.1) as far as the tests and figures need: layers, properties, outlines' bounds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5


@dataclass
class Feature:
    """One feature: its properties, and its rings as points of the tile's grid."""

    properties: dict[str, str] = field(default_factory=dict)
    rings: list[list[tuple[int, int]]] = field(default_factory=list)


@dataclass
class Layer:
    """One layer: its name, its grid, its features."""

    name: str = ""
    extent: int = 4096
    features: list[Feature] = field(default_factory=list)


def layers(tile: bytes) -> list[Layer]:
    """Decode every layer of a tile."""
    return [_layer(value) for number, value in _fields(tile) if number == 3 and isinstance(value, bytes)]


def _layer(message: bytes) -> Layer:
    layer, keys, values, raw = Layer(), [], [], []
    for number, value in _fields(message):
        if number == 1 and isinstance(value, bytes):
            layer.name = value.decode()
        elif number == 2 and isinstance(value, bytes):
            raw.append(value)
        elif number == 3 and isinstance(value, bytes):
            keys.append(value.decode())
        elif number == 4 and isinstance(value, bytes):
            values.append(next((text.decode() for kind, text in _fields(value) if kind == 1 and isinstance(text, bytes)), ""))
        elif number == 5 and isinstance(value, int):
            layer.extent = value
    layer.features = [_feature(message, keys, values) for message in raw]
    return layer


def _feature(message: bytes, keys: list[str], values: list[str]) -> Feature:
    feature = Feature()
    for number, value in _fields(message):
        if number == 2 and isinstance(value, bytes):
            tags = list(_varints(value))
            feature.properties = {keys[key]: values[at] for key, at in zip(tags[::2], tags[1::2], strict=True)}
        elif number == 4 and isinstance(value, bytes):
            feature.rings = list(_rings(list(_varints(value))))
    return feature


def _rings(commands: list[int]) -> Iterator[list[tuple[int, int]]]:
    ring: list[tuple[int, int]] = []
    x = y = at = 0
    while at < len(commands):
        verb, times = commands[at] & 7, commands[at] >> 3
        at += 1
        if verb == 7:
            yield ring
            ring = []
            continue
        for _ in range(times):
            x, y, at = x + _signed(commands[at]), y + _signed(commands[at + 1]), at + 2
            ring.append((x, y))


def _signed(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def _varints(message: bytes) -> Iterator[int]:
    at = 0
    while at < len(message):
        value, at = _varint(message, at)
        yield value


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        if wire == BYTES:
            length, at = _varint(message, at)
        else:
            length = {EIGHT: 8, FOUR: 4}[wire]
        yield number, message[at : at + length]
        at += length
