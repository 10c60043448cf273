"""Maillage on one's own machine, without Docker: `make run`, `make test`, `make bench`.

Everything here is the standard library only (but for the mail catcher, the stand-in for Stripe and `prepare`), because
it is what installs the rest. Everything it makes stands under `.local/`.
"""

import io
import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older one reads this file and must be told
    sys.exit("Maillage needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".\nName another: make run PYTHON=python3.12")

# A terminal that cannot write a ✓ shows a question mark for it, and the work goes on.
for _stream in (sys.stdout, sys.stderr):
    if isinstance(_stream, io.TextIOWrapper):
        _stream.reconfigure(errors="replace")
