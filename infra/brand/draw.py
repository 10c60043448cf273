"""Draw the image that social networks show and the small icons, from the mark's own geometry.

Run when the mark changes: `python infra/brand/draw.py chromium`. Writes backend/assets/share.png and apple-touch-icon.png, favicon.ico.
"""

import base64
import random
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "backend" / "assets"
FACE = ROOT / "frontend/node_modules/@fontsource-variable/radio-canada/files/radio-canada-latin-standard-normal.woff2"
INK, WARM, PALE = "#111b4e", "#f77342", "#d1daf5"
WIDTH, HEIGHT, STEP = 1200, 630, 84


def net() -> str:
    """Draw a net that fills: cells of a slack grid, most of them inked to the right, one of them warm."""
    rng = random.Random(577)
    columns, rows = range(-1, WIDTH // STEP + 3), range(-1, HEIGHT // STEP + 3)
    knots = {(c, r): (c * STEP + rng.uniform(-20, 20), r * STEP + rng.uniform(-20, 20)) for c in columns for r in rows}
    cells, lines, dots = [], [], []
    for c, r in knots:
        corners = [(c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1)]
        if not all(corner in knots for corner in corners):
            continue
        points = " ".join(f"{knots[corner][0]:.0f},{knots[corner][1]:.0f}" for corner in corners)
        if (c, r) == (9, 3):
            cells.append(f'<polygon points="{points}" fill="{WARM}"/>')
        elif c >= 7 and rng.random() < min(0.85, 0.15 + (c - 6) * 0.11):
            cells.append(f'<polygon points="{points}" fill="{INK}" stroke="#fff" stroke-width="3"/>')
        if c >= 6:
            lines.append(f'<polygon points="{points}" fill="none" stroke="{PALE}" stroke-width="1.5"/>')
            dots.append(
                f'<circle cx="{knots[c, r][0]:.0f}" cy="{knots[c, r][1]:.0f}" r="4" fill="#fff" stroke="#8298dd" stroke-width="1.5"/>'
            )
    return "".join(lines + cells + dots)


def mark(line: str = INK) -> str:
    """Draw the mark."""
    knots = "".join(f'<circle cx="{x}" cy="{y}" r="2.2"/>' for x, y in [(6, 8), (16, 4), (26, 9), (27, 21), (17, 28), (6, 22)])
    path = "M6 8 16 4l10 5 1 12-10 7-11-6zM6 8l10 8 10-7M16 4v12l1 12M6 22l10-6 11 5"
    return (
        f'<svg viewBox="0 0 32 32"><path d="{path}" fill="none" stroke="{line}" stroke-width="1.3"/>'
        f'<g fill="{line}">{knots}</g><circle cx="16" cy="16" r="4.4" fill="{WARM}"/></svg>'
    )


def page(body: str, style: str) -> str:
    """Wrap a drawing in a page that has the typeface."""
    face = base64.b64encode(FACE.read_bytes()).decode()
    return (
        "<!doctype html><meta charset=utf-8><style>"
        f"@font-face{{font-family:R;src:url(data:font/woff2;base64,{face});font-weight:300 700}}"
        f"*{{margin:0}}body{{font-family:R;color:{INK};background:#fff;overflow:hidden;position:relative}}{style}</style>{body}"
    )


def shoot(chromium: str, html: str, *, width: int, height: int, to: Path) -> None:
    """Take a picture of a page."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html)
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}", "--virtual-time-budget=2000"]
        subprocess.run([chromium, *options, f"--screenshot={to}", source.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Draw all three."""
    chromium = sys.argv[1] if len(sys.argv) > 1 else "chromium"
    ASSETS.mkdir(exist_ok=True)
    style = "h1{position:absolute;left:72px;top:210px;"
    style += "font-size:104px;letter-spacing:-.03em;font-weight:640}h1 svg{width:112px;display:block;margin:0 0 22px -8px}"
    drawing = f'<svg width="{WIDTH}" height="{HEIGHT}">{net()}</svg><h1>{mark()}Maillage</h1>'
    shoot(chromium, page(drawing, style), width=WIDTH, height=HEIGHT, to=ASSETS / "share.png")
    shoot(chromium, page(f'<div style="padding:18px">{mark()}</div>', ""), width=180, height=180, to=ASSETS / "apple-touch-icon.png")
    small = ASSETS / "favicon.ico"
    shoot(chromium, page(mark(), "svg{width:32px;display:block}"), width=32, height=32, to=small.with_suffix(".png"))
    drawn = small.with_suffix(".png").read_bytes()
    # An .ico may hold one PNG as it is: a header, one entry, the picture.
    small.write_bytes(struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 32, 32, 0, 0, 1, 32, len(drawn), 22) + drawn)
    small.with_suffix(".png").unlink()


if __name__ == "__main__":
    main()
