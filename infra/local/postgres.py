"""A private PostgreSQL with PostGIS, on a free port of the loopback."""

import os
import pwd
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path

from infra.local import owned
from infra.local.server import ATTEMPTS_AT_A_PORT, Server, ServiceFailed, comes_up, free_port, kept_password, spawn, tail

OLDEST_POSTGRES = 15
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2

POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "max_connections": "200",
    "client_connection_check_interval": "1s",  # a query whose asker was killed ends too
    "synchronous_commit": "off",  # a power cut may take the last moments of a demo, never its consistency
    "jit": "off",  # compiling costs more than it saves on short queries
    "log_timezone": "UTC",
    "timezone": "UTC",
}
# For data that nobody will miss: a third of the time of the tests.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "autovacuum_naptime": "10min"}


def start_postgres(folder: Path, *, durable: bool, log: Path | None = None) -> Server:
    """Start a PostgreSQL whose superuser is `maillage`, with an empty database `maillage` when it is new.

    Raises: ServiceFailed.
    """
    programs = postgres_programs()
    data = folder / "data"
    password = kept_password(folder)
    if not (data / "PG_VERSION").exists():
        _make_cluster(programs, data, password_file=folder / "password")
    _refuse_foreign_cluster(programs, data)
    _end_forgotten_postgres(data)
    log = log or folder / "log"
    settings = POSTGRES_SETTINGS | ({} if durable else NOT_DURABLE)
    for _ in range(ATTEMPTS_AT_A_PORT):
        port = free_port()
        options = [f"--{name}={value}" for name, value in (settings | {"port": str(port)}).items()]
        process = spawn(
            [str(programs / "postgres"), "-D", str(data), *options],
            log=log,
            folder=data,
            before=_as_postgres(),
            death="INT" if durable else "QUIT",
        )
        server = Server("postgresql", f"postgis://maillage:{password}@127.0.0.1:{port}/maillage", log, process, signal.SIGINT)
        if comes_up(process, partial(_postgres_is_ready, data, process.pid)):
            _make_database(programs, port=port, password=password)
            return server
        server.stop()
        if "Address already in use" not in tail(log):
            break
    raise ServiceFailed(f"PostgreSQL did not start. The end of {log}:\n{tail(log)}")


def postgres_programs() -> Path:
    """Find the folder of the newest PostgreSQL programs that have PostGIS.

    Raises: ServiceFailed when there is none of version 15 or newer.
    """
    found = [(int(folder.parent.name), folder) for folder in Path("/usr/lib/postgresql").glob("*/bin") if folder.parent.name.isdigit()]
    for version, folder in sorted(found, reverse=True):
        extension = Path(f"/usr/share/postgresql/{version}/extension/postgis.control")
        if version >= OLDEST_POSTGRES and (folder / "postgres").exists() and extension.exists():
            return folder
    raise ServiceFailed(f"PostgreSQL {OLDEST_POSTGRES} or newer with PostGIS is not installed.")


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root: become its own user, keeping the right to walk through closed folders (decision 19)."""
    if os.geteuid() != 0:
        return []
    status = Path("/proc/self/status").read_text()
    held = int(next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff:")), 16)
    # Containers often keep only the wider of the two.
    right = next(
        (name for bit, name in ((CAP_DAC_READ_SEARCH, "dac_read_search"), (CAP_DAC_OVERRIDE, "dac_override")) if held >> bit & 1), None
    )
    become = ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return [*become, f"--inh-caps=+{right}", f"--ambient-caps=+{right}"] if right else become


def _make_cluster(programs: Path, data: Path, *, password_file: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)  # a half-made one
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(data, owner.pw_uid, owner.pw_gid)
    made = subprocess.run(
        [
            *(["setpriv", *_as_postgres()] if os.geteuid() == 0 else []),
            *[str(programs / "initdb"), "-D", str(data), "--username=maillage", f"--pwfile={password_file}", "--auth=scram-sha-256"],
            *["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd=data,
    )
    if made.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise ServiceFailed(f"initdb failed:\n{made.stdout}{made.stderr}")


def _refuse_foreign_cluster(programs: Path, data: Path) -> None:
    made_with, found = (data / "PG_VERSION").read_text().strip(), programs.parent.name
    if made_with != found:
        raise ServiceFailed(
            f"{data} was made by PostgreSQL {made_with} and this machine has {found}: remove the folder, the demo is made anew."
        )
    owner = pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else os.geteuid()
    if data.stat().st_uid != owner:
        raise ServiceFailed(f"{data} was made by another user; start Maillage as that user, or remove the folder.")


def _end_forgotten_postgres(data: Path) -> None:
    """End a server that a crash left on this folder; forget a pid file whose number is somebody else's by now."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split("\n", 1)[0])
    if pid in owned.working_in(data):
        owned.end([pid], grace=15, first=signal.SIGINT)
    pid_file.unlink(missing_ok=True)


def _make_database(programs: Path, *, port: int, password: str) -> None:
    sql = r"SELECT 'CREATE DATABASE maillage' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'maillage') \gexec"
    made = subprocess.run(
        [str(programs / "psql"), "-qX", "-h", "127.0.0.1", "-p", str(port), "-U", "maillage", "-d", "postgres"],
        input=sql,
        env={**os.environ, "PGPASSWORD": password},
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode or made.stderr:
        raise ServiceFailed(f"The database could not be made: {made.stderr}")


def _postgres_is_ready(data: Path, pid: int) -> bool:
    try:
        lines = (data / "postmaster.pid").read_text().split("\n")
    except OSError:
        return False
    return lines[0] == str(pid) and len(lines) > 7 and lines[7].startswith("ready")
