"""Pictures drawn anew: nothing of the file stays, and none is too much for the machine."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from maillage.kernel.errors import Invalid
from maillage.kernel.images import HEAVIEST, drawn_within, square_portrait


def sent(kind: str = "JPEG", *, size: tuple[int, int] = (900, 600), mode: str = "RGB", **more: object) -> bytes:
    body = BytesIO()
    Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (0, 0, 0, 0)).save(body, kind, **more)
    return body.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few bytes that claims 3.6 billion points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_comes_out_square_and_small(kind: str) -> None:
    drawn = Image.open(BytesIO(square_portrait(sent(kind), side=320)))
    assert (drawn.format, drawn.size, drawn.mode) == ("JPEG", (320, 320), "RGB")


def test_no_place_no_device_no_comment_stays() -> None:
    told = Image.Exif()
    told[0x010F] = "Marque de test"
    told.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    out = square_portrait(sent(exif=told, comment=b"chez moi"), side=320)
    for told_by_file in (b"Marque", b"chez moi", b"Exif"):
        assert told_by_file not in out
    assert not Image.open(BytesIO(out)).getexif()


def test_a_whole_picture_keeps_its_proportions_and_is_never_drawn_larger() -> None:
    sizes = [Image.open(BytesIO(drawn_within(sent(size=size), side=320))).size for size in ((900, 600), (600, 900), (90, 60))]
    assert sizes == [(320, 213), (213, 320), (90, 60)]
    with pytest.raises(Invalid):
        drawn_within(bomb(), side=320)


def test_it_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    body = BytesIO()
    half = Image.new("RGB", (400, 400), "white")
    half.paste((0, 0, 0), (0, 0, 200, 400))
    half.save(body, "JPEG", exif=turned)
    drawn = Image.open(BytesIO(square_portrait(body.getvalue(), side=100))).convert("L")
    above, below = (drawn.crop((50, y, 51, y + 1)).tobytes()[0] for y in (5, 95))
    assert above < 60 < 200 < below


def test_what_a_device_wrote_wrongly_of_a_photo_is_passed_over() -> None:
    turned, odd = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0), struct.pack("<HHI4s", 0x010F, 5, 1, b"\1\0\0\0")
    for parts in ([turned, odd], [struct.pack("<HHI4s", 0x0112, 7, 4, b"what")]):
        exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(parts)) + b"".join(parts) + b"\0\0\0\0"
        assert Image.open(BytesIO(square_portrait(sent(exif=exif), side=100))).size == (100, 100)


def test_what_is_seen_through_becomes_white() -> None:
    drawn = Image.open(BytesIO(square_portrait(sent("PNG", mode="RGBA"), side=64)))
    assert min(drawn.crop((32, 32, 33, 33)).tobytes()) > 250


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (bomb(), "image_too_large"),
        (bomb(4500), "image_too_large"),
        (sent(size=(9000, 6000)), "image_too_large"),
        (b"\xff\xd8" + b"0" * HEAVIEST, "image_too_heavy"),
        (b"%PDF-1.7", "image_unreadable"),
        (sent()[:400], "image_unreadable"),
        (b"", "image_unreadable"),
        (sent("GIF"), "image_unreadable"),
    ],
)
def test_what_is_refused_says_why(body: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        square_portrait(body, side=320)
    assert refused.value.code == code
    assert refused.value.fields["photo"]
