"""Pictures that people send, drawn anew: what leaves here is ours, small, and says nothing but what one sees."""

from __future__ import annotations

import struct
import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

HEAVIEST = 8 * 1024 * 1024
"""Bytes of a picture that is sent: a telephone's photo is 2 to 6 MB."""

MOST_PIXELS = 50_000_000
"""Of a picture that is read: the largest telephones take 48 million; a bomb of a few kB claims billions."""

MOST_WHOLE = 20_000_000
"""Of one that cannot be drawn smaller while it is unpacked, as a JPEG can: 50 million points took a gigabyte for 200 kB that were sent."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_DRAWN_SMALLER = ("JPEG", "MPO")
_QUALITY = 82


def square_portrait(sent: bytes, *, side: int, field: str = "photo") -> bytes:
    """Draw a picture as a square JPEG of `side` pixels, as `drawn_to_fit`. Raises: Invalid (`field`)."""
    return drawn_to_fit(sent, width=side, height=side, field=field)


def drawn_to_fit(sent: bytes, *, width: int, height: int, field: str = "photo") -> bytes:
    """Draw a JPEG, PNG or WebP as a JPEG of a size, its middle kept; nothing else of the file stays: no place, no device.

    A picture that claims more than MOST_PIXELS, or MOST_WHOLE, is refused before any of it is unpacked. Raises: Invalid (`field`).
    """
    return _drawn_anew(sent, width=width, height=height, is_cropped=True, field=field)


def drawn_within(sent: bytes, *, side: int, field: str = "photo") -> bytes:
    """Draw a picture whole, as a JPEG of at most `side` pixels either way; for the rest as `drawn_to_fit`. Raises: Invalid (`field`)."""
    return _drawn_anew(sent, width=side, height=side, is_cropped=False, field=field)


def _drawn_anew(sent: bytes, *, width: int, height: int, is_cropped: bool, field: str) -> bytes:
    if len(sent) > HEAVIEST:
        raise Invalid(code="image_too_heavy", fields={field: [_("This picture is heavier than 8 MB. Choose a smaller one.")]})
    from PIL import Image, ImageOps, UnidentifiedImageError  # only here: 9 MB of each process, and a photo is sent once in a while

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(sent), formats=_FORMATS) as picture:
                most = MOST_PIXELS if picture.format in _DRAWN_SMALLER else MOST_WHOLE
                if picture.width * picture.height > most:
                    raise _too_large(field, most=most)
                picture.draft("RGB", (width * 2, height * 2))
                drawn = _on_white(_upright(picture))
                if is_cropped:
                    drawn = ImageOps.fit(drawn, (width, height))
                else:
                    drawn.thumbnail((width, height))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(field, most=MOST_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Invalid(
            code="image_unreadable", fields={field: [_("This is no picture that we can read: send a JPEG, PNG or WebP.")]}
        ) from None
    clean = Image.new("RGB", drawn.size)
    clean.paste(drawn)
    written = BytesIO()
    clean.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _upright(picture: Image) -> Image:
    """Turn a picture as it was held, as far as the file says it: what a device wrote wrongly of it is passed over."""
    from PIL import ExifTags, Image  # as above

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    picture.load()
    try:
        turn = turns.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error):
        return picture
    return picture if turn is None else picture.transpose(turn)


def _on_white(picture: Image) -> Image:
    from PIL import Image  # as above

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layered = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _too_large(field: str, *, most: int) -> Invalid:
    said = _("This picture has more than %(most)s million points. Choose a smaller one.") % {"most": most // 1_000_000}
    return Invalid(code="image_too_large", fields={field: [said]})
