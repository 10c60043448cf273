"""A text as a QR code, drawn as one SVG path: no picture file, no script, sharp on paper."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M


@dataclass(frozen=True)
class QrDrawing:
    """Squares of a QR code as a path of unit squares, in a box of `size` by `size` that holds its quiet zone."""

    path: str
    size: int


def qr_drawing(text: str) -> QrDrawing:
    """Draw a text; a phone reads it from paper even where a seventh of it is stained."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            runs.append(f"M{x} {y}h{end - x}v1h{x - end}z")
            x = end
    return QrDrawing(path="".join(runs), size=len(rows))
