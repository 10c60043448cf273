"""Python and npm packages from their locks, the built frontend, the compiled texts: each made again only when its sources changed."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from infra.local.layout import BACKEND, FRONTEND, LOCAL, ROOT
from infra.local.progress import Steps

TOOLS = LOCAL / "tools"
VENV = LOCAL / "venv"
STAMPS = LOCAL / "stamps"
TOOLS_LOCK = ROOT / "infra" / "local" / "tools.lock"
PYTHON_LOCK = BACKEND / "requirements-dev.lock"
NPM_LOCK = FRONTEND / "package-lock.json"
NPM_FOR_TESTS = ROOT / "tests" / "frontend" / "node_modules"  # Node looks for packages above the file that asks
MANIFEST = FRONTEND / "dist" / ".vite" / "manifest.json"
BESIDE = ROOT.parent / "shared" / "data"  # where config/settings looks for boundaries that nobody named
# What packages are compiled for. Not the full version: a security update keeps it, and apt brings one beside python3-venv.
KIND_OF_PYTHON = str(sys.implementation.cache_tag)
NOT_SOURCES = {"node_modules", "dist", "coverage", "static", "__pycache__", ".mypy_cache", ".ruff_cache", ".import_linter_cache"}


def install(steps: Steps) -> None:
    """Do all of it, a step each."""
    with steps.step("Python packages"):
        install_python(steps)
    with steps.step("npm packages"):
        install_npm(steps)
    with steps.step("frontend"):
        build_frontend(steps)
    with steps.step("texts"):
        compile_texts(steps)


def install_python(steps: Steps) -> None:
    """Put the packages of the lock, and no others, into `.local/venv`."""

    def sync() -> None:
        uv = str(_uv(steps))
        environment = {**os.environ, **_index_of_pip(), "UV_SYSTEM_CERTS": "1"}
        if not _is_working(VENV):
            steps.run([uv, "venv", "--clear", "--python", sys.executable, str(VENV)], folder=ROOT, environment=environment, log="venv")
        command = [uv, "pip", "sync", "--require-hashes", "--python", str(VENV / "bin" / "python"), str(PYTHON_LOCK)]
        steps.run(command, folder=ROOT, environment=environment, log="python-packages")

    _make(steps, VENV / "bin" / "python", mark=_mark([PYTHON_LOCK], KIND_OF_PYTHON), make=sync)


def install_npm(steps: Steps) -> None:
    """Put the packages of the lock into `frontend/node_modules`."""
    command = ["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"]
    mark = _mark([NPM_LOCK, FRONTEND / "package.json"])
    _make(steps, FRONTEND / "node_modules", mark=mark, make=lambda: steps.run(command, folder=FRONTEND, log="npm-packages"))
    if not NPM_FOR_TESTS.is_symlink():
        NPM_FOR_TESTS.parent.mkdir(parents=True, exist_ok=True)
        NPM_FOR_TESTS.symlink_to(Path("../../frontend/node_modules"))


def build_frontend(steps: Steps) -> None:
    """Build the frontend into `frontend/dist`."""
    command = ["npm", "run", "build"]
    _make(steps, MANIFEST, mark=_mark(_sources_of(FRONTEND)), make=lambda: steps.run(command, folder=FRONTEND, log="frontend"))


def compile_texts(steps: Steps) -> None:
    """Compile the gettext catalogues that changed."""
    for source in sorted((BACKEND / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            steps.run(["msgfmt", "--check-format", "-o", str(compiled), str(source)], folder=BACKEND, log="texts")
            steps.say("compiled")


def mark_of_preparation(*, boundaries: str) -> str:
    """Sum up all that the tables, the places and the demo campaign are made from: the code, the built frontend, the files of boundaries."""
    folder = Path(boundaries) if boundaries else BESIDE
    files = sorted(folder.iterdir()) if folder.is_dir() else [folder] if folder.is_file() else []
    seen = [f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
    return _mark((*_sources_of(BACKEND), MANIFEST), boundaries, *seen)


def environment_of_venv() -> dict[str, str]:
    """Write an environment in which `python` and the commands of the packages are those of the lock."""
    return {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}", "VIRTUAL_ENV": str(VENV), "PYTHONUNBUFFERED": "1"}


def _uv(steps: Steps) -> Path:
    uv = TOOLS / "bin" / "uv"

    def install() -> None:
        steps.say("fetching uv")
        steps.run([sys.executable, "-m", "venv", "--clear", str(TOOLS)], folder=ROOT, log="tools")
        command = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "-r", str(TOOLS_LOCK)]
        steps.run([*command, "--disable-pip-version-check", "--progress-bar", "off"], folder=ROOT, log="tools")

    _make(steps, uv, mark=_mark([TOOLS_LOCK], KIND_OF_PYTHON), make=install)
    return uv


def _index_of_pip() -> dict[str, str]:
    """Tell uv, which does not read pip's settings, where this machine's owner says that packages come from."""
    listed = subprocess.run([str(TOOLS / "bin" / "python"), "-m", "pip", "config", "list"], check=False, capture_output=True, text=True)
    said: dict[str, str] = {}
    for line in listed.stdout.splitlines():
        name, _, value = line.partition("=")
        said[name.rpartition(".")[2]] = value.strip("'\"")
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS", "cert": "SSL_CERT_FILE"}
    found = {variable: said[name] for name, variable in names.items() if name in said and variable not in os.environ}
    if "UV_INDEX" in found:  # as pip: the hashes decide, not the order
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if "UV_FIND_LINKS" in found:
        found["UV_FIND_LINKS"] = ",".join(found["UV_FIND_LINKS"].split())
    return found


def _is_working(venv: Path) -> bool:
    python = venv / "bin" / "python"
    if not python.exists():
        return False
    kind = subprocess.run(
        [str(python), "-c", "import sys; print(sys.implementation.cache_tag)"], check=False, capture_output=True, text=True
    )
    return kind.stdout.strip() == KIND_OF_PYTHON


def _sources_of(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in NOT_SOURCES:
            yield from _sources_of(path)
        elif path.is_file() and path.suffix != ".mo":
            yield path


def _mark(files: Iterable[Path], *more: str) -> str:
    total = hashlib.sha256("\n".join(more).encode())
    for file in files:
        total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def _make(steps: Steps, product: Path, *, mark: str, make: Callable[[], None]) -> None:
    """Make a product unless it is there and its stamp says that it was made from the same sources."""
    stamp = STAMPS / str(product.relative_to(ROOT)).replace("/", "-").strip(".")
    if product.exists() and stamp.exists() and stamp.read_text() == mark:
        steps.say("unchanged")
        return
    stamp.unlink(missing_ok=True)
    steps.say(f"making {product.relative_to(ROOT)}")
    make()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
    steps.say(f"made {product.relative_to(ROOT)}")
