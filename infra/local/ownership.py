"""Whether what an earlier start made in a checkout is ours to change: it is not where that was made by root and we are not."""

import os
import pwd
import shutil
from pathlib import Path

from infra.local.layout import BACKEND, FRONTEND, ROOT
from infra.local.reasons import CannotGoOn

MADE_BESIDE = (FRONTEND / "node_modules", FRONTEND / "dist", BACKEND / "static")


class MadeByAnother(CannotGoOn):
    """Something here was made by another user; the message tells how to take it over."""


def open_folder(folder: Path) -> None:
    """Make a folder of ours, such as `.local`, with room for logs.

    Raises: MadeByAnother.
    """
    refuse_what_is_anothers(folder)
    (folder / "log").mkdir(parents=True, exist_ok=True)


def refuse_what_is_anothers(folder: Path) -> None:
    """Stop here when the folder, what stands in it, or what was built beside it cannot be written by us.

    Raises: MadeByAnother.
    """
    become = "sudo " if shutil.which("sudo") else ""
    for path in (folder, *_within(folder), *MADE_BESIDE):
        if path.exists() and not os.access(path, os.W_OK):
            raise MadeByAnother(
                f"{path} was made by {_name(path.stat().st_uid)}, and you are {_name(os.geteuid())}. "
                f"Start Maillage as that user, or have all of it handed over:\n\n    {become}chown -R {_name(os.geteuid())} '{ROOT}'\n"
            )


def _within(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() and os.access(folder, os.R_OK | os.X_OK) else []


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
